"""Posts as the app view shows them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

from chinwag.model import RawPost
from chinwag.networks.bluesky.sieve import is_shy
from chinwag.networks.contract import Watch, covers
from chinwag.records.bluesky_posts import SIGNED_IN_ONLY
from chinwag.records.json_access import as_count, as_dict, as_dicts, as_list, as_text, dig

View = dict[str, Any]


def make_raw(view: View, watch: Watch, *, way: str, address: str) -> RawPost:
    """Return a record of a post's view.

    Of people who ask not to be shown to strangers only the fact that they posted is kept.
    """
    author = as_dict(view.get("author"))
    if is_shy(author):
        kept = {key: author[key] for key in ("did", "labels") if key in author}
        view = {"uri": view.get("uri"), "author": kept}
    return RawPost(route=f"bluesky:{way}", address=address, at=watch.now(), payload={"post": view})


def read_moment(view: View) -> datetime | None:
    """Return when a post was written, or when the network saw it, whichever is earlier."""
    times: list[datetime] = []
    for time in (view.get("indexedAt"), dig(view, "record", "createdAt")):
        with suppress(ValueError):
            times.append(datetime.fromisoformat(as_text(time)))
    return min((at for at in times if at.tzinfo is not None), default=None)


def is_in_time(view: View, watch: Watch) -> bool:
    """Return whether a post is of the chat's time; a post without a time is not."""
    at = read_moment(view)
    return at is not None and covers(watch, at)


def walk_thread(node: object) -> Iterator[View]:
    """Yield every node of a thread in the form of getPostThread, a post before its replies."""
    waiting = [node]
    while waiting:
        next_ = waiting.pop()
        if isinstance(next_, dict):
            yield next_
            waiting.extend(reversed(as_list(next_.get("replies"))))


def nest_thread(items: list[View]) -> View:
    """Return a thread of getPostThreadV2, a list with depths, in the form of getPostThread.

    A node with more replies than are shown has none in it, as a thread that was cut there.
    """
    above: list[View] = []  # the last node of each depth
    for item in items:
        node = _make_node(item)
        level = as_count(item.get("depth"))
        level = level if level <= len(above) else 0
        if level:
            above[level - 1].setdefault("replies", []).append(node)
        if dig(item, "value", "moreReplies"):
            del node["replies"]
        above[level:] = [node]
    return above[0] if above else {}


def _make_node(item: View) -> View:
    value = as_dict(item.get("value"))
    kind = as_text(value.get("$type"))
    node: View = {"uri": item.get("uri"), "replies": [], "notFound": kind.endswith("NotFound")}
    if isinstance(value.get("post"), dict):
        node["post"] = value["post"]
    elif kind.endswith("NoUnauthenticated"):
        hidden = {"labels": [{"val": SIGNED_IN_ONLY}]}
        node["post"] = {"uri": item.get("uri"), "author": hidden}
    return node


def list_views(value: object, key: str) -> list[View]:
    """Return the list of objects that an answer holds under a key."""
    return list(filter(None, as_dicts(dig(value, key))))
