"""JSON lines of the Twitter API v1.1, one post a line, as twarc and its relatives wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from chinwag.importers.json_doubles import refuse_doubles
from chinwag.importers.json_parsing import decode_item
from chinwag.importers.json_values import cut_json
from chinwag.importers.source import Source
from chinwag.importers.tweets_v1 import Tweet, convert_tweet, say_id
from chinwag.model import AsideRow, Deletion, Post, RawPost
from chinwag.records.contract import ReadOptions, RowError


class _Status(msgspec.Struct, frozen=True, gc=False):
    id: int | str | None = None
    id_str: str | None = None


class _Delete(msgspec.Struct, frozen=True, gc=False):
    status: _Status | None = None


class _Line(Tweet, frozen=True, gc=False):
    """A line of a stream: a post, or one of the notices between posts."""

    delete: _Delete | None = None
    limit: msgspec.Raw = msgspec.Raw()
    scrub_geo: msgspec.Raw = msgspec.Raw()
    status_withheld: msgspec.Raw = msgspec.Raw()
    user_withheld: msgspec.Raw = msgspec.Raw()
    disconnect: msgspec.Raw = msgspec.Raw()
    warning: msgspec.Raw = msgspec.Raw()


_decode = msgspec.json.Decoder(_Line, strict=False).decode
_SIGNS = ('"id_str"', '"created_at"', '"user"', '"screen_name"', '"entities"', '"retweet_count"')


class TwarcV1Jsonl:
    """Posts of the Twitter API v1.1 as JSON lines (or as one JSON array)."""

    name = "twarc-v1-jsonl"
    title = "tweets of the Twitter API v1.1 (JSON lines)"
    about = "Written by twarc 1, DocNow's Hydrator and most other collectors between 2013 and 2023."

    def sniff(self, head: Source) -> float:
        """Return how sure it is: the keys of a v1.1 post, beside each other."""
        text = head.peek()
        start = text.lstrip("\ufeff \t\r\n")
        if not start.startswith(("{", "[")):
            return 0.0
        if re.search(r'"(?:full_text|text)"', text) is None:
            return 0.6 if re.match(r'\{\s*"delete"\s*:\s*\{\s*"status"', start) else 0.0
        return 0.9 * sum(sign in text for sign in _SIGNS) / len(_SIGNS)

    def split(self, source: Source, options: ReadOptions) -> Iterator[RawPost | AsideRow]:  # noqa: ARG002
        """Yield the text of each line."""
        for line, text in cut_json(source):
            yield RawPost(route=self.name, address=source.name, line=line, payload=text)

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion]:
        """Return the post, and those that it reposts or quotes; () for a notice of the stream."""
        line = decode_item(_decode, raw.payload, "post of the Twitter API v1.1")
        if line.delete is not None:
            return _convert_deletion(line.delete, self.name)
        if _is_notice(line):
            return ()
        refuse_doubles(raw.payload, "user", _count_users(line))
        return convert_tweet(line, self.name, options)


def _count_users(tweet: Tweet) -> int:
    """Return how many authors a post and those in it name."""
    inner = (tweet.retweeted_status, tweet.quoted_status)
    return (tweet.user is not None) + sum(_count_users(one) for one in inner if one is not None)


def _convert_deletion(notice: _Delete, source: str) -> tuple[Deletion, ...]:
    status = notice.status
    identifier = say_id(status.id_str, status.id) if status else ""
    if not identifier:
        raise RowError("it is a deletion that names no post", code="deletion-of-nothing")
    return (Deletion(id=identifier, source=source),)


def _is_notice(line: _Line) -> bool:
    notices = (
        line.limit,
        line.scrub_geo,
        line.status_withheld,
        line.user_withheld,
        line.disconnect,
        line.warning,
    )
    return any(bytes(notice) for notice in notices)


IMPORTER = TwarcV1Jsonl()
