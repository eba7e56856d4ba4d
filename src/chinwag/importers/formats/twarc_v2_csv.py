"""CSV of the Twitter API v2, as twarc-csv makes it from JSON lines: dotted column names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from chinwag.importers.cells import read_person, read_tweet_parent
from chinwag.importers.tweet_tables import TweetTable, read_count, read_text
from chinwag.model import Media, Post
from chinwag.records.contract import ReadOptions, RowError
from chinwag.records.times import parse_time
from chinwag.records.tweets import (
    find_address,
    mend_row_id,
    name_rounded,
    read_language,
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
        raise RowError(
            "it has no author, or ends before its last columns", code="no-author-or-cut-off"
        )
    original = row.get("referenced_tweets.retweeted.id", "").strip()
    parent = read_tweet_parent(row.get("referenced_tweets.replied_to.id"))
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
        reply_to_author=read_person(row.get("in_reply_to_username")),
        thread=row.get("conversation_id", "").strip(),
        lang=read_language(row.get("lang")),
        hashtags=_read_names(row.get("entities.hashtags", ""), "tag"),
        mentions=_read_names(row.get("entities.mentions", ""), "username"),
        links=links,
        media=_list_media(row.get("attachments.media", ""), pictures),
        quote_of=row.get("referenced_tweets.quoted.id", "").strip(),
        repost_of=original,
        repost_count=0 if original else read_count(row.get("public_metrics.retweet_count", "")),
        aliases=_read_aliases(row.get("edit_history_tweet_ids", ""), identifier),
        repairs=(*mended, *mended_text, *name_rounded(parent, original)),
    )


def _read_links(cell: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the full addresses of a cell, and apart from them those of pictures."""
    links: dict[str, None] = {}
    pictures: dict[str, None] = {}
    for found in _read_cell(_list, cell, []):
        address = _say_link(found)
        group = pictures if _PICTURE.search(address) else links
        if address:
            group[address] = None
    return tuple(links), tuple(pictures)


def _say_link(value: dict[str, Any] | str) -> str:
    if isinstance(value, str):
        return value
    address = str(value.get("expanded_url") or value.get("url") or "")
    return f"pic.twitter.com {address}" if value.get("media_key") else address


def _read_names(cell: str, key: str) -> tuple[str, ...]:
    """Return the tags or handles of a cell; newer versions of the tool put `#` or `@` before."""
    names: list[str] = []
    for found in _read_cell(_list, cell, []):
        name = found if isinstance(found, str) else str(found.get(key) or "")
        names.append(name.lstrip("#@"))
    return tuple(filter(None, names))


def _read_aliases(cell: str, identifier: str) -> tuple[str, ...]:
    """Return the ids that other versions of an edited post have."""
    found = _read_cell(_ids, cell, ())
    others = (alias for alias in found if alias != identifier)
    return tuple(filter(str.isdecimal, others))


def _list_media(cell: str, pictures: tuple[str, ...]) -> tuple[Media, ...]:
    """Return the pictures of a cell, or at least their addresses where the tool left it empty."""
    found = _read_cell(_pictures, cell, ())
    described = map(_describe_picture, found)
    shown = tuple(media for media in described if media.url)
    addresses = (address for address in pictures if address.startswith("http"))
    return shown or tuple(Media(url=address) for address in addresses)


def _describe_picture(picture: _Picture) -> Media:
    return Media(
        url=picture.url or picture.preview_image_url,
        alt=picture.alt_text,
        kind="image" if picture.type == "photo" else "video",
    )


def _read_cell(decoder: msgspec.json.Decoder[_Values], cell: str, empty: _Values) -> _Values:
    """Return the values of a cell that holds JSON; none where a spreadsheet has cut it."""
    if not cell.startswith("["):
        return empty
    try:
        return decoder.decode(cell)
    except (msgspec.DecodeError, RecursionError):
        return empty


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
