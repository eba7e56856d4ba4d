"""From the text of a CSV file to its rows, one at a time, in bounded memory.

A line that is no row goes to `source.take_aside()`; the lines after it are still read, so that one
stray quotation mark never swallows a file.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator

from chinwag.importers.source import LONGEST_LINE, Source

LONGEST_ROW = 1 << 24  # characters of one CSV row, its line breaks included
MOST_ROW_LINES = 2_000
MENDED_LINES = 40  # how far a row with stray quotation marks is followed

csv.field_size_limit(LONGEST_LINE)


def read_rows(source: Source, delimiter: str | None = None) -> Iterator[tuple[int, dict[str, str]]]:
    """Give each row of a CSV file as column name to cell, with the line where it begins.

    Names are the header's, stripped; of columns with the same name the first that is filled counts.
    A row that is shorter than the header lacks its last columns. A row that is longer goes aside,
    and so does a line whose quotation mark never closes: the lines after it are still read.
    """
    with source.text_stream(newline="") as stream:
        rows = _Rows(source, stream, delimiter or find_delimiter(source.peek()))
        header: list[str] = []
        for line, cells in rows:
            if header:
                yield line, _name_cells(header, cells)
            else:
                header = [name.strip().strip("\ufeff") for name in cells]
                rows.width = len(header)


def read_header(head: str) -> list[str]:
    """Give the column names of a CSV file by its first characters, [] where there are none."""
    try:
        cells = next(csv.reader(io.StringIO(head, newline=""), delimiter=find_delimiter(head)), [])
    except csv.Error:
        return []
    return [name.strip().strip("\ufeff") for name in cells]


def find_delimiter(head: str) -> str:
    """Give the character between the cells: the one of comma, semicolon, tab that is commonest."""
    first = head.lstrip("\ufeff\r\n").split("\n", 1)[0].split("\r", 1)[0]
    return max(",;\t", key=first.count)


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
        self.width = 0

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        while True:
            taken: list[str] = []
            cells = self._parse_strictly(taken)
            if not taken:
                return
            if cells is None:
                cells = self._mend(taken)
            begins = self._line + 1
            if cells is None:
                self._put_first_aside(taken)
            else:
                self._line += len(taken)
                if any(cells):
                    yield begins, cells

    def _next_line(self) -> str:
        return self._waiting.popleft() if self._waiting else self._stream.readline(LONGEST_ROW)

    def _feed(self, taken: list[str]) -> Iterator[str]:
        size = 0
        while size < LONGEST_ROW and len(taken) < MOST_ROW_LINES and (line := self._next_line()):
            taken.append(line)
            size += len(line)
            yield line.replace("\0", "") if "\0" in line else line

    def _parse_strictly(self, taken: list[str]) -> list[str] | None:
        """Parse the next row by the letter of CSV; None where it breaks it or has odd cells."""
        try:
            cells = next(csv.reader(self._feed(taken), delimiter=self._delimiter, strict=True), [])
        except csv.Error:
            return None
        if self.width and (len(cells) > self.width or (len(taken) > 1 and len(cells) < self.width)):
            return None
        return cells

    def _mend(self, taken: list[str]) -> list[str] | None:
        """Try to read a row with stray quotation marks: as few lines as give a full row."""
        while len(taken) < MENDED_LINES and (line := self._next_line()):
            taken.append(line)
        for count in range(1, self._count_own_lines(taken) + 1):
            text = "".join(taken[:count]).replace("\0", "").rstrip("\r\n")
            cells = split_leniently(text, self._delimiter)
            if cells is not None and len(cells) == self.width:
                self._waiting.extendleft(reversed(taken[count:]))
                del taken[count:]
                return cells
        return None

    def _count_own_lines(self, taken: list[str]) -> int:
        """Count the lines that may belong to the first row: up to one that is a row by itself."""
        for count, line in enumerate(taken[1:MENDED_LINES], start=1):
            cells = split_leniently(line.rstrip("\r\n"), self._delimiter)
            if cells is not None and len(cells) == self.width > 1:
                return count
        return min(len(taken), MENDED_LINES)

    def _put_first_aside(self, taken: list[str]) -> None:
        first, *rest = taken
        self._waiting.extendleft(reversed(rest))
        self._line += 1
        reason = f"the row does not fit the {self.width} columns, or a quotation mark never closes"
        self._source.put_aside(self._line, reason, first.rstrip("\r\n"))


def split_leniently(text: str, delimiter: str) -> list[str] | None:
    """Split a row in which a quotation mark ends a cell only before a delimiter or the end.

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
    for match in re.finditer(f'"(?={re.escape(delimiter)}|$)', text[start:]):
        end = start + match.start()
        before: Iterable[str] = re.findall(r'"*$', text[start:end])
        if len("".join(before)) % 2 == 0:
            return end
    return None
