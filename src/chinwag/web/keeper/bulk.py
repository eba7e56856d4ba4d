"""Putting many new rows into the database at once, in the way that each database likes best.

Django's own way writes one long statement for every few hundred rows: for the index of an archive
that takes longer than everything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection, models
from django.db.models import Field

# Values of these types go into a database as they are; Django would convert each of them.
_PLAIN = (models.CharField, models.FloatField, models.IntegerField, models.TextField)


def insert_rows(rows: Iterable[models.Model]) -> None:
    """Insert new rows of one model; they are given no id here. Call it in a transaction."""
    rows = list(rows)
    if not rows:
        return
    known = rows[0]._meta
    fields = [one for one in known.concrete_fields if not one.primary_key]
    names = [connection.ops.quote_name(str(one.column)) for one in fields]
    table = connection.ops.quote_name(known.db_table)
    values = (tuple(_read_values(row, fields)) for row in rows)
    insert = _copy if connection.vendor == "postgresql" else _execute
    insert(table, names, values)


def _read_values(row: models.Model, fields: list[Field]) -> Iterator[Any]:
    for field in fields:
        value = getattr(row, field.attname)
        yield value if isinstance(field, _PLAIN) else field.get_db_prep_save(value, connection)


def _execute(table: str, names: list[str], values: Iterable[tuple[Any, ...]]) -> None:
    places = ", ".join("%s" for _ in names)
    statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(values))


def _copy(table: str, names: list[str], values: Iterable[tuple[Any, ...]]) -> None:
    statement = f"COPY {table} ({', '.join(names)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for one in values:
            copy.write_row(one)
