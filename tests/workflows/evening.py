"""An invented evening: a noticeboard, a folder and a capture of it, on a clock of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from tests.networks.fake_server import START, FakeClock

from chinwag.capture.state import ChatState
from chinwag.capture.view import CaptureView
from chinwag.capture.watch import CaptureEnd
from chinwag.messages import open_catalogue
from chinwag.model import Note
from chinwag.networks.contract import Route
from chinwag.networks.example.board import Board
from chinwag.networks.example.routes import BoardPoll, BoardStream
from chinwag.stores.folder import ChatFolder
from chinwag.stores.folder.journal import read_cursors
from chinwag.workflows.capture_chat import CaptureReport, capture_chat
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.edit_blocks import BlockMaterial

QUESTION = "Q1: What would you do with one empty room? #inkchat"
NOTES = (
    ("host", QUESTION, None),
    ("ann", "A1: fill it with chairs #inkchat", 1),
    ("ben", "chairs that nobody has to pay for", 2),
    ("cem", "A1 a quiet room for exams #inkchat", 1),
)
Done = TypeVar("Done")
WAIT = 60.0  # seconds of the real clock after which a test that hangs is stopped


class Ear:
    """Hears a capture, and lets a test wait until it has heard enough."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.notices: list[tuple[str, str, str]] = []
        self.view: CaptureView | None = None
        self.written: ChatState | None = None

    def hear_kept(self, posts: Sequence[str], at: datetime) -> None:
        self.at = at
        self.kept += posts

    def hear_notice(self, route: str, kind: str, note: Note) -> None:
        self.notices.append((route, kind, open_catalogue().word_note(note)))

    def hear_written(self, state: ChatState) -> None:
        self.written = state

    def see(self, view: CaptureView) -> None:
        self.view = view


class Evening:
    """A noticeboard, a folder and a capture of it, on a clock of their own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.board = Board("green")
        self.clock = FakeClock(START + timedelta(minutes=4))
        self.ear = Ear()
        self.stop = asyncio.Event()
        self.drafts: list[BlockMaterial] = []
        self._runner = asyncio.Runner()  # one loop for all runs: the board is bound to it

    def run(self, coroutine: Coroutine[None, None, Done]) -> Done:
        return self._runner.run(coroutine)

    def close(self) -> None:
        self._runner.close()

    def pin_all(self) -> None:
        for number, (author, text, under) in enumerate(NOTES):
            self.board.pin(author, text, START + timedelta(minutes=number), under)

    def list_routes(self) -> tuple[Route, ...]:
        return BoardStream(self.board), BoardPoll(self.board)

    async def capture(
        self,
        routes: Sequence[Route] | None = None,
        *,
        once: bool = True,
        hashtag: str = "inkchat",
        details: ChatDetails | None = None,
        ending: CaptureEnd | None = None,
        writes_up: bool = False,
    ) -> CaptureReport:
        return await capture_chat(
            self.root,
            details or ChatDetails(hashtag=hashtag),
            self.list_routes() if routes is None else routes,
            clock=self.clock,
            listener=self.ear,
            stop=self.stop,
            jitter=lambda: 0.5,
            ending=ending or CaptureEnd(once=once),
            writes_up=(lambda: True) if writes_up else None,
            show_draft=self.drafts.append,
        )

    async def capture_while(
        self,
        act: Callable[[], Awaitable[None]],
        routes: Sequence[Route] | None = None,
        *,
        details: ChatDetails | None = None,
        writes_up: bool = False,
    ) -> CaptureReport:
        """Capture until `act` is done with what it does meanwhile."""
        task = asyncio.create_task(
            self.capture(routes, once=False, details=details, writes_up=writes_up)
        )
        try:
            await asyncio.wait_for(act(), WAIT)
        finally:
            self.stop.set()
            report = await asyncio.wait_for(task, WAIT)
        return report

    async def be_killed(self) -> None:
        """Capture until all four posts are kept, and leave everything as a kill leaves it."""
        task = asyncio.create_task(self.capture(once=False))
        await self.until(lambda: [*read_cursors(self.root).values()] == ["4", "4"])
        task.cancel()
        await asyncio.wait({task})

    async def until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(WAIT):
            while not is_so():
                await asyncio.sleep(0.01)

    def count_posts(self) -> int:
        is_made = (self.root / "posts.jsonl").exists()
        return len(self.read_texts()) if is_made else 0

    def find_question(self, post: str) -> str | None:
        """Return where a post stands in the folder by now."""
        if not (self.root / "placements.jsonl").exists():
            return None
        placed = {one.post: one.question for one in ChatFolder.open(self.root).read_placements()}
        return placed.get(post)

    def read_texts(self) -> dict[str, str]:
        return {post.id: post.text for post in ChatFolder.open(self.root).read_posts()}
