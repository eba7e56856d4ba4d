"""The address of a post's page, and what it tells: the network, the author, the id, the time.

Known are Mastodon and its kin ("/@ana/17"), Bluesky ("/profile/ana.example/post/3k…") and X
("/ana/status/17"). Ids of the first and the last, and record keys of Bluesky, hold the time.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

import msgspec

_MASTODON = re.compile(r"https://([^/\s]+)/@([\w.-]+)(?:@([\w.-]+))?/(\d{8,20})")
_BLUESKY = re.compile(r"https://bsky\.app/profile/([\w.:-]+)/post/([2-7a-z]{13})")
_X = re.compile(r"https://(?:(?:www|mobile)\.)?(?:x|twitter)\.com/(\w{1,15})/status/(\d{1,19})")
_X_EPOCH = 1_288_834_974_657  # milliseconds; X's ids count from here, shifted by 22 bits
_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"  # base 32 of Bluesky's record keys (TID)


class Permalink(msgspec.Struct, frozen=True, kw_only=True):
    """What the address of a post's page tells. `created_at` is None where its id holds no time.

    `number` is the post's own at `host`, for Mastodon and X; elsewhere the record's key.
    """

    network: str
    host: str
    author: str
    number: str
    id: str
    aliases: tuple[str, ...] = ()
    created_at: datetime | None = None


def read_permalink(address: str) -> Permalink | None:
    """Give what an address tells of a post, None where it is none of a post's page."""
    if found := _MASTODON.match(address):
        return _read_mastodon(found)
    if found := _BLUESKY.match(address):
        return _read_bluesky(found)
    if found := _X.match(address):
        return _read_x(found)
    return None


def _read_mastodon(found: re.Match[str]) -> Permalink:
    """Read a page of Mastodon; that of another server's post ("/@bo@far.example/17") is a copy."""
    host, name, home, number = found[1].lower(), found[2], found[3], found[4]
    at = _read_time(int(number) >> 16)
    return Permalink(
        network="mastodon",
        host=host,
        author=f"{name}@{home or host}",
        number=number,
        id=found[0],
        aliases=(f"mastodon:{host}:{number}",),
        created_at=at if at and at.year >= 2016 else None,  # before, servers counted from one
    )


def _read_bluesky(found: re.Match[str]) -> Permalink:
    author, key = found[1], found[2]
    ticks = 0
    for letter in key:
        ticks = ticks * 32 + _LETTERS.index(letter)
    name = author if author.startswith("did:") else ""
    return Permalink(
        network="bluesky",
        host="bsky.app",
        author=author,
        number=key,
        id=f"at://{name}/app.bsky.feed.post/{key}" if name else found[0],
        created_at=_read_time((ticks >> 10) // 1000),
    )


def _read_x(found: re.Match[str]) -> Permalink:
    number = int(found[2])
    modern = number > 29_700_000_000  # before November 2010 they were counted
    return Permalink(
        network="x",
        host="x.com",
        author=found[1],
        number=found[2],
        id=found[2],
        created_at=tell_x_time(number) if modern else None,
    )


def tell_x_time(id_: int) -> datetime | None:
    """Give when a post on X was made, by its id; None for a number that is none."""
    return _read_time((id_ >> 22) + _X_EPOCH)


def _read_time(milliseconds: int) -> datetime | None:
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
