"""Mastodon statuses as the API of any server of the fediverse answers them, saved to a file.

Timelines, searches, contexts and streams, one after the other. A post is known by its `uri`, the
same on every server; its server's own number becomes an alias ("mastodon:HOST:NUMBER"), because
`in_reply_to_id` names the parent by that number alone. Shapes after docs.joinmastodon.org.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from chinwag.importers.contract import ReadOptions, RowError
from chinwag.importers.json_values import (
    as_count,
    as_dict,
    as_list,
    as_text,
    dig,
    parse_json,
    split_json,
)
from chinwag.importers.source import Source
from chinwag.importers.times import parse_time
from chinwag.model import AsideRow, Deletion, Media, Post, RawPost, Sighting
from chinwag.text.hashtags import join_hashtags
from chinwag.text.html import read_html
from chinwag.text.mentions import bare_handle

SHOWN = ("public", "unlisted")
NOT_PUBLIC = "is not public"

_ROUTE = "mastodon"
_QUOTE_FALLBACK = frozenset({"quote-inline"})  # "RE: address", for servers that show no quotes
_KINDS = {"gifv": "video", "video": "video", "audio": "audio"}
_SURE = re.compile(
    r'\\?"(account|reblogs_count|spoiler_text|visibility|in_reply_to_id|favourites_count)\\?"\s*:'
)
_TAG_ADDRESS = re.compile(r'\\?"url\\?"\s*:\s*\\?"https?://([^/"\\]+)/tags?/')
_EMPTY = re.compile(r'\s*\{\s*"(accounts|ancestors|descendants|hashtags|statuses)"\s*:\s*\[')
_BEGINNING = re.compile(r"[\s\ufeff]*(?:[{\[]|:|event:|data:)")
_SSE = re.compile(r"\s*(?::[^\n]*\n+)*(?:event|data):")


class MastodonJson:
    """Statuses as a server's API answers them; keeps the promise of `contract.Importer`."""

    name = "mastodon-json"
    title = "Mastodon posts (JSON)"
    about = (
        "Saved from the API of any server of the fediverse: a timeline, a search, a thread or a "
        "stream."
    )

    def sniff(self, head: Source) -> float:
        """Tell by keys that only Mastodon's API has."""
        text = head.peek()
        if not _BEGINNING.match(text):
            return 0.0
        keys = {found[1] for found in _SURE.finditer(text)}
        if len(keys) >= 4:
            return 0.95
        return 0.9 if _EMPTY.match(text) else 0.0

    def split(
        self,
        source: Source,
        options: ReadOptions,  # noqa: ARG002 - part of the promise
    ) -> Iterator[RawPost | AsideRow]:
        """Give each status with the server that answered, as far as its tags' addresses tell it.

        A status that is neither public nor unlisted is kept aside without its text.
        """
        server = _guess_server(source.peek())
        is_stream = _SSE.match(source.peek()) is not None
        for line, value in _split_stream(source) if is_stream else split_json(source):
            for record in _find_statuses(value):
                server = _tell_server(record) or server
                if hidden := _is_hidden(record):
                    source.put_aside(line, hidden, "")
                    continue
                payload = {"server": server, "status": record}
                yield RawPost(route=_ROUTE, address=source.name, line=line, payload=payload)

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion]:
        """Give a status as a post; a boost as its original and the repost; a deletion as such."""
        payload = as_dict(raw.payload)
        status, server = as_dict(payload.get("status")), as_text(payload.get("server")).lower()
        sighting = Sighting(route=raw.route, address=raw.address, line=raw.line)
        if status.get("event") == "delete":
            return [_convert_deletion(status, server, sighting)]
        if hidden := _is_hidden(status):
            raise RowError(hidden)
        if not isinstance(status.get("account"), dict):
            raise RowError("it is not a status")
        boosted = status.get("reblog")
        if not isinstance(boosted, dict):
            return [_convert_status(status, server, sighting, options)]
        original = _convert_status(boosted, server, sighting, options)
        return [original, _convert_boost(status, original, server, sighting, options)]


