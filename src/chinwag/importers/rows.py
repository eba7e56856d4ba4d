"""A row of any table, its columns named, as a post."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from chinwag.model import Post, RawPost, Sighting
from chinwag.records.contract import ReadOptions, RowError
from chinwag.records.ids import ID_FROM_CONTENT, TIME_FROM_ID, make_id, tell_time
from chinwag.records.repairs import (
    ENCODING_UNDONE,
    ENTITIES_UNDONE,
    ID_RESTORED,
    LINES_MENDED,
    mend_lines,
    restore_id,
    undo_encoding,
    undo_entities,
)
from chinwag.records.times import parse_time
from chinwag.text.hashtags import join_hashtags
from chinwag.text.links import find_links
from chinwag.text.mentions import bare_handle, find_mentions, says_repost

_TRUE = frozenset({"true", "1", "1.0", "yes", "y", "t", "wahr", "ja", "oui", "vrai", "sí", "si"})
_FALSE = frozenset({"", "false", "0", "0.0", "no", "n", "f", "none", "null", "nan", "na", "falsch"})
_SPREADSHEET = re.compile(r"\d+(?:[.,]\d+)?[eE]\+?\d+|\d+\.0")
DAY_FIRST = "ambiguous date read with the day first"

_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})[/.-](?:\d{4}|\d\d)(?!\d)")
# Only the United States write the month first; the zone tells where the times were written.
_MONTH_FIRST = re.compile(
    r"US/|Etc/|America/(?:New_York|Chicago|Denver|Los_Angeles|Phoenix|Detroit|Boise|Anchorage|Juneau"
    r"|Adak|Indiana/|Kentucky/|North_Dakota/|Menominee|Nome|Sitka)|Pacific/Honolulu"
)
_STATUS = re.compile(r"/status(?:es)?/(\d+)")
_PROFILE = re.compile(r"https?://[^/\s]+/(?:profile/)?@?([^/?#\s]+)/?\Z")


def convert_row(
    row: Mapping[str, Any],
    columns: Mapping[str, str],
    raw: RawPost,
    options: ReadOptions,
) -> Post:
    """Give a row as a post; `columns` names the column of each field (`columns.map_columns`).

    A row without an id gets that of its address, or one made of its content. Raises RowError where
    text, author or time are missing, NoTimeZone where neither row nor options tell the zone.
    """
    cell = {field: row.get(column) for field, column in columns.items()}
    author = _read_handle(_say(cell.get("author")))
    if not author:
        raise RowError("it has no author")
    if cell.get("text") is None:
        raise RowError("it has no text")
    text, repairs = _mend_text(_say(cell["text"]))
    url = _say(cell.get("url"))
    identifier = _read_id(_say(cell.get("id")), url, repairs)
    created_at, found = _read_time(cell, identifier, options)
    repairs += [found] if found else []
    if not identifier:
        repairs.append(ID_FROM_CONTENT)
        identifier = make_id("row", created_at.isoformat(), author, text)
    lost = _is_true(cell.get("text_lost"))
    return Post(
        id=identifier,
        author=author,
        text=text,
        created_at=created_at,
        reply_to=_read_reference(cell.get("reply_to")) or None,
        url=url,
        source=raw.route,
        author_name=_say(cell.get("author_name")),
        author_id=_read_reference(cell.get("author_id")),
        reply_to_author=_read_handle(_read_reference(cell.get("reply_to_author"))),
        thread=_read_reference(cell.get("thread")),
        lang=_say(cell.get("lang")),
        hashtags=_list_hashtags(cell.get("hashtags"), text),
        mentions=() if lost else find_mentions(text),
        links=() if lost else find_links(text),
        repost_of=_read_repost(cell, text),
        text_lost=lost,
        repairs=tuple(repairs),
        sightings=(Sighting(route=raw.route, address=raw.address, line=raw.line),),
    )


def _say(value: object) -> str:
    """Give a cell as text; what is no text and no number says nothing."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return str(value)


