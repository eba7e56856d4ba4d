"""Which of everybody's posts are the chat's: those with its hashtag, and those of its threads.

Posts are followed, not accounts. A stream brings thousands of events a second, and a chat wants one
of them, so most are dropped by a look at their bytes, before anything is decoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import msgspec

from chinwag.networks.contract import Watch, covers
from chinwag.records.bluesky_posts import SIGNED_IN_ONLY
from chinwag.records.ids import BLUESKY_POST, BLUESKY_REPOST
from chinwag.records.json_access import as_dict, as_dicts, as_list, as_text
from chinwag.text.hashtags import find_hashtags, fold_tag

_ADDRESS = re.compile(rb'at://did:[^"\\\s/]+/app\.bsky\.feed\.(?:re)?post/[^"\\\s]+')
_RUN = re.compile(r"[0-9a-z]+")
_SHORTEST_NEEDLE = 3


class Commit(msgspec.Struct, frozen=True):
    """One change of one record, as every stream sends it. `record` is {} in a deletion."""

    did: str
    operation: str  # "create", "update" or "delete"
    collection: str
    rkey: str
    record: dict[str, Any] = {}
    at: datetime | None = None  # when the stream saw it

    @property
    def id(self) -> str:
        """The address of the record, which is the post's id."""
        return f"at://{self.did}/{self.collection}/{self.rkey}"


class Sieve:
    """Keeps what belongs to the chat of `watch`, and remembers what it kept."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._tag = fold_tag(watch.hashtag)
        self._needle = _find_needle(watch.hashtag)
        self._kept: set[str] = set()  # the watch may not know them yet

    def may_want(self, frame: bytes) -> bool:
        """Return whether an event in JSON could be the chat's, by its bytes; a False is certain."""
        if not self._needle or self._needle in frame.lower() or b'"delete"' in frame:
            return True
        if b"at:" not in frame:
            return False
        return b"\\/" in frame or any(
            self.is_known(address.decode()) for address in _ADDRESS.findall(frame)
        )

    def may_want_addresses(self, frame: bytes, addresses: Iterable[bytes]) -> bool:
        """Return the same of an event in another encoding, by its bytes and its addresses."""
        if not self._needle or self._needle in frame.lower():
            return True
        return any(self.is_known(one.decode("utf-8", "replace")) for one in addresses)

    def wants(self, commit: Commit) -> bool:
        """Return whether a commit is the chat's: a post, reply, quote or repost, or a deletion."""
        is_post = commit.collection == BLUESKY_POST
        if not is_post and commit.collection != BLUESKY_REPOST:
            return False
        if self.is_known(commit.id):
            return True
        if commit.operation == "delete" or not self._is_in_time(commit.at):
            return False
        if is_post and self.has_tag(commit.record):
            return True
        return any(map(self.is_known, list_answered(commit.record)))

    def keep(self, id: str) -> None:
        """Remember a post of the chat, so that replies to it are kept too."""
        self._kept.add(id)

    def is_known(self, id: str) -> bool:
        """Return whether a post or a repost is the chat's."""
        return id in self._kept or self._watch.is_known(id)

    def has_tag(self, record: dict[str, Any]) -> bool:
        """Return whether a record has the chat's hashtag: in its text, a facet or its tags."""
        return any(fold_tag(tag) == self._tag for tag in _list_tags(record))

    def _is_in_time(self, at: datetime | None) -> bool:
        return at is None or covers(self._watch, at)


def list_answered(record: dict[str, Any]) -> Iterator[str]:
    """Yield the addresses of the posts that a record answers, quotes or reposts."""
    reply, embed = as_dict(record.get("reply")), as_dict(record.get("embed"))
    quoted = as_dict(embed.get("record"))
    inside = as_dict(quoted.get("record"))  # beside pictures a quote is one level deeper
    for pointer in (reply.get("parent"), reply.get("root"), record.get("subject"), quoted, inside):
        address = as_dict(pointer).get("uri")
        if isinstance(address, str):
            yield address


def is_shy(profile: dict[str, Any]) -> bool:
    """Return whether the owner of a profile asks to be shown to signed-in people only."""
    labels = [label for label in as_dicts(profile.get("labels")) if not label.get("neg")]
    return SIGNED_IN_ONLY in [label.get("val") for label in labels]


def _list_tags(record: dict[str, Any]) -> Iterator[str]:
    yield from find_hashtags(as_text(record.get("text")))
    yield from map(as_text, as_list(record.get("tags")))
    for facet in as_dicts(record.get("facets")):
        for feature in as_dicts(facet.get("features")):
            yield as_text(feature.get("tag"))


def _find_needle(tag: str) -> bytes:
    """Return the longest run of plain letters and digits in a tag, b"" where it is too short.

    JSON can spell any other letter in two ways, and their capitals differ in more than a bit.
    """
    longest = max(_RUN.findall(tag.lower()), key=len, default="")
    return longest.encode() if len(longest) >= _SHORTEST_NEEDLE else b""
