"""Bluesky posts, as its servers send them: views of the app view, and events of its streams.

A view is what `app.bsky.feed.*` and `app.bsky.unspecced.*` answer (the lexicons at docs.bsky.app).
An event is a commit of Jetstream (either wire) or of a relay's firehose, which names its author by
a DID alone; the live routes put the author beside it: `{"event": ..., "author": profile}`. A post's
id is its `at://` address. Posts of people who ask not to be shown to strangers (the self label
`!no-unauthenticated`) are kept aside without a text, because a story is read by strangers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import msgspec

from chinwag.model import Deletion, Media, Post, RawPost, Sighting
from chinwag.records.contract import HiddenRow, ReadOptions, RowError
from chinwag.records.ids import BLUESKY_POST, BLUESKY_REPOST
from chinwag.records.json_access import (
    as_count,
    as_dict,
    as_dicts,
    as_list,
    as_text,
    dig,
    find_text,
)
from chinwag.records.times import parse_time
from chinwag.text.hashtags import join_hashtags
from chinwag.text.html import spell_link
from chinwag.text.mentions import bare_handle

SIGNED_IN_ONLY = "!no-unauthenticated"  # the label by which people ask for that

NO_STRANGERS = "its author asks not to be shown to people who are not signed in"
HIDDEN = "it was taken down or hidden by the network's moderators"
BLOCKED = "a block between two people hides it"

_ROUTE = "bluesky"
_TAKEN_DOWN = {"!hide", "!takedown", "!suspend"}
_CDN = "https://cdn.bsky.app/img/feed_fullsize/plain"
_DAWN = datetime(1970, 1, 1, tzinfo=UTC)


def convert_record(raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion]:
    """Return what one record says: a view, a feed's item with its repost, or an event of a stream.

    Raises HiddenRow for a post that must not be kept, and RowError for any other record.
    """
    item = as_dict(raw.payload)
    sighting = Sighting(route=raw.route, address=raw.address, line=raw.line, at=raw.at)
    if event := _find_event(item):
        return [_convert_event(event, as_dict(item.get("author")), sighting, options)]
    if hidden := find_hidden(item):
        raise hidden
    view = view_of(item)
    if view.get("notFound") is True:
        return [_convert_missing(view, sighting)]
    post = _convert_view(view, sighting, options)
    if parent := as_text(dig(item, "reply", "parent", "author", "handle")):
        post = msgspec.structs.replace(post, reply_to_author=parent)
    by = as_dict(dig(item, "reason", "by"))
    return [post, _convert_repost(item["reason"], by, post, options)] if by else [post]


def view_of(item: dict[str, Any]) -> dict[str, Any]:
    """Return the post's view in an item of a feed or a thread, or the item where it is one."""
    return as_dict(item["post"]) if "post" in item else item


def find_hidden(item: dict[str, Any]) -> HiddenRow | None:
    """Return the error that says why an item must not be kept, None where it may be."""
    view = view_of(item)
    kind = as_text(item.get("$type"))
    labels = _list_labels(view)
    if view.get("blocked") is True or kind.endswith("Blocked"):
        return HiddenRow(BLOCKED, code="hidden-by-block")
    if SIGNED_IN_ONLY in labels or kind.endswith("NoUnauthenticated"):
        return HiddenRow(NO_STRANGERS, code="hidden-from-strangers")
    return HiddenRow(HIDDEN, code="hidden-by-moderators") if labels & _TAKEN_DOWN else None


def _list_labels(view: dict[str, Any]) -> set[str]:
    """Return the labels on a post: moderators', its author's and those of its record."""
    labels = (
        *as_dicts(view.get("labels")),
        *as_dicts(dig(view, "author", "labels")),
        *as_dicts(dig(view, "record", "labels", "values")),
    )
    return {as_text(label.get("val")) for label in labels if not label.get("neg")}


class _Event(msgspec.Struct, frozen=True):
    """A commit of one record, as any of the streams sends it. `at` is when the stream saw it."""

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
    """Return the commit that an item is or holds, None where it is none."""
    event = _open(_open(item, "event"), "payload")
    commit = _open(event, "commit")
    action = find_text(commit, "operation") or as_text(dig(event, "op", "action"))
    if action not in ("create", "update", "delete"):
        return None
    collection, _, rkey = as_text(dig(event, "op", "path")).partition("/")
    return _Event(
        did=find_text(event, "did", "repo"),
        operation=action,
        collection=collection or as_text(commit.get("collection")),
        rkey=rkey or as_text(commit.get("rkey")),
        record=as_dict(commit.get("record")),
        at=_read_witnessed(event),
    )


