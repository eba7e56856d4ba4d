"""The day of a file that gives only the time of day: what was given, what it says, its name."""

from __future__ import annotations

import re
from datetime import date

from chinwag.errors import InputError
from chinwag.importers.source import Source
from chinwag.records.contract import ReadOptions

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_./]?([01]\d)[-_./]?([0-3]\d)(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3})[a-z]*\.?,? (\d{4})(?!\d)")
_MONTH_FIRST = re.compile(
    r"([A-Za-z]{3})[a-z]*\.? +(\d{1,2})(?:st|nd|rd|th)?,?(?: \d\d:\d\d:\d\d)? (\d{4})(?!\d)"
)


def find_day(source: Source, options: ReadOptions, said: str) -> date:
    """Give the day: `options.date`, else the first date in `said`, else the one in the file's name.

    Raises InputError where none of them tells it, or the date that was given is no date.
    """
    if options.date:
        given = read_day(options.date)
        if given is None:
            raise InputError(
                f"{options.date!r} is not a date.", todo="Give it as `--date 2020-05-01`."
            )
        return given
    day = read_day(said) or read_day(source.name)
    if day is None:
        raise InputError(
            f"{source.name} gives the time of day only, and nothing tells the day.",
            todo="Say on which day it began, such as `--date 2020-05-01`.",
        )
    return day


def read_day(text: str) -> date | None:
    """Give the first date in a text: 2020-05-01, 20200501, 1 May 2020 or Fri May 1 2020."""
    found = []
    for pattern, order in ((_ISO, (0, 1, 2)), (_DAY_FIRST, (2, 1, 0)), (_MONTH_FIRST, (2, 0, 1))):
        for match in pattern.finditer(text):
            year, month, day = (match[one + 1] for one in order)
            made = _make_day(year, month, day)
            if made:
                found.append((match.start(), made))
                break
    return min(found)[1] if found else None


def _make_day(year: str, month: str, day: str) -> date | None:
    name = month.lower()
    number = int(month) if month.isdigit() else 1 + _MONTHS.index(name) if name in _MONTHS else 0
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None
