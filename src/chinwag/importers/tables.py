"""Where the table begins in a CSV file: the names of its columns may stand lower, or be missing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import islice

import msgspec

from chinwag.importers.columns import find_missing, map_columns
from chinwag.importers.csv_rows import DELIMITERS, find_delimiter
from chinwag.records.contract import ReadOptions, RowError
from chinwag.records.times import parse_time

_LOOK = 12  # rows by which a table is known
_ZONE = ReadOptions(time_zone="UTC")
_FEW = 3  # rows that may be wider than their names by chance
_LONG = 60  # characters of a cell that is no name of a column


class Table(msgspec.Struct, frozen=True):
    """The names of a table's columns, and how many rows stand before its first row of data.

    Columns without names are called "1", "2" and so on.
    """

    names: tuple[str, ...]
    delimiter: str
    skipped: int = 1


def find_table(head: str, given: Mapping[str, str]) -> Table:
    """Return the table in the first characters of a CSV file.

    `given` maps fields to columns, as a person names or numbers them. Where all are numbers and the
    first row is a post, the columns have no names. Else the names are those of the first row that
    has all that a post needs; where there is none, those of the likeliest row.
    """
    usual = find_delimiter(head)
    first, *_ = *read_first_rows(head, usual), []
    if given and all(map(str.isdecimal, given.values())) and looks_like_data(first):
        numbers = tuple(str(number) for number in range(1, len(first) + 1))
        return Table(numbers, usual, skipped=0)
    likely: dict[int, Table] = {}  # by how many fields lack a column, the first of them
    for delimiter in dict.fromkeys(usual + DELIMITERS):
        for place, row in enumerate(read_first_rows(head, delimiter)):
            if sum(map(bool, row)) > 1:  # no title above the table
                lacking = len(find_missing(map_columns(row, given, may_lack=True)))
                likely.setdefault(lacking, Table(tuple(row), delimiter, skipped=place + 1))
    return likely[min(likely)] if likely else Table(tuple(first), usual)


def is_table(head: str, table: Table) -> bool:
    """Return whether the first rows are about as wide as the row with the names.

    Where two names have run together they are a cell wider, all of them.
    """
    widths = [len(row) for row in read_first_rows(head, table.delimiter)]
    width = len(table.names)
    if width < 2 or len(widths) < 2:
        return False
    is_wider = len(widths) > _FEW and set(widths[1:]) == {width + 1}
    return is_wider or widths.count(width) >= 0.7 * len(widths)


def looks_like_data(names: Sequence[str]) -> bool:
    """Return whether a first row is a post rather than the names of columns."""
    filled = list(filter(None, names))
    has_time = any(map(_is_time, filled))
    has_text = any(len(cell) > _LONG or re.search(r"\s#\w|https?://", cell) for cell in filled)
    return has_time or has_text


def _is_time(cell: str) -> bool:
    try:
        parse_time(cell, _ZONE)
    except RowError:
        return False
    return True


def read_first_rows(head: str, delimiter: str) -> list[list[str]]:
    """Return the first rows that are not blank, their cells without blanks around."""
    reader = csv.reader(io.StringIO(head.lstrip("\ufeff"), newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    with suppress(csv.Error):  # the rows before a broken one show what they can
        rows.extend(islice(reader, 2 * _LOOK))
    return [[cell.strip() for cell in row] for row in rows if any(row)][:_LOOK]
