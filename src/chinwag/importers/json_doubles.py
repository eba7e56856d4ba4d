"""Names that stand twice in one JSON object: two records of which a broken byte made one.

Decoders take the last of them in silence, and so the other record's words would be gone.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from chinwag.model import note_error
from chinwag.records.contract import RowError

DOUBLED = RowError(
    "a name stands twice in it: two records have run into one", code="records-run-together"
)
REASON = note_error(DOUBLED)

_EMPTY: tuple[object, ...] = (None, "", [], {})
_encode = msgspec.json.Encoder().encode


def has_doubles(text: str, value: object) -> bool:
    """Return whether a name stands twice in an object of a JSON text whose value is given.

    The same thing said twice counts once, and what is empty does not count.
    """
    try:
        kept = _encode(value).count(b":")
    except (ValueError, OverflowError, RecursionError):  # it holds what lenient reading let pass
        kept = -1
    return text.count(":") != kept and _finds_doubles(text)


def refuse_doubles(text: str, name: str, most: int) -> None:
    """Raise RowError where a record's text has a name more often than its posts would have it.

    Other names of it are looked at only then: the check is for what is decoded without them.
    """
    if text.count(f'"{name}":') > most and _finds_doubles(text):
        raise DOUBLED


class _Double(Exception):
    """A name stands twice."""


def _take_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    taken = dict(pairs)
    if len(taken) < len(pairs):
        for name, value in pairs:
            if value != taken[name] and value not in _EMPTY:
                raise _Double
    return taken


_PAIRS = json.JSONDecoder(strict=False, object_pairs_hook=_take_pairs)


def _finds_doubles(text: str) -> bool:
    try:
        _PAIRS.raw_decode(text.lstrip("\ufeff \t\r\n"))
    except _Double:
        return True
    except (ValueError, RecursionError):
        return False
    return False
