"""A rehearsal tries every route, account and question, and leaves no trace anywhere."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence

from tests.networks.fake_server import START, FakeClock

from chinwag.errors import NetworkError
from chinwag.model import Chat, Question, make_worded_note
from chinwag.networks.contract import Announcer, Notice, Received, Route, Watch
from chinwag.networks.example.announce import BoardAnnouncer
from chinwag.networks.example.board import Board
from chinwag.networks.example.routes import BoardPoll, BoardStream
from chinwag.workflows.rehearse_chat import Rehearsal, Trial, rehearse_chat

LONG = "x" * 300
CHAT = Chat(
    series="#inkchat",
    hashtag="inkchat",
    title="Ink",
    questions=(
        Question(label="1", text="One empty room?", by="agenda"),
        Question(label="2", text=LONG, by="agenda"),
        Question(label="3", text=""),
    ),
)
LIMIT = make_worded_note("It shows the last posts alone.", code="limit")


class Saying:
    """A route that yields what it is told to, and then ends, or says nothing for ever."""

    network, kind, origin = "example", "poll", "elsewhere"

    def __init__(self, name: str, *items: Received | Notice, is_endless: bool = False) -> None:
        self.name = name
        self._items = items
        self._is_endless = is_endless

    async def receive(self, watch: Watch, cursor: str) -> AsyncIterator[Received | Notice]:
        for item in self._items:
            yield item
        if self._is_endless:
            await asyncio.Event().wait()


async def let_others_run(seconds: float) -> None:
    """Wait for long by a clock on which everybody else is quick."""
    for _ in range(50):
        await asyncio.sleep(0)


def rehearse(routes: Sequence[Route], announcers: Mapping[str, Announcer]) -> Rehearsal:
    return asyncio.run(rehearse_chat(CHAT, routes, announcers, FakeClock(), let_others_run))


def test_what_works_and_what_does_not_is_told_of_each() -> None:
    green, mill = Board("green"), Board("mill")
    green.pin("host", "Hello #inkchat", START)
    mill.shut()
    clock = FakeClock()
    accounts = {
        "example green": BoardAnnouncer(green, "host", clock),
        "example mill": BoardAnnouncer(mill, "host", clock),
    }
    shut = make_worded_note(
        "The noticeboard {board} is shut.", code="example-board-shut", board="board://mill"
    )
    routes = (
        BoardStream(green),
        BoardPoll(mill),
        Saying("limited", Notice(kind="lacking", note=LIMIT), Received(cursor="1")),
        Saying("closed", Notice(kind="lacking", note=LIMIT)),
        Saying("silent", is_endless=True),
        Saying("done"),
    )
    rehearsal = rehearse(routes, accounts)

    assert rehearsal.routes == (
        Trial(name="example:stream green", works=True),
        Trial(name="example:poll mill walker", works=False, note=shut),
        Trial(name="limited", works=True, note=LIMIT),
        Trial(name="closed", works=False, note=LIMIT),
        Trial(name="silent", works=False),
        Trial(name="done", works=True),
    )
    assert rehearsal.accounts == (
        Trial(name="example green", works=True),
        Trial(name="example mill", works=False, note=shut),
    )
    assert [(trial.name, trial.works) for trial in rehearsal.questions] == [
        ("Q1, example green", True),
        ("Q1, example mill", True),
        ("Q2, example green", False),
        ("Q2, example mill", False),
    ]
    assert not rehearsal.works
    assert len(green.list_notes()) == 1


def test_where_all_works_it_says_so() -> None:
    board = Board("green")
    rehearsal = rehearse([BoardStream(board)], {})
    assert rehearsal == Rehearsal(
        routes=(Trial(name="example:stream green", works=True),), accounts=(), questions=()
    )
    assert rehearsal.works
    assert board.list_notes() == []


def test_a_fault_of_the_network_is_no_end_of_the_rehearsal() -> None:
    class Breaking(Saying):
        async def receive(self, watch: Watch, cursor: str) -> AsyncIterator[Received | Notice]:
            if not cursor:
                raise NetworkError("It cannot be reached.", code="gone")
            yield Received()

    (trial,) = rehearse([Breaking("breaking")], {}).routes
    assert (trial.works, trial.note) == (
        False,
        make_worded_note("It cannot be reached.", code="gone"),
    )
