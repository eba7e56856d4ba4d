"""Putting many new rows into the database at once, in the way that each database likes best.

They are plain tuples: making a model's instance of each, and Django's reading of it again, takes
longer than the database does.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain
from typing import Any

import msgspec
from django.db import connection, models

_MOST_ROWS = 250  # of one statement: more are hardly faster

Convert = Callable[[Any], Any]


def insert_rows(model: type[models.Model], rows: Iterable[Any]) -> None:
    """Insert new rows of one model: named tuples of all its columns but the id, which they get.

    Of a JSON column they hold whatever msgspec can write. Call it in a transaction.
    """
    rows = list(rows)
    if not rows:
        return
    fields = [_find_field(model, name) for name in rows[0]._fields]
    names = [connection.ops.quote_name(str(field.column)) for field in fields]
    into = f"{connection.ops.quote_name(model._meta.db_table)} ({', '.join(names)})"
    values = _convert(rows, [_choose_convert(field) for field in fields])
    insert = _copy if connection.vendor == "postgresql" else _execute
    insert(into, list(values))


def checkpoint() -> None:
    """Move SQLite's log into its file, while nobody writes; does nothing on PostgreSQL.

    SQLite before 3.51.3 may damage a database where a checkpoint meets a commit, so this holds the
    write lock meanwhile.
    """
    if connection.vendor != "sqlite":
        return
    name = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(name, timeout=5, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        try:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
        finally:
            holder.execute("ROLLBACK")


def _find_field(model: type[models.Model], name: str) -> Any:
    """Return the field of an attribute: that of a foreign key is its id."""
    return next(field for field in model._meta.concrete_fields if field.attname == name)


def _choose_convert(field: Any) -> Convert | None:
    """Return what makes a column's value of a tuple's, None where they are the same."""
    if isinstance(field, models.JSONField):
        return _write_json
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    return None


def _convert(rows: Iterable[Any], converts: Sequence[Convert | None]) -> Iterator[Sequence[Any]]:
    places = [(place, convert) for place, convert in enumerate(converts) if convert]
    for row in rows:
        values = list(row)
        for place, convert in places:
            values[place] = convert(values[place])
        yield values


def _write_json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _execute(into: str, rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows by few statements.

    After each statement SQLite writes out the index of words for what the statement's trigger put
    there: by a statement a row that takes four times as long as all the rest.
    """
    most = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
    size = max(1, min(_MOST_ROWS, most // len(rows[0])))
    with connection.cursor() as cursor:
        for start in range(0, len(rows), size):
            some = rows[start : start + size]
            one = f"({', '.join(['%s'] * len(rows[0]))})"
            statement = f"INSERT INTO {into} VALUES {', '.join([one] * len(some))}"  # noqa: S608
            cursor.execute(statement, list(chain.from_iterable(some)))


def _copy(into: str, rows: Iterable[Sequence[Any]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
        for one in rows:
            copy.write_row(one)
