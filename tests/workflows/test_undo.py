"""What people noted can be taken back, the latest first; what is removed is gone for good."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from chinwag.errors import InputError
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.correct_placement import Verdict, correct_placement, note_correction
from chinwag.workflows.edit_chat import (
    edit_chat,
    name_moderator,
    unname_moderator,
    word_question,
)
from chinwag.workflows.make_again import make_again
from chinwag.workflows.remove_posts import RemovalReport, note_removal, remove_posts
from chinwag.workflows.undo import Undone, note_undo, undo

AT = datetime(2026, 10, 14, 9, 30, tzinfo=UTC)
LATER = AT + timedelta(minutes=1)


def find_question(folder: Path, post: str) -> str | None:
    placements = ChatFolder.open(folder).read_placements()
    return next(one.question for one in placements if one.post == post)


def test_the_latest_corrections_are_taken_back_together_and_the_earlier_stand(snug: Path) -> None:
    first = correct_placement(snug, ["4"], Verdict(question="2"), at=AT).corrections
    both = correct_placement(snug, ["4", "5"], Verdict(question=None), at=LATER).corrections
    report = undo(snug)
    assert report.undone == Undone(corrections=both)
    assert ChatFolder.open(snug).read_corrections() == first
    assert [find_question(snug, post) for post in ("4", "5")] == ["2", "1"]
    undo(snug)
    assert find_question(snug, "4") == "1"
    with pytest.raises(InputError, match="There is nothing to undo") as nothing:
        undo(snug)
    assert nothing.value.code == "nothing-to-undo"


def test_the_correction_of_one_post_is_taken_back(snug: Path) -> None:
    note_correction(snug, ["4"], Verdict(question="2"), at=AT)
    note_correction(snug, ["5"], Verdict(question="2"), at=LATER)
    undone = note_undo(snug, ["4"])
    assert [one.post for one in undone.corrections] == ["4"]
    assert [one.post for one in ChatFolder.open(snug).read_corrections()] == ["5"]


def test_a_removal_is_taken_back_only_before_it_is_carried_out(snug: Path) -> None:
    before = ChatFolder.open(snug).read_posts()
    noted = note_removal(snug, ["4"], "cleo_reads", at=AT, who="ines")
    assert noted == RemovalReport(posts=3, reposts=0, files=0, is_noted=True)
    assert ChatFolder.open(snug).find_outdated() == {"posts.jsonl": ("removed.jsonl",)}
    assert len(note_undo(snug).removals) == 2
    make_again(snug)
    assert ChatFolder.open(snug).read_posts() == before

    remove_posts(snug, ["4"], at=AT)
    with pytest.raises(InputError) as refused:
        undo(snug)
    assert refused.value.code == "removal-carried-out"
    with pytest.raises(InputError) as refused:
        undo(snug, ["4"])
    assert refused.value.code == "removal-carried-out"
    assert len(ChatFolder.open(snug).read_removals()) == 1


@pytest.mark.parametrize("is_of_earlier_chinwag", [False, True])
def test_a_removal_that_was_noted_is_carried_out_by_whoever_makes_again(
    snug: Path, is_of_earlier_chinwag: bool
) -> None:
    if is_of_earlier_chinwag:  # which noted nothing of what was made from what
        (snug / "made-from.json").unlink()
    note_removal(snug, ["4"], at=AT)
    make_again(snug)
    posts = {post.id: post for post in ChatFolder.open(snug).read_posts()}
    assert (posts["4"].deleted, posts["4"].text) == (True, "")


def test_nothing_that_can_be_undone_keeps_the_words_of_what_was_removed(snug: Path) -> None:
    words = "Night-shift nurses"
    note_correction(snug, ["4"], Verdict(question="2", because=f"It says {words}"), at=AT)
    edit_chat(snug, partial(word_question, label="1", text=f"Do {words} come?"), at=AT)
    edit_chat(snug, partial(word_question, label="1", text="Who comes?"), at=AT)
    remove_posts(snug, ["4"], at=LATER)

    kept = {path for path in snug.rglob("*") if path.is_file() and words in read(path)}
    assert kept == set()
    folder = ChatFolder.open(snug)
    assert (folder.read_corrections(), folder.read_edits()) == ((), ())


def test_whoever_wants_out_is_named_nowhere_in_what_people_said(snug: Path) -> None:
    for change in (name_moderator, unname_moderator):
        edit_chat(snug, partial(change, author="bo_stacks"), at=AT)
    edit_chat(snug, partial(name_moderator, author="cleo_reads"), at=AT)
    remove_posts(snug, [], "bo_stacks", at=LATER)
    assert {path for path in snug.rglob("*") if path.is_file() and "bo_stacks" in read(path)} == (
        set()
    )
    chat = ChatFolder.open(snug).read_chat()
    assert ([one.author for one in chat.moderators], chat.not_moderators) == (
        ["cleo_reads", "ines_asks"],
        (),
    )


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")
