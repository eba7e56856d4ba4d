"""Bluesky posts, as its servers tell them: views of the app view, and events of its streams.

A view is what `app.bsky.feed.*` and `app.bsky.unspecced.*` answer (the lexicons at docs.bsky.app);
an event is a commit of Jetstream (either wire) or of a relay's firehose, which names its author by
a DID alone. The live routes put the author beside it: `{"event": ..., "author": profile}`. A post
is known by its `at://` address. Whoever asks not to be shown to people who are not signed in (the
self label `!no-unauthenticated`) is kept aside without a text: a story is read by strangers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from chinwag.model import Deletion, Media, Post, RawPost, Sighting
from chinwag.records.contract import HiddenRow, ReadOptions, RowError
from chinwag.records.ids import BLUESKY_POST, BLUESKY_REPOST
from chinwag.records.json_access import as_count, as_dict, as_list, as_text, dig
from chinwag.records.times import parse_time
from chinwag.text.hashtags import join_hashtags
from chinwag.text.html import spell_link
from chinwag.text.mentions import bare_handle

SIGNED_IN_ONLY = "!no-unauthenticated"  # the label by which people ask that

NO_STRANGERS = "its author asks not to be shown to people who are not signed in"
HIDDEN = "it was taken down or hidden by the network's moderators"
BLOCKED = "a block between two people hides it"

_ROUTE = "bluesky"
_TAKEN_DOWN = ("!hide", "!takedown", "!suspend")
_CDN = "https://cdn.bsky.app/img/feed_fullsize/plain"
_DAWN = datetime(1970, 1, 1, tzinfo=UTC)


def convert_record(raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion]:
    """Give what one record says: a view, a feed's item with its repost, or an event of a stream.

    Raises RowError for what must not be kept, and for what is neither.
    """
    item = as_dict(raw.payload)
    sighting = Sighting(route=raw.route, address=raw.address, line=raw.line, at=raw.at)
    if event := _find_event(item):
        return [_convert_event(event, as_dict(item.get("author")), sighting, options)]
    if reason := tell_hidden(item):
        raise HiddenRow(reason)
    view = view_of(item)
    if view.get("notFound") is True:
        return [_convert_missing(view, sighting)]
    post = _convert_view(view, sighting, options)
    if parent := as_text(dig(item, "reply", "parent", "author", "handle")):
        post = msgspec.structs.replace(post, reply_to_author=parent)
    by = as_dict(dig(item, "reason", "by"))
    return [post, _convert_repost(item["reason"], by, post, options)] if by else [post]


def view_of(item: dict[str, Any]) -> dict[str, Any]:
    """Give the post's view in an item of a feed or a thread, or the item where it is one."""
    return as_dict(item["post"]) if "post" in item else item


def tell_hidden(item: dict[str, Any]) -> str:
    """Say why an item must not be kept, "" where it may be."""
    view = view_of(item)
    kind = as_text(item.get("$type"))
    if view.get("blocked") is True or kind.endswith("Blocked"):
        return BLOCKED
    labels = [as_dict(label) for label in as_list(view.get("labels"))]
    of_author = [as_dict(label) for label in as_list(dig(view, "author", "labels"))]
    own = [as_dict(label) for label in as_list(dig(view, "record", "labels", "values"))]
    names = [label.get("val") for label in (*labels, *of_author, *own) if not label.get("neg")]
    if SIGNED_IN_ONLY in names or kind.endswith("NoUnauthenticated"):
        return NO_STRANGERS
    return HIDDEN if any(name in _TAKEN_DOWN for name in names) else ""


class _Event(msgspec.Struct, frozen=True):
    """A commit of one record, as any of the streams tells it. `at` is when it was witnessed."""

    did: str
    operation: str
    collection: str
    rkey: str
    record: dict[str, Any]
    at: datetime | None

    @property
    def id(self) -> str:
        return f"at://{self.did}/{self.collection}/{self.rkey}"


def _find_event(item: dict[str, Any]) -> _Event | None:
    """Give the commit that an item is or holds; None where it is none."""
    said = as_dict(item.get("event")) or item
    said = as_dict(said.get("payload")) or said
    inside = as_dict(said.get("commit")) or said
    action = as_text(inside.get("operation")) or as_text(dig(said, "op", "action"))
    if action not in ("create", "update", "delete"):
        return None
    collection, _, rkey = as_text(dig(said, "op", "path")).partition("/")
    return _Event(
        did=as_text(said.get("did")) or as_text(said.get("repo")),
        operation=action,
        collection=collection or as_text(inside.get("collection")),
        rkey=rkey or as_text(inside.get("rkey")),
        record=as_dict(inside.get("record")),
        at=_read_witnessed(said),
    )


