"""What the network has deleted goes from the files that somebody gave, too."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.workflows.removal_kinds import KINDS, LATER, TAG, WORDS, find_anywhere

import chinwag
from chinwag.capture.clearing import clear_others
from chinwag.capture.journals import list_gone
from chinwag.model import Post, RawPost
from chinwag.steps.collect import make_tombstone
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.capture_chat import take_in_what_was_left
from chinwag.workflows.chat_details import ChatDetails

AT = datetime(2026, 10, 13, 18, 59, tzinfo=UTC)
DETAILS = ChatDetails(hashtag=TAG, time_zone="UTC")
GIVEN = ("generic JSON lines", "twarc, JSON lines", "Twitter API v2, pages", "a zip of tables")


def give(name: str, tmp_path: Path) -> tuple[ChatFolder, Post]:
    """Return a chat of one given file, and the post in it that its author will delete."""
    kind = KINDS[name]
    file, chat = tmp_path / kind.file, tmp_path / "chat"
    file.write_bytes(kind.pack(kind.make()))
    chinwag.recap_files([file], chat, DETAILS)
    folder = ChatFolder.open(chat)
    return folder, next(one for one in folder.read_posts() if one.text.startswith(f"A1 {WORDS}"))


@pytest.mark.parametrize("name", [*GIVEN, "Mastodon"])
def test_a_running_capture_clears_given_files_of_what_was_deleted(
    name: str, tmp_path: Path
) -> None:
    folder, post = give(name, tmp_path)
    posts = [make_tombstone(one) if one == post else one for one in folder.read_posts()]
    gone = list_gone(posts, folder.read_removals(), folder.read_removal_key())
    raw = folder.root / "raw"
    opening = f"{WORDS} and nobody else may hear it"
    assert find_anywhere(raw, (f"A1 {opening}",))

    assert clear_others(folder, gone) == 1

    held = find_anywhere(raw, (f"A1 {opening}",))
    assert [one for one in held if "RT " not in one] == []  # a repost by hand is its author's post
    assert find_anywhere(raw, (LATER,))
    assert clear_others(folder, gone) == 0  # what is cleared is not written again


def test_an_import_clears_given_files_of_what_a_journal_says_was_deleted(tmp_path: Path) -> None:
    folder, post = give("Mastodon", tmp_path)
    said = {"server": "quire.example", "event": "delete", "payload": "2001"}
    deleted = RawPost(route="mastodon:stream", address="https://quire.example", at=AT, payload=said)
    journal = folder.begin_journal(AT)
    journal.append([deleted])
    journal.close()

    take_in_what_was_left(folder, ChatDetails())

    there = next(one for one in folder.read_posts() if post.id in (one.id, *one.aliases))
    assert (there.deleted, there.text) == (True, "")
    held = find_anywhere(folder.root / "raw", (WORDS,))
    assert [one for one in held if "RT " not in one and "“" not in one] == []
    assert json.loads((folder.root / "ledger.json").read_bytes())["deleted"] == 1
