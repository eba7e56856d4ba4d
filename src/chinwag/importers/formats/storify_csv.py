"""A scrape of Storify's pages: three columns, `time,username,text`, in a spreadsheet's CSV.

Storify closed in 2018; such files are what was saved of it. They have no ids, no zone, minutes
only, and a trap: Storify showed a reply together with the post that started its thread, and the
scrape took that post's text for both. So a text that was already there within a day, whoever says
it again, is not its author's own: the row is kept with `text_lost` and the thread it belongs to.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

import msgspec

from chinwag.importers.cells import refuse_misplaced
from chinwag.importers.csv_rows import read_header, read_rows
from chinwag.importers.source import Source
from chinwag.model import AsideRow, Post, RawPost, Sighting
from chinwag.records.contract import ReadOptions, RowError, read_payload
from chinwag.records.ids import make_id
from chinwag.records.repairs import ENCODING_UNDONE, LINES_MENDED, mend_lines, undo_encoding
from chinwag.records.times import parse_time
from chinwag.text.hashtags import find_hashtags
from chinwag.text.links import find_links
from chinwag.text.mentions import bare_handle, find_addressee, find_mentions

THREAD_SPAN = timedelta(days=1)  # a text that comes again later than that was said again
REMEMBERED = 50_000  # texts

_ROUTE = "storify-csv"
_COLUMNS = ["text", "time", "username"]
_TIME = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}[ T]+\d{1,2}:\d\d(?::\d\d)?(?: ?[APap][Mm])?")
_DAY = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}[ T]+\d")
_LONGEST_TIME = 24  # characters of a time, damaged ones included
_FEWEST_DIGITS = 3  # of a damaged time that is still known for one
_DIGIT = re.compile(r"[0-9]")
_NAME = re.compile(r"@?\w{1,50}")
_PIECE = re.compile(r"[0-9][0-9/.: -]{0,20}")
_BLANK = re.compile(r"\s")  # in no handle
_MISSING = frozenset({"", "NA", "N/A", "NULL", "NaN"})  # what R and Python write for no text
_REPOST = re.compile(r"\s*+(?:RT|MT) @(\w++)")
# The last byte of these was lost on the way through two encodings; the first two tell what it was.
_CUT = {"â€_": "…", "â€ù": "”", "â€\x9d": "”", "\xa0": " "}
_ANY_STATED = ReadOptions(time_zone="UTC")


class _Row(msgspec.Struct):
    """One row: `occurrence` counts rows alike in time, author and text; `root` is the number of
    the first row with this text, by whom and when, where it was another one."""

    time: str
    username: str
    text: str
    occurrence: int = 1
    root: dict[str, str] | None = None


class StorifyCsv:
    """A scrape of Storify with three columns; keeps the promise of `contract.Importer`."""

    name = "storify-csv"
    title = "Storify scrape (CSV)"
    about = (
        "What was saved of Storify's pages as a table with the columns time, username and text. "
        "It states no time zone: give `--tz`."
    )

    def sniff(self, head: Source) -> float:
        """Return how sure it is: a table with these three columns and no other."""
        names = sorted(map(str.lower, read_header(head.peek())))
        return 0.9 if names == _COLUMNS else 0.0

    def split(
        self,
        source: Source,
        options: ReadOptions,  # noqa: ARG002 - part of the promise
    ) -> Iterator[RawPost | AsideRow]:
        """Yield each row, with what the rows before it tell of it: `occurrence` and `root`."""
        memory = _Memory()
        for line, row in _join_lines(source):
            memory.add(row)
            payload = msgspec.to_builtins(row)
            yield RawPost(route=_ROUTE, address=source.name, line=line, payload=payload)

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post]:
        """Return a row as a post with an id made of its time, author, text and occurrence."""
        row = read_payload(raw.payload, _Row, "a row of time, username and text")
        author = bare_handle(row.username)
        if not author:
            raise RowError("it has no author", code="no-author")
        created_at = parse_time(row.time, options)
        if _BLANK.search(author):
            raise refuse_misplaced()
        text, repairs = _mend_text(row.text)
        lost = row.root is not None or text in _MISSING
        thread = ""
        if row.root is not None:
            thread = _make_id(row.root["time"], row.root["username"], row.text, 1)
        return [
            Post(
                id=_make_id(row.time, row.username, row.text, row.occurrence),
                author=author,
                text=text,
                created_at=created_at,
                reply_to=None,
                url="",
                source=_ROUTE,
                reply_to_author="" if lost else find_addressee(text),
                thread=thread,
                hashtags=find_hashtags(text),
                mentions=() if lost else find_mentions(text),
                links=() if lost else find_links(text),
                repost_of="?" if not lost and _REPOST.match(text) else "",
                text_lost=lost,
                repairs=repairs,
                sightings=(Sighting(route=raw.route, address=raw.address, line=raw.line),),
            )
        ]


class _Memory:
    """What the rows so far said: how often each row came, and when and by whom each text first."""

    def __init__(self) -> None:
        self._counts: OrderedDict[str, int] = OrderedDict()
        self._roots: OrderedDict[str, tuple[str, str, datetime]] = OrderedDict()

    def add(self, row: _Row) -> None:
        """Complete a row by what came before it, and remember it."""
        key = make_id("", row.time, row.username, row.text)
        row.occurrence = self._counts.get(key, 0) + 1
        self._counts[key] = row.occurrence
        self._find_root(row)
        for memory in (self._counts, self._roots):
            if len(memory) > REMEMBERED:
                memory.popitem(last=False)

    def _find_root(self, row: _Row) -> None:
        try:
            when = parse_time(row.time, _ANY_STATED)
        except RowError:
            return
        key = make_id("", " ".join(row.text.split()))
        time, username, last = self._roots.get(key, (row.time, row.username, None))
        if last is not None and abs(when - last) <= THREAD_SPAN:
            row.root = {"time": time, "username": username}
        else:
            time, username = row.time, row.username
        self._roots[key] = (time, username, when)
        self._roots.move_to_end(key)


def _join_lines(source: Source) -> Iterator[tuple[int, _Row]]:
    """Yield the rows; a line that starts with no time goes on with the text of the row before.

    A row whose time is damaged is one of its own: joined to the row before, it would put one
    person's words into another's mouth.
    """
    begins, held = 0, None
    for line, cells in read_rows(source, may_go_on=True):
        named = {name.lower(): cell for name, cell in cells.items()}
        row = _Row(
            time=named.get("time", "").strip(),
            username=named.get("username", ""),
            text=named.get("text", ""),
        )
        if held is not None and not _is_row(row):
            held.text += "\n" + ",".join(cells.values())
            continue
        if held is not None:
            if not _TIME.fullmatch(row.time):
                row.time = _take_beginning(held) + row.time
            yield begins, held
        begins, held = line, row
    if held is not None:
        yield begins, held


def _is_row(row: _Row) -> bool:
    """Return whether a line is a row, sound or with a damaged time, and not a line of a text."""
    if _DAY.match(row.time):
        return True
    is_time = len(row.time) <= _LONGEST_TIME and len(_DIGIT.findall(row.time)) >= _FEWEST_DIGITS
    return is_time and bool(row.text) and _NAME.fullmatch(row.username) is not None


def _take_beginning(held: _Row) -> str:
    """Take from the end of a text what a line end inside the next row's time left there."""
    text, _, last = held.text.rpartition("\n")
    if not text or not _PIECE.fullmatch(last):
        return ""
    held.text = text
    return last + "\n"


def _mend_text(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text as it was typed, and the repairs."""
    lined, had_ends = mend_lines(text)
    mended, had_encoding = undo_encoding(lined)
    for cut, whole in _CUT.items():
        if cut in mended:
            had_encoding = had_encoding or cut != "\xa0"
            mended = mended.replace(cut, whole)
    repairs = [
        name for name, made in ((LINES_MENDED, had_ends), (ENCODING_UNDONE, had_encoding)) if made
    ]
    return mended.strip(), tuple(repairs)


def _make_id(time: str, username: str, text: str, occurrence: int) -> str:
    """Make an id that is the same in every run and in every slice of the file."""
    return make_id("storify", time, username, text, str(occurrence))


IMPORTER = StorifyCsv()
