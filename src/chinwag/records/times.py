"""Times as old files write them, made into aware UTC.

A time that states its own zone keeps it. A time without a zone is read in the zone that the person
gave; without one, NoTimeZone is raised. Where a clock change repeats a local time, the first of the
two is meant; a local time that a clock change skips is read as if the clock had not been changed.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from chinwag.errors import InputError, NoTimeZone
from chinwag.records.contract import ReadOptions, RowError

EARLIEST, LATEST = 1990, 2100  # years; outside them a time is a mistake

_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
MONTHS = {name: number for number, name in enumerate(_NAMES.split(), start=1)}
_TWITTER = re.compile(
    r"[A-Za-z]{3} ([A-Za-z]{3}) (\d{1,2}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d) (\d{4})"
)
_NUMERIC = re.compile(
    r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d\d),?(?:[ T]+(\d{1,2}):(\d\d)(?::(\d\d))?"
    r"(?:\.\d+)?\s*([AaPp]\.?[Mm]\.?)?)?"
)
# "Tue Mar 05 2024 18:03:00 GMT+0100 (CET)" of JavaScript, "Tue Mar 05 18:03:00 CET 2024" of Unix.
_SCRIPT = re.compile(
    r"[A-Z][a-z]{2},? ([A-Z][a-z]{2}) (\d{1,2}),? (\d{4}),? (\d{1,2}:\d\d(?::\d\d)?)"
    r" ?(?:(?:GMT|UTC)?([+-]\d\d:?\d\d))?(?: ?\(.{0,60}\))?"
)
_UNIX = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (\d\d:\d\d:\d\d) ([A-Z]{2,5}) (\d{4})"
)
_PLACE = re.compile(r" ?\[?([A-Z][a-z]{2,12}/[A-Z]\w{1,30}(?:/\w{1,30})?)\]?\Z")
_ZONE_NAME = re.compile(r"(?<=\d) ?([A-Z]{2,5})\Z")
# Names with one meaning, in hours from UTC. The American ones are those of RFC 2822, section 4.3;
# BST, IST and their like mean several zones, and are none of these.
_HOURS = {
    "UTC": 0,
    "GMT": 0,
    "WET": 0,
    "WEST": 1,
    "CET": 1,
    "CEST": 2,
    "EET": 2,
    "EEST": 3,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    "AKST": -9,
    "AKDT": -8,
    "HST": -10,
    "MSK": 3,
    "SAST": 2,
    "HKT": 8,
    "JST": 9,
    "KST": 9,
    "AWST": 8,
    "AEST": 10,
    "AEDT": 11,
    "NZST": 12,
    "NZDT": 13,
}
_EPOCH = re.compile(r"[+-]?\d{9,17}(?:\.\d+)?")


def parse_time(value: object, options: ReadOptions, *, day_first: bool = False) -> datetime:
    """Return a time in aware UTC.

    Takes Twitter's form, ISO 8601, RFC 2822, `5/10/12 20:01` (the month first unless `day_first`,
    or unless it cannot be), and epoch seconds, milliseconds or microseconds. Raises RowError for
    anything else and for absurd years, NoTimeZone where no zone is stated or given.
    """
    if isinstance(value, str) and value.endswith("Z") and (found := _read_iso(value)):
        return _check_year(found, value)  # as networks give it
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _check_year(_from_epoch(float(value)), value)
    text = "" if value in (None, True, False) else str(value).strip()
    if not text:
        raise RowError("it has no time", code="no-time")
    found = _parse_text(text, day_first)
    if found is None:
        raise RowError("the time {text!r} cannot be read", code="time-unreadable", text=text[:60])
    return _check_year(_to_utc(found, text, options), text)


def _read_iso(text: str) -> datetime | None:
    """Return the time of ISO 8601 in UTC that a text is, None for any other text."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is UTC else None


def _parse_text(text: str, day_first: bool) -> datetime | None:
    """Return an aware or zone-less time, None where no form fits."""
    if text[4:5] == "-":  # most likely ISO 8601, and no other form
        with suppress(ValueError):
            return datetime.fromisoformat(text)
    if match := _TWITTER.fullmatch(text):
        return _from_twitter(match)
    if _EPOCH.fullmatch(text):
        return _from_epoch(float(text))
    if match := _NUMERIC.fullmatch(text):
        return _from_numeric(match, day_first)
    if match := _SCRIPT.fullmatch(text):
        month, day, year, time, offset = match.groups(default="")
        return _parse_text(
            f"{day} {month} {year} {time} {offset.replace(':', '')}".strip(), day_first
        )
    if match := _UNIX.fullmatch(text):
        month, day, time, zone, year = match.groups()
        return _parse_text(f"{day} {month} {year} {time} {zone}", day_first)
    if match := _PLACE.search(text):
        return _from_place(text[: match.start()], match[1], day_first)
    named = _ZONE_NAME.search(text)
    if named is not None and not text.endswith(("AM", "PM")):
        return _from_named_zone(text[: named.start()], named[1], day_first)
    with suppress(ValueError):
        return datetime.fromisoformat(text.replace(" +", "+").replace(" -", "-"))
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        return _from_rfc2822(text)
    return None


