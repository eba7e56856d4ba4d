"""A capture never does on the event loop what takes long, and waits for what it has begun."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.networks.fake_server import START, FakeClock

from chinwag.capture.capture import Capture
from chinwag.capture.decisions import DecisionReader, Decisions
from chinwag.capture.live_chat import LiveChat
from chinwag.capture.placing import ChatPlacing, Work
from chinwag.capture.state import ChatState, Snapshot
from chinwag.capture.view import CaptureView
from chinwag.capture.watch import CaptureEnd
from chinwag.model import Note, Post, RawPost, Removal
from chinwag.networks.example.board import Board
from chinwag.networks.example.routes import BoardStream
from chinwag.steps.collect import hash_author
from chinwag.stores.folder.journal import Journal, list_open_journals, read_journal
from chinwag.workflows.capture_chat import open_folder
from chinwag.workflows.chat_details import ChatDetails

WAIT = 60.0  # seconds of the real clock after which a test that hangs is stopped


class Threads:
    """Notes in which thread each kind of work ran."""

    def __init__(self) -> None:
        self.by_work: dict[str, set[int]] = {}

    def note(self, work: str) -> None:
        self.by_work.setdefault(work, set()).add(threading.get_ident())


class NotedPosts(tuple[Post, ...]):
    """Posts that note in which thread they are gone through."""

    threads: Threads

    def __iter__(self) -> Iterator[Post]:
        self.threads.note("going through all posts")
        return super().__iter__()


class NotedChat(LiveChat):
    """The chat, which notes in which thread its snapshots are read."""

    threads: Threads

    def take_snapshot(self) -> Snapshot:
        posts = NotedPosts(super().take_snapshot().posts)
        posts.threads = self.threads
        return super().take_snapshot()._replace(posts=posts)


class NotedPlacing(ChatPlacing):
    """The placing, which notes in which thread it runs."""

    threads: Threads

    def place(self, work: Work) -> None:
        self.threads.note("placing")
        super().place(work)


class NotedReader(DecisionReader):
    """The reader of decisions, which notes in which thread it reads."""

    threads: Threads

    def read(self) -> Decisions:
        self.threads.note("reading decisions")
        return super().read()


class NotedJournal(Journal):
    """A journal that notes in which thread it is written."""

    threads: Threads

    def append(self, raws: Any) -> None:
        self.threads.note("appending to the journal")
        super().append(raws)

    def rewrite(self, change: Callable[[RawPost], RawPost]) -> int:
        self.threads.note("rewriting the journal")
        return super().rewrite(change)


class Ear:
    """Hears a capture."""

    view: CaptureView | None = None

    def hear_kept(self, posts: Sequence[str], at: datetime) -> None: ...

    def hear_notice(self, route: str, kind: str, note: Note) -> None: ...

    def hear_written(self, state: ChatState) -> None: ...

    def see(self, view: CaptureView) -> None:
        self.view = view


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(WAIT):
        while not is_so():
            await asyncio.sleep(0.01)


async def let_others_run() -> None:
    for _ in range(50):
        await asyncio.sleep(0)


class Run:
    """A capture of a noticeboard in a folder, whose parts note their threads."""

    def __init__(self, root: Path) -> None:
        self.threads = Threads()
        self.board = Board("green")
        self.ear = Ear()
        self.clock = FakeClock(START + timedelta(minutes=4))
        self.folder = open_folder(root, ChatDetails(hashtag="inkchat"))
        reader = NotedReader(self.folder)
        reader.threads = self.threads
        decisions = DecisionReader(self.folder).read()
        chat = NotedChat(self.folder, decisions)
        chat.threads = self.threads
        chat.placing = NotedPlacing(decisions)
        chat.placing.threads = self.threads
        self.journal = NotedJournal.begin(root, START)
        assert isinstance(self.journal, NotedJournal)
        self.journal.threads = self.threads
        self.capture = Capture(chat, reader, self.journal, self.clock, self.ear, CaptureEnd())

    async def go(self, stop: asyncio.Event) -> None:
        try:
            await self.capture.run([BoardStream(self.board)], stop, lambda: 0.5)
        finally:
            self.journal.close()


def test_what_takes_long_never_runs_in_the_thread_of_the_event_loop(tmp_path: Path) -> None:
    run = Run(tmp_path / "chat")

    async def talk() -> None:
        stop = asyncio.Event()
        task = asyncio.create_task(run.go(stop))
        run.board.pin("ann", "A1: chairs #inkchat", START)
        await until(lambda: len(run.folder.read_posts()) == 1)
        with run.folder.change() as change:
            change.write_removals([Removal(author=hash_author("ben"))])
        run.board.take_down(1)
        await until(lambda: b"chairs" not in run.journal.path.read_bytes())
        stop.set()
        await asyncio.wait_for(task, WAIT)

    asyncio.run(talk())

    assert sorted(run.threads.by_work) == [
        "appending to the journal",
        "going through all posts",
        "placing",
        "reading decisions",
        "rewriting the journal",
    ]
    loop = threading.get_ident()
    assert [work for work, idents in run.threads.by_work.items() if loop in idents] == []


class HeldDisk:
    """A disk whose next flush takes until the test lets it end."""

    def __init__(self) -> None:
        self.is_held = False
        self.has_begun = threading.Event()
        self.may_end = threading.Event()
        self._flush = os.fsync

    def fsync(self, descriptor: int) -> None:
        if self.is_held:
            self.is_held = False
            self.has_begun.set()
            self.may_end.wait(WAIT)
        self._flush(descriptor)


def test_a_cancelled_capture_waits_for_its_last_writing_before_the_journal_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, disk = Run(tmp_path / "chat"), HeldDisk()
    monkeypatch.setattr(os, "fsync", disk.fsync)

    async def be_cancelled() -> bool:
        task = asyncio.create_task(run.go(asyncio.Event()))
        await until(lambda: run.ear.view is not None)
        disk.is_held = True
        run.board.pin("ann", "A1: chairs #inkchat", START)
        await asyncio.to_thread(disk.has_begun.wait, WAIT)
        task.cancel()
        await let_others_run()
        task.cancel()
        await let_others_run()
        was_done = task.done()
        disk.may_end.set()
        await asyncio.wait({task})
        assert task.cancelled()
        return was_done

    assert asyncio.run(be_cancelled()) is False
    (journal,) = list_open_journals(tmp_path / "chat")
    *_, last = read_journal(journal)
    assert last.payload["note"]["says"] == "A1: chairs #inkchat"
