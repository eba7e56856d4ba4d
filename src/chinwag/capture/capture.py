"""One run of a capture: its routes, one writer to the disk, and one keeper of the folder."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from chinwag.capture.ahead import Ahead
from chinwag.capture.clearing import TextClearer
from chinwag.capture.cursors import Cursors
from chinwag.capture.decisions import DecisionReader
from chinwag.capture.disk import Disk
from chinwag.capture.keeper import FolderKeeper
from chinwag.capture.live_chat import LiveChat
from chinwag.capture.overview import Moment, draw_overview
from chinwag.capture.routes import Recoveries, RouteRunner, list_given_up
from chinwag.capture.threads import run_to_end, stop_tasks
from chinwag.capture.view import Listener
from chinwag.capture.watch import CaptureEnd, ChatWatch, Clock
from chinwag.capture.writer import JournalWriter, SharedJournal
from chinwag.model import Note, RawPost
from chinwag.networks.contract import Route
from chinwag.records.vocabulary import BEGUN
from chinwag.stores.folder.journal import Journal

_LOOK_AGAIN = 0.5  # seconds between two looks whether the capture is over


class Capture:
    """Puts the parts of a capture together and runs them until its end.

    `since` is where the chat begins if nobody gave its window, `ahead` what is worked out while
    nothing comes. The journal may be closed once `run` has ended or was cancelled: nothing writes
    to it after that.
    """

    def __init__(
        self,
        chat: LiveChat,
        reader: DecisionReader,
        journal: Journal,
        clock: Clock,
        listener: Listener,
        ending: CaptureEnd,
        since: datetime | None = None,
        ahead: Ahead | None = None,
    ) -> None:
        self._chat = chat
        self._listener = listener
        self._disk = Disk(chat.folder.root, clock.pause, listener)
        self._watch = ChatWatch(chat, clock, ending, since)
        self._cursors = Cursors(chat.folder, clock.now())
        shared = SharedJournal(journal, self._disk)
        self._clearer = TextClearer(chat, shared, self._disk)
        self._writer = JournalWriter(chat, shared, self._cursors, self._disk, listener, clock.now)
        self._keeper = FolderKeeper(
            chat, reader, self._disk, self._clearer, self._watch, listener, ahead
        )
        self._begun = clock.now()
        self._runners: Sequence[RouteRunner] = ()

    @property
    def kept(self) -> int:
        """How many records it has kept."""
        return self._writer.kept

    async def run(
        self, routes: Sequence[Route], stop: asyncio.Event, jitter: Callable[[], float]
    ) -> None:
        """Start every route, and go on until the end; then write what is still waiting.

        Raises FolderError where the folder cannot be written for good.
        """
        take, recoveries = self._writer.take, Recoveries()
        self._runners = [
            RouteRunner(route, self._cursors.reached, take, self._listener, recoveries, jitter)
            for route in routes
        ]
        begun = RawPost(route=BEGUN, address="", payload=None, at=self._watch.now())
        await self._writer.take("", (begun,), None)
        writing = asyncio.create_task(self._writer.run())
        keeping = asyncio.create_task(self._keeper.run(self._show))
        following = [asyncio.create_task(runner.run(self._watch)) for runner in self._runners]
        ends = [asyncio.create_task(stop.wait()), asyncio.create_task(self._wait_for_end())]
        everything: list[asyncio.Task[Any]] = [writing, keeping, *following, *ends]
        try:
            await _wait_for_first(writing, keeping, *ends)
            await stop_tasks([keeping, *following])
            everything.append(asyncio.create_task(self._writer.drain()))
            await _wait_for_first(writing, everything[-1])
        finally:
            await stop_tasks(everything)
        _raise_first_fault([writing, keeping, *following])
        await self._writer.write_cursors()
        await self._clearer.clear()

    def list_given_up(self) -> dict[str, Note]:
        """Return why routes were given up, by name, where no other looks in the same place."""
        return list_given_up(self._runners)

    def find_early_end(self) -> datetime | None:
        """Return when it would have ended by itself, None where that has passed or nobody said."""
        return None if self._watch.is_over() else self._watch.until

    async def _wait_for_end(self) -> None:
        while not all(self._is_done(runner) for runner in self._runners):
            await self._watch.pause(_LOOK_AGAIN)

    def _is_done(self, runner: RouteRunner) -> bool:
        """Return whether a route has come to its end, or is a stream with no more to say."""
        if runner.state.state in ("ended", "failed"):
            return True
        is_stream = runner.route.kind == "stream"
        return self._watch.is_over() and is_stream and runner.state.is_quiet(self._watch.now())

    async def _show(self) -> None:
        """Let the listener see the capture as it is."""
        records = {record.name: record for record in self._chat.account.list_routes()}
        routes = [runner.state.show(records.get(runner.route.name)) for runner in self._runners]
        moment = Moment(
            at=self._watch.now(),
            begun=self._begun,
            closes=self._watch.until,
            lag=self._writer.lag,
            problem=self._disk.problem,
        )
        draw = partial(draw_overview, self._chat.take_snapshot(), routes, moment)
        self._listener.see(await run_to_end(draw))


async def _wait_for_first(*tasks: asyncio.Task[Any]) -> None:
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)


def _raise_first_fault(tasks: Sequence[asyncio.Task[Any]]) -> None:
    for task in tasks:
        if task.cancelled():
            continue
        fault = task.exception()
        if fault is not None:
            raise fault
