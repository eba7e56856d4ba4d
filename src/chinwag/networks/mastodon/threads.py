"""Following the replies to a chat's posts on one server, without the hashtag too.

The page of the hashtag is looked at every few seconds for how many replies its posts have: a thread
whose number has changed is read at once. Replies to replies are on no page, so a thread that has
replies is read by the clock as well: often while new ones come, a quiet one less and less, after a
quarter of the time for which it has been quiet. So are all threads where a server counts no
replies. Only replies to the chat's posts are taken, never the posts that those answer: above a post
may be a stranger's with a thousand replies of its own.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import msgspec

from chinwag.errors import Refused
from chinwag.http.client import Client
from chinwag.model import RawPost
from chinwag.networks.contract import Notice, Received, Watch, is_over, make_notice
from chinwag.networks.cursors import read_cursor, write_cursor
from chinwag.networks.mastodon.seen import Mark, Seen, check_status, take_status
from chinwag.networks.mastodon.server import (
    REACHED,
    MastodonServer,
    Status,
    is_in_time,
    is_shown,
    name_number,
    read_moment,
    read_replies,
    read_tag,
)

SOONEST, LATEST = timedelta(seconds=20), timedelta(minutes=15)
LOOK = timedelta(seconds=10)  # between two looks at how many replies the posts have
MOST_PAGES = 500  # of a look, in case a server's pages form a circle
DEEPEST = 4  # pages of a look; every second look reads two, every fourth three, every eighth four
SHORTER = 0.6  # times `breath`, where no looks are taken: a server counts no replies
BETWEEN_CURSORS = timedelta(seconds=20)
STRANGERS_SEE = 60  # replies that Mastodon shows without a token


class Tree(msgspec.Struct, frozen=True):
    """A post whose replies are followed: when the last of them was posted, and when it was read."""

    moved: datetime
    asked: datetime | None = None


class Cursor(msgspec.Struct, frozen=True):
    """How far the following is."""

    trees: dict[str, Tree] = {}
    members: dict[str, str] = {}  # a reply: the tree in which it stands
    marks: list[tuple[str, Mark]] = []


class MastodonThreads:
    """Follows the replies to every post of the chat that is known on this server.

    Ends when the chat is over, after reading every thread once more. `breath` is the number of
    seconds between two threads, `pause` between two looks at which are due.
    """

    network = "mastodon"
    kind = "thread"

    def __init__(self, server: MastodonServer, *, pause: float = 2.0, breath: float = 2.5) -> None:
        self._server = server
        self._pause = pause
        self._breath = breath
        self.name = f"mastodon:threads {server.host}"
        self.origin = server.host

    async def receive(self, watch: Watch, cursor: str) -> AsyncIterator[Received | Notice]:
        """Yield the replies as they are found. Raises NetworkError.

        Where the server shows threads to members alone, the route yields a Notice and ends.
        """
        async with self._server.open_client() as client:
            following = _Following(self._server, client, watch, cursor)
            try:
                async for item in self._follow(following, watch):
                    yield item
            except Refused as refused:
                if refused.status not in (401, 403):
                    raise
                yield self._tell_closed(refused)

    async def _follow(
        self, following: _Following, watch: Watch
    ) -> AsyncIterator[Received | Notice]:
        is_told = False
        while True:
            is_last = is_over(watch)
            following.add_posts()
            await following.look(is_last=is_last)
            number = following.choose(is_last=is_last)
            if number is not None:
                yield Received(raws=tuple(await following.ask(number)))
                await watch.pause(self._breath if following.is_counted else self._breath * SHORTER)
            elif not is_told:
                is_told = True
                yield make_notice(
                    "connected",
                    "Following the replies on {host}.",
                    code="mastodon-follows-replies",
                    host=self._server.host,
                )
            if (cursor := following.write_cursor(is_idle=number is None)) is not None:
                yield Received(cursor=cursor)
            if number is None and is_last:
                return
            if number is None:
                await watch.pause(self._pause)

    def _tell_closed(self, refused: Refused) -> Notice:
        return make_notice(
            "lacking",
            "{host} shows no replies: {said}",
            code="mastodon-replies-closed",
            host=self._server.host,
            said=str(refused),
        )


class _Following:
    """One run of the following: the trees, and the replies that were found in them."""

    def __init__(self, server: MastodonServer, client: Client, watch: Watch, cursor: str) -> None:
        self._server, self._client, self._watch = server, client, watch
        known = read_cursor(cursor, Cursor)
        self._trees = dict(known.trees)
        self._members = dict(known.members)
        self._gone: set[str] = set()
        self._seen = Seen(known.marks)
        self._counts = server.counts
        self._answered: set[str] = set(self._members.values())  # trees with replies
        self._looked = watch.now() - LOOK
        self._looks = 0
        self._has_counted_all = False  # all that can be counted, and nothing more is to come
        self._written = (cursor, watch.now())
        self._began = watch.now()  # the last round is for trees that were not read since

    @property
    def is_counted(self) -> bool:
        """Whether the server counts replies; else more threads have to be read."""
        return not self._counts.is_empty

    def add_posts(self) -> None:
        """Take in new posts of the chat that are not replies within a tree."""
        for alias, posted in self._watch.list_posts("mastodon"):
            number = self._server.find_number(alias)
            known = number in self._trees or number in self._members or number in self._gone
            if number and not known:
                self._trees[number] = Tree(moved=posted)

    async def look(self, *, is_last: bool) -> None:
        """Note how many replies the posts on the first pages have.

        The first look and the last one read every page of the chat.
        """
        now = self._watch.now()
        is_due = is_last or now - self._looked >= LOOK
        if self._has_counted_all or not is_due:
            return
        self._has_counted_all = is_last
        self._looked = now
        is_whole = is_last or not self._looks
        self._looks += 1
        bound: dict[str, str] = {}
        for _ in range(MOST_PAGES if is_whole else _count_pages(self._looks)):
            page = await self._read_page(bound)
            self._counts.note(page, now)
            if page and self._counts.is_empty:
                self._has_counted_all = True  # the server counts no replies
            if not any(is_in_time(status, self._watch) for status in page):
                return
            bound = {"max_id": name_number(page[-1])}

    async def _read_page(self, bound: dict[str, str]) -> list[Status]:
        try:
            return await read_tag(self._client, self._watch, self._watch.hashtag, **bound)
        except Refused as refused:
            if not refused.is_final:
                raise
            self._has_counted_all = True  # the server shows its pages to members alone
            return []

    def choose(self, *, is_last: bool) -> str | None:
        """Return the thread to read next, None where none is due.

        Threads whose number of replies has changed come first, then, of those that are due by the
        clock, the one furthest behind its time. Where a server counts no replies, all threads are
        read by the clock, too many for all to be read in time: there, the thread comes first whose
        reading is likely to shorten the wait for replies most.
        """
        if is_last:
            return next(filter(self._is_left, self._trees), None)
        changed = (self._members.get(number, number) for number in self._counts.list_changed())
        if (root := next((root for root in changed if root in self._trees), None)) is not None:
            return root
        rank = self._find_lateness if self.is_counted else self._find_gain
        due = [root for root in self._trees if self._find_lateness(root) >= 1]
        return max(due, key=rank, default=None)

    def _is_left(self, root: str) -> bool:
        """Return whether a thread was not read since the end of the chat."""
        read = self._find_read(root)
        return read is None or read < max(self._began, self._watch.until or self._began)

    def _find_lateness(self, root: str) -> float:
        """Return the time since a thread was read, in units of the time that it may wait."""
        quiet, unread = self._measure(root)
        return unread / min(max(quiet / 4, SOONEST), LATEST)

    def _find_gain(self, root: str) -> float:
        """Return a measure of the waiting that reading a thread would save.

        Replies become rarer as a thread is quiet: about as one over the time. Those that came since
        the last reading have waited for half of the time since, on average.
        """
        quiet, unread = self._measure(root)
        return unread.total_seconds() ** 2 / (quiet + SOONEST).total_seconds()

    def _measure(self, root: str) -> tuple[timedelta, timedelta]:
        """Return how long a thread has been quiet, and how long ago it was read."""
        now, moved = self._watch.now(), self._trees[root].moved
        return now - moved, now - (self._find_read(root) or moved)

    def _find_read(self, root: str) -> datetime | None:
        """Return when a thread was last read, None where it never was.

        Where nobody has answered a post, counting its replies is as good as reading its thread.
        """
        asked = self._trees[root].asked
        if root in self._answered or self._counts.has_changed(root):
            return asked
        times = (asked, self._counts.find_time(root))
        return max(filter(None, times), default=None)

    async def ask(self, number: str) -> list[RawPost]:
        """Return the records of replies to a post that are new, changed or gone."""
        try:
            replies = await read_replies(self._client, self._watch, number)
        except Refused as refused:
            if refused.status not in (404, 410):
                raise
            del self._trees[number]
            self._gone.add(number)  # however the server lists it elsewhere
            return await self._check([number])
        moved = self._trees[number].moved
        raws: list[RawPost] = []
        self._counts.note(replies, self._watch.now())
        for status in replies:
            raws += await self._take(status)
            moved = max(moved, read_moment(status) or moved)
        is_whole = bool(self._server.token) or len(replies) < STRANGERS_SEE
        found = {name_number(status): status for status in replies}
        self._counts.settle([number, *(found if is_whole else ())])
        if is_whole:
            own = [id_ for id_, tree in self._members.items() if tree == number]
            raws += await self._check([id_ for id_ in own if id_ not in found])
        self._place(number, found, is_whole=is_whole)
        self._trees[number] = Tree(moved=moved, asked=self._watch.now())
        return raws

    def write_cursor(self, *, is_idle: bool) -> str | None:
        """Return the cursor where it has changed: when nothing is due, else now and then."""
        before, at = self._written
        if not is_idle and self._watch.now() - at < BETWEEN_CURSORS:
            return None
        cursor = write_cursor(Cursor(self._trees, self._members, self._seen.list_marks()))
        self._written = (cursor, self._watch.now())
        return cursor if cursor != before else None

    async def _take(self, status: Status) -> list[RawPost]:
        if not is_shown(status, REACHED) or not is_in_time(status, self._watch):
            return []
        return await take_status(
            self._server, self._client, self._watch, self._seen, status, "thread"
        )

    async def _check(self, numbers: list[str]) -> list[RawPost]:
        """Return the records of posts that are missing where they were."""
        raws: list[RawPost] = []
        for number in numbers:
            self._members.pop(number, None)
            told = await check_status(
                self._server, self._client, self._watch, self._seen, number, "thread"
            )
            if any("gone" in raw.payload for raw in told):
                self._gone.add(number)
            raws += told
        return raws

    def _place(self, tree: str, found: dict[str, Status], *, is_whole: bool) -> None:
        """Put replies into the tree; where strangers do not see them all, follow each of them."""
        if found:
            self._answered.add(tree)
        for number, status in found.items():
            if number not in self._seen:
                continue  # it must not be kept
            if is_whole:
                self._members[number] = tree
                self._trees.pop(number, None)
            elif number not in self._trees:
                self._trees[number] = Tree(moved=read_moment(status) or self._began)


def _count_pages(look: int) -> int:
    """Return how many pages a look reads: 1, 2, 1, 3, 1, 2, 1, 4, ... of the first, second ..."""
    twos = (look & -look).bit_length()  # how often two divides the number, and one
    return min(twos, DEEPEST)
