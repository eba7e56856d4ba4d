"""Any table of posts as CSV: commas, semicolons or tabs, whatever its columns are called.

Columns are found by their names; `--column text=Message` names one that cannot be guessed, and
`--column text=3` numbers one without a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from chinwag.errors import UnknownFormat
from chinwag.importers.columns import explain_columns, find_missing, list_names, map_columns
from chinwag.importers.csv_rows import read_rows
from chinwag.importers.near_names import explain_meant, find_meant, put_unread_aside
from chinwag.importers.rows import convert_row
from chinwag.importers.source import Source
from chinwag.importers.tables import Table, find_table, is_table, looks_like_data, read_first_rows
from chinwag.model import AsideRow, Post, RawPost
from chinwag.records.contract import ReadOptions, RowError

_ROUTE = "generic-csv"


class GenericCsv:
    """Any table with a header; keeps the promise of `contract.Importer`."""

    name = "generic-csv"
    title = "any spreadsheet as CSV"
    about = (
        "One post a row below the names of the columns: author, text, time, and what else there "
        "is. `--column text=Message` names a column that is not found by itself, `--column text=3` "
        "one that has no name. The exports of many tools are read as they are: "
        "twitter-web-exporter, twint, snscrape, rtweet, Social Feed Manager, 4CAT and X's "
        "analytics; so are minet, NodeXL, TCAT and bskyr, whose columns are not confirmed from "
        "their sources. An Excel workbook is read as such a table, with the extra `xlsx`."
    )

    def sniff(self, head: Source) -> float:
        """Return 0.3 for a table whose columns can be guessed, 0.21 for any other."""
        text = head.peek()
        if text.lstrip().startswith(("{", "[", "<")):
            return 0.0
        table = find_table(text, {})
        if len(table.names) > 1 and not find_missing(map_columns(table.names, {})):
            return 0.3
        return 0.21 if is_table(text, table) else 0.0

    def split(self, source: Source, options: ReadOptions) -> Iterator[RawPost | AsideRow]:
        """Yield each row by its column names.

        Raises UnknownFormat where they cannot be guessed and are not given.
        """
        table = find_table(source.peek(), options.columns)
        columns = map_columns(table.names, options.columns)
        if find_missing(columns):
            raise _explain(source.name, table.names, columns)
        if table.skipped:
            _look_for_misspelt(source, table, columns)
        rows = read_rows(source, table.delimiter, names=table.names, skipped=table.skipped)
        for line, row in rows:
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


def _look_for_misspelt(source: Source, table: Table, columns: Mapping[str, str]) -> None:
    """Put the names aside where a column was not understood.

    Raises UnknownFormat where that is the author's, and another column would stand for it.
    """
    if "author" in columns and (error := explain_meant(source.name, table.names, columns)):
        raise error
    meant = find_meant(table.names, columns)
    put_unread_aside(source, table.names, meant, read_first_rows(source.peek(), table.delimiter))


def _explain(file: str, names: Sequence[str], columns: Mapping[str, str]) -> UnknownFormat:
    """Return the error for a table in which a post's fields are not found."""
    if not looks_like_data(names):
        return explain_meant(file, names, columns) or explain_columns(file, names, columns)
    return UnknownFormat(
        "The first row of {file} is a post, not the names of columns: {found}.",
        code="columns-unnamed",
        file=file,
        found=list_names(names),
    )


IMPORTER = GenericCsv()
