"""What the cells of each column of a CSV file look like, so that a shifted row is known for one.

A row that was pieced together may have the right number of cells and each of them one column too
far: an address where the text stands, a flag where the author does. The plain rows tell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

FEWEST_ROWS = 4  # plain rows without which nothing is known of the columns
FEWEST_COMMAS = 2  # cells with commas that make them usual in a column
SHORT_ROWS = 2  # rows without their last cells that make such rows usual in a file

# A comma without a blank after it, in no number such as 1,234,567.
STRAY_COMMA = re.compile(r"\A(?!\d{1,3}(?:,\d{3})+\Z)[^,]*+(?:,\s[^,]*+)*+,(?!\s)")

_LEARNED_ROWS = 100  # rows of which each is learned; of those after them every 50th
_EVERY = 50
_LONGEST_CODE = 60  # characters of a time or an id
_FEWEST_DIGITS = 4
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"(?:https?|at)://\S+")
_WORD = re.compile(r"[\w.@#:/+-]+")
_HANDLE = re.compile(r"[^\W\d][\w.@-]*|@[\w.@-]+")
_FLAGS = frozenset({"true", "false"})
_EMPTY, _FLAG, _LINK, _NUMBER, _NAME, _WORDS = "", "flag", "address", "0", "name", "words"
_PLAIN = frozenset({_NAME, _WORDS})


class ColumnKinds:
    """The kinds of cell that each column has shown; `width` is the number of columns.

    In a table whose cells may be `with_commas` a column has stray ones where it has had two: a
    single one in an id, a time or a name is a broken byte.
    """

    def __init__(self, width: int, *, with_commas: bool = False) -> None:
        self.width = width
        self._with_commas = with_commas
        self._commas = [0] * width
        self._seen: list[set[str]] = [set() for _ in range(width)]
        self._lengths: list[Counter[int]] = [Counter() for _ in range(width)]
        self._rows = 0
        self._short = 0
        self._short_by_one = 0

    @property
    def is_known(self) -> bool:
        """Whether enough rows were learned to judge another one by."""
        return self._rows >= FEWEST_ROWS

    @property
    def lacks_column(self) -> bool:
        """Whether every row has one cell fewer than there are names: a name is cut in two."""
        return self._rows == 0 and self._short == self._short_by_one >= FEWEST_ROWS

    @property
    def is_often_short(self) -> bool:
        """Whether rows without their last cells are usual in this file."""
        return self._short >= SHORT_ROWS

    def learn(self, cells: Sequence[str]) -> None:
        """Take in the cells of a plain row."""
        self._short += len(cells) < self.width
        self._short_by_one += len(cells) == self.width - 1
        if len(cells) != self.width:
            return
        self._rows += 1
        if self._with_commas and any("," in cell for cell in cells):
            self._learn_commas(cells)
        elif self._rows <= _LEARNED_ROWS or self._rows % _EVERY == 0:
            for column, cell in enumerate(cells):
                self._learn_cell(cell, column)

    def _learn_commas(self, cells: Sequence[str]) -> None:
        for column, cell in enumerate(cells):
            is_stray = STRAY_COMMA.match(cell) is not None
            self._commas[column] += is_stray
            if not is_stray or self._commas[column] >= FEWEST_COMMAS:
                self._learn_cell(cell, column)

    def _learn_cell(self, cell: str, column: int) -> None:
        self._seen[column].add(find_kind(cell))
        self._lengths[column][len(cell)] += 1

    def is_cut(self, cell: str, column: int) -> bool:
        """Return whether a time, an id or an address is shorter than the others of its column."""
        lengths = self._lengths[column]
        others = [length for length in lengths if length != len(cell)]
        is_alone = lengths[len(cell)] <= 1  # it may have been learned itself
        is_shorter = is_alone and len(cell) < min(others, default=0)
        return self.is_known and self.is_coded(column) and is_shorter

    def fits(self, cells: Sequence[str]) -> bool:
        """Return whether a row's cells look like those of their columns, as far as is known.

        A row without its last cells fits where these may be empty, or where such rows are usual.
        """
        if not self.is_known:
            return True
        missing = range(len(cells), self.width)
        is_whole = self.is_often_short or all(_EMPTY in self._seen[column] for column in missing)
        return is_whole and self.fits_at(cells, range(len(cells)))

    def fits_at(self, cells: Sequence[str], columns: Iterable[int]) -> bool:
        """Return whether the cells of these columns look like the others there."""
        return not self.is_known or all(self._fits(cells[column], column) for column in columns)

    def may_break(self, cell: str, column: int) -> bool:
        """Return whether a cell may hold line ends: one of words may, a name or a time may not."""
        seen = self._seen[column] if self.is_known else {find_kind(cell.strip())}
        return _WORDS in seen

    def may_be_empty(self, column: int) -> bool:
        """Return whether a column has cells with nothing in them, as far as is known."""
        return self.is_known and _EMPTY in self._seen[column]

    def may_be_piece(self, cell: str, column: int, beside: str) -> bool:
        """Return whether a cell may be a piece of one of a column: any piece of words is words.

        A piece of a time or an id is of the same signs: "12 o'" is not a piece of "2015-03-10".
        Where too few rows tell of the column, `beside` does, what it holds next to the piece: it
        may be the other piece, or the whole is here.
        """
        seen = self._seen[column] if self.is_known else {find_kind(beside)}
        if not self.is_known and _EMPTY in seen:
            return True
        if not _PLAIN.isdisjoint(seen) or (_LINK in seen and " " not in cell):
            return True
        known = set("".join("a" if kind == _FLAG else kind for kind in seen if kind != _LINK))
        return known.issuperset(_reduce(cell.strip()))

    def is_coded(self, column: int) -> bool:
        """Return whether a column always holds a time, an id or an address."""
        seen = self._seen[column]
        return bool(seen) and seen.isdisjoint({_EMPTY, _FLAG, *_PLAIN})

    def may_begin_row(self, cells: Sequence[str]) -> bool:
        """Return whether cells, the last perhaps cut, look like the first of a row."""
        last = len(cells) - 1
        if not self.is_known or not any(map(self.is_coded, range(last + 1))):
            return False
        is_fit = self.fits_at(cells, range(last))
        return is_fit and self.may_be_piece(cells[last], last, beside=cells[last])

    def begins_row(self, cells: Sequence[str]) -> bool:
        """Return whether the first cells of a line are those of a row: a time, an id, an address.

        Never true where the columns before the first that holds words have none of these.
        """
        last = max(self._list_coded(), default=len(cells))
        return self.is_known and last + 1 < len(cells) and self.fits_at(cells, range(last + 1))

    def holds_row(self, pieces: Sequence[str]) -> bool:
        """Return whether the pieces of one cell are those of a row that the cell swallowed.

        Of the swallowed row the first cell stuck to what was before; its other times, ids and
        addresses stand as far from each other as in any row.
        """
        coded = [column for column in range(1, self.width) if self.is_coded(column)]
        if not coded or not self.is_known:
            return False
        starts = range(len(pieces) - coded[-1])
        return any(
            all(find_kind(pieces[start + column]) in self._seen[column] for column in coded)
            for start in starts
        )

    def _list_coded(self) -> Iterable[int]:
        """Yield the columns with times, ids or addresses that come before all words."""
        for column, seen in enumerate(self._seen):
            if _WORDS in seen:
                return
            if self.is_coded(column):
                yield column

    def _fits(self, cell: str, column: int) -> bool:
        kind, seen = find_kind(cell), self._seen[column]
        if kind in seen:
            return True
        is_elsewhere = kind in (_EMPTY, _FLAG, _LINK) or any(kind in other for other in self._seen)
        return _WORDS in seen and (kind in _PLAIN or not is_elsewhere)


def find_kind(cell: str) -> str:
    """Return what a cell looks like; of a time or an id that is its shape, "a a 0 0:0:0 +0 0"."""
    said = cell.strip(" ")
    if not said:
        return _EMPTY
    if said.casefold() in _FLAGS:
        return _FLAG
    if _ADDRESS.fullmatch(said):
        return _LINK
    if _HANDLE.fullmatch(said):
        return _NAME
    if shape := find_shape(said):
        return shape
    if said.isdecimal():
        return _NUMBER
    return _NAME if _WORD.fullmatch(said) else _WORDS


def find_shape(cell: str) -> str:
    """Return the shape of a cell that holds four digits or more, "" for any other."""
    if len(cell) > _LONGEST_CODE or sum(map(str.isdigit, cell)) < _FEWEST_DIGITS:
        return ""
    return _reduce(cell)


def _reduce(cell: str) -> str:
    return _LETTERS.sub("a", _DIGITS.sub("0", cell))
