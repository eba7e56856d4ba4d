"""A status as Mastodon's API gives it, from any server of the fediverse, and what it becomes.

A post is known by its `uri`, the same on every server. Its number at the server that answered
becomes an alias ("mastodon:HOST:NUMBER"), because `in_reply_to_id` names the parent by that alone;
so does its number at home, where its address tells it. Shapes after docs.joinmastodon.org.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from chinwag.model import Deletion, Media, Post, RawPost, Sighting, Version
from chinwag.records.contract import HiddenRow, ReadOptions, RowError
from chinwag.records.json_access import as_count, as_dict, as_list, as_text, dig
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
    """Give a status as a post; a boost as its original and the repost; a deletion as such.

    The payload has `server` and `status`, perhaps with its `history`, or what a stream said
    (`event`: "delete", `payload`: the number), or `gone` where a known `id` was not there any more.
    Raises RowError for what is none of these, or is not public.
    """
    payload = as_dict(raw.payload)
    status, server = as_dict(payload.get("status")), as_text(payload.get("server")).lower()
    sighting = Sighting(route=raw.route, address=raw.address, line=raw.line, at=raw.at)
    deleted = _find_deleted(payload, status)
    if deleted is not None:
        return [_convert_deletion(deleted, server, sighting)]
    if hidden := tell_hidden(status):
        raise HiddenRow(hidden)
    if not isinstance(status.get("account"), dict):
        raise RowError("it is not a status")
    boosted = status.get("reblog")
    if isinstance(boosted, dict):
        original = _convert_status(boosted, [], server, sighting, options)
        return [original, _convert_boost(status, original, server, sighting, options)]
    history = list(map(as_dict, as_list(payload.get("history"))))
    return [_convert_status(status, history, server, sighting, options)]


def _find_deleted(payload: dict[str, Any], status: dict[str, Any]) -> object:
    """Give the number of what a record says is deleted, None where it says nothing of the kind."""
    if status.get("event") == "delete":
        return status.get("id") or ""
    if payload.get("event") == "delete":
        return payload.get("payload") or ""
    return payload.get("id") or "" if isinstance(payload.get("gone"), dict) else None


def tell_hidden(status: dict[str, Any]) -> str:
    """Say why a record's text must not be kept, "" where it may be.

    A server that says nothing of visibility answers what strangers may read.
    """
    if status.get("event") not in (None, "delete"):
        return f"a streaming event ({as_text(status.get('event'))[:40]!r}) that brings no post"
    seen = (status.get("visibility"), dig(status, "reblog", "visibility"))
    return "" if all(one is None or one in SHOWN for one in seen) else NOT_PUBLIC


def _name_alias(server: str, number: object) -> str:
    known = as_text(number)
    return f"mastodon:{server}:{known}" if known else ""


def find_host(address: str) -> str:
    """Give an address's host in lower case, "" where it has none."""
    try:
        return (urlsplit(address).netloc or "").lower()
    except ValueError:
        return ""


def _name_home(uri: str, url: str) -> str:
    """Give a post's alias at the server on which it was written, where its addresses tell it.

    The page's address counts only where it is on the server of the `uri`, for which that server
    vouched: nobody's post may pass for another's.
    """
    for address in (uri, url):
        found = _AT_HOME.fullmatch(address)
        if found and find_host(address) == find_host(uri):
            return _name_alias(find_host(uri), found[1])
    return ""


def _list_versions(
    status: dict[str, Any], history: list[dict[str, Any]], text: str, options: ReadOptions
) -> Iterator[Version]:
    """Give what a status said before, oldest first, each text once."""
    told = {text}
    for edit in history:
        said, _ = _read_content({**edit, "quote": status.get("quote")})
        if said not in told:
            told.add(said)
            at = parse_time(edit["created_at"], options) if edit.get("created_at") else None
            yield Version(text=said, at=at)


