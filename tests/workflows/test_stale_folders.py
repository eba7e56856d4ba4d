"""A folder whose files are of two different days is never called right.

Each case makes a chat, changes it, and puts some of the files back as they were before the change:
as a kill between two steps leaves them, or as somebody does who copies files from a backup and
writes all the checksums anew.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.cli.snug_chat import CHAT, write_csv

from chinwag.cli.main import main
from chinwag.stores.folder.checksums import format_checksums, hash_file, is_summed
from chinwag.workflows.check_folder import check_folder

LATE = [
    ("13", "flo_lends", "2026-10-13T18:25:00Z", "A2: Nobody told them we are open #snugchat"),
    ("14", "gus_files", "2026-10-13T18:26:00Z", "A2 A lift that is never mended #snugchat"),
]
MADE = {
    "posts.jsonl": ("posts.jsonl", "ledger.json", "aside.jsonl"),
    "placements.jsonl": ("placements.jsonl",),
    "summary.json": ("summary.json",),
    "story": ("story",),
}


def run(*words: object) -> None:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == 0, result.output


def add_file(folder: Path) -> None:
    run("recap", write_csv(folder.parent / "late.csv", LATE), "--into", folder)


def edit_by_hand(folder: Path) -> None:
    toml = folder / "chat.toml"
    toml.write_text(toml.read_text().replace('title = "', 'title = "By hand: '))
    run("update", folder)


def edit_story(folder: Path) -> None:
    sheet = folder.parent / "sheet.md"
    run("edit", folder, "--export", sheet)
    lines = sheet.read_text(encoding="utf-8").splitlines(keepends=True)
    first = next(number for number, line in enumerate(lines) if line.startswith("- ["))
    sheet.write_text("".join(lines[:first] + lines[first + 1 :]), encoding="utf-8")
    run("edit", folder, "--apply", sheet)


def undo_correction(folder: Path) -> None:
    run("undo", folder)


CHANGES: dict[str, Callable[[Path], None]] = {
    "a correction": lambda folder: run("correct", folder, "11", "--question", "2"),
    "a correction to no question": lambda folder: run("correct", folder, "4", "--question", "none"),
    "a correction undone": undo_correction,
    "a post removed": lambda folder: run("remove", folder, "5"),
    "an author removed": lambda folder: run("remove", folder, "--author", "cleo_reads"),
    "a question reworded": lambda folder: run("question", folder, "1", "Who comes at night?"),
    "a question added": lambda folder: run("question", folder, "3", "And what next?"),
    "a question dropped": lambda folder: run("question", folder, "2", "--take-out"),
    "another title": lambda folder: run("edit", folder, "--title", "After dark"),
    "another time zone": lambda folder: run("edit", folder, "--tz", "Asia/Tokyo"),
    "another moderator": lambda folder: run("moderator", folder, "bo_stacks"),
    "another file": add_file,
    "an edit by hand": edit_by_hand,
    "an edition by the hosts": edit_story,
    "fewer bullets": lambda folder: run("summarise", folder, "--fewest", "1", "--most", "1"),
}
# What somebody puts back as it was.
OLD = {
    "the story": ("story",),
    "the summary": ("summary.json",),
    "the places": ("placements.jsonl",),
    "the posts": ("posts.jsonl",),
}
# What a kill leaves as it was: the last things, from some step on.
LEFT = {
    "the story": ("story",),
    "summary and story": ("summary.json", "story"),
    "places, summary and story": ("placements.jsonl", "summary.json", "story"),
    "all that is made": ("posts.jsonl", "placements.jsonl", "summary.json", "story"),
}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a chat with its story, in which one post was corrected."""
    path = tmp_path_factory.mktemp("base")
    run("recap", write_csv(path / "snug.csv", CHAT), "--into", path / "chat")
    run("correct", path / "chat", "10", "--question", "1")
    return path / "chat"


@pytest.fixture(scope="module", params=CHANGES)
def pair(
    base: Path, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """Give the folder before a change and after it, with all that follows from it."""
    after = tmp_path_factory.mktemp("pair") / "chat"
    shutil.copytree(base, after)
    CHANGES[request.param](after)
    run("update", after)
    return base, after


def put_back(before: Path, folder: Path, made: tuple[str, ...], *, notes_too: bool) -> bool:
    """Put made files back as they were, with right checksums; return whether any was another.

    With `notes_too` the notes on what they were made from are put back as well, as a kill leaves
    them; else those say that all is of one day.
    """
    names = [name for one in made for name in MADE[one]]
    differ = read_all(before, names) != read_all(folder, names)
    for name in names:
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        if (before / name).is_dir():
            shutil.copytree(before / name, path)
        elif (before / name).exists():
            shutil.copy(before / name, path)
    if notes_too:
        notes = json.loads((folder / "made-from.json").read_text())
        earlier = json.loads((before / "made-from.json").read_text())
        notes |= {name: earlier[name] for name in made}
        (folder / "made-from.json").write_text(json.dumps(notes))
    else:
        forge_notes(folder)
    write_sums(folder)
    return differ


def forge_notes(folder: Path) -> None:
    """Let made-from.json say that every file was made from those that are there."""
    write_sums(folder)
    notes = json.loads((folder / "made-from.json").read_text())
    for sources in notes.values():
        for name in sources:
            if (folder / name).is_file() and name != "chat.toml":
                sources[name] = hash_file(folder / name)
    (folder / "made-from.json").write_text(json.dumps(notes))


def write_sums(folder: Path) -> None:
    names = [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()]
    sums = {name: hash_file(folder / name) for name in names if is_summed(name)}
    (folder / "SHA256SUMS").write_bytes(format_checksums(sums))


def read_all(folder: Path, names: list[str]) -> dict[str, bytes]:
    """Return what files say, the story's by their names in it."""
    paths = [path for name in names for path in (folder / name, *(folder / name).rglob("*"))]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths if path.is_file()}


def test_a_folder_of_one_day_is_right(pair: tuple[Path, Path]) -> None:
    _, after = pair
    report = check_folder(after)
    assert (report.faults, report.outdated) == ((), ())


@pytest.mark.parametrize(
    ("made", "notes_too"),
    [*((made, True) for made in LEFT.values()), *((made, False) for made in OLD.values())],
    ids=[*(f"{name} after a kill" for name in LEFT), *(f"{name} as a copy" for name in OLD)],
)
def test_a_folder_of_two_days_is_wrong(
    pair: tuple[Path, Path], made: tuple[str, ...], notes_too: bool, tmp_path: Path
) -> None:
    before, after = pair
    folder = tmp_path / "chat"
    shutil.copytree(after, folder)
    differ = put_back(before, folder, made, notes_too=notes_too)
    report = check_folder(folder)
    assert set(report.outdated) <= set(report.files)
    if differ:
        assert report.faults != ()
    else:  # made from what is older, and yet the same: to be made again, and nothing else
        assert set(report.files) == set(report.outdated)