def _open(item: dict[str, Any], key: str) -> dict[str, Any]:
    """Return the object that an item holds under a key, or the item where it holds none."""
    return as_dict(item.get(key)) or item


def _read_witnessed(event: dict[str, Any]) -> datetime | None:
    """Return when a stream saw an event, None where it does not say so in a readable way."""
    microseconds = as_count(event.get("time_us"))
    with suppress(RowError, OverflowError):
        if microseconds:
            return _DAWN + timedelta(microseconds=microseconds)
        return parse_time(as_text(event.get("time")), ReadOptions())
    return None


def _convert_event(
    event: _Event, author: dict[str, Any], sighting: Sighting, options: ReadOptions
) -> Post | Deletion:
    """Return a stream's commit as a post, a repost or a deletion; an update is an edited post."""
    is_ours = event.collection in (BLUESKY_POST, BLUESKY_REPOST)
    if not is_ours or not event.did or not event.rkey:
        raise RowError(
            "it is an event about something other than a post", code="event-of-other-kind"
        )
    handle = _name_handle(author)
    if event.operation == "delete":
        return Deletion(id=event.id, source=_ROUTE, author=handle, sighting=sighting)
    view = _show_event(event, author)
    if hidden := find_hidden(view):
        raise hidden
    if event.collection == BLUESKY_REPOST:
        return _convert_repost_record(view, sighting, options)
    post = _convert_view(view, sighting, options)
    if event.operation == "update":
        return msgspec.structs.replace(post, edited_at=event.at or post.created_at)
    return post


def _show_event(event: _Event, author: dict[str, Any]) -> dict[str, Any]:
    """Return an event as the app view would show its post."""
    return {
        "uri": event.id,
        "author": {**author, "did": event.did},
        "record": event.record,
        "indexedAt": event.at.isoformat() if event.at else None,
    }


def _convert_repost_record(view: dict[str, Any], sighting: Sighting, options: ReadOptions) -> Post:
    """Return a repost whose original is known by its address alone."""
    original, author = as_text(dig(view, "record", "subject", "uri")), view["author"]
    if not original.startswith("at://"):
        raise RowError("it is a repost of nothing", code="repost-of-nothing")
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
        raise RowError(
            "it is a missing post without an address", code="missing-post-without-address"
        )
    return Deletion(id=address, source=_ROUTE, sighting=sighting)


def _convert_view(view: dict[str, Any], sighting: Sighting, options: ReadOptions) -> Post:
    address, author = as_text(view.get("uri")), as_dict(view.get("author"))
    record = as_dict(view.get("record"))
    if not address.startswith("at://") or not record:
        raise RowError("it is not a post view", code="not-a-post-view")
    if not isinstance(record.get("text"), str):  # a post of pictures alone says ""
        raise RowError("it has no text", code="no-text")
    did = find_text(author, "did") or _find_did(address)
    handle = _name_handle(author) or did
    if not handle:
        raise RowError("it has no author", code="no-author")
    text, links = _write_out(record)
    embed = as_dict(view.get("embed")) or as_dict(record.get("embed"))
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
        links=_add_card(links, embed),
        media=tuple(_list_media(embed, did)),
        content_warning=_say_warning(record),
        quote_of=_find_quoted(embed),
        repost_count=as_count(view.get("repostCount")),
        sightings=(sighting,),
    )


def _convert_repost(
    reason: dict[str, Any], by: dict[str, Any], original: Post, options: ReadOptions
) -> Post:
    """Return a repost; where an older answer holds no address of it, a unique one is made."""
    did = as_text(by.get("did"))
    handle = _name_handle(by) or did
    if not handle:
        raise RowError("it is a repost without an author or an id", code="repost-without-author")
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


def _find_did(address: str) -> str:
    """Return whose a post is, by its address: at://DID/COLLECTION/KEY."""
    return address.removeprefix("at://").partition("/")[0]


def _add_card(links: tuple[str, ...], embed: dict[str, Any]) -> tuple[str, ...]:
    """Return the links of a text and the one that is shown as a card."""
    card = as_text(dig(_media_of(embed), "external", "uri"))
    return (*links, card) if card and card not in links else links


def _name_handle(author: dict[str, Any]) -> str:
    handle = bare_handle(as_text(author.get("handle")))
    return "" if handle == "handle.invalid" else handle


