"""Ids: what Twitter's tell of the time, and how posts that have none get one.

After Twitter's announcement of "snowflake" ids, in use since 4 November 2010: 41 bits of
milliseconds since 1288834974657, then 22 bits of machine and sequence number.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import blake2b

TIME_FROM_ID = "time restored from the id"
ID_FROM_CONTENT = "id made from time, author and text"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=1_288_834_974_657)
_FIRST = 29_700_859_247  # ids were plain counts before
_LAST = 1 << 62


def tell_time(identifier: str) -> datetime | None:
    """Give when the post with this id was made, None for an id that does not tell."""
    if not (identifier.isascii() and identifier.isdecimal() and len(identifier) <= 19):
        return None
    number = int(identifier)
    if not _FIRST <= number < _LAST:
        return None
    return _EPOCH + timedelta(milliseconds=number >> 22)


def make_id(route: str, *parts: str) -> str:
    """Make an id for a post that has none, the same in every run: its route and a fingerprint.

    `parts` are what tells it from every other post, such as its time, author, text and how often
    the same has been said before.
    """
    data = "\x1f".join(parts).encode("utf-8", "replace")
    return f"{route}-{blake2b(data, digest_size=10).hexdigest()}"
