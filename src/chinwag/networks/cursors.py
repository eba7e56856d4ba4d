"""Cursors: what a route writes down to go on from, read again with care."""

from __future__ import annotations

from typing import TypeVar

import msgspec

_Cursor = TypeVar("_Cursor")


def read_cursor(text: str, kind: type[_Cursor]) -> _Cursor:
    """Give a route's cursor; an empty one at the first start, and where it cannot be read.

    A cursor of another version of Chinwag then costs a second reading of what is there, no post.
    """
    try:
        return msgspec.json.decode(text, type=kind) if text else kind()
    except msgspec.DecodeError:
        return kind()


def write_cursor(cursor: msgspec.Struct) -> str:
    """Give a cursor as text."""
    return msgspec.json.encode(cursor).decode()
