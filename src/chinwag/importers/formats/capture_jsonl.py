"""A capture's journal: what live networks gave, one record a line (see `stores`).

A line says its route, and each network's records are read by the one function that knows them. A
line whose text had to go holds the posts that may stay instead (`kept_posts`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import msgspec

from chinwag.importers.json_parsing import parse_json
from chinwag.importers.json_values import cut_json
from chinwag.importers.source import Source
from chinwag.model import AsideRow, Deletion, Post, RawPost
from chinwag.records.contract import ReadOptions, make_reason
from chinwag.records.json_access import as_dict
from chinwag.records.live import convert_live
from chinwag.records.vocabulary import EVENT, JOURNAL, name_network

_NO_LINE = make_reason("it is not a line of a capture's journal", code="not-a-journal-line")


class _Line(msgspec.Struct, frozen=True):
    route: str
    address: str
    at: datetime | None
    payload: Any


class CaptureJsonl:
    """A capture's journal; keeps the promise of `contract.Importer`."""

    name = JOURNAL
    title = "a live capture of Chinwag's (JSON lines)"
    about = "Written by `chinwag capture` under raw/ of a chat folder: what each network answered."

    def sniff(self, head: Source) -> float:
        """Return how sure it is, by the four keys of the first line."""
        first = head.peek().lstrip("\ufeff \t\r\n").split("\n", 1)[0]
        is_ours = first.startswith('{"route":"') and as_dict(parse_json(first)).keys() == _KEYS
        return 0.99 if is_ours else 0.0

    def split(
        self,
        source: Source,
        options: ReadOptions,  # noqa: ARG002 - part of the promise
    ) -> Iterator[RawPost | AsideRow]:
        """Yield each record; what the capture noted down for itself is passed over."""
        for line, text in cut_json(source):
            try:
                read = msgspec.json.decode(text, type=_Line)
            except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
                source.put_aside(line, _NO_LINE, text)
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
        """Return what the record says, seen by its route at its time."""
        return convert_live(raw, options)


_KEYS = {"route", "address", "at", "payload"}

IMPORTER = CaptureJsonl()
