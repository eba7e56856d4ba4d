"""From the text of a JSON file to its values, one at a time, in bounded memory.

A stretch that is no sound JSON goes to `source.take_aside()` with its line; what follows is read.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from typing import TypeVar

import msgspec

from chinwag.importers.contract import RowError
from chinwag.importers.source import LONGEST_LINE, Source

CHUNK = 1 << 20
LONGEST_ITEM = LONGEST_LINE  # characters of one element of a JSON array
MOST_BROKEN = 100  # broken stretches after which the rest of a JSON array is given up

_HALF_PAIR = re.compile(
    r"(?<!\\)((?:\\\\)*)\\u(?:[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    r"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2}\\u)[dD][c-fC-F][0-9a-fA-F]{2})"
)
_Value = TypeVar("_Value")
_DECODER = json.JSONDecoder()
_BETWEEN = re.compile(r"[\s,\ufeff]*")
_NEXT_ITEM = re.compile(r",\s*(?=\{)|\n(?=\{)")


def read_json_items(source: Source) -> Iterator[tuple[int, str]]:
    """Give the text of each JSON value of a file with its line.

    Takes JSON lines, an array (its elements), objects written one after the other, and either of
    these behind an assignment (`window.YTD.tweets.part0 = [`). Decode each text with msgspec.
    """
    if is_json_lines(source.peek()):
        return source.lines()
    return _stream_items(source)


def decode_item(decode: Callable[[str], _Value], text: str, what: str) -> _Value:
    """Decode the text of a value, half of a surrogate pair (a cut emoji) read as U+FFFD.

    Raises RowError, with `what` it should have been, for what cannot be decoded.
    """
    try:
        return decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        mended = _HALF_PAIR.sub(r"\1\\ufffd", text)
        if mended == text:
            raise RowError(f"this is no {what} ({error})") from error
    try:
        return decode(mended)
    except (msgspec.DecodeError, RecursionError) as error:
        raise RowError(f"this is no {what} ({error})") from error


def is_json_lines(head: str) -> bool:
    """Tell whether a file's first line is a whole object (or longer than what can be seen)."""
    first, newline, _ = head.lstrip("\ufeff\r\n\t ").partition("\n")
    first = first.rstrip()
    if not first.startswith("{"):
        return False
    return first.endswith("}") if newline else True


def _stream_items(source: Source) -> Iterator[tuple[int, str]]:
    with source.text_stream() as stream:
        window = _Window(stream)
        if not window.skip_to_start():
            return
        broken = 0
        while window.skip_between():
            text = window.take_item()
            if text is not None:
                yield window.line, text
                continue
            broken += 1
            source.put_aside(window.line, "this is no sound JSON", window.text[:2_000])
            if broken >= MOST_BROKEN or not window.skip_broken():
                return


class _Window:
    """A stretch of a long JSON text that moves along; `line` is where the last item began."""

    def __init__(self, stream: io.TextIOBase) -> None:
        self._stream = stream
        self._ended = False
        self._passed = 1  # the line of the first character of `text`
        self.text = ""
        self.line = 1

    def skip_to_start(self) -> bool:
        """Move past an assignment and the bracket that opens the array; False for no JSON."""
        self._grow()
        start = re.search(r"[\[{]", self.text)
        if not start:
            return False
        self._drop(start.start() + (start[0] == "["))
        return True

    def skip_between(self) -> bool:
        """Move to the next value; False at the end of the array or of the file."""
        while True:
            match = _BETWEEN.match(self.text)
            self._drop(match.end() if match else 0)
            if self.text:
                self.line = self._passed
                return self.text[0] not in "];"
            if not self._grow():
                return False

    def take_item(self) -> str | None:
        """Give the text of the value that stands first and move past it; None if it is broken."""
        while True:
            end = _find_end(self.text)
            if end is not None and (end < len(self.text) or not self._grow()):
                text = self.text[:end]
                self._drop(end)
                return text
            if end is None and (len(self.text) > LONGEST_ITEM or not self._grow()):
                return None

    def skip_broken(self) -> bool:
        """Move to where the next object seems to begin; False where none does."""
        match = _NEXT_ITEM.search(self.text, 1)
        self._drop(match.end() if match else len(self.text))
        return match is not None

    def _grow(self) -> bool:
        """Read on, twice as much as is there, so that a long value is not parsed too often."""
        more = "" if self._ended else self._stream.read(max(CHUNK, len(self.text)))
        self._ended = not more
        self.text += more
        return bool(more)

    def _drop(self, count: int) -> None:
        self._passed += self.text.count("\n", 0, count)
        self.text = self.text[count:]


def _find_end(text: str) -> int | None:
    try:
        return _DECODER.raw_decode(text)[1]
    except (ValueError, RecursionError):
        return None
