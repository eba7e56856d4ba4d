"""A table that a program wrote as one JSON object: by columns, by rows, or names beside the data.

So data frames are written (pandas: `orient="columns"`, `"index"`, `"split"`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chinwag.importers.columns import find_missing, map_columns

Row = dict[str, Any]


def find_table_rows(value: Mapping[str, Any], given: Mapping[str, str]) -> list[Row]:
    """Return the rows of a table that is one object, [] where it is none.

    `given` maps fields to columns, as a person names them. It is a table where its columns have
    all that a post needs.
    """
    for rows in (_read_split(value), _read_columns(value), _read_index(value)):
        names = list(rows[0]) if rows else []
        if names and not find_missing(map_columns(names, given, may_lack=True)):
            return rows
    return []


def _read_split(value: Mapping[str, Any]) -> list[Row]:
    """Return the rows of {"columns": [names], "data": [[cells]]}."""
    names, data = value.get("columns"), value.get("data")
    if not isinstance(names, list) or not isinstance(data, list):
        return []
    heads = [str(name) for name in names]
    if not all(isinstance(cells, list) and len(cells) == len(heads) for cells in data):
        return []
    return [dict(zip(heads, cells, strict=True)) for cells in data]


def _read_columns(value: Mapping[str, Any]) -> list[Row]:
    """Return the rows of {"text": {"0": …, "1": …}, …}, or of {"text": […, …], …}."""
    columns = list(value.values())
    if columns and all(isinstance(column, dict) for column in columns):
        keys = list(columns[0])
        if any(column.keys() != columns[0].keys() for column in columns):
            return []
        return [{name: column[key] for name, column in value.items()} for key in keys]
    if columns and all(isinstance(column, list) for column in columns):
        return _turn_lists(value)
    return []


def _turn_lists(value: Mapping[str, Sequence[Any]]) -> list[Row]:
    if len({len(column) for column in value.values()}) != 1:
        return []
    return [dict(zip(value, cells, strict=True)) for cells in zip(*value.values(), strict=True)]


def _read_index(value: Mapping[str, Any]) -> list[Row]:
    """Return the rows of {"0": {"text": …, …}, "1": {…}}."""
    rows = list(value.values())
    if len(rows) < 2 or not all(isinstance(row, dict) for row in rows):
        return []
    same = all(row.keys() == rows[0].keys() for row in rows)
    return rows if same else []
