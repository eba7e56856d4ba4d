"""Ids: the time that Twitter's and Bluesky's hold, and ids for posts that have none.

After Twitter's announcement of "snowflake" ids, in use since 4 November 2010: 41 bits of
milliseconds since 1288834974657, then 22 bits of machine and sequence number. After the record key
type `tid` (atproto.com/specs/tid): 53 bits of microseconds since 1970, then 10 bits of a clock's
number, in 13 letters of 5 bits.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import blake2b

TIME_FROM_ID = "time restored from the id"
ID_FROM_CONTENT = "id made from time, author and text"

# Collections of the AT Protocol: at://AUTHOR/COLLECTION/KEY is the id of a post on Bluesky.
BLUESKY_POST = "app.bsky.feed.post"
BLUESKY_REPOST = "app.bsky.feed.repost"
TID_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"  # the digits of base 32, from 0 to 31

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=1_288_834_974_657)
_FIRST = 29_700_859_247  # smaller ids are plain counts
_LAST = 1 << 62


def tell_time(identifier: str) -> datetime | None:
    """Return when the post with this id was made, None for an id that holds no time."""
    if not (identifier.isascii() and identifier.isdecimal() and len(identifier) <= 19):
        return None
    number = int(identifier)
    if not _FIRST <= number < _LAST:
        return None
    return _EPOCH + timedelta(milliseconds=number >> 22)


def tell_tid_time(key: str) -> datetime | None:
    """Return when the record with this key was made, None for a key that holds no time."""
    number = 0
    for letter in key:
        if letter not in TID_LETTERS:
            return None
        number = number * len(TID_LETTERS) + TID_LETTERS.index(letter)
    try:
        return datetime.fromtimestamp((number >> 10) // 1000 / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def make_id(route: str, *parts: str) -> str:
    """Return an id for a post that has none, the same in every run: its route and a fingerprint.

    `parts` are what distinguishes it from every other post, such as its time, author, text and how
    often the same has been said before.
    """
    data = "\x1f".join(parts).encode("utf-8", "replace")
    return f"{route}-{blake2b(data, digest_size=10).hexdigest()}"
