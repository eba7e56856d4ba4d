"""One run of a capture: what the routes give goes to the disk, and from there to the folder.

What a route gives is sifted, written to the journal and flushed, and only then the route's cursor
is kept and the posts are merged, placed and shown; so that a kill at any moment loses nothing and
doubles nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

import msgspec

from chinwag.capture.disk import DISK_FULL, DISK_PAUSE, is_full, tell_full, tell_room
from chinwag.capture.live_chat import ChatState, Fresh, LiveChat
from chinwag.capture.redaction import make_redactor
from chinwag.capture.routes import RouteRunner
from chinwag.capture.view import CaptureView, Listener, QuestionView
from chinwag.errors import BusyFolder, FolderError
from chinwag.model import RawPost
from chinwag.networks.contract import Route
from chinwag.records.vocabulary import BEGUN, JOURNAL
from chinwag.steps.rewording import keep_rewordings
from chinwag.stores.folder import ChatFolder
from chinwag.stores.folder.journal import Journal, change_lines, read_cursors, write_cursors

REFRESH = 1.0  # seconds between two looks at whether the folder's files are to be written anew
MOST_SHARE = 0.25  # of the time may go into writing them, in a chat that is very large
CLEAR_EVERY = timedelta(seconds=5)  # deleted text leaves the journal so soon
LONG_AGO = timedelta(days=1)  # a chat without a given beginning begins a day before its capture
CURSORS_EVERY = timedelta(seconds=1)  # cursors are kept so often where nothing else is
MOST_WAITING = 64  # batches that may wait for the disk; beyond, the routes wait
MOST_TOGETHER = 2_000  # records that one flush takes


class Clock(Protocol):
    """The time, and a way to wait."""

    def now(self) -> datetime:
        """Give the time, in aware UTC."""
        ...

    async def pause(self, seconds: float) -> None:
        """Wait."""
        ...


class CaptureEnd(msgspec.Struct, frozen=True, kw_only=True):
    """When a capture ends: `grace` after the chat's end, or, with `once`, when it has caught up."""

    grace: timedelta = timedelta(minutes=30)
    once: bool = False


def write_state(folder: ChatFolder, state: ChatState) -> None:
    """Write the folder's files, whole or not at all. Raises BusyFolder, FolderError."""
    with folder.change(patience=0) as change:
        change.write_posts(state.posts)
        change.write_placements(state.placements)
        change.write_ledger(state.ledger)
        # What a model said of a post goes when the post does.
        change.write_rewordings(keep_rewordings(folder.read_rewordings(), state.posts))
        if state.chat is not None:
            change.write_chat(state.chat)


