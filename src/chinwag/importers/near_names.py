"""Columns whose names were meant to be understood, and are not: misspelt, broken or missing.

A column that nobody asked for is no matter; but one that is called "in_reply_to_statsu_id" would be
left unread in silence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from chinwag.errors import UnknownFormat
from chinwag.importers.columns import NAMES, TIMES, fold_name, list_names
from chinwag.importers.source import Source
from chinwag.records.contract import make_reason

_BROKEN = "ÿ"  # stands for a sign that is none: a byte with all bits set is this letter
_FEWEST_SWAPPED = 3  # letters of a name in which two neighbours may be swapped
_FEWEST_OTHER = 6  # letters of a name of which one may be another one
_FEWEST_NEEDED = 5  # the same, of a name without which nothing can be read
_ODD_SIGN = re.compile(r"[^\w .:/()-]")  # in no usual name of a column
_FEWEST_ROWS = 3  # rows that a column without a name must fill to be worth a word


def find_near(name: str, known: Collection[str], *, fewest: int = _FEWEST_OTHER) -> str:
    """Return the known name that another one was meant to be, "" where it is none or known itself.

    Two neighbouring letters may be swapped, one may be another in names of the `fewest` letters,
    and one may be broken: a sign that is no letter of ASCII stands in its place.
    """
    said = fold_name("".join(_BROKEN if _is_broken(sign) else sign for sign in name))
    folded = {fold_name(one): one for one in known}
    if said in folded:
        return ""
    near = (one for key, one in folded.items() if _is_near(said, key, fewest))
    return next(near, "")


def _is_broken(sign: str) -> bool:
    """Return whether a sign is what a broken byte may have become, and no letter."""
    return not sign.isprintable() or not (sign.isascii() or sign.isalnum())


def _is_near(said: str, known: str, fewest: int) -> bool:
    if len(said) != len(known) or len(known) < _FEWEST_SWAPPED:
        return False
    differing = [
        at for at, (one, other) in enumerate(zip(said, known, strict=True)) if one != other
    ]
    if len(differing) == 1:
        return len(known) >= fewest or not said[differing[0]].isascii()
    if len(differing) != 2 or differing[1] - differing[0] != 1:
        return False
    first, second = differing
    return said[first] == known[second] and said[second] == known[first]


def find_meant(
    names: Sequence[str],
    columns: Mapping[str, str],
    *,
    more: Collection[str] = (),
    fewest: int = _FEWEST_OTHER,
) -> dict[str, str]:
    """Return columns that no field has, each with the known name that it was meant to have.

    `columns` are the columns by field, `more` the names that a format knows besides. What is meant
    for a field that has a column already is left out, unless its name comes before that column's.
    """
    absent = [name for field in NAMES for name in _list_absent(field, columns)]
    held = {fold_name(name) for name in names}
    known = [name for name in (*absent, *more) if fold_name(name) not in held]
    every = {fold_name(one) for listed in NAMES.values() for one in listed}
    free = [name for name in names if name not in columns.values() and fold_name(name) not in every]
    meant = {name: find_near(name, known, fewest=fewest) for name in free if name}
    return {name: one for name, one in meant.items() if one}


def _list_absent(field: str, columns: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of a field that would be taken before the column that it has, if any."""
    listed = NAMES[field]
    if field not in columns:
        return listed
    folded = [fold_name(name) for name in listed]
    column = fold_name(columns[field])
    return listed[: folded.index(column)] if column in folded and field == "author" else ()


def explain_meant(
    file: str, names: Sequence[str], columns: Mapping[str, str]
) -> UnknownFormat | None:
    """Return the error for a table in which what a post needs is under a name that is misspelt.

    None where nothing looks like that. A handle under such a name is missed, too, where a name
    would be taken in its place.
    """
    lacking = [field for field in ("text", "author", "created_at") if _lacks(field, columns)]
    meant = find_meant(names, columns, fewest=_FEWEST_NEEDED)
    likely = {
        field: name
        for field in lacking
        for name, one in meant.items()
        if one in NAMES[field] or (field == "created_at" and any(one in NAMES[t] for t in TIMES))
    }
    if not likely:
        return None
    return UnknownFormat(
        "The column {likely} of {file} was not understood: is it {fields}? It has: {found}.",
        code="columns-misspelt",
        file=file,
        likely=" and ".join(f"“{name}”" for name in likely.values()),
        fields=" and ".join(likely),
        columns=[f"{field}={name}" for field, name in likely.items()],
        found=list_names(names),
    )


def _lacks(field: str, columns: Mapping[str, str]) -> bool:
    """Return whether a field has no column, or another one stands for it that says less."""
    if field == "created_at":
        return columns.keys().isdisjoint(TIMES)
    return field not in columns or field == "author"


def put_unread_aside(
    source: Source, names: Sequence[str], meant: Mapping[str, str], rows: Sequence[Sequence[str]]
) -> None:
    """Put the row with the names aside where a column of it was not understood, and say which.

    `rows` are the first rows of the table, that with the names included. Raises UnknownFormat where
    every one of them has more cells than there are names: nobody can tell which is whose.
    """
    _refuse_wide(source.name, names, rows)
    line, text = 1, ",".join(names)
    for name, likely in meant.items():
        reason = make_reason(
            "its column {name} was not understood: is it {likely}?",
            code="column-misspelt",
            name=name[:60],
            likely=likely,
        )
        source.put_aside(line, reason, text)
    for number in list_unnamed(names, rows):
        reason = make_reason(
            "its column {number} has no name, and was not read",
            code="column-without-name",
            number=number,
        )
        source.put_aside(line, reason, text)


def _refuse_wide(file: str, names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Raise UnknownFormat where names have run together, or one is missing."""
    widths = [len(row) for row in rows if list(row) != list(names)]
    if len(widths) < _FEWEST_ROWS or min(widths) <= len(names):
        return
    odd = [name for name in names if _ODD_SIGN.search(name)]
    raise UnknownFormat(
        "The rows of {file} have {cells} cells each, and the names above them are {number}: two may"
        " have run together, or one is missing. Look at: {likely}.",
        code="names-too-few",
        file=file,
        cells=min(widths),
        number=len(names),
        likely=list_names(odd or names),
    )


def list_unnamed(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[int]:
    """Yield the numbers of columns that hold something and have no name; none that only counts."""
    below = [row for row in rows if list(row) != list(names)]
    for place, name in enumerate(names):
        cells = [row[place] for row in below if place < len(row) and row[place]]
        if name == "" and len(cells) >= min(_FEWEST_ROWS, len(below)) > 0 and not _counts(cells):
            yield place + 1


def _counts(cells: Sequence[str]) -> bool:
    """Return whether the cells are the numbers of the rows, as some tools write them."""
    numbers = [int(cell) for cell in cells if cell.isdecimal()]
    return numbers == [*range(numbers[0], numbers[0] + len(cells))] if numbers else False
