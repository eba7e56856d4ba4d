"""A removal reaches every byte of the folder, whatever tool wrote the files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.workflows.removal_kinds import KINDS, LATER, NAME, TAG, WORDS, find_anywhere

import chinwag
from chinwag.model import Post
from chinwag.stores.folder import ChatFolder
from chinwag.stores.folder.captured import hold_capture
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.check_folder import check_folder
from chinwag.workflows.correct_placement import Verdict, correct_placement
from chinwag.workflows.make_again import make_again
from chinwag.workflows.remove_posts import remove_posts

AT = datetime(2026, 10, 14, 9, 30, tzinfo=UTC)
DETAILS = ChatDetails(hashtag=TAG, time_zone="UTC")


def count_own(posts: Sequence[Post]) -> int:
    """Return how many posts are no reposts made by hand: those go with what they repeat."""
    return sum(not post.text.startswith("RT ") for post in posts)


@pytest.mark.parametrize("name", KINDS)
def test_nothing_is_left_of_a_post_or_of_a_person(name: str, tmp_path: Path) -> None:
    kind = KINDS[name]
    file, chat = tmp_path / kind.file, tmp_path / "chat"
    file.write_bytes(kind.pack(kind.make()))
    chinwag.recap_files([file], chat, DETAILS)
    folder = ChatFolder.open(chat)
    before = folder.read_posts()
    post = next(one for one in before if one.text.startswith(f"A1 {WORDS}"))
    other = next(one for one in before if one.text.startswith("A1 a list"))
    correct_placement(chat, [other.id], Verdict(question="1", because=f"as {kind.handle}"), at=AT)
    assert find_anywhere(chat, (WORDS,))

    remove_posts(chat, [post.id], at=AT)
    assert find_anywhere(chat, (WORDS,)) == []
    assert find_anywhere(chat, (LATER,))
    assert check_folder(chat).faults == ()

    remove_posts(chat, [], post.author, at=AT)
    gone = (WORDS, LATER, kind.handle, NAME, kind.number)
    assert find_anywhere(chat, gone) == []
    assert check_folder(chat).faults == ()

    chinwag.recap_files([file], chat, DETAILS)
    assert find_anywhere(chat, gone) == []
    after = ChatFolder.open(chat).read_posts()
    assert count_own(after) == count_own(before)
    assert sum(bool(one.removed) for one in after) == 2


@pytest.mark.parametrize("name", KINDS)
def test_a_removal_while_a_capture_runs_reaches_every_file_at_once(
    name: str, tmp_path: Path
) -> None:
    kind = KINDS[name]
    file, chat = tmp_path / kind.file, tmp_path / "chat"
    file.write_bytes(kind.pack(kind.make()))
    chinwag.recap_files([file], chat, DETAILS)
    before = ChatFolder.open(chat).read_posts()
    post = next(one for one in before if one.text.startswith(f"A1 {WORDS}"))
    other = next(one for one in before if one.text.startswith("A1 a list"))
    correct_placement(chat, [other.id], Verdict(question="1", because=f"as {kind.handle}"), at=AT)
    gone = (WORDS, LATER, kind.handle, NAME, kind.number)

    with hold_capture(chat):
        one = remove_posts(chat, [post.id], at=AT)
        assert find_anywhere(chat, (WORDS,)) == []
        assert find_anywhere(chat, (LATER,))
        everything = remove_posts(chat, [], post.author, at=AT)
        assert find_anywhere(chat, gone) == []
    assert (one.while_captured, one.files) == (True, 1)
    assert everything.while_captured
    assert ChatFolder.open(chat).find_damage() == ()

    make_again(chat)
    assert find_anywhere(chat, gone) == []
    assert check_folder(chat).faults == ()
    after = ChatFolder.open(chat).read_posts()
    assert count_own(after) == count_own(before)
    assert sum(bool(one.removed) for one in after) == 2
