"""Editions by their numbers."""

from __future__ import annotations

from collections.abc import Iterable

from chinwag.model import Edition


def find_edition(editions: Iterable[Edition], number: int | None) -> Edition | None:
    """Return the edition of this number, None where there is none, as for 0, the draft."""
    return next((one for one in editions if one.number == number), None)


def number_next(editions: Iterable[Edition]) -> int:
    """Return the number of the next edition after these."""
    return 1 + max((one.number for one in editions), default=0)
