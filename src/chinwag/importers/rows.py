"""A row of any table, its columns named, as a post."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from chinwag.importers.cells import (
    find_author,
    find_status,
    is_true,
    list_hashtags,
    read_handle,
    read_parent,
    read_person,
    read_reference,
    refuse_shifted,
    say_cell,
    say_text,
)
from chinwag.importers.columns import TIMES
from chinwag.importers.row_times import read_row_time
from chinwag.model import Post, RawPost, Sighting
from chinwag.records.contract import ReadOptions, RowError
from chinwag.records.ids import ID_FROM_CONTENT, make_id
from chinwag.records.repairs import (
    BYTES_UNDONE,
    ENCODING_UNDONE,
    ENTITIES_UNDONE,
    ID_RESTORED,
    ID_UNDRESSED,
    LINES_MENDED,
    mend_lines,
    restore_id,
    undo_bytes,
    undo_encoding,
    undo_entities,
    undress_id,
)
from chinwag.text.links import find_links
from chinwag.text.mentions import find_mentions, says_repost

_SPREADSHEET = re.compile(r"\d+(?:[.,]\d+)?[eE]\+?\d+|\d+\.0")
_UTC = re.compile(r"(?<![a-z])(?:utc|gmt)(?![a-z])", re.IGNORECASE)
_MENDS = (
    (BYTES_UNDONE, undo_bytes),
    (LINES_MENDED, mend_lines),
    (ENCODING_UNDONE, undo_encoding),
    (ENTITIES_UNDONE, undo_entities),
)


def convert_row(
    row: Mapping[str, Any],
    columns: Mapping[str, str],
    raw: RawPost,
    options: ReadOptions,
) -> Post:
    """Return a row as a post; `columns` names the column of each field (`columns.map_columns`).

    A row without an id gets that of its address, or one made of its content. Raises RowError where
    text, author or time are missing, NoTimeZone where neither row nor options name the zone.
    """
    cells = {field: row.get(column) for field, column in columns.items()}
    url = say_cell(cells.get("url"))
    author = read_handle(cells.get("author")) or find_author(url)
    if not author:
        raise RowError("it has no author", code="no-author")
    text, repairs = _mend_text(say_text(cells.get("text")))
    given = say_cell(cells.get("id"))
    refuse_shifted(author, text, url, given, *(say_cell(cells.get(name)) for name in TIMES))
    identifier = _read_id(given, url, repairs)
    created_at, reading = read_row_time(
        cells, identifier, options, file=raw.address, is_utc=_states_utc(columns)
    )
    if reading:
        repairs.append(reading)
    if not identifier:
        repairs.append(ID_FROM_CONTENT)
        identifier = make_id("row", created_at.isoformat(), author, text)
    is_lost = is_true(cells.get("text_lost"))
    reply_to = read_parent(cells.get("reply_to"), given)
    return Post(
        id=identifier,
        author=author,
        text=text,
        created_at=created_at,
        reply_to=reply_to or None,
        url=url,
        source=raw.route,
        author_name=say_cell(cells.get("author_name")),
        author_id=read_reference(cells.get("author_id")),
        reply_to_author=_find_answered(cells, reply_to),
        thread=read_reference(cells.get("thread")),
        lang=say_cell(cells.get("lang")),
        hashtags=list_hashtags(cells.get("hashtags"), text),
        mentions=() if is_lost else find_mentions(text),
        links=() if is_lost else find_links(text),
        repost_of=_read_repost(cells, text),
        text_lost=is_lost,
        repairs=tuple(repairs),
        sightings=(Sighting(route=raw.route, address=raw.address, line=raw.line),),
    )


def _mend_text(text: str) -> tuple[str, list[str]]:
    repairs: list[str] = []
    for name, mend in _MENDS:
        text, mended = mend(text)
        if mended:
            repairs.append(name)
    return text.strip(), repairs


def _read_id(given: str, url: str, repairs: list[str]) -> str:
    """Return the id, mended from the address where a spreadsheet broke it; "" where none is left.

    The names of repairs are added to `repairs`.
    """
    given, undressed = undress_id(_open_address(given))
    identifier, restored = restore_id(given, url)
    is_mended = {ID_UNDRESSED: undressed, ID_RESTORED: restored and given != ""}
    repairs.extend(name for name, is_made in is_mended.items() if is_made)
    if identifier and not _SPREADSHEET.fullmatch(identifier):
        return identifier
    is_address = url.startswith(("http", "at:"))
    return url if is_address else ""


def _open_address(given: str) -> str:
    """Return the id in the address of a post on X, and any other text as it is."""
    is_address = given.startswith(("http://", "https://"))
    return find_status(given) or given if is_address else given


def _find_answered(cells: Mapping[str, Any], parent: str) -> str:
    """Return the person whom a row answers; some tools write them in the parent's place."""
    named = read_person(cells.get("reply_to_author"))
    return named or ("" if parent else read_person(cells.get("reply_to")))


def _states_utc(columns: Mapping[str, str]) -> bool:
    """Return whether the head of a column with the time says that it is in UTC."""
    return any(_says_utc(columns[field]) for field in TIMES if field in columns)


@lru_cache(maxsize=64)
def _says_utc(head: str) -> bool:
    return _UTC.search(head) is not None


def _read_repost(cells: Mapping[str, Any], text: str) -> str:
    """Return the id of the original, "?" for a repost of which only that is known."""
    told = cells.get("repost_of")
    if told is None:
        return "?" if says_repost(text) else ""
    return "?" if is_true(told) else read_reference(told)
