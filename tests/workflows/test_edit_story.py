"""The hosts' edition lasts: whatever comes later, the story stays as they made it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from tests.cli.snug_chat import CHAT, write_csv

import chinwag
from chinwag.capture.state import ChatState, write_state
from chinwag.errors import InputError
from chinwag.model import KINDS
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.check_edition import read_words
from chinwag.workflows.check_folder import check_folder
from chinwag.workflows.correct_placement import Verdict, correct_placement
from chinwag.workflows.edit_chat import edit_chat, word_question
from chinwag.workflows.edit_story import (
    apply_sheet,
    check_sheet,
    export_sheet,
    note_sheet,
    undo_edition,
)
from chinwag.workflows.import_files import import_files
from chinwag.workflows.make_again import make_again
from chinwag.workflows.place_chat import place_chat
from chinwag.workflows.remove_posts import remove_posts
from chinwag.workflows.undo import undo

AT = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)
SHEET = """\
hide: @dev_shelves
name: @bo_stacks = Bo of the Stacks

An opening paragraph, by the hosts.

## [Q1] Who comes after dark?

- [j7ec @eli_maps] Taxi drivers
- [jmrh @bo_stacks +1] Nurses like the rooms

## [Q2] What keeps people away?

- [dfmb frre] The last bus leaves at seven
"""
POINTS = ["“Taxi drivers” (@eli_maps)", "Nurses like the rooms", "“The last bus leaves at seven”"]


def read_points(folder: Path) -> list[str]:
    """Return the points of the story, without their credits but for a single voice's."""
    text = (folder / "story" / "story.md").read_text("utf-8")
    return [re.sub(r" \(\*\*.*", "", line[2:]) for line in text.split("\n") if line[:2] == "- "]


@pytest.fixture
def edited(snug: Path) -> Path:
    apply_sheet(snug, SHEET, at=AT, who="Ines")
    return snug


def test_an_edit_is_kept_with_who_and_when_and_is_the_story(edited: Path) -> None:
    folder = ChatFolder.open(edited)
    edition = folder.read_edition()
    assert edition is not None
    assert folder.read_editions() == (edition,)
    assert (edition.number, edition.before, edition.who, edition.at) == (1, 0, "Ines", AT)
    assert read_points(edited) == POINTS
    page = (edited / "story" / "index.html").read_text("utf-8")
    assert "An opening paragraph, by the hosts." in page
    assert "Who comes after dark?" in page
    assert "worded by the host" in page
    assert "The hosts have edited this write-up (edition 1, 14 October 2026)." in page
    assert check_folder(edited).faults == ()
    assert check_folder(edited).notes == ()


def test_the_same_sheet_again_makes_no_edition(edited: Path) -> None:
    sheet = export_sheet(edited)
    assert not check_sheet(edited, sheet).is_changed
    assert apply_sheet(edited, sheet, at=AT).edition is None
    assert len(ChatFolder.open(edited).read_editions()) == 1


def test_what_a_sheet_would_do(snug: Path) -> None:
    before = (snug / "SHA256SUMS").read_bytes()
    outcome = check_sheet(snug, SHEET)
    assert (outcome.points, outcome.left_out, outcome.joined) == (3, 2, 1)
    assert (outcome.reworded, outcome.shortened, outcome.paragraphs) == (1, 2, 1)
    assert outcome.hidden == ("dev_shelves",)
    assert (snug / "SHA256SUMS").read_bytes() == before


@pytest.mark.parametrize("act", [check_sheet, apply_sheet, note_sheet])
def test_a_mistake_is_told_with_its_line_and_changes_nothing(
    snug: Path, act: Callable[..., object]
) -> None:
    before = (snug / "SHA256SUMS").read_bytes()
    more = {} if act is check_sheet else {"at": AT}
    with pytest.raises(InputError) as told:
        act(snug, SHEET.replace("j7ec", "j7e2"), **more)
    assert str(told.value) == (
        "The sheet cannot be used yet. Line 8: no post of this chat has the mark “j7e2”."
    )
    assert (told.value.code, told.value.fields["lines"]) == ("sheet-mistaken", [8])
    assert (snug / "SHA256SUMS").read_bytes() == before


def test_a_sheet_of_an_earlier_edition_is_refused(snug: Path) -> None:
    mine = export_sheet(snug)
    apply_sheet(snug, SHEET, at=AT)
    with pytest.raises(InputError, match="made from edition 0, and edition 1 stands by now"):
        apply_sheet(snug, f"{mine}\nWords", at=AT)
    assert read_points(snug) == POINTS


def test_editions_are_taken_back_one_by_one_and_kept(edited: Path) -> None:
    draft = check_sheet(edited, SHEET)
    assert not draft.is_changed
    apply_sheet(edited, "Only this.", at=AT + timedelta(days=1), who="Bo")
    assert read_points(edited) == []
    back = undo_edition(edited).edition
    assert back is not None
    assert back.number == 1
    assert read_points(edited) == POINTS
    assert undo_edition(edited).edition is None
    assert len(read_points(edited)) == 6
    with pytest.raises(InputError, match="Nobody has edited this story"):
        undo_edition(edited)
    apply_sheet(edited, "Once more.", at=AT + timedelta(days=2))
    numbers = [(one.number, one.before) for one in ChatFolder.open(edited).read_editions()]
    assert numbers == [(1, 0), (2, 1), (3, 0)]


