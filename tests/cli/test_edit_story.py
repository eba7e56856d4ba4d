"""A host edits the story: in an editor, by a file, and takes it back."""

from __future__ import annotations

import json
import os
import re
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from PIL import Image

from chinwag.model import HeadingBlock, PictureBlock
from chinwag.stores.folder import ChatFolder

Chinwag = Callable[..., Result]
POINTS = "5 points: 1 left out, 1 in your own words, 1 paragraph of your own."


@pytest.fixture
def snug(tmp_path: Path, chat_csv: Path, chinwag: Chinwag) -> Path:
    """Return the folder of the small chat."""
    assert chinwag("recap", chat_csv, "--into", tmp_path / "snug").exit_code == 0
    return tmp_path / "snug"


@pytest.fixture
def use_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make a program the editor that changes what it opens: `sheet` is its text."""

    def use(change: str) -> None:
        editor = tmp_path / "editor"
        editor.write_text(
            f"#!{sys.executable}\nimport pathlib, sys\npath = pathlib.Path(sys.argv[1])\n"
            f"sheet = path.read_text('utf-8')\n{change}\npath.write_text(sheet, 'utf-8')\n"
        )
        editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("VISUAL", str(editor))
        monkeypatch.setenv("TMPDIR", str(tmp_path))
        monkeypatch.setattr("tempfile.tempdir", None)

    return use


EDIT = """
lines = [line for line in sheet.split("\\n") if "Dark streets" not in line]
sheet = "\\n".join(lines).replace("Taxi drivers who wait", "People in taxis waiting")
sheet = sheet.replace("## [Q1]", "Words of ours.\\n\\n## [Q1]")
"""


def read_words(result: Result) -> str:
    assert result.exit_code == 0, result.output
    assert max(map(len, result.output.splitlines())) <= 80
    return re.sub(r"\s+", " ", result.output).strip()


def list_sheets(folder: Path) -> list[Path]:
    return list(folder.glob("chinwag-*/edition.md"))


def test_an_edit_in_an_editor(
    snug: Path, chinwag: Chinwag, use_editor: Callable[[str], None]
) -> None:
    use_editor(EDIT)
    assert read_words(chinwag("edit", snug, "--by", "Ines")) == (
        f"{POINTS} This is edition 1. `chinwag edit --undo` goes back one. Made again: story."
    )
    assert "Words of ours." in (snug / "story" / "story.md").read_text("utf-8")
    assert list_sheets(snug.parent) == []
    use_editor("")
    assert read_words(chinwag("edit", snug)) == "Nothing is changed."
    assert list_sheets(snug.parent) == []
    words = read_words(chinwag("show", snug, "--changes"))
    assert words.endswith("(UTC), Ines: edition 1 of the story.")


def test_a_sheet_with_a_mistake_is_kept_to_mend(
    snug: Path, chinwag: Chinwag, use_editor: Callable[[str], None]
) -> None:
    use_editor("sheet = sheet.replace('[jmrh', '[jmr2').replace('[473m', '[473z')")
    result = chinwag("edit", snug)
    assert result.exit_code == 2
    said = re.sub(r"\s+", " ", result.output)
    assert "Line 11: no post of this chat has the mark “jmr2”." in said
    assert "Line 12: no post of this chat has the mark “473z”." in said
    assert "Nothing in the folder was changed." in said
    (kept,) = list_sheets(snug.parent)
    assert "[jmr2 @bo_stacks" in kept.read_text("utf-8")
    kept.write_text(kept.read_text("utf-8").replace("[jmr2", "[jmrh").replace("[473z", "[473m"))
    assert read_words(chinwag("edit", snug, "--apply", kept)) == "The sheet changes nothing."


def test_an_edit_by_a_file(snug: Path, chinwag: Chinwag) -> None:
    sheet = snug.parent / "sheet.md"
    words = read_words(chinwag("edit", snug, "--export", sheet))
    assert words == (
        f"The sheet is in {sheet}. When you have edited it: `chinwag edit {snug} --apply {sheet}`."
    )
    assert chinwag("edit", snug, "--export", "-").output == sheet.read_text("utf-8")
    again = chinwag("edit", snug, "--export", sheet)
    assert again.exit_code == 2
    assert "is there already" in re.sub(r"\s+", " ", again.output)
    said: dict[str, str] = {"sheet": sheet.read_text("utf-8")}
    exec(EDIT, said)  # noqa: S102 (the test's own text)
    sheet.write_text(f"hide: @cleo_reads\n{said['sheet']}", "utf-8")
    told = f"{POINTS} @cleo_reads is not named, and nothing leads to where they wrote."
    assert read_words(chinwag("edit", snug, "--check", sheet)) == told
    assert ChatFolder.open(snug).read_edition() is None
    assert read_words(chinwag("edit", snug, "--apply", sheet, "--note-only")) == (
        f"{told} This is edition 1. `chinwag edit --undo` goes back one. It is noted. Run `chinwag "
        "update` to make the rest again."
    )
    assert read_words(chinwag("update", snug)) == "Made again: story."
    older = chinwag("edit", snug, "--apply", sheet)
    assert "Write a new one with `chinwag edit DIR --export FILE`" in older.output
    assert read_words(chinwag("edit", snug, "--undo")) == (
        "The draft stands again. The editions are kept in editions.jsonl. Made again: story."
    )


def test_the_same_as_json(snug: Path, chinwag: Chinwag) -> None:
    sheet = snug.parent / "sheet.md"
    sheet.write_text("Only this.", "utf-8")
    report = json.loads(chinwag("edit", snug, "--apply", sheet, "--json").output)
    assert report["edition"]["blocks"] == [{"type": "paragraph", "text": "Only this."}]
    assert report["outcome"]["left_out"] == 6


def test_an_edition_and_a_fact_are_two_commands(snug: Path, chinwag: Chinwag) -> None:
    result = chinwag("edit", snug, "--undo", "--title", "After dark")
    assert result.exit_code == 2
    assert (
        "Give one of --export, --check, --apply, --undo and --picture, by itself." in result.output
    )


def test_a_folder_without_a_summary_says_so(
    tmp_path: Path, chat_csv: Path, chinwag: Chinwag
) -> None:
    chinwag("import", chat_csv, "--into", tmp_path / "bare")
    result = chinwag("edit", tmp_path / "bare", "--export", "-")
    assert result.exit_code == 3
    assert "holds no placements.jsonl yet" in re.sub(r"\s+", " ", result.output)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """Return a photo that hides who took it."""
    path = tmp_path / "room.jpg"
    hidden = Image.Exif()
    hidden[0x010F] = "Secretmaker"
    Image.new("RGB", (2000, 1000), "#88a").save(path, exif=hidden)
    return path


def test_a_picture_is_put_under_a_question_without_what_it_hides(
    snug: Path, chinwag: Chinwag, photo: Path
) -> None:
    said = ("--picture", photo, "--shows", "A room  of chairs", "--under", "Q2", "--by", "Ines")
    assert read_words(chinwag("edit", snug, *said)) == (
        "This is edition 1. `chinwag edit --undo` goes back one. Made again: story."
    )
    folder = ChatFolder.open(snug)
    edition = folder.read_edition()
    assert edition is not None
    place = next(at for at, one in enumerate(edition.blocks) if isinstance(one, PictureBlock))
    assert edition.blocks[place - 1] == HeadingBlock(text="What keeps people away?", question="2")
    (kept,) = folder.read_kept_files()
    assert edition.blocks[place] == PictureBlock(address=kept.name, description="A room of chairs")
    assert (kept.words, kept.who, kept.media_type) == ("A room of chairs", "Ines", "image/jpeg")
    drawn = snug / kept.name
    with Image.open(drawn) as opened:
        assert (opened.size, dict(opened.getexif())) == ((1600, 800), {})
    assert b"Secretmaker" not in drawn.read_bytes()
    assert 'alt="A room of chairs"' in (snug / "story" / "index.html").read_text("utf-8")
    assert chinwag("check", snug).exit_code == 0
    sheet = chinwag("edit", snug, "--export", "-").output
    assert f"![A room of chairs]({kept.name})" in sheet


def test_a_picture_without_a_question_stands_behind_what_opens_the_story(
    snug: Path, chinwag: Chinwag, photo: Path
) -> None:
    chinwag("edit", snug, "--picture", photo, "--shows", "A room", "--note-only")
    edition = ChatFolder.open(snug).read_edition()
    assert edition is not None
    assert [type(one) for one in edition.blocks[:2]] == [PictureBlock, HeadingBlock]


UNFIT = [
    (("--shows", " "), "The picture has no description."),
    (("--shows", "A room", "--under", "7"), "The story has no question 7."),
]


@pytest.mark.parametrize(("said", "told"), UNFIT)
def test_a_picture_that_cannot_be_put_in_changes_nothing(
    snug: Path, chinwag: Chinwag, photo: Path, said: tuple[str, ...], told: str
) -> None:
    result = chinwag("edit", snug, "--picture", photo, *said)
    assert result.exit_code == 2
    assert told in " ".join(result.output.split())
    folder = ChatFolder.open(snug)
    assert (folder.read_edition(), folder.read_kept_files()) == (None, ())


def test_what_is_no_picture_or_too_large_a_one_is_refused(
    snug: Path, chinwag: Chinwag, tmp_path: Path
) -> None:
    (words := tmp_path / "words.png").write_bytes(b"no picture")
    (large := tmp_path / "large.png").write_bytes(b"")
    os.truncate(large, 15_000_001)
    Image.new("1", (10_000, 5_001)).save(wide := tmp_path / "wide.png")
    for path, told in (
        (words, "is not a picture"),
        (large, "is too large"),
        (wide, "is too large"),
    ):
        result = chinwag("edit", snug, "--picture", path, "--shows", "A room")
        said = " ".join(result.output.split())
        assert (result.exit_code, told in said) == (2, True), said
    missing = chinwag("edit", snug, "--picture", tmp_path / "none.png", "--shows", "A room")
    assert (missing.exit_code, "cannot be read" in " ".join(missing.output.split())) == (2, True)


def test_words_for_a_picture_want_a_picture(snug: Path, chinwag: Chinwag) -> None:
    assert chinwag("edit", snug, "--shows", "A room").exit_code == 2