def _from_place(text: str, place: str, day_first: bool) -> datetime | None:
    """Return a time with the zone of a place behind it (an IANA name)."""
    local = _parse_text(text, day_first)
    if local is None or local.tzinfo is not None:
        return local
    with suppress(InputError):
        return local.replace(tzinfo=find_zone(place))
    return None


def _from_named_zone(text: str, name: str, day_first: bool) -> datetime | None:
    """Return a time with the zone of a name, without one where the name has several meanings."""
    local = _parse_text(text, day_first)
    if local is None or local.tzinfo is not None or name not in _HOURS:
        return local
    return local.replace(tzinfo=timezone(timedelta(hours=_HOURS[name])))


def _from_twitter(match: re.Match[str]) -> datetime | None:
    month, day, hour, minute, second, sign, hours, minutes, year = match.groups()
    number = MONTHS.get(month.lower())
    if number is None:
        return None
    try:
        when = datetime(  # noqa: DTZ001 - the zone follows
            int(year), number, int(day), int(hour), int(minute), min(int(second), 59)
        )
        if hours == "00" and minutes == "00":
            return when.replace(tzinfo=UTC)
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        return when.replace(tzinfo=timezone(-offset if sign == "-" else offset))
    except ValueError:
        return None


def _from_numeric(match: re.Match[str], day_first: bool) -> datetime | None:
    one, two, year, hour, minute, second, half = match.groups()
    first, other = int(one), int(two)
    day, month = (first, other) if day_first else (other, first)
    if month > 12 >= day:
        day, month = month, day
    century = 2000 if len(year) == 2 else 0
    hours = _count_hours(int(hour or 0), half or "")
    try:
        return datetime(  # noqa: DTZ001 - it states no zone
            century + int(year), month, day, hours, int(minute or 0), int(second or 0)
        )
    except ValueError:
        return None


def _count_hours(hour: int, half: str) -> int:
    """Return the hour of a day of 24; `half` is "am", "pm" or ""."""
    if not half:
        return hour
    noon = 12 if half[0] in "pP" else 0
    return hour % 12 + noon


def _from_rfc2822(text: str) -> datetime:
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - slow to load, rarely needed

    when = parsedate_to_datetime(text)
    if when.tzinfo is None and text.endswith("-0000"):
        return when.replace(tzinfo=UTC)
    return when


def _from_epoch(value: float) -> datetime:
    """Return the time of seconds, milliseconds or microseconds since 1970, told by their size."""
    for divisor in (1, 1_000, 1_000_000):
        seconds = value / divisor
        if abs(seconds) < 5_000_000_000:
            return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=round(seconds, 6))
    raise RowError("the time {text!r} cannot be read", code="time-unreadable", text=f"{value:g}")


def _to_utc(found: datetime, text: str, options: ReadOptions) -> datetime:
    if found.tzinfo is None:
        if options.time_zone is None:
            raise NoTimeZone(
                "The time {text!r} states no time zone, and none was given.",
                code="no-time-zone",
                text=text,
            )
        found = found.replace(tzinfo=find_zone(options.time_zone))
    if found.tzinfo is UTC:
        return found
    try:
        return found.astimezone(UTC)
    except (OverflowError, ValueError) as error:
        raise RowError(
            "the time {text!r} cannot be read", code="time-unreadable", text=text[:60]
        ) from error


@lru_cache(maxsize=64)
def find_zone(name: str) -> ZoneInfo:
    """Return the zone of an IANA name ("Europe/London"). Raises InputError for an unknown one."""
    try:
        return ZoneInfo(name.strip())
    except (KeyError, ValueError, OSError) as error:
        raise InputError(
            "There is no time zone called {name!r}.", code="zone-unknown", name=name
        ) from error


def _check_year(when: datetime, value: object) -> datetime:
    if not EARLIEST <= when.year <= LATEST:
        raise RowError(
            "the time {text!r} is in the year {year}",
            code="year-impossible",
            text=str(value)[:60],
            year=when.year,
        )
    return when
