"""The stage of the invented noticeboard."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

import pytest
from tests.contracts.stages.stage import Stage
from tests.networks.fake_server import START
from tests.networks.watching import FakeWatch

from chinwag.model import Deletion, Post, RawPost
from chinwag.networks.contract import Announcer, Route
from chinwag.networks.example.announce import BoardAnnouncer
from chinwag.networks.example.board import Board
from chinwag.networks.example.routes import BoardPoll, BoardStream
from chinwag.records import example_notes
from chinwag.records.contract import ReadOptions


class ExampleStage:
    """The invented noticeboard."""

    def __init__(self) -> None:
        self._board = Board("green")

    @property
    def now(self) -> datetime:
        return START

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion]:
        return example_notes.convert_record(raw, options)

    async def post(self, author: str, text: str, answers: str = "") -> str:
        under = _number(answers) if answers else None
        return f"board://green/{self._board.pin(author, text, self.now, under)}"

    async def edit(self, id: str, text: str) -> None:
        self._board.amend(_number(id), text, self.now)

    async def delete(self, id: str) -> None:
        self._board.take_down(_number(id))

    async def shut(self) -> None:
        self._board.shut()

    async def open(self) -> None:
        self._board.open()

    def list_routes(self) -> Sequence[Route]:
        return BoardStream(self._board), BoardPoll(self._board)

    async def make_announcer(self, watch: FakeWatch) -> Announcer:
        return BoardAnnouncer(self._board, "host", watch)

    async def read(self, id: str) -> str:
        notes = {note["number"]: note["says"] for note in self._board.list_notes()}
        return str(notes.get(_number(id), ""))


def _number(id: str) -> int:
    return int(id.rpartition("/")[2])


@asynccontextmanager
async def open_stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    yield ExampleStage()
