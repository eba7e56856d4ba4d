"""The address of a post's page: the network, the author, the id and the time that it holds.

Known are Mastodon and the servers like it ("/@ana/17"), Bluesky
("/profile/ana.example/post/3k…") and X ("/ana/status/17"). The ids of Mastodon and X and the record
keys of Bluesky hold the time.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

import msgspec

from chinwag.records.ids import BLUESKY_POST, tell_tid_time, tell_time

_MASTODON = re.compile(r"https://([^/\s]+)/@([\w.-]+)(?:@([\w.-]+))?/(\d{8,20})")
_BLUESKY = re.compile(r"https://bsky\.app/profile/([\w.:-]+)/post/([2-7a-z]{13})")
_X = re.compile(r"https://(?:(?:www|mobile)\.)?(?:x|twitter)\.com/(\w{1,15})/status/(\d{1,19})")


class Permalink(msgspec.Struct, frozen=True, kw_only=True):
    """What the address of a post's page holds. `created_at` is None where its id holds no time.

    `number` is the post's own at `host`, for Mastodon and X; on Bluesky it is the record's key.
    """

    address: str
    network: str
    host: str
    author: str
    number: str
    id: str
    aliases: tuple[str, ...] = ()
    created_at: datetime | None = None


def read_permalink(address: str) -> Permalink | None:
    """Return what the address of a post's page holds, None for any other address."""
    if found := _MASTODON.match(address):
        return _read_mastodon(found)
    if found := _BLUESKY.match(address):
        return _read_bluesky(found)
    if found := _X.match(address):
        return _read_x(found)
    return None


def _read_mastodon(found: re.Match[str]) -> Permalink:
    """Read a page of Mastodon; "/@bo@far.example/17" is a server's copy of another's post."""
    host, name, home, number = found[1].lower(), found[2], found[3], found[4]
    at = _read_time(int(number) >> 16)
    return Permalink(
        address=found.string,
        network="mastodon",
        host=host,
        author=f"{name}@{home or host}",
        number=number,
        id=found[0],
        aliases=(f"mastodon:{host}:{number}",),
        created_at=at if at and at.year >= 2016 else None,  # older servers counted from 1
    )


def _read_bluesky(found: re.Match[str]) -> Permalink:
    author, key = found[1], found[2]
    name = author if author.startswith("did:") else ""
    return Permalink(
        address=found.string,
        network="bluesky",
        host="bsky.app",
        author=author,
        number=key,
        id=f"at://{name}/{BLUESKY_POST}/{key}" if name else found[0],
        created_at=tell_tid_time(key),
    )


def _read_x(found: re.Match[str]) -> Permalink:
    return Permalink(
        address=found.string,
        network="x",
        host="x.com",
        author=found[1],
        number=found[2],
        id=found[2],
        created_at=tell_time(found[2]),
    )


def _read_time(milliseconds: int) -> datetime | None:
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
