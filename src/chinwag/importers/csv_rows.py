"""From the text of a CSV file to its rows, one at a time, in bounded memory.

A line that is no row goes to `source.take_aside()` and the lines after it are still read: one stray
quotation mark never swallows a file.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

import msgspec

from chinwag.importers.column_kinds import STRAY_COMMA, ColumnKinds, find_shape
from chinwag.importers.source import LONGEST_LINE, Source
from chinwag.records.contract import make_reason

DELIMITERS = ",;\t"
ABOVE = make_reason("it stands above the names of the columns", code="above-column-names")
LONGEST_ROW = 1 << 24  # characters of one CSV row, its line breaks included
MOST_ROW_LINES = 2_000
USUAL_BLANKS = 3  # blank lines that make them usual in a file
LONGEST_MENDED = 1 << 20  # characters of the lines that are looked at together
MENDED_LINES = 40  # how far a row with stray quotation marks is followed

_LINE_END = re.compile(r"[\r\n]")

csv.field_size_limit(LONGEST_LINE)


def read_rows(
    source: Source,
    delimiter: str | None = None,
    *,
    names: Sequence[str] = (),
    skipped: int = 1,
    may_go_on: bool = False,
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row of a CSV file as column name to cell, with the line where it begins.

    Names are the first row's, stripped. Where other `names` are given, `skipped` rows come before
    the first row of data, and those above the row with the names are put aside. Of columns with the
    same name the first filled one counts. A row shorter than the header lacks its last columns. A
    longer row goes aside, and so does a line whose quotation mark never closes; the lines after it
    are still read. A row that is not plain must look like the others (`ColumnKinds`) or goes aside,
    but for the pieces of a text over several lines without marks, where lines `may_go_on`.
    """
    with source.text_stream(newline="") as stream:
        delimiter = delimiter or find_delimiter(source.peek())
        rows = _Rows(source, stream, delimiter, may_go_on=may_go_on)
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
            rows.may_be_short = header[-1:] == [""]


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
    row = dict(zip(header, cells, strict=False))
    if len(row) == min(len(header), len(cells)):
        return row  # no two columns have the same name
    row.clear()
    for name, cell in zip(header, cells, strict=False):
        if not row.get(name):
            row[name] = cell
    return row


class _Row(msgspec.Struct):
    """One row: the line where it begins, its cells, and the lines that it was read from."""

    line: int
    cells: list[str]
    lines: list[str]


