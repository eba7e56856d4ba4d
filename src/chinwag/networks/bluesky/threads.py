"""Following the replies to a chat's posts, and whether its posts are still there and by whom.

The app view shows a thread to anybody (app.bsky.feed.getPostThread). One that moved lately is read
often, a quiet one ever more seldom. Only what answers the chat's posts is taken, never what they
answer. A post that the app view does not show any more counts as deleted only where its own thread
is gone too, and not while it is new: it may not have arrived there yet.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from urllib.parse import urlencode

import msgspec

from chinwag.errors import Refused
from chinwag.http.client import Client
from chinwag.http.server_names import find_host, name_server
from chinwag.model import RawPost
from chinwag.networks.bluesky.views import (
    View,
    is_in_time,
    list_views,
    make_raw,
    nest_thread,
    walk_thread,
)
from chinwag.networks.contract import Notice, Received, Watch, is_over, make_notice
from chinwag.records.ids import BLUESKY_POST
from chinwag.records.json_access import as_dict

DEEP = 100  # levels of replies in one request; deeper ones are requested by themselves
AT_ONCE = 25  # the most posts that getPosts takes
SOONEST, LATEST = timedelta(seconds=20), timedelta(minutes=15)
CHECK_EVERY = timedelta(minutes=2)
FEW = 3  # posts that may all be gone at once
SETTLED = timedelta(minutes=2)  # a younger post may not have reached the app view

_THREAD = "/xrpc/app.bsky.feed.getPostThread"
_NEWER = "/xrpc/app.bsky.unspecced.getPostThreadV2"
_POSTS = "/xrpc/app.bsky.feed.getPosts"


class Tree(msgspec.Struct, frozen=True):
    """A post whose replies are followed: when they last changed, when it is due and was read."""

    moved: datetime
    due: datetime
    asked: datetime | None = None

    def is_unread_since(self, moment: datetime) -> bool:
        """Return whether it was not read since a moment."""
        return self.asked is None or self.asked < moment


class BlueskyThreads:
    """Follows the replies to every post of the chat, as the app view shows them to strangers.

    Yields replies that are new, posts that have changed (another handle, a label), and those that
    are gone. Ends when the chat is over, after reading every thread once more. `pause` is the
    number of seconds between two looks at the trees that are due, `breath` between two requests.
    """

    network = "bluesky"
    kind = "thread"
    origin = "bluesky app view"

    def __init__(
        self, app_view: str, *, pause: float = 5.0, breath: float = 0.2, operator: str = ""
    ) -> None:
        self._address = name_server(app_view)
        self._operator = operator
        self._pause = pause
        self._breath = breath
        self.name = f"bluesky:threads {find_host(self._address)}"

    async def receive(
        self,
        watch: Watch,
        cursor: str,  # noqa: ARG002 - every start reads all threads once
    ) -> AsyncIterator[Received | Notice]:
        """Yield replies, changes and deletions as they are found. Raises NetworkError."""
        async with Client(self._address, operator=self._operator) as client:
            following = _Following(client, watch)
            yield make_notice(
                "connected",
                "Following the replies at {host}.",
                code="bluesky-follows-replies",
                host=find_host(self._address),
            )
            while True:
                is_last = is_over(watch)
                async for raws in following.look(is_last=is_last):
                    if raws:
                        yield Received(raws=tuple(raws))
                    await watch.pause(self._breath)
                if is_last:
                    for notice in following.report_hidden():
                        yield notice
                    return
                await watch.pause(self._pause)


class _Following:
    """One run of the following: the trees, and how each post looked last."""

    def __init__(self, client: Client, watch: Watch) -> None:
        self._client, self._watch = client, watch
        self._trees: dict[str, Tree] = {}
        self._members: dict[str, str] = {}  # a reply: the tree in which it is
        self._alone: set[str] = set()  # replies with a tree of their own: theirs hides them
        self._is_newer = False  # the app view has only the second version of threads
        self._looks: dict[str, str] = {}  # a post: how it looked last
        self._gone: set[str] = set()
        self._hidden: dict[str, int] = {}  # a post: how many counted replies are not shown
        self._checked = watch.now()

    async def look(self, *, is_last: bool) -> AsyncIterator[list[RawPost]]:
        """Yield what is new in the trees that are due, and every two minutes what is gone."""
        began = self._watch.now()
        self._add_trees()
        while (root := self._choose(began, is_last=is_last)) is not None:
            yield await self._read_tree(root)
            self._add_trees()
        if is_last or began - self._checked >= CHECK_EVERY:
            self._checked = began
            for ids in self._split_known():
                yield await self._check(ids)

    def report_hidden(self) -> Iterator[Notice]:
        """Yield a Notice where replies are counted and not shown."""
        count = sum(self._hidden.values())
        if count:
            yield make_notice(
                "lacking",
                "Replies that are counted on Bluesky and not shown: {number}. They were hidden or"
                " deleted, or are by people who block each other.",
                code="bluesky-replies-hidden",
                number=count,
            )

    def _add_trees(self) -> None:
        """Take in new posts of the chat; most turn out to be replies."""
        for id_, posted in self._watch.list_posts("bluesky"):
            if _is_post(id_) and not self._has(id_):
                self._trees[id_] = Tree(moved=posted, due=posted + SOONEST)

    def _has(self, id_: str) -> bool:
        return any(id_ in known for known in (self._trees, self._members, self._gone))

    def _choose(self, began: datetime, *, is_last: bool) -> str | None:
        """Return the tree that has been due longest; at the end, of those not read since."""
        now = self._watch.now()
        due = [
            (tree.due, root)
            for root, tree in self._trees.items()
            if (tree.is_unread_since(began) if is_last else tree.due <= now)
        ]
        return min(due)[1] if due else None

    async def _read_tree(self, root: str) -> list[RawPost]:
        raws: list[RawPost] = []
        shown: set[object] = set()
        thread = await self._ask_thread(root, deep=DEEP)
        for node in walk_thread(thread):
            shown.add(as_dict(node.get("post")).get("uri"))
            raws.extend(self._take_node(node, root))
        self._let_go(root, shown)
        self._plan(root, has_moved=bool(raws))
        self._join(root, as_dict(thread))
        return raws

    def _join(self, reply: str, node: View) -> None:
        """Follow a reply with the tree that it is in, where that is followed."""
        said = as_dict(as_dict(as_dict(node.get("post")).get("record")).get("reply"))
        above = [str(as_dict(said.get(end)).get("uri")) for end in ("root", "parent")]
        tree = next((one for one in above if one in self._trees), self._members.get(above[1], ""))
        if tree in self._trees and tree != reply and reply not in self._alone:
            del self._trees[reply]
            self._members[reply] = tree
            now = self._watch.now()
            due = min(self._trees[tree].due, now + SOONEST)
            self._trees[tree] = msgspec.structs.replace(self._trees[tree], moved=now, due=due)

    def _let_go(self, root: str, shown: set[object]) -> None:
        """Follow replies by themselves that their tree does not show any more."""
        lost = {id_ for id_, tree in self._members.items() if tree == root} - shown
        for id_ in lost:
            del self._members[id_]
        self._alone |= lost

    def _take_node(self, node: View, root: str) -> Iterator[RawPost]:
        view = node.get("post")
        if not isinstance(view, dict) or not isinstance(view.get("uri"), str):
            return
        id_ = view["uri"]
        self._count_hidden(id_, view, node)
        if id_ != root:
            self._members[id_] = root
            is_cut = view.get("replyCount") and not isinstance(node.get("replies"), list)
            if is_cut and id_ not in self._trees:
                self._trees[id_] = Tree(moved=self._watch.now(), due=self._watch.now())
            elif not is_cut:
                self._trees.pop(id_, None)
        if self._looks_new(id_, view) and is_in_time(view, self._watch):
            yield self._make_raw(view)

    def _count_hidden(self, id_: str, view: View, node: View) -> None:
        count, replies = view.get("replyCount"), node.get("replies")
        if type(count) is int and isinstance(replies, list):
            self._hidden[id_] = max(0, count - len(replies))

    def _looks_new(self, id_: str, view: View) -> bool:
        """Return whether a post is unknown or has changed, and remember how it looks."""
        look, before = _describe_look(view), self._looks.get(id_)
        self._looks[id_] = look
        return not self._watch.is_known(id_) if before is None else look != before

    def _plan(self, root: str, *, has_moved: bool) -> None:
        """Note when a tree is due again: after a quarter of the time that it has been quiet."""
        now = self._watch.now()
        moved = now if has_moved else self._trees[root].moved
        wait = min(max((now - moved) / 4, SOONEST), LATEST)
        self._trees[root] = Tree(moved=moved, due=now + wait, asked=now)

    def _split_known(self) -> Iterator[list[str]]:
        posts = self._watch.list_posts("bluesky")
        ids = [id_ for id_, _ in posts if _is_post(id_) and id_ not in self._gone]
        for start in range(0, len(ids), AT_ONCE):
            yield ids[start : start + AT_ONCE]

    async def _check(self, ids: list[str]) -> list[RawPost]:
        """Return records of those posts that have changed or are gone."""
        path = f"{_POSTS}?{urlencode({'uris': ids}, doseq=True)}"
        views = list_views((await self._client.get(self._watch, path)).read_json(), "posts")
        shown = {view["uri"]: view for view in views if isinstance(view.get("uri"), str)}
        raws = [self._make_raw(view) for id_, view in shown.items() if self._looks_new(id_, view)]
        if not shown and len(ids) > FEW:
            return []  # the app view is out of order: they were not all deleted
        for id_ in ids:
            if id_ not in shown and await self._is_gone(id_):
                self._gone.add(id_)
                self._trees.pop(id_, None)
                raws.append(self._make_deletion(id_))
        return raws

    async def _is_gone(self, id_: str) -> bool:
        """Return whether a post that is not shown is gone, with its thread."""
        posted = dict(self._watch.list_posts("bluesky")).get(id_)
        if posted is None or self._watch.now() - posted < SETTLED:
            return False
        thread = await self._ask_thread(id_, deep=0)
        return isinstance(thread, dict) and thread.get("notFound") is True

    async def _ask_thread(self, id_: str, *, deep: int) -> object:
        """Return a post's thread; where the post is not found, a node that says so."""
        path = _THREAD
        query: dict[str, str | int] = {"uri": id_, "depth": deep, "parentHeight": 0}
        if self._is_newer:
            path, query = _NEWER, {"anchor": id_, "above": "false", "below": min(deep, 20)}
            query |= {"branchingFactor": 100, "sort": "oldest"}
        try:
            answer = await self._client.get(self._watch, path, query)
        except Refused as refused:
            if refused.status in (400, 404) and "not found:" in refused.said.lower():
                return {"uri": id_, "notFound": True}
            if refused.status not in (404, 501) or self._is_newer:
                raise
            self._is_newer = True
            return await self._ask_thread(id_, deep=deep)
        value = answer.read_json()
        if self._is_newer:
            return nest_thread(list_views(value, "thread"))
        return value.get("thread") if isinstance(value, dict) else None

    def _make_raw(self, view: View) -> RawPost:
        return make_raw(view, self._watch, way="threads", address=self._client.server)

    def _make_deletion(self, id_: str) -> RawPost:
        return RawPost(
            route="bluesky:threads",
            address=self._client.server,
            at=self._watch.now(),
            payload={"post": {"uri": id_, "notFound": True}},
        )


def _is_post(id_: str) -> bool:
    return f"/{BLUESKY_POST}/" in id_


def _describe_look(view: View) -> str:
    """Return what a story shows of a post: its version, its author's handle, its labels."""
    author = as_dict(view.get("author"))
    return repr((view.get("cid"), author.get("handle"), author.get("labels"), view.get("labels")))
