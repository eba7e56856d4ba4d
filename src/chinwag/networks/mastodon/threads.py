"""Following the replies to a chat's posts on one server, without the hashtag too.

A thread that moved lately is asked for often, one that is quiet ever more seldom: after a quarter
of the time for which it has been quiet. Only what answers the chat's posts is taken, never what
they answer: above a post may stand a stranger's with a thousand replies of its own.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import msgspec

from chinwag.errors import Refused
from chinwag.model import RawPost
from chinwag.networks.contract import Notice, Received, Watch
from chinwag.networks.cursors import read_cursor, write_cursor
from chinwag.networks.http import Client
from chinwag.networks.mastodon.seen import Mark, Seen, check_status, take_status
from chinwag.networks.mastodon.server import (
    REACHED,
    MastodonServer,
    Status,
    is_in_time,
    is_over,
    is_shown,
    name_number,
    read_moment,
    read_replies,
)

SOONEST, LATEST = timedelta(seconds=20), timedelta(minutes=15)
AT_A_TIME = 20  # threads, before the posts that came meanwhile are looked at
STRANGERS_SEE = 60  # replies that Mastodon shows to somebody without a token


class Tree(msgspec.Struct, frozen=True):
    """A post whose replies are followed: when it or they last moved, and when it was asked."""

    moved: datetime
    asked: datetime | None = None


class Cursor(msgspec.Struct, frozen=True):
    """How far the following is."""

    trees: dict[str, Tree] = {}
    members: dict[str, str] = {}  # a reply: the tree in which it stands
    marks: list[tuple[str, Mark]] = []


class MastodonThreads:
    """Follows the replies to every post of the chat that is known on this server.

    Ends when the chat is over, after asking once more for every thread. `breath` is how many
    seconds lie between two requests.
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
        """Give the replies, as they are found. Raises NetworkError.

        A server that shows threads to members alone gets a Notice, and the route ends.
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
                        continue  # another one's replies have brought it meanwhile
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
                    yield Notice(
                        kind="connected", what=f"Following the replies on {self._server.host}."
                    )
                if cursor != (cursor := following.write_cursor()):
                    yield Received(cursor=cursor)
                if is_last and not chosen:
                    return
                if not is_last:
                    await watch.pause(self._pause)

    def _tell_closed(self, refused: Refused) -> Notice:
        return Notice(
            kind="lacking",
            what=f"{self._server.host} shows no replies: {refused.what}",
            todo=f"Give it a token of an account on {self._server.host}.",
        )


class _Following:
    """One run of the following: the trees, and what they have brought."""

    def __init__(self, server: MastodonServer, client: Client, watch: Watch, cursor: str) -> None:
        self._server, self._client, self._watch = server, client, watch
        known = read_cursor(cursor, Cursor)
        self._trees = dict(known.trees)
        self._members = dict(known.members)
        self._gone: set[str] = set()
        self._seen = Seen(known.marks)
        self._began = watch.now()  # the last round is for those that were not asked since

    def add_posts(self) -> None:
        """Take in the posts that the chat has got meanwhile, but for those within a tree."""
        for alias, posted in self._watch.list_posts("mastodon"):
            number = self._server.find_number(alias)
            known = number in self._trees or number in self._members or number in self._gone
            if number and not known:
                self._trees[number] = Tree(moved=posted)

    def choose(self, *, is_last: bool) -> list[str]:
        """Give the trees to ask for: those never asked for, oldest first, then those that move.

        The oldest come first because their replies bring others, which need not be asked for then.
        """
        due = [id_ for id_ in self._trees if self.is_due(id_, is_last=is_last)]
        new = [id_ for id_ in due if self._trees[id_].asked is None]
        old = [id_ for id_ in due if self._trees[id_].asked is not None]
        new.sort(key=lambda id_: self._trees[id_].moved)
        old.sort(key=lambda id_: self._trees[id_].moved, reverse=True)
        return (new + old)[:AT_A_TIME]

    def is_due(self, number: str, *, is_last: bool) -> bool:
        """Say whether it is time to ask for a tree."""
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
        """Ask for the replies to a post, and give what is new, changed or gone among them."""
        try:
            replies = await read_replies(self._client, self._watch, number)
        except Refused as refused:
            if refused.status not in (404, 410):
                raise
            del self._trees[number]
            self._gone.add(number)  # whatever else the server says of it
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
        """Give the cursor as it stands."""
        return write_cursor(Cursor(self._trees, self._members, self._seen.list_marks()))

    async def _take(self, status: Status) -> list[RawPost]:
        if not is_shown(status, REACHED) or not is_in_time(status, self._watch):
            return []
        return await take_status(
            self._server, self._client, self._watch, self._seen, status, "thread"
        )

    async def _check(self, numbers: list[str]) -> list[RawPost]:
        """Ask for posts that are missing where they stood."""
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
        """Put replies into the tree; where a stranger may not see them all, follow each of them."""
        for number, status in found.items():
            if number not in self._seen:
                continue  # it must not be kept
            if is_whole:
                self._members[number] = tree
                self._trees.pop(number, None)
            elif number not in self._trees:
                self._trees[number] = Tree(moved=read_moment(status) or self._began)
