"""Options for reading a record, and the errors of a record that cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from chinwag.errors import CodedError
from chinwag.model import Note, Part, make_worded_note

_Noun = TypeVar("_Noun")


class RowError(CodedError):
    """One record cannot be read; the message is the reason, a clause without a full stop."""


class HiddenRow(RowError):
    """One record can be read and may not be kept: it is not public, or its author asks for that."""


def make_reason(message: str, /, *, code: str, **parts: Part) -> Note:
    """Return why a stretch of a file is kept aside: a clause without a full stop."""
    return make_worded_note(message, code=code, **parts)


def read_payload(payload: object, noun: type[_Noun], what: str) -> _Noun:
    """Return a record's payload as the struct that `split` made of it.

    Raises RowError, with `what` it should have been, for anything else.
    """
    try:
        return msgspec.convert(payload, noun)
    except msgspec.ValidationError as error:
        raise RowError("it is not {what}", code="not-such-a-record", what=what) from error


class ReadOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What a person may say about a file.

    `time_zone` (IANA name) holds for times that state no zone, and for those alone. `columns`
    maps a Post field to a column or key of the file ({"author": "Who", "text": "What"}). `hashtag`
    is the chat's tag without `#`, for formats that cannot tell it themselves. `date` ("2020-05-01")
    is the day of a log that gives only the time of day.
    """

    time_zone: str | None = None
    columns: Mapping[str, str] = {}
    hashtag: str = ""
    date: str = ""