class Capture:
    """One run of a capture: routes, one writer, and one that keeps the folder's files fresh."""

    def __init__(
        self,
        chat: LiveChat,
        journal: Journal,
        clock: Clock,
        listener: Listener,
        ending: CaptureEnd,
    ) -> None:
        self._chat = chat
        self._journal = journal
        self._clock = clock
        self._listener = listener
        self._ending = ending
        self._root = chat.folder.root
        self._cursors = read_cursors(self._root)  # up to where records wait for the disk
        self._safe_cursors = dict(self._cursors)  # up to where they are on it
        self._kept_cursors = dict(self._cursors)  # what the file of cursors says
        self._cursors_kept_at = clock.now()
        self._waiting: asyncio.Queue[_Batch] = asyncio.Queue(MOST_WAITING)
        self._journal_free = asyncio.Lock()
        self._is_stale = True  # whether the folder's files are behind the posts
        self._cleared_at: datetime | None = None
        self._problem = ""
        self._lag: float | None = None
        self._runners: list[RouteRunner] = []
        self.kept = 0
        window = chat.chat.window
        given = window if window is not None and window.by == "person" else None
        # What a route may ask (contract.Watch).
        self.hashtag = chat.chat.hashtag
        self.since = given.start if given else clock.now() - LONG_AGO
        # Late answers are wanted too, and what becomes of posts after they were written.
        self.until = given.end + ending.grace if given else None
        if ending.once and (self.until is None or self.until > clock.now()):
            self.until = clock.now()

    async def run(
        self,
        routes: Sequence[Route],
        stop: asyncio.Event,
        jitter: Callable[[], float],
        since: datetime | None = None,
    ) -> None:
        """Start every route, and go on until the end; then write what is still waiting."""
        self.since = since or self.since
        self._runners = [
            RouteRunner(route, self._cursors, self._take, self._listener, jitter)
            for route in routes
        ]
        await self._take("", (RawPost(route=BEGUN, address="", payload=None, at=self.now()),), None)
        writer = asyncio.create_task(self._write_all())
        keeper = asyncio.create_task(self._keep_folder())
        ends = {asyncio.create_task(stop.wait()), asyncio.create_task(self._wait_for_end())}
        following = [asyncio.create_task(runner.run(self)) for runner in self._runners]
        drained = None
        try:
            await asyncio.wait({writer, keeper, *ends}, return_when=asyncio.FIRST_COMPLETED)
            await _cancel(keeper, *following)
            drained = asyncio.create_task(self._waiting.join())
            await asyncio.wait({writer, drained}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await _cancel(writer, keeper, *ends, *following, *([drained] if drained else ()))
        for task in (writer, keeper, *following):
            if not task.cancelled() and (failure := task.exception()) is not None:
                raise failure
        await self._write_when_possible(self._write_cursors)
        await self._clear_text()

    def list_given_up(self) -> dict[str, str]:
        """Give why routes were given up, by name, where no other looks in the same place.

        Searches and threads only fill in: for them another look at the network is enough.
        """
        routes = [one.route for one in self._runners if not one.given_up]
        looking = {(one.network, one.origin) for one in routes if one.kind != "thread"}
        networks = {network for network, _ in looking}
        return {
            one.route.name: one.given_up
            for one in self._runners
            if one.given_up
            and (one.route.network, one.route.origin) not in looking
            and not (one.route.kind in ("search", "thread") and one.route.network in networks)
        }

    # --- what a route may ask (contract.Watch)

    def now(self) -> datetime:
        """Give the time, in aware UTC."""
        return self._clock.now()

    async def pause(self, seconds: float) -> None:
        """Wait between two requests."""
        await self._clock.pause(seconds)

    def is_known(self, id: str) -> bool:
        """Say whether a post of the chat, or an alias of one, has this id."""
        return self._chat.knows(id)

    def list_posts(self, network: str) -> list[tuple[str, datetime]]:
        """Give every id and alias, and the time, of the chat's posts on a network."""
        return [
            (id_, post.created_at)
            for post in self._chat.collection.posts
            if not post.deleted and post.source.partition(":")[0] == network
            for id_ in (post.id, *post.aliases)
        ]

    # --- from the routes to the disk

    async def _take(self, name: str, raws: tuple[RawPost, ...], cursor: str | None) -> bool:
        """Sift what a route gave and let it wait for the disk; say whether it was new."""
        fresh = self._chat.sift(raws)
        if cursor is not None:
            self._cursors[name] = cursor
        await self._waiting.put(_Batch(name, fresh, cursor))
        return any(one.records for one in fresh)

    async def _write_all(self) -> None:
        while True:
            batches = [await self._waiting.get()]
            size = len(batches[0].fresh)
            while size < MOST_TOGETHER and not self._waiting.empty():
                batches.append(self._waiting.get_nowait())
                size += len(batches[-1].fresh)
            await self._write(batches)
            for _ in batches:
                self._waiting.task_done()

    async def _write(self, batches: Sequence[_Batch]) -> None:
        """Put records on the disk, then keep the cursors, then take the posts in."""
        fresh = self._chat.redact(one for batch in batches for one in batch.fresh)
        raws = [one.raw for one in fresh]
        if raws:
            async with self._journal_free:
                await self._write_when_possible(lambda: self._journal.append(raws))
        self._safe_cursors |= {one.name: one.cursor for one in batches if one.cursor is not None}
        if raws or self.now() - self._cursors_kept_at >= CURSORS_EVERY:
            await self._write_when_possible(self._write_cursors)
        if raws:
            self._show_kept(self._chat.add(fresh))

    def _write_cursors(self) -> None:
        if self._safe_cursors != self._kept_cursors:
            write_cursors(self._root, self._safe_cursors)
            self._kept_cursors = dict(self._safe_cursors)
            self._cursors_kept_at = self.now()

    def _show_kept(self, ids: Sequence[str]) -> None:
        self.kept += len(ids)
        self._is_stale = True
        now = self.now()
        if ids:
            post = self._chat.collection.find(ids[-1])
            if post is not None and now - post.created_at < timedelta(hours=1):
                self._lag = (now - post.created_at).total_seconds()
            self._listener.hear_kept(ids, now)

    async def _write_when_possible(self, write: Callable[[], None]) -> None:
        """Write; where the disk is full, say so and go on when there is room again."""
        while True:
            try:
                await asyncio.to_thread(write)
            except OSError as failure:
                if not is_full(failure):
                    raise FolderError(
                        f"The chat folder {self._root} could not be written: {failure.strerror}.",
                        todo="Mend that and run the command again: it goes on where it was.",
                        kept="Everything received until then is kept.",
                    ) from failure
                self._say_full()
                await self._clock.pause(DISK_PAUSE)
            else:
                self._say_room()
                return

    def _say_full(self) -> None:
        if not self._problem:
            self._problem = DISK_FULL
            tell_full(self._listener)

    def _say_room(self) -> None:
        if self._problem:
            self._problem = ""
            tell_room(self._listener)

    # --- the folder's files

    async def _keep_folder(self) -> None:
        """Write the folder's files anew soon after something came, for as long as it runs."""
        pause = REFRESH
        while True:
            await self._clock.pause(pause)
            begun = self.now()
            if self._chat.is_changed_by_others():
                self._chat.reload()
                self._is_stale = True
            if self._is_stale or self._chat.has_waiting():
                await asyncio.to_thread(self._chat.place, self._chat.take_waiting())
                self._is_stale = False  # what comes from here on makes it stale again
                self._is_stale = not await self._refresh() or self._is_stale
            if self._cleared_at is None or begun - self._cleared_at >= CLEAR_EVERY:
                self._cleared_at = begun
                await self._clear_text()
            self._listener.see(self._view())
            pause = max(REFRESH, (self.now() - begun).total_seconds() / MOST_SHARE)

    async def _refresh(self) -> bool:
        """Write the folder's files; say whether that could be done at this moment."""
        state = self._chat.take_state()
        try:
            await asyncio.to_thread(write_state, self._chat.folder, state)
        except BusyFolder:
            return False  # another command is at it: in a second it will have ended
        except FolderError as failure:
            if not is_full(failure):
                raise
            self._say_full()
            return False
        self._chat.note_written(state)
        return True

    async def _clear_text(self) -> None:
        """Take text that is gone out of the journals."""
        if not self._chat.has_text_to_clear():
            return
        gone = self._chat.gone
        redact = make_redactor(gone)
        try:
            async with self._journal_free:
                self._journal.rewrite(redact)
            self._clear_sealed(redact)
        except BusyFolder:
            return
        except OSError as failure:
            if not is_full(failure):
                raise
            return
        self._chat.note_cleared(gone)

    def _clear_sealed(self, redact: Callable[[RawPost], RawPost]) -> None:
        ledger = self._chat.folder.read_ledger()
        changed = {}
        for file in ledger.files:
            if file.format == JOURNAL:
                lines, number = change_lines(self._root / file.raw, redact)
                if number:
                    changed[file.raw] = lines
        if not changed:
            return
        with self._chat.folder.change(patience=0) as change:
            files = tuple(
                change.rewrite_raw(file, changed[file.raw]) if file.raw in changed else file
                for file in ledger.files
            )
            change.write_ledger(msgspec.structs.replace(ledger, files=files))
        self._chat.use_files(files)

    # --- the end, and what is to be seen

    async def _wait_for_end(self) -> None:
        while not self._is_over():
            await self._clock.pause(0.5)

    def _is_over(self) -> bool:
        """Say whether every route has come to its end, or is a stream that has no more to say."""
        now = self.now()
        is_past = self.until is not None and now > self.until
        return all(
            runner.state.state in ("ended", "failed")
            or (is_past and runner.route.kind == "stream" and runner.state.is_quiet(now))
            for runner in self._runners
        )

    def _view(self) -> CaptureView:
        chat, now = self._chat, self.now()
        posts = [post for post in chat.collection.posts if not (post.deleted or post.repost_of)]
        counts = chat.count_questions()
        records = {record.name: record for record in chat.account.list_routes()}
        return CaptureView(
            at=now,
            hashtag=self.hashtag,
            posts=len(posts),
            people=len({post.author.casefold() for post in posts}),
            reposts=sum(len(post.reposts) for post in posts),
            deleted=sum(post.deleted for post in chat.collection.posts),
            rate=chat.count_since(now - timedelta(minutes=5)) / 5,
            lag=self._lag,
            last=chat.find_last(),
            routes=tuple(
                runner.state.show(records.get(runner.route.name)) for runner in self._runners
            ),
            questions=tuple(
                QuestionView(label=question.label, text=question.text, posts=counts[question.label])
                for question in chat.chat.questions
            ),
            unplaced=counts[None],
            problem=self._problem,
        )


class _Batch(msgspec.Struct, frozen=True):
    """What waits for the disk: a route's records, and the cursor to keep after them."""

    name: str
    fresh: list[Fresh]
    cursor: str | None


async def _cancel(*tasks: asyncio.Task[Any]) -> None:
    """Stop tasks and wait until they have; what one raised stays in it for whoever asks."""
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks)
