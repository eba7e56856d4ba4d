"""One JSON text: its value, leniently read, and what is wrong with it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from chinwag.records.contract import RowError

_LENIENT = json.JSONDecoder(strict=False, parse_constant=lambda _: None)
_HALF_PAIR = re.compile(
    r"(?<!\\)((?:\\\\)*)\\u(?:[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    r"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2}\\u)[dD][c-fC-F][0-9a-fA-F]{2})"
)
_Value = TypeVar("_Value")


def decode_item(decode: Callable[[str], _Value], text: str, what: str) -> _Value:
    """Decode the text of a value, half of a surrogate pair (a cut emoji) read as U+FFFD.

    Raises RowError, with `what` it should have been, for what cannot be decoded.
    """
    try:
        return decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        mended = _mend_pairs(text)
        if mended == text:
            raise _make_row_error(what, error) from error
    try:
        return decode(mended)
    except (msgspec.DecodeError, RecursionError) as error:
        raise _make_row_error(what, error) from error


def _make_row_error(what: str, fault: Exception) -> RowError:
    return RowError(
        "this is no {what} ({fault})", code="record-unreadable", what=what, fault=str(fault)
    )


def parse_json(text: str) -> Any:
    """Return the value of a JSON text, or None for what is none (and for `null`).

    Half of a surrogate pair becomes U+FFFD, and NaN, which some tools write, becomes None. Control
    characters may stand in strings.
    """
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        pass
    try:
        return _LENIENT.decode(_mend_pairs(text))
    except (ValueError, RecursionError):
        return None


def _mend_pairs(text: str) -> str:
    return _HALF_PAIR.sub(r"\1\\ufffd", text)


def find_end(text: str, at: int) -> int:
    """Return where the JSON value ends that begins at a place, -1 where it is broken."""
    try:
        return _LENIENT.raw_decode(text, at)[1]
    except (ValueError, RecursionError):
        return -1


def is_cut_off(text: str) -> bool:
    """Return whether a text only lacks its end, rather than being broken before it."""
    try:
        msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        return "truncated" in str(error)
    except RecursionError:
        return False
    return True
