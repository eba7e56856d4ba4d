"""What the app view shows of posts, and what may be taken of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

from chinwag.model import RawPost
from chinwag.networks.bluesky.sieve import is_shy
from chinwag.networks.contract import Watch

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


def list_views(value: object, key: str) -> list[View]:
    """Give the list of objects that an answer holds under a key."""
    listed = value.get(key) if isinstance(value, dict) else None
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
