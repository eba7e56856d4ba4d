"""When the post of a row was made: in one column or two, with the zone that the row may name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from chinwag.errors import NoTimeZone
from chinwag.importers.cells import say_cell
from chinwag.importers.days import find_day
from chinwag.records.contract import ReadOptions, RowError
from chinwag.records.ids import TIME_FROM_ID, tell_time
from chinwag.records.times import parse_time

DAY_FIRST = "ambiguous date read with the day first"

_NO_ZONE = ReadOptions()
_WHOLE = re.compile(
    r"\d{9,17}(?:\.\d+)?\Z|(?=.*\d:\d\d)(?:\d++[-/.]\d++[-/.]\d|(?>.*?[A-Za-z]{3}).*\d{4})"
)
_OFFSET = re.compile(r"[+-]\d\d:?\d\d")
_TIME_OF_DAY = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?: ?[APap][Mm])?")

_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})[/.-](?:\d{4}|\d\d)(?!\d)")
# Only the United States write the month first; the zone says where the times were written.
_MONTH_FIRST = re.compile(
    r"US/|Etc/|America/(?:New_York|Chicago|Denver|Los_Angeles|Phoenix|Detroit|Boise|Anchorage|Juneau"
    r"|Adak|Indiana/|Kentucky/|North_Dakota/|Menominee|Nome|Sitka)|Pacific/Honolulu"
)


def read_row_time(
    cells: Mapping[str, Any], identifier: str, options: ReadOptions, *, file: str, is_utc: bool
) -> tuple[datetime, str]:
    """Return the time of a row, and the name of what was done to find it, if anything.

    `cells` holds the row's cells by field. A row without a time gets that of its id, if the id
    holds one; a time of day alone is of `options.date`, or of the date in the name of the `file`.
    `is_utc` says that the head of the column names UTC. Where several cells give the time, one that
    states its zone is believed first. Raises RowError for a time that cannot be read, NoTimeZone
    where neither the row nor the options name the zone, InputError where nothing tells the day.
    """
    times = _list_times(cells)
    told = None if times else tell_time(identifier)
    if told is not None:
        return told, TIME_FROM_ID
    zone = "UTC" if is_utc else _find_zone(say_cell(cells.get("tz")))
    if zone:
        options = msgspec.structs.replace(options, time_zone=zone)
    value = times[0] if len(times) == 1 else _choose_time(times)
    if isinstance(value, str) and _TIME_OF_DAY.fullmatch(value):
        value = f"{find_day(file, options, '').isoformat()} {value}"
    said = say_cell(value)
    day_first = is_day_first(said, options.time_zone or "")
    when = parse_time(value, options, day_first=day_first)
    return when, _name_reading(said) if day_first else ""


def _list_times(cells: Mapping[str, Any]) -> list[object]:
    """Return what the cells of a row say of its time, the likeliest to be whole first."""
    whole = cells.get("created_at")
    offset = say_cell(cells.get("tz"))
    times = [whole, _join_day(cells), cells.get("epoch")]
    if offset and _OFFSET.fullmatch(offset):
        times += [f"{say_cell(time)}{offset}" for time in times[:2] if time]
    return [time for time in times if time not in (None, "")]


def _join_day(cells: Mapping[str, Any]) -> object:
    """Return the time in a cell for days or for times of day, or what both say together."""
    day, time = cells.get("date"), cells.get("time")
    if not (day or time):
        return None
    whole = filter(_is_whole, (time, day))
    joined = f"{say_cell(day)} {say_cell(time)}" if day and time else day or time
    return next(whole, joined)


def _is_whole(cell: object) -> bool:
    """Return whether a cell holds a day and a time of day, or seconds since 1970."""
    return _WHOLE.match(say_cell(cell)) is not None


def _choose_time(times: Sequence[object]) -> object:
    """Return the first time that states its zone, else the first that can be read at all."""
    readable: list[object] = []
    for value in times:
        try:
            parse_time(value, _NO_ZONE)
        except NoTimeZone:
            readable.append(value)
        except RowError:
            continue
        else:
            return value
    first, *_ = *readable, *times, None
    return first


def is_day_first(said: str, zone: str) -> bool:
    """Return whether 05/10/2026 is in October: after dots, and in zones outside the United States.

    `zone` is an IANA name or "".
    """
    numbers = _NUMBERS.match(said)
    if not numbers:
        return False
    if numbers[2] == ".":
        return True
    return "/" in zone and not _MONTH_FIRST.match(zone)


def _name_reading(said: str) -> str:
    """Return the name of reading the day first, where the numbers alone leave that open."""
    numbers = _NUMBERS.match(said)
    if numbers is None or numbers[2] == ".":
        return ""
    is_open = max(int(numbers[1]), int(numbers[3])) <= 12
    return DAY_FIRST if is_open else ""


@lru_cache(maxsize=256)
def _find_zone(said: str) -> str:
    """Return the zone that a row names in its first word, "" where that is no IANA name."""
    name = said.partition(" ")[0]
    if "/" not in name and name not in ("UTC", "GMT"):
        return ""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ""
    return name
