"""The day of a file that gives only the time of day: as given, in the text, in the file's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from chinwag.errors import InputError
from chinwag.records.contract import ReadOptions
from chinwag.records.times import MONTHS

_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = r"(?P<month>[A-Za-z]{3})[a-z]{0,7}\.?"
_YEAR = r"(?P<year>\d{4})(?!\d)"
TIME_UNTOLD = "time not told, lines kept in their order"

_HALF_DAY = 12 * 3600
_LONGEST_PREFACE = 2_000
_DAYS = (
    re.compile(
        r"(?<!\d)(?P<year>(?:19|20)\d\d)[-_./]?(?P<month>[01]\d)[-_./]?(?P<day>[0-3]\d)(?!\d)"
    ),
    re.compile(rf"(?<![\d.])(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.{_YEAR}"),
    re.compile(rf"(?<!\d){_DAY} {_MONTH},? {_YEAR}"),
    re.compile(rf"(?<![A-Za-z]){_MONTH} +{_DAY},?(?: \d\d:\d\d:\d\d)? {_YEAR}"),
)


def find_day(file: str, options: ReadOptions, said: str) -> date:
    """Return the day: `options.date`, else the first date in `said`, else that in the `file` name.

    Raises InputError where none of them gives it, and for a given date that is not one.
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


class DayClock:
    """Gives the lines of a log their days, the first one from the log, a person or the file's name.

    Past midnight, where the time of day falls back by half a day, the next day begins.
    """

    def __init__(self, file: str, options: ReadOptions) -> None:
        self._file = file
        self._options = options
        self._day: date | None = None
        self._seconds = 0  # since midnight, of the last line
        self._preface = ""

    def see_day(self, text: str) -> None:
        """Take the day that a line of the log's own tells."""
        day = read_day(text)
        if day is not None:
            self._day, self._seconds = day, 0

    def see_preface(self, text: str) -> None:
        """Take a line that stands before the first that is said: it may hold the day."""
        if self._day is None:
            self._preface = f"{self._preface}\n{text}"[:_LONGEST_PREFACE]

    def tell(self, day: date | None, seconds: int) -> date:
        """Return the day of a line, which may state it, at so many seconds since midnight.

        Raises InputError where nothing tells the day.
        """
        if day is None:
            day = self._follow(seconds)
        self._day, self._seconds = day, seconds
        return day

    def _follow(self, seconds: int) -> date:
        """Return the day of a line that does not state it."""
        if self._day is None:
            return find_day(self._file, self._options, self._preface)
        is_past_midnight = seconds < self._seconds - _HALF_DAY
        return self._day + timedelta(days=int(is_past_midnight))

    def tell_next(self) -> tuple[date, int]:
        """Return the day and the seconds of a line without a time: a second after the one before.

        Raises InputError as `tell` does.
        """
        return self.tell(None, self._seconds + 1), self._seconds


def _find_days(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, date]]:
    """Yield each date of one form in a text, after its place."""
    for match in pattern.finditer(text):
        made = _make_day(match["year"], match["month"], match["day"])
        if made is not None:
            yield match.start(), made


def _make_day(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdigit() else MONTHS.get(month.lower(), 0)
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None
