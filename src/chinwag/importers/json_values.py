"""JSON as tools leave it: one value a line, one array, or pages one after the other.

Values come one by one, in bounded memory; what is no JSON is kept aside with its line and the rest
is read. A page that is cut off by the end of the file gives the elements that are whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import msgspec

from chinwag.importers.source import ASIDE_TEXT, Source
from chinwag.model import AsideRow

LONGEST_VALUE = 64 << 20  # characters; a longer value is no record and no page of any tool
CUT_OFF = "the file ends in the middle of a record"
NO_JSON = "it is not JSON"

_CHUNK = 1 << 20
_LOOK = 20  # first lines by which to tell one value a line from values over many lines
_STRING = r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"?'  # closed, or broken off by the end of its line
_BREAKS = re.compile(_STRING + r"|[{}\[\]\n]")
_STRINGS = re.compile(_STRING)
_LONE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    r"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)

Located = tuple[int, Any]  # the 1-based line at which a value starts, and the value


def split_json(source: Source) -> Iterator[Located | AsideRow]:
    """Give each JSON value of a file with its line, the elements of arrays one by one."""
    if any(_is_object(text) for _, text in islice(source.lines(), _LOOK)):
        yield from _split_lines(source)
    else:
        yield from _Splitter(source).split()


def _is_object(line: str) -> bool:
    return line.startswith("{") and isinstance(parse_json(line), dict)


def parse_json(text: str) -> Any:
    """Give the value of a JSON text, or None for what is none (and for `null`).

    Half of a surrogate pair becomes U+FFFD, and NaN, which some tools write, becomes None.
    """
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        pass
    try:
        return json.loads(_LONE.sub(r"\\ufffd", text), parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None


def as_dict(value: object) -> dict[str, Any]:
    """Give a JSON object, or an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> list[Any]:
    """Give a JSON array, or an empty one for anything else."""
    return value if isinstance(value, list) else []


def as_text(value: object) -> str:
    """Give a string or a whole number as text, "" for anything else."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def as_count(value: object) -> int:
    """Give a whole number that is not negative, 0 for anything else."""
    return value if type(value) is int and value > 0 else 0


def dig(value: object, *keys: str) -> Any:
    """Give what lies under a path of keys, or None where the path ends early."""
    for key in keys:
        value = as_dict(value).get(key)
    return value


def keep_aside(source: Source, line: int, reason: str, text: str) -> AsideRow:
    """Give a stretch of a file that is no record as the row to keep aside."""
    return AsideRow(file=source.name, line=line, reason=reason, text=text[:ASIDE_TEXT])


def _split_lines(source: Source) -> Iterator[Located | AsideRow]:
    for number, text in source.lines():
        record = text.strip(" \t,\ufeff\x1e")
        if record in ("", "[", "]"):
            continue
        value = parse_json(record)
        if value is None:
            yield keep_aside(source, number, NO_JSON, text)
        elif isinstance(value, list):
            yield from ((number, one) for one in value)
        else:
            yield number, value


class _Splitter:
    """Cuts a stream of text into values by counting the brackets outside strings."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._open: list[str] = []  # brackets open inside the value at hand
        self._parts: list[str] = []  # text of that value in earlier chunks
        self._length = 0
        self._line = 1
        self._start_line = 1
        self._whole = 0  # how far the value goes with whole elements, were its end cut off

    def split(self) -> Iterator[Located | AsideRow]:
        """Give the values; see `split_json`."""
        held = ""
        with self._source.text_stream() as stream:
            while chunk := stream.read(_CHUNK):
                text, held = _cut_chunk(held + chunk)
                yield from self._feed(text)
        yield from self._feed(held)
        yield from self._end()

    def _feed(self, text: str) -> Iterator[Located | AsideRow]:
        start = 0
        for found in _BREAKS.finditer(text):
            mark = found[0]
            if mark == "\n":
                self._line += 1
            elif mark in ("{", "["):
                if not self._open:
                    yield from self._drop(text[start : found.start()])
                    start = found.start()
                start += self._begin(mark, text[found.end() : found.end() + 200])
            elif mark in ("}", "]") and self._open:
                self._open.pop()
                if not self._open:
                    yield from self._give("".join((*self._parts, text[start : found.end()])))
                    start = found.end()
                elif self._open == ["{", "["]:
                    self._whole = self._length + found.end() - start
        yield from self._keep(text[start:])

    def _begin(self, mark: str, after: str) -> int:
        """Open a bracket; give 1 where it is a list whose elements are values of their own."""
        if self._open:
            self._open.append(mark)
            return 0
        if mark == "[" and not after.lstrip().startswith("["):
            return 1
        self._open.append(mark)
        self._start_line, self._whole = self._line, 0
        return 0

    def _keep(self, rest: str) -> Iterator[AsideRow]:
        if not self._open:
            yield from self._drop(rest)
            return
        self._parts.append(rest)
        self._length += len(rest)
        if self._length > LONGEST_VALUE:
            reason = f"the record is longer than {LONGEST_VALUE >> 20} MB"
            yield keep_aside(self._source, self._start_line, reason, "".join(self._parts))
            self._open, self._parts, self._length = [], [], 0

    def _drop(self, between: str) -> Iterator[AsideRow]:
        """Keep aside what stands between values, unless it is commas, brackets or blank."""
        if left := between.strip(" \t\r\n,]}\ufeff\x1e"):
            yield keep_aside(self._source, self._line, NO_JSON, left)

    def _give(self, text: str) -> Iterator[Located | AsideRow]:
        self._parts, self._length = [], 0
        value = parse_json(text)
        if value is None:
            yield keep_aside(self._source, self._start_line, NO_JSON, text)
        elif isinstance(value, list):
            yield from ((self._start_line, one) for one in value)
        else:
            yield self._start_line, value

    def _end(self) -> Iterator[Located | AsideRow]:
        """Give the whole elements of a value that the end of the file cuts off."""
        rest = "".join(self._parts)
        if not self._open:
            return
        value = parse_json(rest[: self._whole] + "]}") if self._whole else None
        if value is not None:
            yield self._start_line, value
            rest = rest[self._whole :]
        yield keep_aside(self._source, self._line, CUT_OFF, rest.lstrip(" \t\r\n,"))


def _cut_chunk(text: str) -> tuple[str, str]:
    """Cut where no string is open, and give both sides.

    No string holds a raw line end: the last line end will do, or, in a long line, the start of the
    string that is still open.
    """
    end = text.rfind("\n") + 1
    if end:
        return text[:end], text[end:]
    for found in _STRINGS.finditer(text):
        if len(found[0]) == 1 or not found[0].endswith('"'):
            return text[: found.start()], text[found.start() :]
        if found[0].endswith('\\"') and found.end() == len(text):
            return text[: found.start()], text[found.start() :]
    return text, ""
