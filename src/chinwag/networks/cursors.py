"""Cursors: the places from which routes go on, as text."""

from __future__ import annotations

from typing import TypeVar

import msgspec

_Cursor = TypeVar("_Cursor")


def read_cursor(text: str, kind: type[_Cursor]) -> _Cursor:
    """Return a route's cursor; an empty one at the first start, and where the text is unreadable.

    The cursor of another version of Chinwag then costs a second reading of the source, and no post.
    """
    try:
        return msgspec.json.decode(text, type=kind) if text else kind()
    except msgspec.DecodeError:
        return kind()


def write_cursor(cursor: msgspec.Struct) -> str:
    """Return a cursor as text."""
    return msgspec.json.encode(cursor).decode()
