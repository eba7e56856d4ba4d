"""A status as Mastodon's API gives it, from any server of the fediverse, and what it becomes.

A post's id is its `uri`, the same on every server. Its number at the server that answered becomes
an alias ("mastodon:HOST:NUMBER"), because `in_reply_to_id` names the parent by that number alone.
So does its number at its home server, where its address holds it. Shapes after
docs.joinmastodon.org.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from chinwag.model import Deletion, Media, Post, RawPost, Sighting, Version
from chinwag.records.contract import HiddenRow, ReadOptions, RowError
from chinwag.records.json_access import as_count, as_dict, as_dicts, as_text, dig, find_text
from chinwag.records.times import parse_time
from chinwag.text.hashtags import join_hashtags
from chinwag.text.html import read_html
from chinwag.text.mentions import bare_handle

SHOWN = ("public", "unlisted")
NOT_PUBLIC = "is not public"

_SOURCE = "mastodon"
_QUOTE_FALLBACK = frozenset({"quote-inline"})  # "RE: address", for servers that show no quotes
# Pages of Mastodon, Pleroma and the Misskey family, and Mastodon's ids, end in the number at home.
_AT_HOME = re.compile(
    r"https?://[^/]+/(?:@[^/]+|users/[^/]+/statuses|ap/users/[^/]+/statuses|notice|notes)/(\w+)"
)
_KINDS = {"gifv": "video", "video": "video", "audio": "audio"}


def convert_record(raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion]:
    """Return a status as a post; a boost as its original and the repost; a deletion as such.

    The payload has `server` and `status`, perhaps with its `history`; or what a stream said
    (`event`: "delete", `payload`: the number); or `gone` where a known `id` was not there any more.
    Raises RowError for anything else, HiddenRow for a status that is not public.
    """
    payload = as_dict(raw.payload)
    status, server = as_dict(payload.get("status")), as_text(payload.get("server")).lower()
    sighting = Sighting(route=raw.route, address=raw.address, line=raw.line, at=raw.at)
    deleted = _find_deleted(payload, status)
    if deleted is not None:
        return [_convert_deletion(deleted, server, sighting)]
    if hidden := find_hidden(status):
        raise hidden
    if not isinstance(status.get("account"), dict):
        raise RowError("it is not a status", code="not-a-status")
    boosted = status.get("reblog")
    if isinstance(boosted, dict):
        original = _convert_status(boosted, [], server, sighting, options)
        return [original, _convert_boost(status, original, server, sighting, options)]
    history = as_dicts(payload.get("history"))
    return [_convert_status(status, history, server, sighting, options)]


def _find_deleted(payload: dict[str, Any], status: dict[str, Any]) -> object:
    """Return the number of the status that a record says is deleted, None where there is none."""
    if status.get("event") == "delete":
        return status.get("id") or ""
    if payload.get("event") == "delete":
        return payload.get("payload") or ""
    if isinstance(payload.get("gone"), dict):
        return payload.get("id") or ""
    return None


def find_hidden(status: dict[str, Any]) -> HiddenRow | None:
    """Return the error that says why a record's text must not be kept, None where it may be.

    A status without a visibility is one that its server shows to strangers.
    """
    event = status.get("event")
    if event not in (None, "delete"):
        return HiddenRow(
            "a streaming event ({event!r}) that brings no post",
            code="event-without-post",
            event=as_text(event)[:40],
        )
    visibilities = (status.get("visibility"), dig(status, "reblog", "visibility"))
    is_public = all(visibility in (None, *SHOWN) for visibility in visibilities)
    return None if is_public else HiddenRow(NOT_PUBLIC, code="not-public")


def _name_alias(server: str, number: object) -> str:
    known = as_text(number)
    return f"mastodon:{server}:{known}" if known else ""


def find_host(address: str) -> str:
    """Return an address's host in lower case, "" where it has none."""
    try:
        return (urlsplit(address).netloc or "").lower()
    except ValueError:
        return ""


def _name_home(uri: str, url: str) -> str:
    """Return a post's alias at the server on which it was written, where its addresses hold it.

    The page's address counts only where it is on the server of the `uri`, for which that server
    vouches: no post may pass for another.
    """
    home = find_host(uri)
    for address in (uri, url):
        found = _AT_HOME.fullmatch(address)
        if found and find_host(address) == home:
            return _name_alias(home, found[1])
    return ""


def _list_versions(
    status: dict[str, Any], history: list[dict[str, Any]], text: str, options: ReadOptions
) -> Iterator[Version]:
    """Return what a status said before, oldest first, each text once."""
    known = {text}
    for edit in history:
        earlier, _ = _read_content({**edit, "quote": status.get("quote")})
        if earlier not in known:
            known.add(earlier)
            yield Version(text=earlier, at=_read_time(edit, "created_at", options))


def _read_time(status: dict[str, Any], key: str, options: ReadOptions) -> datetime | None:
    """Return a time that a status may have, None where it has none."""
    value = status.get(key)
    return parse_time(value, options) if value else None


def _convert_deletion(number: object, server: str, sighting: Sighting) -> Deletion:
    alias = _name_alias(server, number)
    if not alias:
        raise RowError("it is a deletion that names no post", code="deletion-of-nothing")
    return Deletion(id=alias, source=_SOURCE, sighting=sighting)


