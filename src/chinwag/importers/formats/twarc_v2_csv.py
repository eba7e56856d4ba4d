"""CSV of the Twitter API v2, as twarc-csv makes it from JSON lines: dotted column names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from chinwag.importers.tweet_tables import TweetTable, read_count, read_text
from chinwag.model import Media, Post
from chinwag.records.contract import ReadOptions, RowError
from chinwag.records.times import parse_time
from chinwag.records.tweets import (
    NO_LANGUAGE,
    find_address,
    mend_row_id,
    name_rounded,
)
from chinwag.text.mentions import bare_handle


class _Picture(msgspec.Struct, frozen=True, gc=False):
    url: str = ""
    preview_image_url: str = ""
    alt_text: str = ""
    type: str = "photo"


_PICTURE = re.compile(r"^pic\.twitter\.com|twitter\.com/\w+/status/\d+/(?:photo|video)/\d$")
_list = msgspec.json.Decoder(list[dict[str, Any] | str])
_ids = msgspec.json.Decoder(tuple[str, ...])
_pictures = msgspec.json.Decoder(tuple[_Picture, ...])
_Values = TypeVar("_Values")


def _convert_row(row: Mapping[str, str], source: str, options: ReadOptions) -> Post:
    identifier, mended = mend_row_id(row.get("id", ""), "")
    author = bare_handle(row.get("author.username", "")) or bare_handle(row.get("author_id", ""))
    if "text" not in row or not author:
        raise RowError("it has no author, or ends before its last columns")
    original = row.get("referenced_tweets.retweeted.id", "").strip()
    parent = row.get("referenced_tweets.replied_to.id", "").strip()
    links, pictures = _read_links(row.get("entities.urls", ""))
    text, mended_text = read_text(
        row["text"], links, pictures, is_repost=bool(original), escaped=True
    )
    return Post(
        id=identifier,
        author=author,
        text=text,
        created_at=parse_time(row.get("created_at"), options),
        reply_to=parent or None,
        url=find_address(author, identifier),
        source=source,
        author_name=row.get("author.name", "").strip(),
        author_id=row.get("author_id", "").strip(),
        reply_to_author=row.get("in_reply_to_username", "").strip(),
        thread=row.get("conversation_id", "").strip(),
        lang="" if row.get("lang", "") in NO_LANGUAGE else row.get("lang", ""),
        hashtags=_read_names(row.get("entities.hashtags", ""), "tag"),
        mentions=_read_names(row.get("entities.mentions", ""), "username"),
        links=links,
        media=_list_media(row.get("attachments.media", ""), pictures),
        quote_of=row.get("referenced_tweets.quoted.id", "").strip(),
        repost_of=original,
        repost_count=_count(row, original),
        aliases=_read_aliases(row.get("edit_history_tweet_ids", ""), identifier),
        repairs=(*mended, *mended_text, *name_rounded(parent, original)),
    )


def _read_links(cell: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the full addresses of a cell, those of pictures apart."""
    found = [_say_link(one) for one in _read_cell(_list, cell, [])]
    whole = dict.fromkeys(one for one in found if one)
    pictures = tuple(one for one in whole if _PICTURE.search(one))
    return tuple(one for one in whole if one not in pictures), pictures


def _say_link(value: dict[str, Any] | str) -> str:
    if isinstance(value, str):
        return value
    address = str(value.get("expanded_url") or value.get("url") or "")
    return f"pic.twitter.com {address}" if value.get("media_key") else address


def _read_names(cell: str, key: str) -> tuple[str, ...]:
    """Give the tags or handles of a cell, which newer versions of the tool write with `#`, `@`."""
    found = _read_cell(_list, cell, [])
    names = (one if isinstance(one, str) else str(one.get(key) or "") for one in found)
    return tuple(name.lstrip("#@") for name in names if name.strip("#@"))


def _read_aliases(cell: str, identifier: str) -> tuple[str, ...]:
    """Give the ids that other versions of an edited post have."""
    return tuple(one for one in _read_cell(_ids, cell, ()) if one.isdecimal() and one != identifier)


def _list_media(cell: str, pictures: tuple[str, ...]) -> tuple[Media, ...]:
    """Give the pictures of a cell, or at least their addresses where the tool left it empty."""
    found = tuple(
        Media(
            url=one.url or one.preview_image_url,
            alt=one.alt_text,
            kind="image" if one.type == "photo" else "video",
        )
        for one in _read_cell(_pictures, cell, ())
        if one.url or one.preview_image_url
    )
    return found or tuple(Media(url=one) for one in pictures if one.startswith("http"))


def _read_cell(decoder: msgspec.json.Decoder[_Values], cell: str, empty: _Values) -> _Values:
    """Give the values of a cell that holds JSON; none where a spreadsheet has cut it."""
    if not cell.startswith("["):
        return empty
    try:
        return decoder.decode(cell)
    except (msgspec.DecodeError, RecursionError):
        return empty


def _count(row: Mapping[str, str], original: str) -> int:
    return 0 if original else read_count(row.get("public_metrics.retweet_count", ""))


IMPORTER = TweetTable(
    name="twarc-v2-csv",
    title="tweets from twarc 2 (CSV)",
    about="Tweets of the Twitter API v2 that twarc 2 made into CSV with `twarc2 csv`.",
    needed=frozenset({"id", "text", "created_at", "author_id"}),
    usual=frozenset(
        {"author.username", "conversation_id", "referenced_tweets.replied_to.id", "entities.urls"}
    ),
    fewest_usual=1,
    convert_row=_convert_row,
)
