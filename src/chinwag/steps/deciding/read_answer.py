"""What came back, read into rows: only numbers, stretches, labels and kinds are looked at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from chinwag.steps.rewording import find_values

MOST_ROWS = 500  # of an answer that are looked at
_NUMBERS = range(1, 1_000_000)


class PointRow(msgspec.Struct, frozen=True, kw_only=True):
    """A point as a model gave it; the number is 0 where it gave none."""

    post: int
    text: str
    same: tuple[int, ...]
    theme: str


class MoveRow(msgspec.Struct, frozen=True, kw_only=True):
    """Where a model put a post: `question` as it said it, and a kind, "" for none."""

    post: int
    question: str
    kind: str


class Rows(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of an answer, in order."""

    points: tuple[PointRow, ...] = ()
    moves: tuple[MoveRow, ...] = ()


def read_rows(answer: str) -> Rows | None:
    """Return what an answer says, None where it holds nothing of the form that was asked for.

    The first JSON object counts that has one of the lists: a model may talk before and after, or
    fence its JSON. Everything beside the lists is left unread.
    """
    for value in find_values(answer):
        if isinstance(value, dict) and value.keys() & {"points", "moved", "placed"}:
            return Rows(
                points=tuple(_read_points(value.get("points"))),
                moves=tuple(_read_moves(value.get("placed") or value.get("moved"))),
            )
    return None


def _read_points(rows: Any) -> Iterator[PointRow]:
    for row in _list_dicts(rows):
        same = row.get("same")
        yield PointRow(
            post=_read_number(row.get("post")),
            text=_read_text(row.get("text")),
            same=tuple(map(_read_number, same[:MOST_ROWS])) if isinstance(same, list) else (),
            theme=_read_text(row.get("theme")),
        )


def _read_moves(rows: Any) -> Iterator[MoveRow]:
    """Yield moves given as a list of entries, or as {number: label}."""
    if isinstance(rows, dict):
        rows = [{"post": post, "question": question} for post, question in rows.items()]
    for row in _list_dicts(rows):
        question = row.get("question")
        yield MoveRow(
            post=_read_number(row.get("post")),
            question="none" if question is None else _read_label(question),
            kind=_read_text(row.get("kind")).strip().casefold(),
        )


def _list_dicts(rows: Any) -> list[dict[str, Any]]:
    listed = rows[:MOST_ROWS] if isinstance(rows, list) else []
    return [row for row in listed if isinstance(row, dict)]


def _read_number(value: Any) -> int:
    """Return a number of a post, 0 for anything else; "12" is one, true is none."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= 6:
        value = int(value)
    return value if type(value) is int and value in _NUMBERS else 0


def _read_label(value: Any) -> str:
    return str(value).strip() if isinstance(value, str | int) else ""


def _read_text(value: Any) -> str:
    return value if isinstance(value, str) else ""
