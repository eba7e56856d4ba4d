"""A note: something to tell a person, as a code and its parts; `chinwag.messages` words it."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from chinwag.errors import CodedError

SAID = "said"  # the code of a note that somebody else worded
Part = bool | int | float | str | tuple[str, ...] | dict[str, int]


class Note(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Something to tell, before anybody has put it into words.

    `code` names what it is ("window-by-burst"). `parts` are its figures and names under the names
    that the code always carries. A moment is text in UTC: "2026-10-13T18:02:00Z".

    >>> make_note("came-after", question="3", seconds=90).parts
    {'question': '3', 'seconds': 90}
    """

    code: str
    parts: dict[str, Part] = {}

    def __hash__(self) -> int:
        return hash((self.code, *self.parts))


def make_note(code: str, **parts: Part | datetime) -> Note:
    """Return the note of a code and its parts. A datetime must be aware; it is kept in UTC."""
    return Note(code=code, parts={name: _keep_part(part) for name, part in parts.items()})


def make_worded_note(message: str, /, *, code: str, **parts: Part) -> Note:
    """Return a note that brings its own English `message`, with its parts' names in braces.

    A catalogue that knows the code words it; any other shows the message.
    """
    return Note(code=code, parts={**parts, "message": message})


def note_error(error: CodedError) -> Note:
    """Return the note of an error: its code, its fields as parts, and its message."""
    parts = {name: _take_field(field) for name, field in error.fields.items()}
    return make_worded_note(error.message, code=error.code, **parts)


def quote_note(text: str) -> Note:
    """Return a note that somebody else worded: it is shown as it stands."""
    return Note(code=SAID, parts={"text": text})


def _take_field(field: object) -> Part:
    if isinstance(field, bool | int | float | str):
        return field
    if isinstance(field, list | tuple):
        return tuple(map(str, field))
    return str(field)


def _keep_part(part: Part | datetime) -> Part:
    if not isinstance(part, datetime):
        return part
    local = part.astimezone(UTC).replace(tzinfo=None)
    return f"{local.isoformat()}Z"
