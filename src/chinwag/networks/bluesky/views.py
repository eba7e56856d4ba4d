"""What the app view shows of posts, and what may be taken of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

from chinwag.model import RawPost
from chinwag.networks.bluesky.sieve import is_shy
from chinwag.networks.contract import Watch
from chinwag.records.bluesky_posts import SIGNED_IN_ONLY

View = dict[str, Any]


def make_raw(view: View, watch: Watch, *, way: str, address: str) -> RawPost:
    """Give a post's view as a record.

    Of somebody who asks not to be shown to strangers nothing is kept but that they said something.
    """
    author = view.get("author")
    if isinstance(author, dict) and is_shy(author):
        kept = {key: author[key] for key in ("did", "labels") if key in author}
        view = {"uri": view.get("uri"), "author": kept}
    return RawPost(route=f"bluesky:{way}", address=address, at=watch.now(), payload={"post": view})


def read_moment(view: View) -> datetime | None:
    """Give when a post was written, or when the network saw it, whichever is earlier."""
    record = view.get("record")
    told = (view.get("indexedAt"), record.get("createdAt") if isinstance(record, dict) else None)
    times: list[datetime] = []
    for said in told:
        with suppress(TypeError, ValueError):
            at = datetime.fromisoformat(said)  # type: ignore[arg-type] # then it is no time
            if at.tzinfo is not None:
                times.append(at)
    return min(times, default=None)


def is_in_time(view: View, watch: Watch) -> bool:
    """Say whether a post is of the time that is wanted; one without a time is not."""
    at = read_moment(view)
    return at is not None and at >= watch.since and (watch.until is None or at <= watch.until)


def is_over(watch: Watch) -> bool:
    """Say whether the chat is over."""
    return watch.until is not None and watch.now() > watch.until


def walk_thread(node: object) -> Iterator[View]:
    """Give every node of a thread as getPostThread answers it, the post before its replies."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            replies = one.get("replies")
            waiting.extend(reversed(replies) if isinstance(replies, list) else ())


def nest_thread(items: list[View]) -> View:
    """Give a thread as getPostThreadV2 answers it, a list with depths, in the first version's form.

    A node of which more replies are to be had has none in it, as one that was cut there.
    """
    above: list[View] = []
    for item in items:
        value, depth = as_view(item.get("value")), item.get("depth")
        kind = str(value.get("$type"))
        node: View = {"uri": item.get("uri"), "replies": []}
        if isinstance(value.get("post"), dict):
            node["post"] = value["post"]
        elif kind.endswith("NoUnauthenticated"):
            shy = {"labels": [{"val": SIGNED_IN_ONLY}]}
            node["post"] = {"uri": item.get("uri"), "author": shy}
        node["notFound"] = kind.endswith("NotFound")
        level = depth if type(depth) is int and 0 < depth <= len(above) else 0
        if level:
            above[level - 1].setdefault("replies", []).append(node)
        if value.get("moreReplies"):
            del node["replies"]
        above[level:] = [node]
    return above[0] if above else {}


def as_view(value: object) -> View:
    """Give an object, an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def list_views(value: object, key: str) -> list[View]:
    """Give the list of objects that an answer holds under a key."""
    listed = value.get(key) if isinstance(value, dict) else None
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
