"""A question goes out on every account, once, however often it is tried."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from tests.networks.fake_server import START, FakeClock

from chinwag.errors import InputError
from chinwag.model import Chat, Question, Sent, Window
from chinwag.networks.contract import Announcer, Picture
from chinwag.networks.example.announce import BoardAnnouncer
from chinwag.networks.example.board import Board
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.announce_question import (
    AnnounceReport,
    Words,
    announce_question,
    delete_announcement,
    edit_announcement,
    rehearse,
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
        self.boards = {"example green": Board("green"), "example mill": Board("mill")}
        with ChatFolder.at(root).change() as change:
            change.write_chat(CHAT)

    def open(self) -> dict[str, Announcer]:
        """Give announcers that remember nothing, as after a start of the program."""
        return {
            name: BoardAnnouncer(board, "host", self.clock) for name, board in self.boards.items()
        }

    def announce(self, what: str, words: Words | None = None) -> AnnounceReport:
        made = announce_question(self.root, what, self.open(), self.clock.now, words)
        return asyncio.run(made)

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
    assert first == again
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
    edited = asyncio.run(edit_announcement(host.root, "1", "What with two?", host.open()))
    assert host.read_boards() == [["Q1: What with two? #inkchat"]] * 2
    assert [sent.text for sent in edited.sent] == ["Q1: What with two? #inkchat"] * 2

    deleted = asyncio.run(delete_announcement(host.root, "1", host.open()))
    assert host.read_boards() == [[], []]
    assert [(sent.state, sent.text) for sent in deleted.sent] == [("deleted", "")] * 2
    with pytest.raises(InputError) as refused:
        asyncio.run(delete_announcement(host.root, "1", host.open()))
    assert str(refused.value) == "'1' is out on none of your accounts."


def test_a_question_that_is_not_there_is_refused(host: Host) -> None:
    with pytest.raises(InputError) as refused:
        host.announce("Q7")
    assert str(refused.value) == "This chat has no words for a question 7."
    assert refused.value.fields["known"] == ["1", "1.2"]
