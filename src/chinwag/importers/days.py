"""The day of a file that gives only the time of day: as given, in the text, in the file's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from chinwag.errors import InputError
from chinwag.records.contract import ReadOptions

_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS = {name: number for number, name in enumerate(_NAMES.split(), start=1)}
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = r"(?P<month>[A-Za-z]{3})[a-z]*\.?"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_DAYS = (
    re.compile(
        r"(?<!\d)(?P<year>(?:19|20)\d\d)[-_./]?(?P<month>[01]\d)[-_./]?(?P<day>[0-3]\d)(?!\d)"
    ),
    re.compile(rf"(?<!\d){_DAY} {_MONTH},? {_YEAR}"),
    re.compile(rf"{_MONTH} +{_DAY},?(?: \d\d:\d\d:\d\d)? {_YEAR}"),
)


def find_day(file: str, options: ReadOptions, said: str) -> date:
    """Return the day: `options.date`, else the first date in `said`, else that in the `file` name.

    Raises InputError where none of them tells it, or the date that was given is no date.
    """
    if options.date:
        given = read_day(options.date)
        if given is None:
            raise InputError("{said!r} is not a date.", code="date-invalid", said=options.date)
        return given
    day = read_day(said) or read_day(file)
    if day is None:
        raise InputError(
            "{file} gives the time of day only, and nothing tells the day.",
            code="day-missing",
            file=file,
        )
    return day


def read_day(text: str) -> date | None:
    """Return the first date in a text: 2020-05-01, 20200501, 1 May 2020 or Fri May 1 2020."""
    found = [day for pattern in _DAYS for day in _find_days(pattern, text)]
    return min(found)[1] if found else None


def _find_days(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, date]]:
    """Yield each date of one form in a text, after its place."""
    for match in pattern.finditer(text):
        made = _make_day(match["year"], match["month"], match["day"])
        if made is not None:
            yield match.start(), made


def _make_day(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdigit() else _MONTHS.get(month.lower(), 0)
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None
