"""Reading the records of a journal, each by its network's converter."""

from __future__ import annotations

import msgspec

from chinwag.model import Deletion, Post, RawPost, Sighting
from chinwag.records.contract import ReadOptions, RowError
from chinwag.records.registry import find_converter
from chinwag.records.vocabulary import KEPT_POSTS, name_network

_OPTIONS = ReadOptions(time_zone="UTC")  # networks state the zone; a time without one is UTC


def convert_live(raw: RawPost, options: ReadOptions = _OPTIONS) -> list[Post | Deletion]:
    """Return what a line of a journal says, seen by its route at its time.

    Raises RowError for a record that cannot be read, HiddenRow for one that may not be kept, and
    NoTimeZone where times state no zone and `options` give none.
    """
    if isinstance(raw.payload, dict) and KEPT_POSTS in raw.payload:
        return _read_kept(raw.payload[KEPT_POSTS])
    convert = find_converter(name_network(raw.route))
    if convert is None:
        raise RowError(
            "no network of this Chinwag is called {network!r}",
            code="network-unknown",
            network=name_network(raw.route),
        )
    return [_note_sighting(record, raw) for record in convert(raw, options)]


def _note_sighting(record: Post | Deletion, raw: RawPost) -> Post | Deletion:
    """Return a record with the route and the time at which it was seen."""
    seen = Sighting(route=raw.route, address=raw.address, at=raw.at)
    if isinstance(record, Deletion):
        return msgspec.structs.replace(record, sighting=seen)
    return msgspec.structs.replace(record, source=raw.route, sightings=(seen,))


def _read_kept(kept: object) -> list[Post | Deletion]:
    try:
        return list(msgspec.convert(kept, type=list[Post]))
    except msgspec.ValidationError as error:
        raise RowError(
            "the posts that it keeps are not posts ({fault})",
            code="kept-posts-unreadable",
            fault=str(error),
        ) from error
