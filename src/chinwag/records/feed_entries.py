"""An entry of a feed (RSS 2.0 or Atom) and what it becomes.

Mastodon's feed of a hashtag names no author: the address of a post's page does ("/@ana/17").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any

from chinwag.model import Deletion, Media, Post, RawPost
from chinwag.records.contract import ReadOptions, RowError
from chinwag.records.json_access import as_dict, as_list, as_text
from chinwag.records.permalinks import read_permalink
from chinwag.records.times import parse_time
from chinwag.text.hashtags import join_hashtags
from chinwag.text.html import read_html
from chinwag.text.mentions import bare_handle

_WORDS = ("encoded", "content", "description", "summary", "title")  # the fullest first
_TIMES = ("published", "pubDate", "date", "updated")


def convert_record(raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion]:
    """Give an entry as a post. Raises RowError where it has no address, author or time."""
    entry = as_dict(as_dict(raw.payload).get("entry"))
    address = _find_address(entry)
    if not address:
        raise RowError("it is no entry of a feed with an address")
    link = read_permalink(address)
    author = link.author if link else ""
    author = author or bare_handle(_find_text(entry, "creator") or _find_author(entry))
    if not author:
        raise RowError("it has no author")
    said = next(filter(None, (_find_text(entry, name) for name in _WORDS)), "")
    read = read_html(said)
    categories = (
        as_text(part.get("text")) or as_text(as_dict(part.get("attributes")).get("term"))
        for part in _list_parts(entry, "category")
    )
    return [
        Post(
            id=link.id if link else address,
            author=author,
            text=read.text,
            created_at=parse_time(_find_time(entry), options),
            reply_to=None,
            url=address,
            source=raw.route,
            hashtags=join_hashtags(read.text, categories),
            links=read.links,
            media=tuple(_list_media(entry)),
            aliases=link.aliases if link else (),
        )
    ]


def _list_parts(element: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    for part in map(as_dict, as_list(element.get("parts"))):
        if as_text(part.get("name")).rpartition(" ")[2] == name:
            yield part


def _find_text(element: dict[str, Any], name: str) -> str:
    return next((as_text(part.get("text")).strip() for part in _list_parts(element, name)), "")


def _find_address(entry: dict[str, Any]) -> str:
    """Give the address of a post's page: RSS says it as text, Atom as an attribute."""
    for part in _list_parts(entry, "link"):
        attributes = as_dict(part.get("attributes"))
        said = as_text(part.get("text")).strip() or as_text(attributes.get("href")).strip()
        if said and as_text(attributes.get("rel")) in ("", "alternate"):
            return said
    guid = _find_text(entry, "guid") or _find_text(entry, "id")
    return guid if guid.startswith(("https://", "http://")) else ""


def _find_author(entry: dict[str, Any]) -> str:
    for part in _list_parts(entry, "author"):
        return _find_text(part, "name") or as_text(part.get("text")).strip()
    return ""


def _find_time(entry: dict[str, Any]) -> str:
    """Give an entry's time as ISO 8601: Atom says it so, RSS as RFC 822 does."""
    said = next(filter(None, (_find_text(entry, name) for name in _TIMES)), "")
    try:
        return parsedate_to_datetime(said).astimezone(UTC).isoformat()
    except ValueError:
        return said


def _list_media(entry: dict[str, Any]) -> Iterator[Media]:
    """Give the pictures (Media RSS), each with its description."""
    for part in _list_parts(entry, "content"):
        attributes = as_dict(part.get("attributes"))
        address, kind = as_text(attributes.get("url")), as_text(attributes.get("medium"))
        if address:
            alt = _find_text(part, "description")
            yield Media(url=address, alt=alt, kind=kind if kind in ("video", "audio") else "image")
