"""The export that a Mastodon server gives to an account's owner: `outbox.json`, ActivityPub.

Its items are activities: a post is a `Create` around a `Note`, a boost an `Announce` that names
the post's address alone. After the ActivityPub recommendation (W3C, 2018) and Mastodon's account
export (app/services/backup_service.rb).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from chinwag.importers.json_values import split_json
from chinwag.importers.source import Source
from chinwag.model import AsideRow, Deletion, Post, RawPost
from chinwag.records.contract import ReadOptions, make_reason
from chinwag.records.json_access import as_dict, as_dicts, as_list, as_text
from chinwag.records.mastodon_statuses import convert_record, find_host

_HIDDEN = make_reason("is not public", code="not-public")
BOOST = make_reason(
    "it is a boost, and the export has only the address of its post", code="boost-without-post"
)

_ROUTE = "mastodon"
_PUBLIC = {"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"}
_USER = re.compile(r"https?://[^/]+/(?:users/|@)([^/]+)")
_SIGNS = ('"orderedItems"', '"activitystreams', '"attributedTo"', '"Create"', "/ns/activitystreams")


class MastodonOutbox:
    """Activities of an account; keeps the promise of `contract.Importer`."""

    name = "mastodon-outbox"
    title = "archive of a Mastodon account (outbox.json)"
    about = (
        "The archive of their own posts that a Mastodon server gives its users, or outbox.json "
        "out of it."
    )

    def sniff(self, head: Source) -> float:
        """Return how sure it is, by the words of ActivityPub."""
        text = head.peek()
        if not text.lstrip("\ufeff \t\r\n").startswith("{"):
            return 0.0
        return 0.96 if sum(sign in text for sign in _SIGNS) >= 3 else 0.0

    def split(
        self,
        source: Source,
        options: ReadOptions,  # noqa: ARG002 - part of the promise
    ) -> Iterator[RawPost | AsideRow]:
        """Yield each post that strangers may read; others and boosts are kept aside."""
        for line, value in split_json(source):
            for activity in _list_activities(value):
                note = activity.get("object")
                if not isinstance(note, dict):
                    source.put_aside(line, BOOST, as_text(note))
                elif not _is_public(note):
                    source.put_aside(line, _HIDDEN, "")
                else:
                    yield RawPost(route=_ROUTE, address=source.name, line=line, payload=note)

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion]:
        """Return a note as a post; it names the post that it answers by its address."""
        note = as_dict(raw.payload)
        payload = {"server": find_host(as_text(note.get("id"))), "status": _make_status(note)}
        parent = as_text(note.get("inReplyTo")) or None
        for post in convert_record(msgspec.structs.replace(raw, payload=payload), options):
            if isinstance(post, Post):
                post = msgspec.structs.replace(post, reply_to=parent)
            yield post


def _list_activities(value: object) -> list[dict[str, Any]]:
    outbox = as_dict(value)
    items = as_list(outbox.get("orderedItems"))
    return as_dicts(items) if items else [outbox]


def _is_public(note: dict[str, Any]) -> bool:
    readers = {as_text(reader) for key in ("to", "cc") for reader in as_list(note.get(key))}
    return not readers.isdisjoint(_PUBLIC)


def _make_status(note: dict[str, Any]) -> dict[str, Any]:
    """Return a note as the server's API would answer it."""
    actor = as_text(note.get("attributedTo"))
    user = _USER.match(actor)
    tags = as_dicts(note.get("tag"))
    return {
        "uri": note.get("id"),
        "url": note.get("url") or note.get("id"),
        "created_at": note.get("published"),
        "edited_at": note.get("updated"),
        "content": note.get("content"),
        "spoiler_text": note.get("summary") or "",
        "language": next(iter(as_dict(note.get("contentMap"))), ""),
        "account": {"acct": user[1] if user else "", "url": actor, "uri": actor},
        "tags": [_name_tag(tag) for tag in tags if tag.get("type") == "Hashtag"],
        "mentions": [_name_person(tag) for tag in tags if tag.get("type") == "Mention"],
        "media_attachments": [_name_media(one) for one in as_dicts(note.get("attachment"))],
    }


def _name_tag(tag: dict[str, Any]) -> dict[str, Any]:
    return {"name": as_text(tag.get("name")).lstrip("#")}


def _name_person(tag: dict[str, Any]) -> dict[str, Any]:
    return {"acct": as_text(tag.get("name")).lstrip("@"), "url": tag.get("href")}


def _name_media(attachment: dict[str, Any]) -> dict[str, Any]:
    """Return a picture; one that the archive keeps as a file of its own has no address."""
    kind = as_text(attachment.get("mediaType")).partition("/")[0]
    address = as_text(attachment.get("url"))
    return {
        "url": address if address.startswith("http") else "",
        "description": attachment.get("name"),
        "type": kind,
    }


IMPORTER = MastodonOutbox()
