"""JSON lines of the Twitter API v2: pages as it answers them, and posts that twarc flattened.

A page keeps the authors, pictures and referenced posts of all its posts apart, in `includes`; a
flat post carries its own. Of an edited post the latest version counts, with the earlier ones kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from chinwag.importers.json_doubles import refuse_doubles
from chinwag.importers.json_elements import cut_elements
from chinwag.importers.json_parsing import decode_item, parse_json
from chinwag.importers.json_values import cut_json
from chinwag.importers.source import Source
from chinwag.model import AsideRow, Deletion, Post, RawPost
from chinwag.records.contract import ReadOptions, RowError
from chinwag.records.json_access import as_dict
from chinwag.records.tweets_v2 import (
    Page,
    Tweet,
    convert_tweet,
    find_deletions,
    open_page,
)


class _Line(Tweet, frozen=True, gc=False):
    """A line of a file: a post, or a page of them."""

    data: msgspec.Raw = msgspec.Raw()
    includes: msgspec.Raw = msgspec.Raw()
    errors: msgspec.Raw = msgspec.Raw()
    meta: msgspec.Raw = msgspec.Raw()


_PAGE = re.compile(r'[\[\s]*\{\s*"(?:data|errors)"\s*:\s*[\[{]')
_EMPTY = open_page(b"{}")
_WHAT = "post of the Twitter API v2"
_decode = msgspec.json.Decoder(Tweet, strict=False).decode
_decode_line = msgspec.json.Decoder(_Line, strict=False).decode
_SIGNS = ("edit_history_tweet_ids", '"author_id"', '"conversation_id"', '"public_metrics"')


class Received(msgspec.Struct, frozen=True):
    """One post as received, the page in which it came, and what it says if that was read."""

    text: str
    page: Page = _EMPTY
    tweet: Tweet | None = None

    def __str__(self) -> str:
        return self.text


class TwitterV2Jsonl:
    """Posts of the Twitter API v2 as JSON lines."""

    name = "twitter-v2-jsonl"
    title = "tweets of the Twitter API v2 (JSON lines)"
    about = "Written by twarc 2, as pages or flattened, or saved from the API itself."

    def sniff(self, head: Source) -> float:
        """Return how sure it is: the keys of a v2 post, bare or inside a page."""
        text = head.peek()
        start = text.lstrip("\ufeff \t\r\n")
        if not start.startswith(("{", "[")):
            return 0.0
        signs = sum(sign in text for sign in _SIGNS)
        if not _PAGE.match(start):
            return 0.22 * signs if '"text"' in text else 0.0
        is_page = signs > 0 or "api.twitter.com/2/" in text
        return 0.5 + 0.1 * signs if is_page else 0.0

    def split(self, source: Source, options: ReadOptions) -> Iterator[RawPost | AsideRow]:  # noqa: ARG002
        """Yield each post, taken out of its page, and each page's errors."""
        for line, text in cut_json(source):
            for payload in _split_line(text):
                yield RawPost(route=self.name, address=source.name, line=line, payload=payload)

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion]:
        """Return the post and those that it refers to, as far as they are there."""
        found = raw.payload
        if isinstance(found, str):
            if found.lstrip().startswith('{"errors"'):
                return find_deletions(open_page(found), self.name)
            found = Received(found)
        tweet = found.tweet or decode_item(_decode, found.text, _WHAT)
        refuse_doubles(found.text, "text", _count_texts(tweet))
        return convert_tweet(tweet, found.page, raw, options)


def _split_line(text: str) -> Iterator[Received | str]:
    """Yield the posts of a page and its errors, or a flat post; what is neither as it is."""
    tweet = _read_line(text)
    if tweet is not None and not _has_page(tweet):
        yield Received(text, tweet=tweet)
        return
    page = _read_page(text)
    if page is None and _PAGE.match(text.lstrip("\ufeff \t\r\n")):
        yield from _split_broken(text)
        return
    if page is None or not page.whole:
        yield text
        return
    for post in page.data:
        yield Received(_say_raw(post), page)
    if page.errors:
        yield '{"errors":' + _say_raw(page.errors) + "}"


def _split_broken(text: str) -> Iterator[Received | str]:
    """Yield the posts of a page of which one is broken, and that one as it is.

    Of the people in the page those are known who begin with the same key as its posts.
    """
    elements = list(cut_elements(text, 0))
    found = [as_dict(parse_json(element)) for _, element, is_sound in elements if is_sound]
    users = [one for one in found if "username" in one]
    page = open_page(msgspec.json.encode({"data": [], "includes": {"users": users}}))
    for _, element, is_sound in elements:
        if not is_sound:
            yield element
        elif "text" in as_dict(parse_json(element)):
            yield Received(element, page)


def _has_page(line: _Line) -> bool:
    """Return whether a line has a key that only a page has."""
    return any((line.data, line.includes, line.errors, line.meta))


def _count_texts(tweet: Tweet) -> int:
    """Return how many texts a post and those in it have."""
    own = (tweet.text is not None) + (tweet.note_tweet is not None)
    others = tweet.referenced_tweets
    return own + sum(map(_count_texts, others)) if others else own


def _say_raw(value: msgspec.Raw) -> str:
    return bytes(value).decode("utf-8", "replace")


def _read_line(text: str) -> _Line | None:
    try:
        return decode_item(_decode_line, text, _WHAT)
    except RowError:
        return None


def _read_page(text: str) -> Page | None:
    try:
        return decode_item(open_page, text, "page of the Twitter API v2")
    except RowError:
        return None  # the line will be read as a post, and kept aside with the reason


IMPORTER = TwitterV2Jsonl()