class _Rows:
    """The rows of a CSV text; knows how many cells a row must have (`width`, 0 while unknown).

    A row that goes on in a line which is no row is not whole, and goes aside as that line does;
    where lines `may_go_on`, whoever reads the rows joins them.
    """

    def __init__(
        self, source: Source, stream: io.TextIOBase, delimiter: str, *, may_go_on: bool
    ) -> None:
        self._source = source
        self._stream = stream
        self._delimiter = delimiter
        self._may_go_on = may_go_on
        self._is_tabbed = delimiter == "\t"
        self._waiting: deque[str] = deque()  # lines that were read too far
        self._line = 0  # the number of the last line that was taken for good
        self._before: list[str] = []  # the cells of the row before
        self._held: _Row | None = None  # the row before, until it is known to end there
        self._piece: str | None = None  # the first cell of the line before, a piece of a row
        self._kinds = ColumnKinds(0)  # of no known width yet
        self._blanks = 0  # blank lines so far
        self._is_after_blank = False
        self._ahead = 0  # the last line from which the columns were learned ahead
        self.width = 0
        self.may_be_short = False  # whether the last column has no name

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        taken: list[str] = []
        cells = self._parse(taken)
        while taken:
            begins = self._line + 1
            cells = self._mend(taken) if cells is None else cells
            if cells is None:
                self._note_piece(taken[0])
                if (before := self._release()) is not None:
                    yield before.line, before.cells
                self._put_first_aside(taken)
            else:
                self._line += len(taken)
                if not any(map(str.strip, cells)):
                    self._note_blank()
                elif (before := self._hold(_Row(begins, cells, taken))) is not None:
                    yield before.line, before.cells
            taken = []
            cells = self._parse(taken)
        if (before := self._release()) is not None:
            yield before.line, before.cells

    def _hold(self, row: _Row) -> _Row | None:
        """Return the row before, and keep this one until the next line is known for a row.

        Where that does not matter, no row is kept, and this one is returned.
        """
        before = self._release()
        piece, self._piece = self._piece, None
        is_after_blank, self._is_after_blank = self._is_after_blank, False
        is_rest = piece is not None and self._kinds.may_be_piece(piece, 0, beside=row.cells[0])
        if is_rest or (is_after_blank and self._is_cut(row, 0)):
            self._put_row_aside(row)
        elif not self.width or self._may_go_on:
            return row
        else:
            self._held = row
        return before

    def _note_blank(self) -> None:
        """Note a blank line; the row before goes aside where its last cell is cut there."""
        self._blanks += 1
        self._is_after_blank = True
        self._learn_ahead([""])
        if self._held is not None and self._is_cut(self._held, -1):
            held, self._held = self._held, None
            self._put_row_aside(held)

    def _is_cut(self, row: _Row, end: int) -> bool:
        """Return whether a blank line beside a row stands for a sign of its first or last cell.

        Not where blank lines are usual.
        """
        if self._may_go_on or self._blanks >= USUAL_BLANKS or len(row.cells) != self.width:
            return False
        return self._kinds.is_cut(row.cells[end], end % self.width)

    def _release(self) -> _Row | None:
        held, self._held = self._held, None
        return held

    def _next_line(self) -> str:
        return self._waiting.popleft() if self._waiting else self._stream.readline(LONGEST_ROW)

    def _feed(self, taken: list[str]) -> Iterator[str]:
        size = 0
        while size < LONGEST_ROW and len(taken) < MOST_ROW_LINES and (line := self._next_line()):
            taken.append(line)
            size += len(line)
            yield line

    def _parse(self, taken: list[str]) -> list[str] | None:
        """Return the next row, None where it breaks the rules of CSV or does not fit.

        A whole row of one line without an odd sign needs no closer look.
        """
        if not self.width or self._may_go_on or not (line := self._next_line()):
            return self._parse_strictly(taken)
        cells = self._read_line(line)
        if len(cells) == self.width and any(cells) and not self._has_stray_comma(cells):
            taken.append(line)
            self._learn(cells)
            self._before = cells
            return cells
        self._waiting.appendleft(line)
        return self._parse_strictly(taken)

    def _parse_strictly(self, taken: list[str]) -> list[str] | None:
        """Return the next row by the rules of CSV, None where it breaks them or does not fit."""
        try:
            cells = next(csv.reader(self._feed(taken), delimiter=self._delimiter, strict=True), [])
        except csv.Error:
            return None
        if not self._fits(cells, taken) or self._swallows_row(cells, taken):
            return None
        if self.width and not self._looks_plain(cells, taken):
            return None
        cells = _drop_zeros(cells, taken)
        self._before = cells
        return cells

    def _looks_plain(self, cells: list[str], taken: list[str]) -> bool:
        """Return whether a row by the rules of CSV is what it seems; the columns learn from it."""
        if self._may_go_on or not any(cell.strip("\0") for cell in cells):
            return True
        is_odd = self._is_odd(taken)
        is_short = len(cells) < self.width
        if not is_odd and not is_short:
            self._learn(cells)
            if not self._has_stray_comma(cells):
                return True
        self._know_width()
        self._learn_ahead(taken, is_short=is_short)
        if is_short:
            return self._is_short_row(cells)
        odd = (column for column, cell in enumerate(cells) if self._is_odd_cell(cell))
        return self._kinds.fits_at(cells, odd)

    def _learn(self, cells: list[str]) -> None:
        """Take in a plain row, unless that was done ahead."""
        self._know_width()
        if self._line >= self._ahead:
            self._kinds.learn(cells)

    def _is_short_row(self, cells: list[str]) -> bool:
        """Return whether a row without its last cells is one, and no piece of a row."""
        is_cut = self._kinds.lacks_column and not self.may_be_short
        if is_cut or not self._kinds.fits(cells):
            return False
        is_scrap = len(cells) < min(2, self.width - 1)  # a post has three cells at least
        return self._kinds.is_known or not (is_scrap or self._goes_on(cells))

    def _goes_on(self, cells: list[str]) -> bool:
        """Return whether the next line has the very cells that a short row lacks, and is no row."""
        line = next(filter(str.strip, self._waiting), "")
        rest = split_leniently(line.rstrip("\r\n"), self._delimiter)
        is_whole = rest is not None and len(cells) + len(rest) == self.width + 1
        return is_whole and not self._is_full(rest)

    def _know_width(self) -> None:
        if self._kinds.width != self.width:
            self._kinds = ColumnKinds(self.width, with_commas=self._is_tabbed)

    def _is_odd_cell(self, cell: str) -> bool:
        other = STRAY_COMMA.match(cell) is not None if self._is_tabbed else "\t" in cell
        return other or '"' in cell or "\0" in cell

    def _has_stray_comma(self, cells: list[str]) -> bool:
        """Return whether there is a comma among tabs that may be a broken byte."""
        return self._is_tabbed and any("," in one and STRAY_COMMA.match(one) for one in cells)

    def _is_odd(self, taken: Iterable[str]) -> bool:
        """Return whether lines hold what no tool writes: a zero byte, a tab, an unpaired mark."""
        marks = 0
        for line in taken:
            if "\0" in line or (not self._is_tabbed and "\t" in line):
                return True
            marks += line.count('"')
        return marks % 2 == 1

    def _learn_ahead(self, taken: list[str], *, is_short: bool = False) -> None:
        """Learn the columns from the lines that follow, where the rows before tell too little."""
        is_enough = self._kinds.is_known and (not is_short or self._kinds.is_often_short)
        if is_enough or self._line < self._ahead:
            return
        self._know_width()
        size = sum(map(len, self._waiting))
        while len(self._waiting) < MENDED_LINES and size < LONGEST_MENDED:
            if not (line := self._stream.readline(LONGEST_ROW)):
                break
            self._waiting.append(line)
            size += len(line)
        lines = [*taken[1:], *islice(self._waiting, MENDED_LINES)]
        self._ahead = self._line + 1 + len(lines)
        rows = [row for line in lines if (row := self._read_line(line))]
        for row in rows:
            if len(row) == self.width:
                self._kinds.learn(row)
        for row in rows:
            if 1 < len(row) < self.width and self._kinds.fits_at(row, range(len(row))):
                self._kinds.learn(row)

    def _read_line(self, line: str) -> list[str]:
        """Return the cells of a line that is a plain row, [] for any other."""
        if self._is_odd((line,)):
            return []
        if '"' not in line:
            bare = line.rstrip("\r\n")
            return bare.split(self._delimiter) if bare else []
        try:
            return next(csv.reader((line,), delimiter=self._delimiter, strict=True), [])
        except csv.Error:
            return []

    def _fits(self, cells: list[str], taken: list[str]) -> bool:
        """Return whether a row has no cells too many and, over several lines, none too few."""
        if any(map(_is_cut_short, taken)):
            return False
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
        """Return a row with stray quotation marks, of as few lines as give a full one, or None.

        Its cells must look like the others of their columns.
        """
        size = sum(map(len, taken))
        while len(taken) < MENDED_LINES and size < LONGEST_MENDED and (line := self._next_line()):
            taken.append(line)
            size += len(line)
        self._learn_ahead(taken)
        for count in range(1, self._count_own_lines(taken) + 1):
            cells = split_leniently("".join(taken[:count]).rstrip("\r\n"), self._delimiter)
            if cells is not None and len(cells) == self.width:
                if not self._may_go_on and not self._is_sound(cells):
                    return None
                self._waiting.extendleft(reversed(taken[count:]))
                del taken[count:]
                return _drop_zeros(cells, taken)
        return None

    def _is_sound(self, cells: list[str]) -> bool:
        """Return whether the cells of a mended row fit their columns, and none holds a row."""
        inside = (cell.split(self._delimiter) for cell in cells)
        if not self._kinds.fits(cells) or any(map(self._kinds.holds_row, inside)):
            return False
        broken = ((column, cell) for column, cell in enumerate(cells) if _LINE_END.search(cell))
        return all(self._kinds.may_break(cell, column) for column, cell in broken)

    def _count_own_lines(self, taken: list[str]) -> int:
        """Return how many lines may belong to the first row: those before another full row."""
        for count, line in enumerate(taken[1:MENDED_LINES], start=1):
            is_row = self._is_full(split_leniently(line.rstrip("\r\n"), self._delimiter))
            if (is_row and self.width > 1) or self._begins_row(line):
                return count
        return min(len(taken), MENDED_LINES)

    def _is_full(self, cells: list[str] | None) -> bool:
        """Return whether cells are those of a whole row, whose first is not cut off."""
        if cells is None or len(cells) != self.width:
            return False
        return cells[0] != "" or self._kinds.may_be_empty(0)

    def _begins_row(self, line: str) -> bool:
        cells = line.rstrip("\r\n").split(self._delimiter)
        return self._kinds.begins_row([cell.strip('"') for cell in cells])

    def _put_first_aside(self, taken: list[str]) -> None:
        first, *rest = taken
        self._waiting.extendleft(reversed(rest))
        self._line += 1
        self._put_row_aside(_Row(self._line, [], [first]))
        while _is_cut_short(first):
            first = self._next_line()  # the rest of the line is no row of its own

    def _note_piece(self, line: str) -> None:
        """Note whether a line that is no row is a piece of one, and what the row before loses."""
        is_piece = line.count(self._delimiter) < self.width - 1 and not self._begins_row(line)
        is_piece = is_piece and not _is_cut_short(line)
        self._piece = line.rstrip("\r\n").split(self._delimiter)[0] if is_piece else None
        if self._held is None or self._piece is None:
            return
        if not self._is_cut_row(line):
            self._put_torn_aside(self._held, self._piece)

    def _is_cut_row(self, line: str) -> bool:
        """Return whether a line is cut because its file is, so that the row before is whole."""
        is_last = not line.endswith(("\n", "\r"))
        cells = split_leniently(line, self._delimiter) or line.split(self._delimiter)
        return is_last and self._kinds.may_begin_row(cells)

    def _put_torn_aside(self, held: _Row, piece: str) -> None:
        """Put the row before aside, where the piece after it may be the rest of its last cell."""
        last = len(held.cells) - 1
        if self._kinds.may_be_piece(piece, last, beside=held.cells[last]):
            self._held = None
            self._put_row_aside(held)

    def _put_row_aside(self, row: _Row) -> None:
        reason = make_reason(
            "the row does not fit the {columns} columns, or a quotation mark never closes",
            code="row-misfits-columns",
            columns=self.width,
        )
        self._source.put_aside(row.line, reason, "".join(row.lines).rstrip("\r\n"))


def _is_cut_short(line: str) -> bool:
    """Return whether a line is longer than was read of it."""
    return len(line) >= LONGEST_ROW and not line.endswith(("\n", "\r"))


def _drop_zeros(cells: list[str], taken: list[str]) -> list[str]:
    """Return the cells without zero bytes, which stand for nothing."""
    has_zeros = any("\0" in line for line in taken)
    return [cell.replace("\0", "") for cell in cells] if has_zeros else cells


def _find_broken(cells: list[str]) -> int:
    """Return the column of the first cell over several lines, 0 where there is none."""
    broken = (column for column, cell in enumerate(cells) if _LINE_END.search(cell))
    return next(broken, 0)


def _list_shapes(cells: list[str]) -> set[tuple[int, str]]:
    """Return the shapes of the cells that hold four digits or more, each with its column."""
    shapes = enumerate(map(find_shape, cells))
    return {(column, shape) for column, shape in shapes if shape}


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
