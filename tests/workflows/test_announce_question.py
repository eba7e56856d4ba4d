"""A question goes out on every account, once, however often it is tried."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from tests.networks.fake_server import START, FakeClock

from chinwag.errors import InputError
from chinwag.model import Chat, Question, Sent, Window
from chinwag.networks.contract import Announced, Announcement, Announcer, Picture
from chinwag.networks.example.announce import BoardAnnouncer
from chinwag.networks.example.board import Board
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.announce_question import AnnounceReport, announce_question, rehearse
from chinwag.workflows.announcement_words import Words
from chinwag.workflows.change_announcement import (
    delete_announcement,
    edit_announcement,
    rehearse_deletion,
    rehearse_edit,
)

CHAT = Chat(
    series="#inkchat",
    hashtag="inkchat",
    title="Empty rooms",
    window=Window(start=START, end=START + timedelta(hours=1), by="person"),
    questions=(
        Question(label="1", text="What would you do with one empty room?", by="agenda"),
        Question(label="1.2", text="And who pays?", by="agenda"),
    ),
)


class Host:
    """A host with accounts on two noticeboards, and a folder with an agenda."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.clock = FakeClock()
        self.heard: list[tuple[str, str, bool]] = []
        self.boards = {"example green": Board("green"), "example mill": Board("mill")}
        with ChatFolder.at(root).change() as change:
            change.write_chat(CHAT)

    def open(self) -> dict[str, Announcer]:
        """Give announcers that remember nothing, as after a start of the program."""
        return {
            name: BoardAnnouncer(board, "host", self.clock) for name, board in self.boards.items()
        }

    def announce(
        self,
        what: str,
        words: Words | None = None,
        announcers: Mapping[str, Announcer] | None = None,
    ) -> AnnounceReport:
        accounts = self.open() if announcers is None else announcers
        return asyncio.run(
            announce_question(self.root, what, accounts, self.clock.now, words, self.hear)
        )

    def hear(self, sent: Sent, is_fresh: bool) -> None:
        self.heard.append((sent.account, sent.state, is_fresh))

    def edit(self, what: str, new: str) -> AnnounceReport:
        made = edit_announcement(self.root, what, new, self.open(), at=self.clock.now(), who="dora")
        return asyncio.run(made)

    def delete(self, what: str) -> AnnounceReport:
        return asyncio.run(delete_announcement(self.root, what, self.open()))

    def read_boards(self) -> list[list[str]]:
        return [[note["says"] for note in board.list_notes()] for board in self.boards.values()]

    def read_outbox(self) -> list[Sent]:
        return list(ChatFolder.open(self.root).read_outbox())


@pytest.fixture
def host(tmp_path: Path) -> Host:
    return Host(tmp_path / "chat")


def test_a_question_goes_out_everywhere_and_once(host: Host) -> None:
    first = host.announce("Q1")
    again = host.announce("1")

    text = "Q1: What would you do with one empty room? #inkchat"
    assert host.read_boards() == [[text], [text]]
    assert (first.sent, first.fresh) == (again.sent, ("example green", "example mill"))
    assert again.fresh == ()
    assert host.heard == [
        ("example green", "out", True),
        ("example mill", "out", True),
        ("example green", "out", False),
        ("example mill", "out", False),
    ]
    assert [(sent.account, sent.question, sent.state, sent.id) for sent in first.sent] == [
        ("example green", "1", "out", "board://green/1"),
        ("example mill", "1", "out", "board://mill/1"),
    ]
    assert host.read_outbox() == list(first.sent)


def test_it_goes_out_once_also_where_the_chats_window_is_found_meanwhile(host: Host) -> None:
    host.announce("Q1")
    found = Window(start=START + timedelta(minutes=3), end=START + timedelta(minutes=50))
    with ChatFolder.open(host.root).change() as change:
        change.write_chat(msgspec.structs.replace(CHAT, window=found))

    host.announce("Q1")

    text = "Q1: What would you do with one empty room? #inkchat"
    assert host.read_boards() == [[text], [text]]
    assert len(host.read_outbox()) == 2


def test_where_one_network_fails_the_others_go_on_and_it_can_be_tried_again(host: Host) -> None:
    host.boards["example mill"].shut()
    first = host.announce("1.2")
    host.boards["example mill"].open()
    second = host.announce("1.2")

    text = "Q1 part 2: And who pays? #inkchat"
    assert {account: note.code for account, note in first.failed.items()} == {
        "example mill": "example-board-shut"
    }
    assert [sent.state for sent in first.sent] == ["out", "wanted"]
    assert (second.failed, [sent.state for sent in second.sent]) == ({}, ["out", "out"])
    assert host.read_boards() == [[text], [text]]


def test_other_words_get_the_hashtag_and_a_picture_its_description(host: Host) -> None:
    picture = Picture(data=b"...", media_type="image/png", alt="")
    with pytest.raises(InputError, match="The picture has no description"):
        host.announce("Welcome, everybody!", Words(picture=picture))
    assert host.read_boards() == [[], []]
    assert host.read_outbox() == []

    host.announce("Welcome to #InkChat, everybody!")
    host.announce("Ten minutes left")
    assert (
        host.read_boards() == [["Welcome to #InkChat, everybody!", "Ten minutes left #inkchat"]] * 2
    )