def test_undo_takes_back_what_was_said_last(edited: Path) -> None:
    correct_placement(edited, ["9"], Verdict(kind="thanks"), at=AT + timedelta(hours=1))
    assert [one.post for one in undo(edited).undone.corrections] == ["9"]
    (edition,) = undo(edited).undone.editions
    assert edition.number == 1
    assert ChatFolder.open(edited).read_edition() is None


def add_late_post(folder: Path) -> None:
    late = ("13", "fay", "2026-10-13T18:25:00Z", "A2: Nobody knows that we are open #snugchat")
    import_files([write_csv(folder.parent / "late.csv", [*CHAT, late])], folder, ChatDetails())
    make_again(folder)


def reword(folder: Path) -> None:
    edit_chat(folder, lambda chat: word_question(chat, "2", "Why stay away?"), at=AT)


LATER: dict[str, Callable[[Path], object]] = {
    "import": add_late_post,
    "place": place_chat,
    "correct": lambda folder: correct_placement(folder, ["8"], Verdict(question="1"), at=AT),
    "correct to nothing": lambda folder: correct_placement(
        folder, ["8"], Verdict(kind=KINDS[5]), at=AT
    ),
    "question": reword,
    "again": lambda folder: import_files([], folder, ChatDetails()),
    "remove another": lambda folder: remove_posts(folder, ["10"], at=AT),
}


@pytest.mark.parametrize("act", LATER.values(), ids=LATER)
def test_it_survives(edited: Path, act: Callable[[Path], object]) -> None:
    act(edited)
    make_again(edited)
    assert read_points(edited) == POINTS
    assert check_folder(edited).faults == ()
    assert check_folder(edited).notes == ()


def test_a_late_answer_is_offered(edited: Path) -> None:
    add_late_post(edited)
    lines = export_sheet(edited).split("\n")
    new = lines[lines.index("### New since edition 1") + 2]
    assert new.endswith("@fay] Nobody knows that we are open")


@pytest.mark.parametrize(
    ("post", "points"),
    [
        ("11", POINTS[1:]),
        ("4", [POINTS[0], f"{POINTS[1]} (@cleo_reads; worded by the host)", POINTS[2]]),
        ("8", [POINTS[0], POINTS[1], "“Dark streets between the bus and the door” (Name hidden)"]),
        ("9", [POINTS[0], POINTS[1], f"{POINTS[2]} (@cleo_reads)"]),
    ],
)
def test_a_removed_voice_goes_from_every_edition(
    edited: Path, post: str, points: list[str]
) -> None:
    apply_sheet(edited, f"{export_sheet(edited)}\n## More\n", at=AT + timedelta(hours=1))
    words = {row[0]: row[3] for row in CHAT}[post].partition(" #")[0].partition(" ")[2]
    remove_posts(edited, [post], at=AT)
    assert read_points(edited) == points
    assert check_folder(edited).faults == ()
    for path in edited.glob("*.json*"):
        assert words not in path.read_text("utf-8"), path
    undo_edition(edited)
    assert read_points(edited) == points
    assert check_folder(edited).faults == ()


def test_what_is_gone_is_said_where_it_stood(edited: Path) -> None:
    remove_posts(edited, ["11"], at=AT)
    page = (edited / "story" / "index.html").read_text("utf-8")
    said = "A point stood here. The post behind it is not in the chat any more."
    assert f'<p class="gone">{said}</p>' in page
    assert f"*{said}*" in (edited / "story" / "story.md").read_text("utf-8")
    assert f"<!-- {said} -->" in export_sheet(edited)


def test_a_hidden_name_is_in_no_file_of_the_story(edited: Path) -> None:
    words = {path.name: read_words(path.read_bytes()) for path in (edited / "story").iterdir()}
    assert "Name hidden" in words["story.epub"]
    assert [name for name, text in words.items() if "dev_shelves" in text] == []
    page = (edited / "story" / "index.html").read_text("utf-8")
    assert "Name hidden" in page
    assert "1 person is not named, and nothing here leads to where they wrote." in page
    assert "Bo of the Stacks" in page


def test_check_finds_a_name_that_should_be_hidden(edited: Path) -> None:
    folder = ChatFolder.open(edited)
    with folder.change() as change:
        change.write_story({"story.md": b"and @dev_shelves said"})
    assert check_folder(edited).faults == (
        "story/story.md tells a name that is to be hidden: @dev_shelves.",
    )


def test_a_folder_without_an_edition_has_no_trace_of_one(snug: Path) -> None:
    assert not list(snug.glob("edition*"))
    folder = snug.parent / "again"
    chinwag.recap_files([snug.parent / "snug.csv"], folder)
    assert ChatFolder.open(folder).read_edition() is None


def test_a_running_capture_clears_editions_of_what_it_takes_out(edited: Path) -> None:
    folder = ChatFolder.open(edited)
    gone = "11"
    posts = tuple(
        msgspec.structs.replace(post, deleted=True, text="") if post.id == gone else post
        for post in folder.read_posts()
    )
    chat = folder.read_chat()
    state = ChatState(
        posts=posts,
        placements=folder.read_placements(),
        ledger=folder.read_ledger(),
        chat=chat,
        written=chat,
    )
    write_state(folder, state)
    for edition in (folder.read_edition(), *folder.read_editions()):
        assert edition is not None
        assert "Taxi" not in msgspec.json.encode(edition).decode()
        assert gone not in edition.seen
