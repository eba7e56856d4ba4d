"""An entry of a feed (RSS 2.0 or Atom) and what it becomes.

Mastodon's feed of a hashtag names no author: the address of a post's page does ("/@ana/17").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC
from typing import Any

from chinwag.model import Deletion, Media, Post, RawPost
from chinwag.records.contract import ReadOptions, RowError
from chinwag.records.json_access import as_dict, as_dicts, as_text, dig
from chinwag.records.permalinks import Permalink, read_permalink
from chinwag.records.times import parse_time
from chinwag.text.hashtags import join_hashtags
from chinwag.text.html import read_html
from chinwag.text.mentions import bare_handle

FEEDS = ("rss", "feed", "RDF")
ENTRIES = ("item", "entry")  # RSS, Atom

_WORDS = ("encoded", "content", "description", "summary", "title")  # the fullest first
_TIMES = ("published", "pubDate", "date", "updated")


def list_entries(top: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """Return the entries of a feed in its order (RSS 2.0, RSS 1.0, Atom), None for no feed."""
    if _read_name(top) not in FEEDS:
        return None
    channels = [part for part in as_dicts(top.get("parts")) if _read_name(part) == "channel"]
    parts = (part for element in (top, *channels) for part in as_dicts(element.get("parts")))
    return [part for part in parts if _read_name(part) in ENTRIES]


def _read_name(element: Mapping[str, Any]) -> str:
    """Return an element's name without its namespace."""
    return as_text(element.get("name")).rpartition(" ")[2]


def convert_record(raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion]:
    """Return an entry as a post. Raises RowError where it has no address, author or time."""
    entry = as_dict(dig(raw.payload, "entry"))
    address = _find_address(entry)
    if not address:
        raise RowError("it is not a feed's entry with an address", code="not-a-feed-entry")
    link = read_permalink(address)
    author = _find_author(entry, link)
    if not author:
        raise RowError("it has no author", code="no-author")
    read = read_html(_find_first(entry, _WORDS))
    return [
        Post(
            id=link.id if link else address,
            author=author,
            text=read.text,
            created_at=parse_time(_find_time(entry), options),
            reply_to=None,
            url=address,
            source=raw.route,
            hashtags=join_hashtags(read.text, _list_categories(entry)),
            links=read.links,
            media=tuple(_list_media(entry)),
            aliases=link.aliases if link else (),
        )
    ]


def _list_parts(element: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    for part in as_dicts(element.get("parts")):
        if as_text(part.get("name")).rpartition(" ")[2] == name:
            yield part


def _find_text(element: dict[str, Any], name: str) -> str:
    return next((as_text(part.get("text")).strip() for part in _list_parts(element, name)), "")


def _find_first(element: dict[str, Any], names: Iterable[str]) -> str:
    """Return the text of the first of these elements that has one, "" where none has."""
    return next(filter(None, (_find_text(element, name) for name in names)), "")


def _list_categories(entry: dict[str, Any]) -> Iterator[str]:
    """Return the names of the categories: RSS has them as text, Atom as an attribute."""
    for part in _list_parts(entry, "category"):
        yield as_text(part.get("text")) or _find_attribute(part, "term")


def _find_attribute(element: dict[str, Any], name: str) -> str:
    return as_text(dig(element, "attributes", name)).strip()


def _find_address(entry: dict[str, Any]) -> str:
    """Return the address of a post's page: RSS has it as text, Atom as an attribute."""
    for part in _list_parts(entry, "link"):
        address = as_text(part.get("text")).strip() or _find_attribute(part, "href")
        if address and _find_attribute(part, "rel") in ("", "alternate"):
            return address
    identifier = _find_first(entry, ("guid", "id"))
    return identifier if identifier.startswith(("https://", "http://")) else ""


def _find_author(entry: dict[str, Any], link: Permalink | None) -> str:
    """Return the author's handle: from the page's address, else as the entry says it."""
    if link is not None and link.author:
        return link.author
    creator = _find_text(entry, "creator")
    named = next(_list_parts(entry, "author"), {})
    return bare_handle(creator or _find_text(named, "name") or as_text(named.get("text")).strip())


def _find_time(entry: dict[str, Any]) -> str:
    """Return an entry's time in ISO 8601, the form of Atom; RSS has that of RFC 822."""
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - slow to load, rarely needed

    time = _find_first(entry, _TIMES)
    try:
        return parsedate_to_datetime(time).astimezone(UTC).isoformat()
    except ValueError:
        return time


def _list_media(entry: dict[str, Any]) -> Iterator[Media]:
    """Return the pictures (Media RSS), each with its description."""
    for part in _list_parts(entry, "content"):
        address, medium = _find_attribute(part, "url"), _find_attribute(part, "medium")
        if address:
            kind = medium if medium in ("video", "audio") else "image"
            yield Media(url=address, alt=_find_text(part, "description"), kind=kind)