def test_a_rehearsal_says_what_would_go_out_and_does_nothing(host: Host) -> None:
    report = rehearse(host.root, "1.2", host.open())

    said = "33 of 300 characters: Q1 part 2: And who pays? #inkchat"
    assert report.said == {"example green": said, "example mill": said}
    assert (host.read_boards(), host.read_outbox()) == ([[], []], [])


def test_what_is_out_can_be_changed_and_taken_back(host: Host) -> None:
    host.announce("1")
    edited = host.edit("1", "What with two?")
    assert host.read_boards() == [["Q1: What with two? #inkchat"]] * 2
    assert [sent.text for sent in edited.sent] == ["Q1: What with two? #inkchat"] * 2

    folder = ChatFolder.open(host.root)
    assert folder.read_chat().questions[0].text == "What with two?"
    assert [edit.who for edit in folder.read_edits()] == ["dora"]

    deleted = host.delete("1")
    assert host.read_boards() == [[], []]
    assert [(sent.state, sent.text) for sent in deleted.sent] == [("deleted", "")] * 2
    with pytest.raises(InputError) as refused:
        host.delete("1")
    assert str(refused.value) == "'1' is out on none of your accounts."


def test_a_question_that_is_not_there_is_refused(host: Host) -> None:
    with pytest.raises(InputError) as refused:
        host.announce("Q7")
    assert str(refused.value) == "This chat has no words for a question 7."
    assert refused.value.fields["known"] == ["1", "1.2"]


def test_what_was_taken_back_can_be_asked_again_under_another_key(host: Host) -> None:
    keys = set()
    for _ in range(3):
        (green, _mill) = host.announce("1").sent
        keys.add(green.key)
        host.delete("1")
    assert len(keys) == 3
    host.announce("1")
    assert host.read_boards() == [["Q1: What would you do with one empty room? #inkchat"]] * 2


def test_a_rehearsal_of_a_change_says_the_new_words_and_of_a_deletion_the_old(host: Host) -> None:
    host.announce("1")
    before = (host.read_boards(), host.read_outbox())
    new = rehearse_edit(host.root, "1", "What with two?", host.open())
    old = rehearse_deletion(host.root, "1", host.open())

    assert set(new.said.values()) == {"27 of 300 characters: Q1: What with two? #inkchat"}
    assert set(old.said.values()) == {"Q1: What would you do with one empty room? #inkchat"}
    assert (host.read_boards(), host.read_outbox()) == before


def test_a_time_that_is_past_is_refused_before_anything_goes_out(host: Host) -> None:
    with pytest.raises(InputError) as refused:
        host.announce("1", Words(at=START - timedelta(minutes=1)))
    assert str(refused.value) == "2026-03-05 18:59 UTC is past: nothing can go out then."
    assert (host.read_boards(), host.read_outbox()) == ([[], []], [])


class KeepingServer:
    """A server that keeps what is due later, and posts it by itself, under another id."""

    network = "example"

    def __init__(self) -> None:
        self.waiting: list[str] = []
        self.out: list[str] = []

    def check(self, announcement: Announcement) -> str:
        return announcement.text

    async def check_rights(self) -> None:
        raise NotImplementedError

    async def announce(self, announcement: Announcement) -> Announced:
        self.waiting.append(announcement.text)
        return Announced(id="kept/1", url="", is_new=True)

    async def look_up(self, id: str, text: str, at: datetime) -> Announced | None:
        if text in self.waiting:
            return Announced(id=id, url="", is_new=False)
        if text in self.out:
            return Announced(id="post/7", url="https://keep.example/7", is_new=False)
        return None

    async def edit(self, id: str, announcement: Announcement) -> Announced:
        raise NotImplementedError

    async def delete(self, id: str) -> None:
        raise NotImplementedError


def test_what_waits_at_a_server_is_never_posted_again_whatever_is_run(host: Host) -> None:
    server = KeepingServer()
    due = Words(at=START + timedelta(hours=1))
    text = "Q1: What would you do with one empty room? #inkchat"
    for words in (due, due, Words(at=START + timedelta(hours=2)), None):
        (sent,) = host.announce("1", words, {"keep": server}).sent
        assert (sent.state, sent.id, sent.at) == ("waiting", "kept/1", due.at)
    assert server.waiting == [text]

    server.waiting, server.out = [], [text]
    report = host.announce("1", None, {"keep": server})
    (sent,) = report.sent
    assert (sent.state, sent.id, sent.url) == ("out", "post/7", "https://keep.example/7")
    assert report.fresh == ()
    assert server.waiting == []


def test_what_was_taken_back_at_the_server_is_told_and_not_posted_again(host: Host) -> None:
    server = KeepingServer()
    host.announce("1", Words(at=START + timedelta(hours=1)), {"keep": server})
    server.waiting = []
    report = host.announce("1", None, {"keep": server})
    assert {account: note.code for account, note in report.failed.items()} == {
        "keep": "announcement-gone"
    }
    assert (server.waiting, server.out) == ([], [])