def _find_time(view: dict[str, Any], record: dict[str, Any], options: ReadOptions) -> datetime:
    """Return when its author wrote it or when the network saw it, whichever is earlier.

    That is the network's own order (`sortAt`): a clock that runs fast puts no post in the future.
    """
    written = record.get("createdAt")
    times: list[datetime] = []
    for value in (written, view.get("indexedAt")):
        with suppress(RowError):
            times.append(parse_time(value, options))
    return min(times) if times else parse_time(written, options)


def _find_features(record: dict[str, Any], key: str) -> Iterator[tuple[str, str]]:
    """Return the value of each facet feature that has a key, and the words that it stands on."""
    for facet in _list_facets(record):
        if value := as_text(facet.feature.get(key)):
            yield value, facet.words


class _Facet(NamedTuple):
    """A feature of a stretch of a text: where it starts and ends, in bytes of UTF-8; its words."""

    start: int
    end: int
    words: str
    feature: dict[str, Any]


def _list_facets(record: dict[str, Any]) -> list[_Facet]:
    """Return each feature of each sound facet, in the order of the text.

    A facet that cuts a character or lies outside the text is left out.
    """
    data = as_text(record.get("text")).encode("utf-8", "replace")
    found: list[_Facet] = []
    for facet in as_dicts(record.get("facets")):
        start, end = dig(facet, "index", "byteStart"), dig(facet, "index", "byteEnd")
        words = _cut_words(data, start, end)
        if words:
            features = as_dicts(facet.get("features"))
            found.extend(_Facet(start, end, words, feature) for feature in features)
    return sorted(found, key=lambda facet: (facet.start, -facet.end))


def _cut_words(data: bytes, start: object, end: object) -> str:
    """Return the words between two bytes, "" where there are none or characters are cut."""
    if type(start) is not int or type(end) is not int:
        return ""
    if not 0 <= start < end <= len(data):
        return ""
    try:
        data[:start].decode()
        return data[start:end].decode()
    except UnicodeDecodeError:
        return ""


def _write_out(record: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Return the text with every link in full, and the links."""
    data = as_text(record.get("text")).encode("utf-8", "replace")
    parts: list[str] = []
    links: list[str] = []
    at = 0
    for facet in _list_facets(record):
        address = as_text(facet.feature.get("uri"))
        is_link = address.startswith(("http://", "https://"))
        if not is_link or facet.start < at:
            continue  # the facet overlaps an earlier one
        parts += (data[at : facet.start].decode(), spell_link(facet.words, address))
        links.append(address)
        at = facet.end
    parts.append(data[at:].decode())
    return "".join(parts), tuple(links)


def _list_hashtags(record: dict[str, Any], text: str) -> tuple[str, ...]:
    """Return the tags as written, then those of facets and of the record's own list."""
    hidden = (as_text(tag) for tag in as_list(record.get("tags")))
    return join_hashtags(text, (*(tag for tag, _ in _find_features(record, "tag")), *hidden))


def _find_answered(record: dict[str, Any], did: str, handle: str) -> str:
    """Return the handle of the person answered, "" where the post itself does not hold it."""
    answered = _find_did(as_text(dig(record, "reply", "parent", "uri")))
    if answered and answered == did:
        return handle
    people = dict(reversed([*_find_features(record, "did")]))  # the first mention counts
    return people.get(answered, "").lstrip("@")


def _media_of(embed: dict[str, Any]) -> dict[str, Any]:
    """Return the part of an embed that holds pictures: a quote may have them beside it."""
    return as_dict(embed.get("media")) or embed


def _list_media(embed: dict[str, Any], did: str) -> Iterator[Media]:
    media = _media_of(embed)
    for image in as_dicts(media.get("images")):
        blob = as_text(dig(image, "image", "ref", "$link"))
        address = find_text(image, "fullsize", "thumb") or (f"{_CDN}/{did}/{blob}" if blob else "")
        if address:
            yield Media(url=address, alt=as_text(image.get("alt")))
    if playlist := as_text(media.get("playlist")):
        yield Media(url=playlist, alt=as_text(media.get("alt")), kind="video")


def _find_quoted(embed: dict[str, Any]) -> str:
    """Return the address of the post that an embed quotes; lists and starter packs are no posts."""
    record = as_dict(embed.get("record"))
    address = find_text(record, "uri") or as_text(dig(record, "record", "uri"))
    return address if f"/{BLUESKY_POST}/" in address else ""


def _say_warning(record: dict[str, Any]) -> str:
    labels = as_dicts(dig(record, "labels", "values"))
    return ", ".join(filter(None, (as_text(label.get("val")) for label in labels)))