def _convert_status(
    status: dict[str, Any],
    history: list[dict[str, Any]],
    server: str,
    sighting: Sighting,
    options: ReadOptions,
) -> Post:
    account = as_dict(status.get("account"))
    text, links = _read_content(status)
    alias, page = _name_alias(server, status.get("id")), as_text(status.get("url"))
    identifier = find_text(status, "uri", "url") or alias
    if not identifier:
        raise RowError("it has no id", code="no-id")
    handle = _name_handle(account)
    if not handle:
        raise RowError("it has no author", code="no-author")
    return Post(
        id=identifier,
        author=handle,
        text=text,
        created_at=parse_time(status.get("created_at"), options),
        reply_to=_name_alias(server, status.get("in_reply_to_id")) or None,
        url=page or identifier,
        source=_SOURCE,
        author_name=as_text(account.get("display_name")),
        author_id=find_text(account, "uri", "url"),
        reply_to_author=_find_answered(status, handle),
        lang=as_text(status.get("language")),
        hashtags=_list_hashtags(status, text),
        mentions=tuple(filter(None, map(_name_handle, _list_mentions(status)))),
        links=links,
        media=tuple(_list_media(status)),
        content_warning=as_text(status.get("spoiler_text")),
        quote_of=_find_quoted(status, server),
        repost_count=as_count(status.get("reblogs_count")),
        edited_at=_read_time(status, "edited_at", options),
        versions=tuple(_list_versions(status, history, text, options)),
        sightings=(sighting,),
        aliases=_list_aliases(identifier, alias, _name_home(identifier, page)),
    )


def _list_aliases(identifier: str, *aliases: str) -> tuple[str, ...]:
    """Return each alias once, without the post's own id."""
    known = dict.fromkeys(filter(None, aliases))
    known.pop(identifier, None)
    return tuple(known)


def _convert_boost(
    status: dict[str, Any],
    original: Post,
    server: str,
    sighting: Sighting,
    options: ReadOptions,
) -> Post:
    """Return a boost: it has an id, an author and a time of its own, and its original's text."""
    handle = _name_handle(as_dict(status.get("account")))
    identifier = as_text(status.get("uri")) or _name_alias(server, status.get("id"))
    if not handle or not identifier:
        raise RowError("it is a repost without an author or an id", code="repost-without-author")
    return Post(
        id=identifier,
        author=handle,
        text=original.text,
        created_at=parse_time(status.get("created_at"), options),
        reply_to=None,
        url=as_text(status.get("url")) or original.url,
        source=_SOURCE,
        author_name=as_text(dig(status, "account", "display_name")),
        hashtags=original.hashtags,
        links=original.links,
        repost_of=original.id,
        sightings=(sighting,),
    )


def _name_handle(account: dict[str, Any]) -> str:
    """Return `user@host`, also for the server's own people, whose host it leaves out."""
    handle = bare_handle(find_text(account, "acct", "username"))
    host = find_host(find_text(account, "url", "uri"))
    is_whole = "@" in handle or not host
    return handle if is_whole or not handle else f"{handle}@{host}"


def _list_mentions(status: dict[str, Any]) -> list[dict[str, Any]]:
    return as_dicts(status.get("mentions"))


def _find_answered(status: dict[str, Any], author: str) -> str:
    """Return the handle of the person answered, "" where the status does not name them."""
    answered = as_text(status.get("in_reply_to_account_id"))
    if not answered:
        return ""
    if answered == as_text(dig(status, "account", "id")):
        return author
    for mention in _list_mentions(status):
        if as_text(mention.get("id")) == answered:
            return _name_handle(mention)
    return as_text(dig(status, "pleroma", "in_reply_to_account_acct"))


def _read_content(status: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Return the text, with a poll's options as lines that start with ○, and the links."""
    text, links = _read_words(status)
    titles = [as_text(option.get("title")) for option in as_dicts(dig(status, "poll", "options"))]
    options = "\n".join(f"○ {title}" for title in titles if title)
    return "\n\n".join(filter(None, (text, options))), links


def _read_words(status: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Return the text, from HTML or, where a server has only that, as plain text; and the links."""
    content = status.get("content")
    if not isinstance(content, str):
        plain = as_text(dig(status, "pleroma", "content", "text/plain"))
        return plain or as_text(status.get("text")), ()
    is_quoting = bool(status.get("quote") or status.get("quote_id"))
    read = read_html(content, drop_classes=_QUOTE_FALLBACK if is_quoting else frozenset())
    return read.text, read.links


def _list_hashtags(status: dict[str, Any], text: str) -> tuple[str, ...]:
    """Return the tags as written in the text, then those that stand elsewhere."""
    names = (as_text(tag.get("name")) for tag in as_dicts(status.get("tags")))
    return join_hashtags(text, names)


def _list_media(status: dict[str, Any]) -> Iterator[Media]:
    for attachment in as_dicts(status.get("media_attachments")):
        address = find_text(attachment, "remote_url", "url")
        if address:
            kind = _KINDS.get(as_text(attachment.get("type")), "image")
            yield Media(url=address, alt=as_text(attachment.get("description")), kind=kind)


def _find_quoted(status: dict[str, Any], server: str) -> str:
    """Return the id of the quoted post; Mastodon, Pleroma and Misskey each name it differently."""
    quote = as_dict(status.get("quote"))
    quoted = as_dict(quote.get("quoted_status")) or quote
    number = quote.get("quoted_status_id") or quoted.get("id") or status.get("quote_id")
    return as_text(quoted.get("uri")) or _name_alias(server, number)