def _read_witnessed(said: dict[str, Any]) -> datetime | None:
    with suppress(RowError, OverflowError):
        if microseconds := as_count(said.get("time_us")):
            return _DAWN + timedelta(microseconds=microseconds)
        return parse_time(as_text(said.get("time")), ReadOptions())
    return None


def _convert_event(
    event: _Event, author: dict[str, Any], sighting: Sighting, options: ReadOptions
) -> Post | Deletion:
    """Give a stream's commit as a post, a repost or a deletion; an update is an edited post."""
    if not event.did or event.collection not in (BLUESKY_POST, BLUESKY_REPOST) or not event.rkey:
        raise RowError("it is an event of something else than a post")
    handle = _name_handle(author)
    if event.operation == "delete":
        return Deletion(id=event.id, source=_ROUTE, author=handle, sighting=sighting)
    view: dict[str, Any] = {
        "uri": event.id,
        "author": {**author, "did": event.did},
        "record": event.record,
        "indexedAt": event.at and event.at.isoformat(),
    }
    if reason := tell_hidden(view):
        raise HiddenRow(reason)
    if event.collection == BLUESKY_REPOST:
        return _convert_repost_record(view, sighting, options)
    post = _convert_view(view, sighting, options)
    if event.operation == "update":
        return msgspec.structs.replace(post, edited_at=event.at or post.created_at)
    return post


def _convert_repost_record(view: dict[str, Any], sighting: Sighting, options: ReadOptions) -> Post:
    """Give a repost of which nothing but the original's address is known."""
    original, author = as_text(dig(view, "record", "subject", "uri")), view["author"]
    if not original.startswith("at://"):
        raise RowError("it is a repost of nothing")
    return Post(
        id=view["uri"],
        author=_name_handle(author) or author["did"],
        text="",
        created_at=_find_time(view, view["record"], options),
        reply_to=None,
        url="",
        source=_ROUTE,
        author_name=as_text(author.get("displayName")),
        author_id=author["did"],
        repost_of=original,
        sightings=(sighting,),
    )


def _convert_missing(view: dict[str, Any], sighting: Sighting) -> Deletion:
    address = as_text(view.get("uri"))
    if not address:
        raise RowError("it is a missing post without an address")
    return Deletion(id=address, source=_ROUTE, sighting=sighting)


def _convert_view(view: dict[str, Any], sighting: Sighting, options: ReadOptions) -> Post:
    address, author = as_text(view.get("uri")), as_dict(view.get("author"))
    record = as_dict(view.get("record"))
    if not address.startswith("at://") or not record:
        raise RowError("it is not a post view")
    did = as_text(author.get("did")) or address.removeprefix("at://").partition("/")[0]
    handle = _name_handle(author) or did
    if not handle:
        raise RowError("it has no author")
    text, links = _write_out(record)
    embed = as_dict(view.get("embed")) or as_dict(record.get("embed"))
    card = as_text(dig(_media_of(embed), "external", "uri"))
    return Post(
        id=address,
        author=handle,
        text=text,
        created_at=_find_time(view, record, options),
        reply_to=as_text(dig(record, "reply", "parent", "uri")) or None,
        url=f"https://bsky.app/profile/{handle}/post/{address.rpartition('/')[2]}",
        source=_ROUTE,
        author_name=as_text(author.get("displayName")),
        author_id=did,
        reply_to_author=_find_answered(record, did, handle),
        thread=as_text(dig(record, "reply", "root", "uri")),
        lang=next(filter(None, map(as_text, as_list(record.get("langs")))), ""),
        hashtags=_list_hashtags(record, text),
        mentions=tuple(words.lstrip("@") for _, words in _find_features(record, "did")),
        links=(*links, card) if card and card not in links else links,
        media=tuple(_list_media(embed, did)),
        content_warning=_say_warning(record),
        quote_of=_find_quoted(embed),
        repost_count=as_count(view.get("repostCount")),
        sightings=(sighting,),
    )


def _convert_repost(
    reason: dict[str, Any], by: dict[str, Any], original: Post, options: ReadOptions
) -> Post:
    """Give a repost; an older answer names no address for it, so one is made that is unique."""
    did = as_text(by.get("did"))
    handle = _name_handle(by) or did
    if not handle:
        raise RowError("it is a repost without an author")
    return Post(
        id=as_text(reason.get("uri")) or f"{original.id}#reposted-by-{did or handle}",
        author=handle,
        text=original.text,
        created_at=parse_time(reason.get("indexedAt"), options),
        reply_to=None,
        url=original.url,
        source=_ROUTE,
        author_name=as_text(by.get("displayName")),
        author_id=did,
        hashtags=original.hashtags,
        links=original.links,
        repost_of=original.id,
        sightings=original.sightings,
    )


