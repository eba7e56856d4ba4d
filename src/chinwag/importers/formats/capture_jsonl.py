"""A capture's journal: what live networks gave, one record a line, as `stores/journal` writes it.

A line says its route, and each network's records are read by the one function that knows them. A
line whose text had to go holds the posts that may stay instead (`kept_posts`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec

from chinwag.importers import (
    bluesky_posts,
    example_notes,
    feed_entries,
    mastodon_statuses,
    pasted_posts,
    tweets_v2,
)
from chinwag.importers.contract import ReadOptions, RowError
from chinwag.importers.json_values import as_dict, cut_json, parse_json
from chinwag.importers.source import Source
from chinwag.model import AsideRow, Deletion, Post, RawPost, Sighting

EVENT = "capture"  # the route of what the capture itself notes down: no posts
KEPT = "kept_posts"

_Convert = Callable[[RawPost, ReadOptions], Iterable[Post | Deletion]]
CONVERT: Mapping[str, _Convert] = {
    "bluesky": bluesky_posts.convert_record,
    "example": example_notes.convert_record,
    "mastodon": mastodon_statuses.convert_record,
    "paste": pasted_posts.convert_record,
    "rss": feed_entries.convert_record,
    "x": tweets_v2.convert_record,
}


class _Line(msgspec.Struct, frozen=True):
    route: str
    address: str
    at: datetime | None
    payload: Any


class CaptureJsonl:
    """A capture's journal; keeps the promise of `contract.Importer`."""

    name = "capture-jsonl"
    title = "a live capture of Chinwag's (JSON lines)"
    about = "Written by `chinwag capture` under raw/ of a chat folder: what each network answered."

    def sniff(self, head: Source) -> float:
        """Tell by the four keys of its first line."""
        first = head.peek().lstrip("\ufeff \t\r\n").split("\n", 1)[0]
        is_ours = first.startswith('{"route":"') and as_dict(parse_json(first)).keys() == _KEYS
        return 0.99 if is_ours else 0.0

    def split(
        self,
        source: Source,
        options: ReadOptions,  # noqa: ARG002 - part of the promise
    ) -> Iterator[RawPost | AsideRow]:
        """Give each record; what the capture noted down for itself is passed over."""
        for line, text in cut_json(source):
            try:
                read = msgspec.json.decode(text, type=_Line)
            except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
                source.put_aside(line, "it is no line of a capture's journal", text)
                continue
            if name_network(read.route) != EVENT:
                yield RawPost(
                    route=read.route,
                    address=read.address,
                    line=line,
                    payload=read.payload,
                    at=read.at,
                )

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion]:
        """Give what the record says, seen by its route at its time."""
        payload = raw.payload
        if isinstance(payload, dict) and KEPT in payload:
            return _read_kept(payload[KEPT])
        convert = CONVERT.get(name_network(raw.route))
        if convert is None:
            raise RowError(f"no network of this Chinwag is called {name_network(raw.route)!r}")
        return [_note_sighting(record, raw) for record in convert(raw, options)]


def name_network(route: str) -> str:
    """Give the network of a route: "mastodon" of "mastodon:stream"."""
    return route.partition(":")[0]


def _note_sighting(record: Post | Deletion, raw: RawPost) -> Post | Deletion:
    """Say by which route and when a record was seen; its line in the journal means nothing."""
    seen = Sighting(route=raw.route, address=raw.address, at=raw.at)
    if isinstance(record, Deletion):
        return msgspec.structs.replace(record, sighting=seen)
    return msgspec.structs.replace(record, source=raw.route, sightings=(seen,))


def _read_kept(kept: object) -> list[Post | Deletion]:
    try:
        return list(msgspec.convert(kept, type=list[Post]))
    except msgspec.ValidationError as error:
        raise RowError(f"the posts that it keeps are no posts ({error})") from error


_KEYS = {"route", "address", "at", "payload"}

IMPORTER = CaptureJsonl()
