"""README.txt: a chat folder says by itself what its files are."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import msgspec
import pytest
from tests.stores.test_chat_folder import CHAT, PLACEMENTS, POSTS, SUMMARY

from chinwag.model import Bullet, Placement, Post, QuestionSummary, Summary
from chinwag.stores.folder import ChatFolder, layout
from chinwag.stores.folder.checksums import read_checksums
from chinwag.stores.folder.readme import write_readme

NOT_KEPT = {
    "PENDING",
    "COMMIT",
    "PUBLISHING",
    "REBUILD",
    "PART",
    "FORMAT",
}  # hidden while a command works


@pytest.fixture
def folder(tmp_path: Path) -> ChatFolder:
    """Give a chat folder with posts in it."""
    made = ChatFolder.at(tmp_path / "chat")
    with made.change() as change:
        change.write_chat(CHAT)
        change.write_posts(POSTS)
        change.write_placements(PLACEMENTS)
        change.write_summary(SUMMARY)
    return made


def test_it_says_which_chat_this_is(folder: ChatFolder) -> None:
    head = (folder.root / "README.txt").read_text(encoding="utf-8").splitlines()[:4]
    assert head == [
        "WHAT THIS FOLDER IS",
        "",
        "Libraries “after dark”",
        "#stackschat, 2026-10-13 18:00 to 2026-10-13 19:00 UTC",
    ]


def test_it_names_every_file_that_a_folder_can_hold() -> None:
    text = write_readme(CHAT).decode()
    names = {name for key, name in vars(layout).items() if key.isupper() and key not in NOT_KEPT}
    assert {name for name in names if not re.search(rf"^{re.escape(name)}", text, re.M)} == set()


@pytest.mark.parametrize("noun", [Post, Placement, QuestionSummary, Summary, Bullet])
def test_it_names_every_field_of_what_was_said(noun: type[msgspec.Struct]) -> None:
    words = set(re.findall(r"\w+", write_readme(CHAT).decode()))
    assert set(noun.__struct_fields__) - words == set()


def test_it_can_be_read_in_any_window() -> None:
    assert max(map(len, write_readme(CHAT).decode().splitlines())) <= 100


def test_it_is_in_the_checksums(folder: ChatFolder) -> None:
    readme = folder.root / "README.txt"
    sums = read_checksums(folder.root / "SHA256SUMS")
    assert sums["README.txt"] == hashlib.sha256(readme.read_bytes()).hexdigest()
    assert folder.find_damage() == ()
    readme.unlink()
    assert folder.find_damage() == ("README.txt is missing.",)


def test_it_follows_the_chat_and_comes_again_where_it_was_lost(folder: ChatFolder) -> None:
    (folder.root / "README.txt").unlink()
    chat = msgspec.structs.replace(CHAT, title="Libraries by day")
    with folder.change() as change:
        change.write_chat(chat)
    assert (folder.root / "README.txt").read_bytes() == write_readme(chat)
    assert folder.find_damage() == ()


def test_one_that_a_person_wrote_is_theirs(folder: ChatFolder) -> None:
    (folder.root / "README.txt").write_text("Ask Ines for the recordings.\n")
    with folder.change() as change:
        change.write_posts(POSTS)
    assert (folder.root / "README.txt").read_text() == "Ask Ines for the recordings.\n"
    assert "README.txt" not in read_checksums(folder.root / "SHA256SUMS")
    assert folder.find_damage() == ()


def test_a_folder_of_an_earlier_format_gets_one(folder: ChatFolder) -> None:
    (folder.root / "README.txt").unlink()
    sums = folder.root / "SHA256SUMS"
    lines = sums.read_text().splitlines(keepends=True)
    sums.write_text("".join(line for line in lines if "README" not in line))
    toml = folder.root / "chat.toml"
    toml.write_text(toml.read_text().replace("format = 2", "format = 1"))
    with ChatFolder.open(folder.root).change() as change:
        change.write_posts(POSTS)
    assert (folder.root / "README.txt").read_bytes() == write_readme(CHAT)
