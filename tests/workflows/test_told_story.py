"""A Storify that is brought in stands as its author told it: edited on, kept, and taken out of."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.importers.storify_story import TOLD, write_story

from chinwag.model import Edition, HeadingBlock, ParagraphBlock, Post
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.check_folder import check_folder
from chinwag.workflows.edit_story import apply_sheet, check_sheet, export_sheet, undo_edition
from chinwag.workflows.recap_files import recap_files
from chinwag.workflows.remove_posts import remove_posts

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
SHEET = """\
edition: 1

We met about **two empty rooms**. Here is the [plan](http://a.example/p).

— Ana Reis (@ana_r), [Two rooms](http://storify.com/ana_r/two-rooms)

- [? @ana_r] Welcome to #roomchat, our first hour! I am Ana, a librarian from Porto.

## [Q1] Two empty rooms

- [? @ben] A quiet room for exams, with lockers for phones and long hours
- [? @cleo] We made ours a workshop for mending clothes, every Saturday

### Who pays

edition\\: money came up at once, as dev said.

- [? @dev] Who pays for the tools in such a workshop? We looked for sponsors

## [Q2] How do you find out what people want from the rooms?

### Asking people

- [? @ben] Ask at the bus stop, not in the library: some never come
- [? @cleo] A box with cards beside the coffee machine gave us ideas

- <http://a.example/tools> Tools

What became of it:

- a workshop
- a room
"""


def read_sheet(folder: Path) -> str:
    """Return a chat's sheet without what explains it, and without the marks of its points."""
    _comment, _end, sheet = export_sheet(folder).partition("-->\n\n")
    starts = (line.partition(" @") for line in sheet.splitlines())
    return "".join(
        f"- [? @{rest}\n" if at and start.startswith("- [") else f"{start}{at}{rest}\n"
        for start, at, rest in starts
    )


def read_standing(folder: Path) -> Edition:
    edition = ChatFolder.open(folder).read_edition()
    assert edition is not None
    return edition


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """Give the folder of a chat that was brought in as a Storify."""
    folder = tmp_path / "chat"
    made = recap_files([write_story(tmp_path / "two-rooms.json")], folder)
    assert made.told is not None
    assert made.told.parts["who"] == "@ana_r"
    return folder


def test_a_storify_stands_as_its_author_told_it(told: Path) -> None:
    assert read_sheet(told) == SHEET
    edition = read_standing(told)
    assert (edition.number, edition.who, edition.before) == (1, "@ana_r", 0)
    assert edition.at == datetime(2012, 4, 14, 8, 0, tzinfo=UTC)
    assert ChatFolder.open(told).read_chat().title == "Two rooms"
    assert check_folder(told).faults == ()
    page = (told / "story" / "index.html").read_text(encoding="utf-8")
    assert "We met about <strong>two empty rooms</strong>" in page


def test_its_sheet_changes_nothing_and_is_edited_like_any_other(told: Path) -> None:
    sheet = export_sheet(told)
    assert not check_sheet(told, sheet).is_changed
    apply_sheet(told, sheet.replace("What became of it:", "Since then:"), at=AT, who="Ines")
    edition = read_standing(told)
    assert (edition.number, edition.before, edition.who) == (2, 1, "Ines")
    assert ParagraphBlock(text="Since then:") in edition.blocks


def test_brought_again_it_stays_as_it_was_edited(told: Path, tmp_path: Path) -> None:
    apply_sheet(told, export_sheet(told).replace("Since", "After"), at=AT)
    before = read_standing(told)
    more = (*TOLD, "<p>One more word.</p>")
    assert recap_files([write_story(tmp_path / "again.json", more)], told).told is None
    assert read_standing(told) == before


def test_after_going_back_to_the_draft_it_is_not_told_again(told: Path, tmp_path: Path) -> None:
    undo_edition(told)
    assert recap_files([write_story(tmp_path / "two-rooms.json")], told).told is None
    assert ChatFolder.open(told).read_edition() is None


def test_a_removal_takes_the_posts_and_what_names_their_author(told: Path, tmp_path: Path) -> None:
    remove_posts(told, (), author="dev", at=AT)
    sheet = read_sheet(told)
    assert [word for word in ("sponsors", "@dev") if word in sheet] == []
    assert "- [? @ben] A quiet room for exams" in sheet
    recap_files([write_story(tmp_path / "again.json")], told)
    assert read_sheet(told) == sheet
    assert check_folder(told).faults == ()


def test_a_removal_of_whoever_told_it_takes_their_name(told: Path) -> None:
    remove_posts(told, (), author="ana_r", at=AT)
    edition = read_standing(told)
    files = [path for path in told.rglob("*") if path.is_file() and path.suffix != ".epub"]
    assert [path for path in files if b"ana_r" in path.read_bytes()] == []
    assert "ana_r" not in edition.who


def test_what_was_taken_out_before_is_not_told(tmp_path: Path) -> None:
    folder = tmp_path / "chat"
    recap_files([write_story(tmp_path / "posts.json", tuple(range(8)))], folder)
    assert ChatFolder.open(folder).read_edition() is None
    remove_posts(folder, (), author="dev", at=AT)
    recap_files([write_story(tmp_path / "two-rooms.json")], folder)
    posts: tuple[Post, ...] = ChatFolder.open(folder).read_posts()
    assert [post.author for post in posts if "sponsors" in post.text] == []
    assert "dev" not in read_sheet(folder)


def test_a_title_that_somebody_gave_stays_and_the_storys_stands_over_it(tmp_path: Path) -> None:
    folder = tmp_path / "chat"
    details = ChatDetails(title="April")
    recap_files([write_story(tmp_path / "two-rooms.json")], folder, details)
    assert ChatFolder.open(folder).read_chat().title == "April"
    assert read_standing(folder).blocks[0] == HeadingBlock(text="Two rooms")