def _convert_deletion(number: object, server: str, sighting: Sighting) -> Deletion:
    alias = _name_alias(server, number)
    if not alias:
        raise RowError("it is a deletion that names no post")
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
    alias = _name_alias(server, status.get("id"))
    identifier = as_text(status.get("uri")) or as_text(status.get("url")) or alias
    if not identifier:
        raise RowError("it has no id")
    aliases = (alias, _name_home(identifier, as_text(status.get("url"))))
    handle = _name_handle(account)
    if not handle:
        raise RowError("it has no author")
    return Post(
        id=identifier,
        author=handle,
        text=text,
        created_at=parse_time(status.get("created_at"), options),
        reply_to=_name_alias(server, status.get("in_reply_to_id")) or None,
        url=as_text(status.get("url")) or identifier,
        source=_SOURCE,
        author_name=as_text(account.get("display_name")),
        author_id=as_text(account.get("uri")) or as_text(account.get("url")),
        reply_to_author=_find_answered(status, handle),
        lang=as_text(status.get("language")),
        hashtags=_list_hashtags(status, text),
        mentions=tuple(filter(None, map(_name_handle, _list_mentions(status)))),
        links=links,
        media=tuple(_list_media(status)),
        content_warning=as_text(status.get("spoiler_text")),
        quote_of=_find_quoted(status, server),
        repost_count=as_count(status.get("reblogs_count")),
        edited_at=parse_time(status["edited_at"], options) if status.get("edited_at") else None,
        versions=tuple(_list_versions(status, history, text, options)),
        sightings=(sighting,),
        aliases=tuple(dict.fromkeys(one for one in aliases if one and one != identifier)),
    )


def _convert_boost(
    status: dict[str, Any],
    original: Post,
    server: str,
    sighting: Sighting,
    options: ReadOptions,
) -> Post:
    """Give a boost: its own id, author and time, its original's text."""
    handle = _name_handle(as_dict(status.get("account")))
    identifier = as_text(status.get("uri")) or _name_alias(server, status.get("id"))
    if not handle or not identifier:
        raise RowError("it is a boost without an author or an id")
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
    """Give `user@host` for everybody: a server leaves its own host out, another would not."""
    acct = as_text(account.get("acct")) or as_text(account.get("username"))
    acct = bare_handle(acct)
    host = find_host(as_text(account.get("url")) or as_text(account.get("uri")))
    return acct if "@" in acct or not acct or not host else f"{acct}@{host}"


def _list_mentions(status: dict[str, Any]) -> list[dict[str, Any]]:
    return [as_dict(mention) for mention in as_list(status.get("mentions"))]


def _find_answered(status: dict[str, Any], author: str) -> str:
    """Give the handle of the person answered, where the status names them."""
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
    """Give the text, with a poll's options as lines that start with ○, and the links."""
    quoted = any(status.get(key) for key in ("quote", "quote_id"))
    content = status.get("content")
    if isinstance(content, str):
        read = read_html(content, drop_classes=_QUOTE_FALLBACK if quoted else frozenset())
        text, links = read.text, read.links
    else:
        text, links = as_text(dig(status, "pleroma", "content", "text/plain")), ()
        text = text or as_text(status.get("text"))
    options = [
        f"○ {title}"
        for option in as_list(dig(status, "poll", "options"))
        if (title := as_text(as_dict(option).get("title")))
    ]
    return "\n\n".join(part for part in (text, "\n".join(options)) if part), links


def _list_hashtags(status: dict[str, Any], text: str) -> tuple[str, ...]:
    """Give the tags as written in the text, then those that stand elsewhere."""
    names = (as_text(as_dict(tag).get("name")) for tag in as_list(status.get("tags")))
    return join_hashtags(text, names)


def _list_media(status: dict[str, Any]) -> Iterator[Media]:
    for attachment in map(as_dict, as_list(status.get("media_attachments"))):
        address = as_text(attachment.get("remote_url")) or as_text(attachment.get("url"))
        if address:
            kind = _KINDS.get(as_text(attachment.get("type")), "image")
            yield Media(url=address, alt=as_text(attachment.get("description")), kind=kind)


def _find_quoted(status: dict[str, Any], server: str) -> str:
    """Give the id of the quoted post; Mastodon, Pleroma and Misskey each say it otherwise."""
    quote = as_dict(status.get("quote"))
    quoted = as_dict(quote.get("quoted_status")) or quote
    number = quote.get("quoted_status_id") or quoted.get("id") or status.get("quote_id")
    return as_text(quoted.get("uri")) or _name_alias(server, number)
