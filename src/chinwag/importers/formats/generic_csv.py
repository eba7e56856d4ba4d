"""Any table of posts as CSV: commas, semicolons or tabs, whatever its columns are called.

Columns are found by their names; `--column text=Message` says what cannot be guessed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice

from chinwag.importers.columns import explain_columns, find_missing, map_columns
from chinwag.importers.csv_rows import find_delimiter, read_header, read_rows
from chinwag.importers.rows import convert_row
from chinwag.importers.source import Source
from chinwag.model import AsideRow, Post, RawPost
from chinwag.records.contract import ReadOptions, RowError

_ROUTE = "generic-csv"
_LOOK = 12  # rows by which a table is known


class GenericCsv:
    """Any table with a header; keeps the promise of `contract.Importer`."""

    name = "generic-csv"
    title = "any spreadsheet as CSV"
    about = (
        "One post a row below the names of the columns: author, text, time, and what else there "
        "is. `--column text=Message` names a column that is not found by itself."
    )

    def sniff(self, head: Source) -> float:
        """Return 0.3 for a table whose columns can be guessed, 0.21 for any other."""
        text = head.peek()
        names = read_header(text)
        is_markup = text.lstrip().startswith(("{", "[", "<"))
        if is_markup or len(names) < 2:
            return 0.0
        if not find_missing(map_columns(names, {})):
            return 0.3
        return 0.21 if _is_table(text, len(names)) else 0.0

    def split(self, source: Source, options: ReadOptions) -> Iterator[RawPost | AsideRow]:
        """Yield each row by its column names.

        Raises UnknownFormat where they cannot be guessed and are not given.
        """
        names = read_header(source.peek())
        columns = map_columns(names, options.columns)
        if find_missing(columns):
            raise explain_columns(source.name, names, columns)
        for line, row in read_rows(source):
            yield RawPost(route=_ROUTE, address=source.name, line=line, payload=row)

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post]:
        """Return a row as a post."""
        row = raw.payload if isinstance(raw.payload, dict) else {}
        columns = map_columns(row, options.columns, may_lack=True)
        if not row or find_missing(columns):
            raise RowError(
                "it lacks its author, its text or its time", code="author-text-or-time-missing"
            )
        return [convert_row(row, columns, raw, options)]


def _is_table(text: str, width: int) -> bool:
    """Return whether the rows after the header are about as wide as it."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=find_delimiter(text))
    try:
        widths = [len(row) for row in islice(rows, _LOOK)]
    except csv.Error:
        return False
    filled = [found for found in widths if found]
    return len(filled) > 1 and filled.count(width) >= 0.7 * len(filled)


IMPORTER = GenericCsv()
