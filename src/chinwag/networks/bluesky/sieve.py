"""Which of everybody's posts are the chat's: those with its hashtag, and those of its threads.

Posts, not accounts, are followed. A stream brings thousands of events a second of which a chat
wants one, so most are let go by a look at their bytes, before anything is decoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import msgspec

from chinwag.networks.contract import Watch
from chinwag.records.bluesky_posts import SIGNED_IN_ONLY
from chinwag.records.ids import BLUESKY_POST, BLUESKY_REPOST
from chinwag.text.hashtags import find_hashtags, fold_tag

_ADDRESS = re.compile(rb'at://did:[^"\\\s/]+/app\.bsky\.feed\.(?:re)?post/[^"\\\s]+')
_RUN = re.compile(r"[0-9a-z]+")
_SHORTEST_NEEDLE = 3


class Commit(msgspec.Struct, frozen=True):
    """One change of one record, as every stream tells it. `record` is {} in a deletion."""

    did: str
    operation: str  # "create", "update" or "delete"
    collection: str
    rkey: str
    record: dict[str, Any] = {}
    at: datetime | None = None  # when the stream witnessed it

    @property
    def id(self) -> str:
        """Its address, by which the post is known."""
        return f"at://{self.did}/{self.collection}/{self.rkey}"


class Sieve:
    """Keeps what belongs to the chat that `watch` speaks of, and remembers what it kept."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._tag = fold_tag(watch.hashtag)
        self._needle = _find_needle(watch.hashtag)
        self._kept: set[str] = set()  # not yet written down by whoever runs the route

    def may_want(self, frame: bytes) -> bool:
        """Say whether an event in JSON could be the chat's, by its bytes: false is certain."""
        if not self._needle or self._needle in frame.lower() or b'"delete"' in frame:
            return True
        if b"at:" not in frame:
            return False
        return b"\\/" in frame or any(
            self.is_known(address.decode()) for address in _ADDRESS.findall(frame)
        )

    def may_want_addresses(self, frame: bytes, addresses: Iterable[bytes]) -> bool:
        """Say the same of an event in another coding, of which the addresses are told."""
        if not self._needle or self._needle in frame.lower():
            return True
        return any(self.is_known(one.decode("utf-8", "replace")) for one in addresses)

    def wants(self, commit: Commit) -> bool:
        """Say whether a commit is the chat's: its own post, a reply, a quote, a repost, an end."""
        if commit.collection not in (BLUESKY_POST, BLUESKY_REPOST):
            return False
        if self.is_known(commit.id):
            return True
        if commit.operation == "delete" or not self._is_in_time(commit.at):
            return False
        wanted = any(map(self.is_known, list_answered(commit.record)))
        return wanted or (commit.collection == BLUESKY_POST and self.has_tag(commit.record))

    def keep(self, id: str) -> None:
        """Remember what belongs to the chat, so that what answers it does too."""
        self._kept.add(id)

    def is_known(self, id: str) -> bool:
        """Say whether a post or a repost is the chat's."""
        return id in self._kept or self._watch.is_known(id)

    def has_tag(self, record: dict[str, Any]) -> bool:
        """Say whether a record has the chat's hashtag: in its words, in a facet or beside them."""
        return any(fold_tag(tag) == self._tag for tag in _list_tags(record))

    def _is_in_time(self, at: datetime | None) -> bool:
        until = self._watch.until
        return at is None or (at >= self._watch.since and (until is None or at <= until))


def list_answered(record: dict[str, Any]) -> Iterator[str]:
    """Give the addresses of what a record answers, quotes or passes on."""
    reply, embed = _as_dict(record.get("reply")), _as_dict(record.get("embed"))
    quoted = _as_dict(embed.get("record"))
    inside = _as_dict(quoted.get("record"))  # beside pictures a quote lies one deeper
    for pointer in (reply.get("parent"), reply.get("root"), record.get("subject"), quoted, inside):
        address = _as_dict(pointer).get("uri")
        if isinstance(address, str):
            yield address


def is_shy(profile: dict[str, Any]) -> bool:
    """Say whether somebody asks not to be shown to people who are not signed in."""
    labels = profile.get("labels")
    return any(
        label.get("val") == SIGNED_IN_ONLY and not label.get("neg")
        for label in (labels if isinstance(labels, list) else ())
        if isinstance(label, dict)
    )


def _list_tags(record: dict[str, Any]) -> Iterator[str]:
    text, beside, facets = (record.get(key) for key in ("text", "tags", "facets"))
    if isinstance(text, str):
        yield from find_hashtags(text)
    if isinstance(beside, list):
        yield from (tag for tag in beside if isinstance(tag, str))
    for facet in facets if isinstance(facets, list) else ():
        features = _as_dict(facet).get("features")
        for feature in features if isinstance(features, list) else ():
            tag = _as_dict(feature).get("tag")
            if isinstance(tag, str):
                yield tag


def _find_needle(tag: str) -> bytes:
    """Give the longest stretch of plain letters and digits of a tag; b"" where it is too short.

    JSON may write other letters in two ways, and their capitals are another matter; these have
    one form each.
    """
    longest = max(_RUN.findall(tag.lower()), key=len, default="")
    return longest.encode() if len(longest) >= _SHORTEST_NEEDLE else b""


def _as_dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
