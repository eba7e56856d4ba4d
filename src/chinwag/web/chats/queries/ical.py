"""iCalendar (RFC 5545): its lines, its values, and a time zone as its shifts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise

_LONGEST = 75  # bytes of a line, its end not counted
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})
_DAY = timedelta(days=1)
_AROUND = timedelta(days=366)  # a year has every shift once


def write_lines(lines: Iterable[str]) -> bytes:
    """Return lines as a file has them: folded where they are long, in UTF-8."""
    return b"".join(_fold(line.encode()) + b"\r\n" for line in lines)


def write_text(text: str) -> str:
    """Return words as the value of a line. What no line may hold is left out."""
    kept = "".join(sign for sign in text if sign in "\n\t" or sign.isprintable())
    return kept.translate(_ESCAPES)


def write_moment(name: str, at: datetime, zone: tzinfo, named: str) -> str:
    """Return the line of a moment, as the clock of a zone of this name shows it."""
    return f"{name};TZID={named}:{_show(at.astimezone(zone))}"


def write_instant(name: str, at: datetime) -> str:
    """Return the line of a moment in UTC."""
    return f"{name}:{_show(at.astimezone(UTC))}Z"


def write_zone(zone: tzinfo, named: str, moments: Iterable[datetime]) -> Iterator[str]:
    """Yield the lines of a zone: every shift of its clocks around these moments, one at least."""
    known = sorted(moments)
    first, last = known[0] - _AROUND, known[-1] + _AROUND
    yield from ("BEGIN:VTIMEZONE", f"TZID:{named}")
    shifts = list(_find_shifts(zone, first.astimezone(UTC), last.astimezone(UTC)))
    for shift in shifts or [first.astimezone(UTC)]:
        yield from _write_shift(zone, shift)
    yield "END:VTIMEZONE"


def _find_shifts(zone: tzinfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """Yield the seconds from which on the clocks show something else than before."""
    days = (first + _DAY * number for number in range((last - first).days + 1))
    for before, after in pairwise(days):
        if _find_offset(zone, before) != _find_offset(zone, after):
            yield _find_shift(zone, before, after)


def _find_shift(zone: tzinfo, before: datetime, after: datetime) -> datetime:
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        if _find_offset(zone, middle) == _find_offset(zone, before):
            before = middle
        else:
            after = middle
    return after


def _write_shift(zone: tzinfo, at: datetime) -> Iterator[str]:
    earlier, later = _find_offset(zone, at - timedelta(seconds=1)), _find_offset(zone, at)
    kind = "DAYLIGHT" if later > earlier else "STANDARD"
    yield f"BEGIN:{kind}"
    yield f"DTSTART:{_show(at + earlier)}"  # by the clocks as they were
    yield f"TZOFFSETFROM:{_show_offset(earlier)}"
    yield f"TZOFFSETTO:{_show_offset(later)}"
    yield f"TZNAME:{at.astimezone(zone).tzname()}"
    yield f"END:{kind}"


def _find_offset(zone: tzinfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _show(at: datetime) -> str:
    return at.strftime("%Y%m%dT%H%M%S")


def _show_offset(offset: timedelta) -> str:
    minutes = abs(round(offset.total_seconds() / 60))
    return f"{'-' if offset < timedelta() else '+'}{minutes // 60:02}{minutes % 60:02}"


def _fold(line: bytes) -> bytes:
    """Return a line in pieces that are short enough; no sign is cut through."""
    pieces = []
    while len(line) > _LONGEST:
        cut = _LONGEST
        while line[cut] & 0xC0 == 0x80:  # inside a sign of several bytes
            cut -= 1
        pieces.append(line[:cut])
        line = b" " + line[cut:]
    return b"\r\n".join((*pieces, line))
