"""From the text of a CSV file to its rows, one at a time, in bounded memory.

A line that is no row goes to `source.take_aside()` and the lines after it are still read: one stray
quotation mark never swallows a file.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import chain

from chinwag.importers.source import LONGEST_LINE, Source
from chinwag.records.contract import make_reason

DELIMITERS = ",;\t"
ABOVE = make_reason("it stands above the names of the columns", code="above-column-names")
LONGEST_ROW = 1 << 24  # characters of one CSV row, its line breaks included
MOST_ROW_LINES = 2_000
MENDED_LINES = 40  # how far a row with stray quotation marks is followed

_LONGEST_SHAPE = 60  # characters of a time or an id
_FEWEST_DIGITS = 4
_LINE_END = re.compile(r"[\r\n]")
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]+")

csv.field_size_limit(LONGEST_LINE)


def read_rows(
    source: Source,
    delimiter: str | None = None,
    *,
    names: Sequence[str] = (),
    skipped: int = 1,
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row of a CSV file as column name to cell, with the line where it begins.

    Names are the first row's, stripped. Where other `names` are given, `skipped` rows come before
    the first row of data, and those above the row with the names are put aside. Of columns with the
    same name the first filled one counts. A row shorter than the header lacks its last columns. A
    longer row goes aside, and so does a line whose quotation mark never closes; the lines after it
    are still read.
    """
    with source.text_stream(newline="") as stream:
        rows = _Rows(source, stream, delimiter or find_delimiter(source.peek()))
        header = list(names)
        rows.width = 0 if skipped else len(header)
        for number, (line, cells) in enumerate(rows):
            if number >= skipped:
                yield line, _name_cells(header, cells)
                continue
            if number < skipped - 1:
                source.put_aside(line, ABOVE, " ".join(filter(None, cells)))
            header = header or [name.strip().strip("\ufeff") for name in cells]
            rows.width = len(header) if number == skipped - 1 else 0


def read_header(head: str) -> list[str]:
    """Return the column names of a CSV file by its first characters, [] where there are none."""
    try:
        cells = next(csv.reader(io.StringIO(head, newline=""), delimiter=find_delimiter(head)), [])
    except csv.Error:
        return []
    return [name.strip().strip("\ufeff") for name in cells]


def find_delimiter(head: str) -> str:
    """Return the character between the cells: comma, semicolon or tab, the commonest of them."""
    first = head.lstrip("\ufeff\r\n").split("\n", 1)[0].split("\r", 1)[0]
    return max(DELIMITERS, key=first.count)


def _name_cells(header: list[str], cells: list[str]) -> dict[str, str]:
    row: dict[str, str] = {}
    for name, cell in zip(header, cells, strict=False):
        if not row.get(name):
            row[name] = cell
    return row


