"""Excel workbooks (.xlsx): each sheet is read as the CSV that Excel would save.

A workbook is refused by its own list of cells before a library unpacks it, for a few bytes of XML
can name a cell at the far end of a sheet, or one long text a million times.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from array import array
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from chinwag.errors import InputError
from chinwag.importers import containers

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_BOOK, _SHEETS, _TEXTS = "xl/workbook.xml", "xl/worksheets/", "xl/sharedStrings.xml"
MOST_XML = 400 << 20  # bytes of a workbook, unpacked
MOST_CELLS = 10_000_000  # of a sheet, empty ones between others too: some 30 bytes each
MOST_TEXT = 400 << 20  # bytes of a sheet's texts, each as often as a cell names it
_CHUNK = 1 << 20
_LONGEST = 16 << 20  # bytes between two ends of cells or texts that are looked at together
_WHOLE = 1e15  # Excel keeps 15 digits: what is longer has lost the others, and shows it

_ROW = re.compile(rb"<(?:\w+:)?row\b")
_ROW_PLACE = re.compile(rb"""\br\s*=\s*["'](\d{1,9})["']""")
_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s/>])")
_PLACE = re.compile(rb"""\br\s*=\s*["']\$?([A-Za-z]{1,4})\$?(\d{1,9})["']""")
_IS_TEXT = re.compile(rb"""\bt\s*=\s*["']s["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v\b")
_NUMBER = re.compile(rb"\s*(\d{1,9})")
_CELL_END = re.compile(rb"</(?:\w+:)?c\s*>|/>")
_TEXT_END = re.compile(rb"</(?:\w+:)?si\s*>|<(?:\w+:)?si\s*/>")
_MOST_COLUMNS = 16_384  # that a sheet can have


class _Size(NamedTuple):
    """What a member of an archive takes there, in bytes."""

    compress_size: int


def is_workbook(path: Path) -> bool:
    """Return whether a zip is an Excel workbook."""
    with suppress(*containers.BROKEN), zipfile.ZipFile(path) as packed:
        return _BOOK in packed.namelist()
    return False


class Workbook:
    """The sheets of a workbook as an archive of CSV files, the longest first.

    Raises InputError for a workbook that is damaged, locked or too large, and where what reads
    workbooks is not installed.
    """

    def __init__(self, path: Path, name: str) -> None:
        self._size = path.stat().st_size
        try:
            with zipfile.ZipFile(path) as packed:
                _refuse_large(packed, name)
            sheets = sorted(_load_sheets(path, name), key=lambda sheet: -sheet.height)
        except containers.BROKEN as error:
            raise _refuse_damaged(name, str(error)) from error
        self._sheets = {sheet.name: sheet for sheet in sheets}
        self.members = dict.fromkeys(self._sheets, _Size(self._size))

    def open(self, name: str) -> IO[bytes]:
        """Return a sheet as CSV in UTF-8."""
        return io.BufferedReader(_CsvBytes(self._sheets[name].iter_rows()))

    def find_place(self, _name: str) -> int:
        """Return where a sheet ends in the file, as far as can be told: at its end."""
        return self._size


class _CsvBytes(io.RawIOBase):
    """Rows as the bytes of a CSV file, written as they are read."""

    def __init__(self, rows: Iterable[list[Any]]) -> None:
        self._lines = _write_rows(rows)
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._left:
            line = next(self._lines, None)
            if line is None:
                return 0
            self._left = line
        size = min(len(buffer), len(self._left))
        buffer[:size], self._left = self._left[:size], self._left[size:]
        return size


def _write_rows(rows: Iterable[list[Any]]) -> Iterator[bytes]:
    text = io.StringIO()
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([_say_value(value) for value in row])
        yield text.getvalue().encode("utf-8", "replace")
        text.seek(0)
        text.truncate()


def _say_value(value: Any) -> str:
    """Return a cell as Excel's CSV has it: dates by the calendar, whole numbers without a point."""
    if isinstance(value, float) and abs(value) >= _WHOLE:
        return f"{value:.14E}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)


def _load_sheets(path: Path, name: str) -> list[CalamineSheet]:
    try:
        import python_calamine  # noqa: PLC0415 - an extra: only those who have workbooks need it
    except ImportError as error:
        raise InputError(
            "{file} is an Excel workbook, and the package that reads these is not installed.",
            code="workbooks-not-installed",
            file=name,
        ) from error
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        tables = python_calamine.SheetTypeEnum.WorkSheet  # others are charts and macros
        names = [one.name for one in book.sheets_metadata if one.typ == tables]
        sheets = [book.get_sheet_by_name(one) for one in names]
    except python_calamine.CalamineError as error:
        raise _refuse_damaged(name, str(error)) from error
    filled = [sheet for sheet in sheets if sheet.height]
    if not filled:
        raise InputError("{file} is empty.", code="file-empty", file=name)
    return filled


def _refuse_damaged(name: str, fault: str) -> InputError:
    return InputError(
        "{file} is a damaged workbook ({fault}).", code="workbook-damaged", file=name, fault=fault
    )


def _refuse_large(packed: zipfile.ZipFile, name: str) -> None:
    """Raise InputError for a workbook that would unpack to more than can be held."""
    infos = packed.infolist()
    for info in infos:
        containers.check_expansion(f"{name}/{info.filename}", info.file_size, info.compress_size)
    lengths = array("l")
    if sum(info.file_size for info in infos) <= MOST_XML:
        texts = [info for info in infos if info.filename.lower() == _TEXTS.lower()]
        for info in texts:
            lengths.extend(_measure_texts(packed, info))
        sheets = [info for info in infos if info.filename.lower().startswith(_SHEETS)]
        if all(_is_small(packed, info, lengths) for info in sheets):
            return
    raise InputError("{file} is too large for a workbook.", code="workbook-too-large", file=name)


def _measure_texts(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[int]:
    """Yield the bytes of each shared text."""
    left = 0
    for stretch in _read_stretches(packed, info, _TEXT_END):
        last = 0
        for found in _TEXT_END.finditer(stretch):
            yield left + found.end() - last
            last, left = found.end(), 0
        left += len(stretch) - last


def _is_small(packed: zipfile.ZipFile, info: zipfile.ZipInfo, lengths: array[int]) -> bool:
    """Return whether a sheet is of a size that can be held, with its texts written out."""
    rows = columns = text = 0
    for stretch in _read_stretches(packed, info, _CELL_END):
        rows = max(rows, _find_last_row(stretch))
        for cell in _CELL.split(stretch)[1:]:
            head, _, rest = cell.partition(b">")
            place = _PLACE.search(head)
            rows = max(rows, int(place[2]) if place else 0)
            columns = max(columns, _number_column(place[1]) if place else _MOST_COLUMNS)
            if _IS_TEXT.search(head) and (number := _find_number(rest)) is not None:
                text += lengths[number] if number < len(lengths) else 0
        if rows * columns > MOST_CELLS or text > MOST_TEXT:
            return False
    return True


def _find_last_row(stretch: bytes) -> int:
    """Return the highest number that a row has, 0 where none has one."""
    heads = (row.partition(b">")[0] for row in _ROW.split(stretch)[1:])
    return max((int(place[1]) for head in heads if (place := _ROW_PLACE.search(head))), default=0)


def _find_number(cell: bytes) -> int | None:
    """Return the number that is a cell's value, None where there is none."""
    values = (value.partition(b">")[2] for value in _VALUE.split(cell)[1:])
    found = (number for value in values if (number := _NUMBER.match(value)))
    first = next(found, None)
    return int(first[1]) if first else None


def _number_column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _read_stretches(
    packed: zipfile.ZipFile, info: zipfile.ZipInfo, end: re.Pattern[bytes]
) -> Iterator[bytes]:
    """Yield a member in stretches that end where `end` matches, but for the last."""
    left = b""
    with packed.open(info) as member:
        while chunk := member.read(_CHUNK):
            left += chunk
            cut = max((found.end() for found in end.finditer(left)), default=0)
            if not cut and len(left) > _LONGEST:
                cut = len(left)
            yield left[:cut]
            left = left[cut:]
    yield left
