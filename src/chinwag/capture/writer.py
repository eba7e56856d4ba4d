"""The way from the routes to the disk: sifted, written and flushed, and only then the cursor kept.

A kill at any moment loses nothing: what had not been written is asked for again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

import msgspec

from chinwag.capture.cursors import Cursors
from chinwag.capture.disk import Disk
from chinwag.capture.live_chat import LiveChat
from chinwag.capture.reading import LiveRecord
from chinwag.capture.view import Listener
from chinwag.model import Post, RawPost
from chinwag.stores.folder.journal import Journal

MOST_WAITING = 64  # batches that may wait for the disk; beyond, the routes wait
MOST_TOGETHER = 2_000  # records that one flush takes
_AT_ONCE = 50  # records that the event loop takes before others have their turn
_RECENT = timedelta(hours=1)


class SharedJournal:
    """The open journal of a capture, written in threads and by one at a time."""

    def __init__(self, journal: Journal, disk: Disk) -> None:
        self._journal = journal
        self._disk = disk
        self._free = asyncio.Lock()

    async def append(self, raws: Sequence[RawPost]) -> None:
        """Write records and flush them. Raises FolderError where the disk refuses for good."""
        async with self._free:
            await self._disk.write(partial(self._journal.append, raws))

    async def rewrite(self, change: Callable[[RawPost], RawPost]) -> int | None:
        """Put what `change` returns in place of each record; return how many were changed.

        None stands for a full disk. Raises FolderError where the disk refuses for good.
        """
        async with self._free:
            return await self._disk.try_write(partial(self._journal.rewrite, change))


def measure_lag(new: Sequence[Post], at: datetime, begun: datetime) -> float | None:
    """Return the seconds from when the last of some posts was written to `at`, None without one.

    A post from before the capture had begun, or an old one, tells nothing about how quick it is.
    """
    recent = [post for post in new if post.created_at >= max(begun, at - _RECENT)]
    return (at - recent[-1].created_at).total_seconds() if recent else None


class JournalWriter:
    """Takes what the routes give and writes it to the journal, many records with one flush.

    `kept` counts the records; `lag` is what `measure_lag` says of the last new posts.
    """

    def __init__(
        self,
        chat: LiveChat,
        journal: SharedJournal,
        cursors: Cursors,
        disk: Disk,
        listener: Listener,
        now: Callable[[], datetime],
    ) -> None:
        self.kept = 0
        self.lag: float | None = None
        self._chat = chat
        self._journal = journal
        self._cursors = cursors
        self._disk = disk
        self._listener = listener
        self._now = now
        self._begun = now()
        self._waiting: asyncio.Queue[_Batch] = asyncio.Queue(MOST_WAITING)

    async def take(self, name: str, raws: tuple[RawPost, ...], cursor: str | None) -> bool:
        """Sift what a route gave and let it wait for the disk; return whether a post was new."""
        fresh: list[LiveRecord] = []
        for start in range(0, len(raws), _AT_ONCE):
            fresh += self._chat.sift(raws[start : start + _AT_ONCE])
            await asyncio.sleep(0)
        self._cursors.reach(name, cursor)
        await self._waiting.put(_Batch(name, fresh, cursor))
        return any(record.says for record in fresh)

    async def run(self) -> None:
        """Write for ever. Raises FolderError where the disk refuses for good."""
        while True:
            batches = await self._take_batches()
            await self._write(batches)
            for _ in batches:
                self._waiting.task_done()

    async def drain(self) -> None:
        """Wait until nothing waits for the disk any more."""
        await self._waiting.join()

    async def write_cursors(self) -> None:
        """Write the cursors where their file is behind."""
        await self._disk.write(partial(self._cursors.write, self._now()))

    async def _take_batches(self) -> list[_Batch]:
        batches = [await self._waiting.get()]
        size = len(batches[0].fresh)
        while size < MOST_TOGETHER and not self._waiting.empty():
            batches.append(self._waiting.get_nowait())
            size += len(batches[-1].fresh)
        return batches

    async def _write(self, batches: Sequence[_Batch]) -> None:
        """Put records on the disk, then keep the cursors, then take the posts in."""
        fresh = self._chat.redact(record for batch in batches for record in batch.fresh)
        if fresh:
            await self._journal.append([record.raw for record in fresh])
        self._cursors.note_safe(
            {batch.name: batch.cursor for batch in batches if batch.cursor is not None}
        )
        if fresh or self._cursors.is_due(self._now()):
            await self.write_cursors()
        await self._take_in(fresh)

    async def _take_in(self, fresh: Sequence[LiveRecord]) -> None:
        for start in range(0, len(fresh), _AT_ONCE):
            some = fresh[start : start + _AT_ONCE]
            new = self._list_new(some)
            ids = self._chat.add(some)
            if ids:
                self.kept += len(ids)
                self._note_lag(new)
                self._listener.hear_kept(ids, self._now())
            await asyncio.sleep(0)

    def _list_new(self, fresh: Sequence[LiveRecord]) -> list[Post]:
        """Return the posts that no record has told of before."""
        is_there = self._chat.collection.knows
        said = (record for one in fresh for record in one.says)
        return [post for post in said if isinstance(post, Post) and not is_there(post.id)]

    def _note_lag(self, new: Sequence[Post]) -> None:
        lag = measure_lag(new, self._now(), self._begun)
        self.lag = self.lag if lag is None else lag


class _Batch(msgspec.Struct, frozen=True):
    """What waits for the disk: a route's records, and the cursor to keep after them."""

    name: str
    fresh: list[LiveRecord]
    cursor: str | None