def _name_handle(author: dict[str, Any]) -> str:
    handle = bare_handle(as_text(author.get("handle")))
    return "" if handle == "handle.invalid" else handle


def _find_time(view: dict[str, Any], record: dict[str, Any], options: ReadOptions) -> datetime:
    """Give the earlier of when its author says it was written and when the network saw it.

    That is the network's own order (`sortAt`): a clock that is ahead puts no post in the future.
    """
    times: list[datetime] = []
    for value in (record.get("createdAt"), view.get("indexedAt")):
        with suppress(RowError):
            times.append(parse_time(value, options))
    return min(times) if times else parse_time(record.get("createdAt"), options)


def _find_features(record: dict[str, Any], key: str) -> Iterator[tuple[str, str]]:
    """Give the value of each facet feature that has a key, and the words it stands on."""
    for _, _, words, feature in _list_facets(record):
        if value := as_text(feature.get(key)):
            yield value, words


def _list_facets(record: dict[str, Any]) -> list[tuple[int, int, str, dict[str, Any]]]:
    """Give start, end (bytes of the UTF-8 text), words and feature of each sound facet, in order.

    A facet that cuts a character, lies outside the text or overlaps an earlier one is no facet.
    """
    data = as_text(record.get("text")).encode("utf-8", "replace")
    found: list[tuple[int, int, str, dict[str, Any]]] = []
    for facet in as_list(record.get("facets")):
        start, end = dig(facet, "index", "byteStart"), dig(facet, "index", "byteEnd")
        if not (type(start) is int and type(end) is int and 0 <= start < end <= len(data)):
            continue
        try:
            words = data[start:end].decode()
            data[:start].decode()
        except UnicodeDecodeError:
            continue
        features = as_list(as_dict(facet).get("features"))
        found.extend((start, end, words, as_dict(feature)) for feature in features)
    return sorted(found, key=lambda facet: (facet[0], -facet[1]))


def _write_out(record: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Give the text with every link in full, and the links."""
    data = as_text(record.get("text")).encode("utf-8", "replace")
    parts: list[str] = []
    links: list[str] = []
    at = 0
    for start, end, words, feature in _list_facets(record):
        address = as_text(feature.get("uri"))
        if start < at or not address.startswith(("http://", "https://")):
            continue
        parts += (data[at:start].decode(), spell_link(words, address))
        links.append(address)
        at = end
    parts.append(data[at:].decode())
    return "".join(parts), tuple(links)


def _list_hashtags(record: dict[str, Any], text: str) -> tuple[str, ...]:
    """Give the tags as written, then those of facets and of the record's own list."""
    hidden = (as_text(tag) for tag in as_list(record.get("tags")))
    return join_hashtags(text, (*(tag for tag, _ in _find_features(record, "tag")), *hidden))


def _find_answered(record: dict[str, Any], did: str, handle: str) -> str:
    """Give the handle of the person answered where the post itself tells it."""
    parent = as_text(dig(record, "reply", "parent", "uri")).removeprefix("at://").partition("/")[0]
    if parent and parent == did:
        return handle
    named = (words.lstrip("@") for one, words in _find_features(record, "did") if one == parent)
    return next(named, "")


def _media_of(embed: dict[str, Any]) -> dict[str, Any]:
    """Give the part of an embed that holds pictures: a quote may have them beside it."""
    return as_dict(embed.get("media")) or embed


def _list_media(embed: dict[str, Any], did: str) -> Iterator[Media]:
    media = _media_of(embed)
    for image in map(as_dict, as_list(media.get("images"))):
        address = as_text(image.get("fullsize")) or as_text(image.get("thumb"))
        blob = as_text(dig(image, "image", "ref", "$link"))
        if address or blob:
            yield Media(url=address or f"{_CDN}/{did}/{blob}", alt=as_text(image.get("alt")))
    if playlist := as_text(media.get("playlist")):
        yield Media(url=playlist, alt=as_text(media.get("alt")), kind="video")


def _find_quoted(embed: dict[str, Any]) -> str:
    """Give the address of the post that an embed quotes; lists and starter packs are no posts."""
    record = as_dict(embed.get("record"))
    address = as_text(record.get("uri")) or as_text(dig(record, "record", "uri"))
    return address if f"/{BLUESKY_POST}/" in address else ""


def _say_warning(record: dict[str, Any]) -> str:
    values = map(as_dict, as_list(dig(record, "labels", "values")))
    return ", ".join(filter(None, (as_text(value.get("val")) for value in values)))
