"""Following the replies to a chat's posts on one server, without the hashtag too.

A thread with new posts is read often, a quiet one less and less: after a quarter of the time for
which it has been quiet. Only replies to the chat's posts are taken, never the posts that those
answer: above a post may be a stranger's with a thousand replies of its own.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import msgspec

from chinwag.errors import Refused
from chinwag.model import RawPost
from chinwag.networks.contract import Notice, Received, Watch, is_over, make_notice
from chinwag.networks.cursors import read_cursor, write_cursor
from chinwag.networks.http import Client
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
)

SOONEST, LATEST = timedelta(seconds=20), timedelta(minutes=15)
AT_A_TIME = 20  # threads that are read before new posts of the chat are taken in
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
    seconds between two requests.
    """

    network = "mastodon"
    kind = "thread"

    def __init__(self, server: MastodonServer, *, pause: float = 5.0, breath: float = 1.0) -> None:
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
            is_told = False
            while True:
                is_last = is_over(watch)
                following.add_posts()
                chosen = following.choose(is_last=is_last)
                for number in chosen:
                    if not following.is_due(number, is_last=is_last):
                        continue  # the replies to another post held it
                    try:
                        raws = await following.ask(number)
                    except Refused as refused:
                        if refused.status not in (401, 403):
                            raise
                        yield self._tell_closed(refused)
                        return
                    yield Received(raws=tuple(raws))
                    await watch.pause(self._breath)
                if not is_told:
                    is_told = True
                    yield make_notice(
                        "connected",
                        "Following the replies on {host}.",
                        code="mastodon-follows-replies",
                        host=self._server.host,
                    )
                if cursor != (cursor := following.write_cursor()):
                    yield Received(cursor=cursor)
                if is_last and not chosen:
                    return
                if not is_last:
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
        self._began = watch.now()  # the last round is for trees that were not read since

    def add_posts(self) -> None:
        """Take in new posts of the chat that are not replies within a tree."""
        for alias, posted in self._watch.list_posts("mastodon"):
            number = self._server.find_number(alias)
            known = number in self._trees or number in self._members or number in self._gone
            if number and not known:
                self._trees[number] = Tree(moved=posted)

    def choose(self, *, is_last: bool) -> list[str]:
        """Return the trees to read: those never read, oldest first, then those with new posts.

        The oldest come first because their replies include other posts, which then need no reading
        of their own.
        """
        due = [id_ for id_ in self._trees if self.is_due(id_, is_last=is_last)]
        new = [id_ for id_ in due if self._trees[id_].asked is None]
        old = [id_ for id_ in due if self._trees[id_].asked is not None]
        new.sort(key=lambda id_: self._trees[id_].moved)
        old.sort(key=lambda id_: self._trees[id_].moved, reverse=True)
        return (new + old)[:AT_A_TIME]

    def is_due(self, number: str, *, is_last: bool) -> bool:
        """Tell whether it is time to read a tree."""
        tree, now = self._trees.get(number), self._watch.now()
        if tree is None:
            return False
        if is_last:
            until = self._watch.until
            return tree.asked is None or tree.asked < max(self._began, until or self._began)
        if tree.asked is None:
            return now - tree.moved >= SOONEST
        quiet = (now - tree.moved) / 4
        return now - tree.asked >= min(max(quiet, SOONEST), LATEST)

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
        for status in replies:
            raws += await self._take(status)
            moved = max(moved, read_moment(status) or moved)
        is_whole = bool(self._server.token) or len(replies) < STRANGERS_SEE
        found = {name_number(status): status for status in replies}
        if is_whole:
            own = [id_ for id_, tree in self._members.items() if tree == number]
            raws += await self._check([id_ for id_ in own if id_ not in found])
        self._place(number, found, is_whole=is_whole)
        self._trees[number] = Tree(moved=moved, asked=self._watch.now())
        return raws

    def write_cursor(self) -> str:
        """Return the cursor."""
        return write_cursor(Cursor(self._trees, self._members, self._seen.list_marks()))

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
        for number, status in found.items():
            if number not in self._seen:
                continue  # it must not be kept
            if is_whole:
                self._members[number] = tree
                self._trees.pop(number, None)
            elif number not in self._trees:
                self._trees[number] = Tree(moved=read_moment(status) or self._began)
