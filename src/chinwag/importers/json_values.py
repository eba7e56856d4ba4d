"""JSON as tools leave it: one value a line, one array, or pages one after the other.

Values come one by one, in bounded memory. What is no JSON goes to `source.take_aside()` with its
line, and what follows is read. A page that is cut off by the end of the file gives the elements
that are whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from chinwag.importers.json_doubles import REASON as DOUBLED
from chinwag.importers.json_doubles import has_doubles
from chinwag.importers.json_elements import (
    MOST_BROKEN,
    Element,
    cut_among_others,
    cut_broken,
    cut_elements,
)
from chinwag.importers.json_parsing import find_end, is_cut_off, parse_json
from chinwag.importers.source import ASIDE_TEXT, Source
from chinwag.model import Note
from chinwag.records.contract import make_reason

LONGEST_VALUE = 64 << 20  # characters; a longer value is no record and no page of any tool
CHUNK = 1 << 20
CUT_OFF = make_reason("the file ends in the middle of a record", code="file-cut-off")
NO_JSON = make_reason("it is not JSON", code="not-json")

_LOOK = 20  # first lines by which to tell one value a line from values over many lines
_BLANK = " \t\r\n,\ufeff\x1e"
_STRING = r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"?'  # closed, or broken off by the end of its line
_BREAKS = re.compile(rf'(?:[^"{{}}\[\]\n]++|{_STRING})*+([{{}}\[\]\n]|\Z)')
_STRINGS = re.compile(_STRING)
_ASSIGNED = re.compile(r"\s*+(?:[\w.$ ]++|(?<= ))=\s*+(?=[\[{])")  # window.YTD.tweets.part0 = [
_NEXT_VALUE = re.compile(r",\s*(?=\{)|\n(?=\{)")


def cut_json(source: Source, *, inner: str = "") -> Iterator[tuple[int, str]]:
    """Return the text of each JSON value of a file with the 1-based line at which it starts.

    Takes JSON lines, an array (its elements), values written one after the other, and any of these
    behind an assignment (`window.YTD.tweets.part0 = [`). A text may still be no sound JSON:
    decode it with `decode_item` or `parse_json`. For `inner` see `split_json`.
    """
    return _cut_lines(source) if _is_one_a_line(source) else _Cutter(source, inner).cut()


def split_json(source: Source, *, inner: str = "") -> Iterator[tuple[int, Any]]:
    """Yield each JSON value of a file with its line, the elements of arrays one by one.

    `inner` is the key of the posts in a file whose pages are trees: where such a page is broken,
    each sound post of it is yielded alone, under that key.
    """
    for line, text in cut_json(source, inner=inner):
        value = parse_json(text)
        if value is None or has_doubles(text, value):
            yield from _split_broken(source, line, text, inner)
        elif isinstance(value, list):
            yield from ((line, one) for one in value)
        else:
            yield line, value


def _split_broken(source: Source, line: int, text: str, inner: str) -> Iterator[tuple[int, Any]]:
    """Yield the elements of a page of which one is broken; that one alone is put aside.

    A value that is no page is put aside whole: a list inside it holds no records.
    """
    elements = cut_broken(text, inner) or [(0, text, False)]
    here, counted = line, 0
    for place, element, is_sound in elements:
        here, counted = here + text.count("\n", counted, place), place
        if is_sound:
            yield here, parse_json(element)
        else:
            left = element.rstrip(_BLANK)
            source.put_aside(here, _find_fault(left), left)


def _find_fault(text: str) -> Note:
    """Return why a text is no sound record."""
    return NO_JSON if parse_json(text) is None else DOUBLED


def _is_one_a_line(source: Source) -> bool:
    """Return whether one of the first lines is a whole object."""
    if source.peek().lstrip(_BLANK).startswith("["):
        return False
    first = (text.lstrip(_BLANK) for _, text in islice(source.lines(), _LOOK))
    found = any(text.startswith("{") and isinstance(parse_json(text), dict) for text in first)
    source.take_aside()  # the file is read again, and puts the same lines aside
    return found


def _cut_lines(source: Source) -> Iterator[tuple[int, str]]:
    for number, text in source.lines():
        record = text.strip(_BLANK)
        if record not in ("", "[", "]"):
            yield number, record


class _Cutter:
    """Cuts a stream of text into values by counting the brackets outside strings."""

    def __init__(self, source: Source, inner: str) -> None:
        self._source = source
        self._inner = inner
        self._open: list[str] = []  # brackets open inside the value at hand
        self._parts: list[str] = []  # text of that value in earlier chunks
        self._length = 0
        self._line = 1
        self._start_line = 1
        self._whole = 0  # how far the value goes with whole elements, were its end cut off
        self._broken = 0  # values that never closed
        self._before = ""  # the value before
        self._skips = False  # whether the rest of the line at hand is left unread

    def cut(self) -> Iterator[tuple[int, str]]:
        """Yield the texts; see `cut_json`."""
        held, is_first = "", True
        with self._source.text_stream() as stream:
            while chunk := stream.read(max(CHUNK, len(held))):
                if self._skips:
                    chunk = self._skip_line(chunk)
                if is_first and (assigned := _ASSIGNED.match(chunk)):
                    self._line += chunk.count("\n", 0, assigned.end())
                    chunk = chunk[assigned.end() :]
                is_first = False
                text, held = _cut_chunk(held + chunk)
                yield from self._feed(text)
                if len(held) > LONGEST_VALUE:
                    self._put_long_aside(held)
                    held, self._skips = "", True
        yield from self._feed(held)
        while rest := self._take_open():
            yield from self._end(rest)

    def _feed(self, text: str) -> Iterator[tuple[int, str]]:
        start = 0
        for found in _BREAKS.finditer(text):
            mark, at = found[1], found.end()
            if mark == "\n":
                self._line += 1
            elif mark in ("{", "["):
                if not self._open:
                    self._drop(text[start : at - 1])
                    start = at - 1
                start += self._begin(mark, text[at : at + 200])
            elif mark and self._close(self._length + at - start):
                self._before = "".join((*self._parts, text[start:at]))
                yield self._start_line, self._before
                self._parts, self._length = [], 0
                start = at
        self._keep(text[start:])

    def _close(self, length: int) -> bool:
        """Close a bracket of the value at hand; return whether the value ends with it.

        `length` is how long the value is up to there.
        """
        if not self._open:
            return False
        self._open.pop()
        if self._open == ["{", "["]:
            self._whole = length
        return not self._open

    def _begin(self, mark: str, after: str) -> int:
        """Open a bracket; return 1 where it is a list whose elements are values of their own."""
        if self._open:
            self._open.append(mark)
            return 0
        if mark == "[" and not after.lstrip().startswith("["):
            return 1
        self._open.append(mark)
        self._start_line, self._whole = self._line, 0
        return 0

    def _keep(self, rest: str) -> None:
        if not self._open:
            self._drop(rest)
            return
        self._parts.append(rest)
        self._length += len(rest)
        if self._length > LONGEST_VALUE:
            self._put_long_aside("")

    def _put_long_aside(self, held: str) -> None:
        """Keep the beginning of a value aside that is too long, or of a text in it."""
        reason = make_reason(
            "the record is longer than {megabytes} MB",
            code="record-too-long",
            megabytes=LONGEST_VALUE >> 20,
        )
        line = self._start_line if self._open else self._line
        self._source.put_aside(line, reason, self._take_open() + held[:ASIDE_TEXT])

    def _skip_line(self, chunk: str) -> str:
        """Return what follows the line at hand, whose text is too long."""
        _, end, after = chunk.partition("\n")
        self._skips = not end
        self._line += len(end)
        return after

    def _drop(self, between: str) -> None:
        """Keep aside what stands between values, unless it is commas, brackets or blank."""
        if left := between.strip(_BLANK + "]};"):
            self._source.put_aside(self._line, NO_JSON, left)

    def _take_open(self) -> str:
        """Return the text of the value that is still open, and forget it."""
        text = "".join(self._parts) if self._open else ""
        self._open, self._parts, self._length = [], [], 0
        return text

    def _end(self, rest: str) -> Iterator[tuple[int, str]]:
        """Yield the whole elements of a value that never closes, else the values that follow it."""
        if (end := find_end(rest, 0)) > 0:  # a string of it goes on over the end of a line
            yield self._start_line, rest[:end]
            self._line = self._start_line + rest.count("\n", 0, end)
            yield from self._feed(rest[end:])
            return
        if (elements := cut_among_others(rest, self._before)) is not None:
            yield from self._end_elements(rest, elements)
            return
        whole = rest[: self._whole] + "]}"
        if self._whole and parse_json(whole) is not None:
            yield self._start_line, whole
            yield from self._end_elements(rest, cut_elements(rest, self._whole))
            return
        if (elements := cut_broken(rest, self._inner)) is not None:
            yield from self._end_elements(rest, elements)
            return
        after = self._find_next(rest)
        if after is None:
            self._source.put_aside(self._line, CUT_OFF, rest.lstrip(_BLANK))
            return
        self._source.put_aside(self._start_line, NO_JSON, rest[: after.start()])
        self._line = self._start_line + rest.count("\n", 0, after.end())
        yield from self._feed(rest[after.end() :])

    def _end_elements(self, rest: str, elements: Iterable[Element]) -> Iterator[tuple[int, str]]:
        """Yield the sound elements of a value that never closes."""
        line, counted = self._start_line, 0
        for place, element, is_sound in elements:
            line, counted = line + rest.count("\n", counted, place), place
            if is_sound:
                yield line, element
            else:
                reason = CUT_OFF if rest.endswith(element) else NO_JSON
                self._source.put_aside(line, reason, element.lstrip(_BLANK))

    def _find_next(self, rest: str) -> re.Match[str] | None:
        """Return where the next value may begin after a broken one, None where none is looked for.

        Counts the broken values.
        """
        self._broken += 1
        if self._broken >= MOST_BROKEN or is_cut_off(rest):
            return None
        return _NEXT_VALUE.search(rest, 1)


def _cut_chunk(text: str) -> tuple[str, str]:
    """Return the two parts of a text, cut where no string is open.

    No string holds a raw line end. So the cut is after the last one or, in a long line, before the
    string that is still open.
    """
    end = text.rfind("\n") + 1
    if end:
        return text[:end], text[end:]
    for found in _STRINGS.finditer(text):
        is_broken_off = len(found[0]) == 1 or not found[0].endswith('"')
        may_be_escaped = found.end() == len(text) and found[0].endswith('\\"')
        if is_broken_off or may_be_escaped:
            return text[: found.start()], text[found.start() :]
    return text, ""
