"""When the post of a row was made: in one column or two, with the zone that the row may name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from chinwag.importers.cells import say_cell
from chinwag.records.contract import ReadOptions
from chinwag.records.ids import TIME_FROM_ID, tell_time
from chinwag.records.times import parse_time

DAY_FIRST = "ambiguous date read with the day first"

_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})[/.-](?:\d{4}|\d\d)(?!\d)")
# Only the United States write the month first; the zone says where the times were written.
_MONTH_FIRST = re.compile(
    r"US/|Etc/|America/(?:New_York|Chicago|Denver|Los_Angeles|Phoenix|Detroit|Boise|Anchorage|Juneau"
    r"|Adak|Indiana/|Kentucky/|North_Dakota/|Menominee|Nome|Sitka)|Pacific/Honolulu"
)


def read_row_time(
    cells: Mapping[str, Any], identifier: str, options: ReadOptions
) -> tuple[datetime, str]:
    """Return the time of a row, and the name of what was done to find it, if anything.

    `cells` holds the row's cells by field. A row without a time gets that of its id, if the id
    holds one. Raises RowError for a time that cannot be read, NoTimeZone where neither the row nor
    the options name the zone.
    """
    value = _join_time(cells)
    stated = None if value in (None, "") else value
    told = tell_time(identifier) if stated is None else None
    if told is not None:
        return told, TIME_FROM_ID
    zone = _find_zone(say_cell(cells.get("tz")))
    if zone:
        options = msgspec.structs.replace(options, time_zone=zone)
    day_first = _is_day_first(say_cell(value), options.time_zone or "")
    when = parse_time(value, options, day_first=day_first)
    return when, _name_reading(say_cell(value), day_first)


def _join_time(cells: Mapping[str, Any]) -> object:
    """Return the cell with the time, or a day and a time of day in two cells as one text."""
    whole = cells.get("created_at")
    if whole not in (None, ""):
        return whole
    day, time = cells.get("date"), cells.get("time")
    if not day or not time:
        return day or time
    return day if ":" in say_cell(day) else f"{say_cell(day)} {say_cell(time)}"


def _is_day_first(said: str, zone: str) -> bool:
    """Return whether 05/10/2026 is in October: after dots, and in zones outside the United States.

    `zone` is an IANA name or "".
    """
    numbers = _NUMBERS.match(said)
    if not numbers:
        return False
    if numbers[2] == ".":
        return True
    return "/" in zone and not _MONTH_FIRST.match(zone)


def _name_reading(said: str, day_first: bool) -> str:
    """Return the name of what was decided, where the numbers alone leave it open."""
    numbers = _NUMBERS.match(said)
    if numbers is None or not day_first or numbers[2] == ".":
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