def _mend_text(text: str) -> tuple[str, list[str]]:
    repairs: list[str] = []
    for name, mend in (
        (LINES_MENDED, mend_lines),
        (ENCODING_UNDONE, undo_encoding),
        (ENTITIES_UNDONE, undo_entities),
    ):
        text, mended = mend(text)
        if mended:
            repairs.append(name)
    return text.strip(), repairs


def _read_id(given: str, url: str, repairs: list[str]) -> str:
    """Give the id, mended from the address where a spreadsheet broke it; "" where none is left."""
    if given.startswith(("http://", "https://")) and (status := _STATUS.search(given)):
        given = status[1]
    identifier, restored = restore_id(given, url)
    if restored and given:
        repairs.append(ID_RESTORED)
    if _SPREADSHEET.fullmatch(identifier):
        identifier = ""
    return identifier or (url if url.startswith(("http", "at:")) else "")


def _read_time(
    cell: Mapping[str, Any], identifier: str, options: ReadOptions
) -> tuple[datetime, str]:
    """Give the time, and the name of what was done to find it, if anything."""
    if zone := _find_zone(_say(cell.get("tz"))):
        options = msgspec.structs.replace(options, time_zone=zone)
    value = cell.get("created_at")
    if value in (None, ""):
        day, time = cell.get("date"), cell.get("time")
        if not day or not time:
            value = day or time
        else:
            value = day if ":" in _say(day) else f"{_say(day)} {_say(time)}"
    if value in (None, "") and (told := tell_time(identifier)):
        return told, TIME_FROM_ID
    day_first = _is_day_first(_say(value), options.time_zone or "")
    return parse_time(value, options, day_first=day_first), _name_reading(_say(value), day_first)


def _is_day_first(said: str, zone: str) -> bool:
    """Tell how 05/10/2026 is meant: dots and zones outside the United States put the day first."""
    numbers = _NUMBERS.match(said)
    if not numbers:
        return False
    return numbers[2] == "." or ("/" in zone and not _MONTH_FIRST.match(zone))


def _name_reading(said: str, day_first: bool) -> str:
    """Give the name of what was decided, where the numbers alone leave it open."""
    numbers = _NUMBERS.match(said) if day_first else None
    if numbers is None or numbers[2] == ".":
        return ""
    return DAY_FIRST if max(int(numbers[1]), int(numbers[3])) <= 12 else ""


@lru_cache(maxsize=256)
def _find_zone(said: str) -> str:
    """Give the zone that a row names in its first word, "" where that is no IANA name."""
    name = said.split(maxsplit=1)[0] if said.split() else ""
    if "/" not in name and name not in ("UTC", "GMT"):
        return ""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ""
    return name


def _read_handle(said: str) -> str:
    """Give a handle without `@`, out of the address of a profile where that is what there is."""
    profile = _PROFILE.fullmatch(said)
    return bare_handle(profile[1] if profile else said)


def _read_reference(value: object) -> str:
    """Give the id that a cell names, "" for the many ways to say that there is none."""
    said = _say(value)
    if said.casefold() in _FALSE:
        return ""
    status = _STATUS.search(said)
    return status[1] if status else said.removesuffix(".0") if said[:1].isdigit() else said


def _is_true(value: object) -> bool:
    return value is True or _say(value).casefold() in _TRUE


def _read_repost(cell: Mapping[str, Any], text: str) -> str:
    """Give the id of the original, "?" for a repost of which only that is known."""
    if "repost_of" not in cell or cell["repost_of"] is None:
        return "?" if says_repost(text) else ""
    if _is_true(cell["repost_of"]):
        return "?"
    return _read_reference(cell["repost_of"])


def _list_hashtags(value: object, text: str) -> tuple[str, ...]:
    """Give the tags as written in the text, then those that only the column has."""
    listed = value if isinstance(value, list) else re.split(r"[\s,;|\[\]'\"]+", _say(value))
    names = (one.get("text") or one.get("tag") if isinstance(one, dict) else one for one in listed)
    return join_hashtags(text, (name for name in names if isinstance(name, str)))