def _split_stream(source: Source) -> Iterator[tuple[int, Any]]:
    """Read server-sent events: an `event:` line, then its `data:` lines, joined."""
    event, data, begins = "update", "", 0
    for line, text in source.lines():
        name, _, value = text.partition(":")
        if name == "data":
            begins = begins if data else line
            data = f"{data}\n{value.removeprefix(' ')}".lstrip("\n")
            if event == "delete" or parse_json(data) is not None:
                yield begins, {"event": event, "payload": data}
                data = ""
        elif name == "event":
            if data:
                source.put_aside(begins, "a streaming event that brings no post", data)
            event, data = value.strip(), ""
        elif name not in ("", "id", "retry"):
            source.put_aside(line, "it is not a streaming event", text)
    if data:
        source.put_aside(begins, "a streaming event that brings no post", data)


def _find_statuses(value: object) -> Iterator[dict[str, Any]]:
    """Give the statuses (and deletions) inside whatever a server answered, in its order."""
    waiting = [value]
    while waiting:
        answer = waiting.pop()
        if isinstance(answer, list):
            waiting.extend(reversed(answer))
        elif not isinstance(answer, dict):
            yield {"text": answer}
        elif "event" in answer and "payload" in answer:
            yield from _open_event(answer)
        elif "account" in answer and isinstance(answer.get("status"), dict):  # a notification
            yield answer["status"]
        elif "account" not in answer and any(key in answer for key in _PAGES):
            waiting.extend(as_list(answer.get(key)) for key in reversed(_PAGES))
        else:
            yield answer


_PAGES = ("ancestors", "statuses", "descendants")


def _open_event(event: dict[str, Any]) -> Iterator[dict[str, Any]]:
    name, payload = as_text(event["event"]), event["payload"]
    if name == "delete":
        yield {"event": "delete", "id": as_text(payload)}
        return
    status = parse_json(payload) if isinstance(payload, str) else payload
    if name in ("update", "status.update") and isinstance(status, dict):
        yield status
    else:
        yield {"event": name or "?"}


def _is_hidden(status: dict[str, Any]) -> str:
    """Say why a record's text must not be kept, "" where it may be.

    A server that says nothing of visibility answers what strangers may read.
    """
    if status.get("event") not in (None, "delete"):
        return f"a streaming event ({as_text(status.get('event'))[:40]!r}) that brings no post"
    seen = (status.get("visibility"), dig(status, "reblog", "visibility"))
    return "" if all(one is None or one in SHOWN for one in seen) else NOT_PUBLIC


def _guess_server(head: str) -> str:
    found = _TAG_ADDRESS.search(head)
    return found[1] if found else ""


def _tell_server(status: dict[str, Any]) -> str:
    """Give the server that answered: the one at which the status's tags are shown."""
    for tag in as_list(status.get("tags")):
        address = as_text(as_dict(tag).get("url"))
        if re.match(r"https?://[^/]+/tags?/", address):
            return _find_host(address)
    account = as_dict(status.get("account"))
    acct = as_text(account.get("acct"))
    return _find_host(as_text(account.get("url"))) if acct and "@" not in acct else ""


def _find_host(address: str) -> str:
    try:
        return (urlsplit(address).netloc or "").lower()
    except ValueError:
        return ""


def _name_alias(server: str, number: object) -> str:
    known = as_text(number)
    return f"mastodon:{server}:{known}" if known else ""


def _convert_deletion(status: dict[str, Any], server: str, sighting: Sighting) -> Deletion:
    alias = _name_alias(server, status.get("id"))
    if not alias:
        raise RowError("it is a deletion that names no post")
    return Deletion(id=alias, source=_ROUTE, sighting=sighting)


def _convert_status(
    status: dict[str, Any], server: str, sighting: Sighting, options: ReadOptions
) -> Post:
    account = as_dict(status.get("account"))
    text, links = _read_content(status)
    alias = _name_alias(server, status.get("id"))
    identifier = as_text(status.get("uri")) or as_text(status.get("url")) or alias
    if not identifier:
        raise RowError("it has no id")
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
        source=_ROUTE,
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
        sightings=(sighting,),
        aliases=(alias,) if alias and alias != identifier else (),
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
        source=_ROUTE,
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
    host = _find_host(as_text(account.get("url")) or as_text(account.get("uri")))
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


IMPORTER = MastodonJson()