class _Rows:
    """The rows of a CSV text; knows how many cells a row must have (`width`, 0 while unknown)."""

    def __init__(self, source: Source, stream: io.TextIOBase, delimiter: str) -> None:
        self._source = source
        self._stream = stream
        self._delimiter = delimiter
        self._waiting: deque[str] = deque()  # lines that were read too far
        self._line = 0  # the number of the last line that was taken for good
        self._before: list[str] = []  # the cells of the row before
        self.width = 0

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        taken: list[str] = []
        cells = self._parse_strictly(taken)
        while taken:
            begins = self._line + 1
            cells = self._mend(taken) if cells is None else cells
            if cells is None:
                self._put_first_aside(taken)
            else:
                self._line += len(taken)
                if any(cells):
                    yield begins, cells
            taken = []
            cells = self._parse_strictly(taken)

    def _next_line(self) -> str:
        return self._waiting.popleft() if self._waiting else self._stream.readline(LONGEST_ROW)

    def _feed(self, taken: list[str]) -> Iterator[str]:
        size = 0
        while size < LONGEST_ROW and len(taken) < MOST_ROW_LINES and (line := self._next_line()):
            taken.append(line)
            size += len(line)
            yield line.replace("\0", "") if "\0" in line else line

    def _parse_strictly(self, taken: list[str]) -> list[str] | None:
        """Return the next row by the rules of CSV, None where it breaks them or does not fit."""
        try:
            cells = next(csv.reader(self._feed(taken), delimiter=self._delimiter, strict=True), [])
        except csv.Error:
            return None
        if not self._fits(cells, taken) or self._swallows_row(cells, taken):
            return None
        self._before = cells
        return cells

    def _fits(self, cells: list[str], taken: list[str]) -> bool:
        """Return whether a row has no cells too many and, over several lines, none too few."""
        is_whole = len(taken) == 1 or len(cells) == self.width
        return self.width == 0 or (is_whole and len(cells) <= self.width)

    def _swallows_row(self, cells: list[str], taken: list[str]) -> bool:
        """Return whether a line inside a cell is a row itself, which a stray mark swallowed.

        Such a line has as many cells as a row, and one of them, a time or an id, looks like that of
        the row around it or of the row before. Of the last line only the cells before the text
        count: those after it belong to its own row.
        """
        if len(taken) < 2:
            return False
        known = _list_shapes(cells) | _list_shapes(self._before)
        column = _find_broken(cells)
        leading = {shape for shape in known if shape[0] < column}
        *inner, last = map(self._list_row_shapes, taken[1:])
        is_inner = not known.isdisjoint(chain.from_iterable(inner))
        return is_inner or not leading.isdisjoint(last)

    def _list_row_shapes(self, line: str) -> set[tuple[int, str]]:
        """Return the shapes of the cells of a line that is a full row, none for any other line."""
        if self.width < 2 or line.count(self._delimiter) < self.width - 1:
            return set()
        cells = split_leniently(line.rstrip("\r\n"), self._delimiter)
        return _list_shapes(cells) if cells and len(cells) == self.width else set()

    def _mend(self, taken: list[str]) -> list[str] | None:
        """Return a row with stray quotation marks, of as few lines as give a full one, or None."""
        while len(taken) < MENDED_LINES and (line := self._next_line()):
            taken.append(line)
        for count in range(1, self._count_own_lines(taken) + 1):
            text = "".join(taken[:count]).replace("\0", "").rstrip("\r\n")
            if self._is_full(cells := split_leniently(text, self._delimiter)):
                self._waiting.extendleft(reversed(taken[count:]))
                del taken[count:]
                return cells
        return None

    def _count_own_lines(self, taken: list[str]) -> int:
        """Return how many lines may belong to the first row: those before another full row."""
        for count, line in enumerate(taken[1:MENDED_LINES], start=1):
            is_row = self._is_full(split_leniently(line.rstrip("\r\n"), self._delimiter))
            if is_row and self.width > 1:
                return count
        return min(len(taken), MENDED_LINES)

    def _is_full(self, cells: list[str] | None) -> bool:
        return cells is not None and len(cells) == self.width

    def _put_first_aside(self, taken: list[str]) -> None:
        first, *rest = taken
        self._waiting.extendleft(reversed(rest))
        self._line += 1
        reason = make_reason(
            "the row does not fit the {columns} columns, or a quotation mark never closes",
            code="row-misfits-columns",
            columns=self.width,
        )
        self._source.put_aside(self._line, reason, first.rstrip("\r\n"))


def _find_broken(cells: list[str]) -> int:
    """Return the column of the first cell over several lines, 0 where there is none."""
    broken = (column for column, cell in enumerate(cells) if _LINE_END.search(cell))
    return next(broken, 0)


def _list_shapes(cells: list[str]) -> set[tuple[int, str]]:
    """Return the shapes of the cells that hold four digits or more, each with its column."""
    shapes = set()
    for column, cell in enumerate(cells):
        if len(cell) <= _LONGEST_SHAPE and sum(map(str.isdigit, cell)) >= _FEWEST_DIGITS:
            shapes.add((column, _LETTERS.sub("a", _DIGITS.sub("0", cell))))
    return shapes


def split_leniently(text: str, delimiter: str) -> list[str] | None:
    """Return the cells of a row in which only a mark before a delimiter or the end closes a cell.

    None where a cell is still open at the end.
    """
    cells: list[str] = []
    at = 0
    while at <= len(text):
        if text.startswith('"', at):
            end = _find_closing(text, at + 1, delimiter)
            if end is None:
                return None
            cells.append(text[at + 1 : end].replace('""', '"'))
            at = end + 2
        else:
            end = text.find(delimiter, at)
            end = len(text) if end < 0 else end
            cells.append(text[at:end])
            at = end + 1
    return cells


def _find_closing(text: str, start: int, delimiter: str) -> int | None:
    """Return the place of the mark that ends a cell, None where there is none.

    A mark after an odd number of others is the second half of a doubled one.
    """
    for match in re.finditer(f'"(?={re.escape(delimiter)}|$)', text[start:]):
        end = start + match.start()
        inside = text[start:end]
        doubled = len(inside) - len(inside.rstrip('"'))
        if doubled % 2 == 0:
            return end
    return None
