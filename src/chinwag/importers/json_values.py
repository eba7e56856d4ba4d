"""JSON as tools leave it: one value a line, one array, or pages one after the other.

Values come one by one, in bounded memory. What is no JSON goes to `source.take_aside()` with its
line, and what follows is read. A page that is cut off by the end of the file gives the elements
that are whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator
from itertools import islice
from typing import Any, NamedTuple, TypeVar

import msgspec

from chinwag.importers.source import Source
from chinwag.records.contract import RowError, make_reason

LONGEST_VALUE = 64 << 20  # characters; a longer value is no record and no page of any tool
CHUNK = 1 << 20
MOST_BROKEN = 100  # values that never close, after which the rest of a file is given up
CUT_OFF = make_reason("the file ends in the middle of a record", code="file-cut-off")
NO_JSON = make_reason("it is not JSON", code="not-json")

_EFFORT = 10**9  # characters that may be read again to find what follows a broken object
_FEWEST_TRIES = 10
_LOOK = 20  # first lines by which to tell one value a line from values over many lines
_BLANK = " \t\r\n,\ufeff\x1e"
_STRING = r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"?'  # closed, or broken off by the end of its line
_BREAKS = re.compile(rf'(?:[^"{{}}\[\]\n]++|{_STRING})*+([{{}}\[\]\n]|\Z)')
_STRINGS = re.compile(_STRING)
_ASSIGNED = re.compile(r"\s*+(?:[\w.$ ]++|(?<= ))=\s*+(?=[\[{])")  # window.YTD.tweets.part0 = [
_NEXT_VALUE = re.compile(r",\s*(?=\{)|\n(?=\{)")
_NEXT_OBJECT = re.compile(r"\s*+,\s*+(?=\{)")
_LIST_END = re.compile(r"\s*+\]")
_GAP = re.compile(r"\s*+(?:\]|[^{}\[\]\"]{0,8}\Z)")  # between two objects, or after the last
_ANY_OBJECT = re.compile(r'[\[,]\s*+(?=(\{))\{\s*+("(?:[^"\\\n]|\\.)*+")\s*+:')
_FIRST_KEY = re.compile(r'\[\s*(?=(\{))\{\s*("(?:[^"\\\n]|\\.)*")')  # of the objects in a list
_PAGE = re.compile(
    r'\{\s*+(?:"(?:[^"\\\n]|\\.)*+"\s*+:\s*+(?:"(?:[^"\\\n]|\\.)*+"|[\w.+-]++)\s*+,\s*+)*+'
    r'"(?:[^"\\\n]|\\.)*+"\s*+:\s*+\[\s*+(?=\{)'
)  # nothing but words and numbers before its list of objects
_LENIENT = json.JSONDecoder(strict=False, parse_constant=lambda _: None)
_HALF_PAIR = re.compile(
    r"(?<!\\)((?:\\\\)*)\\u(?:[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    r"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2}\\u)[dD][c-fC-F][0-9a-fA-F]{2})"
)
_Value = TypeVar("_Value")


def cut_json(source: Source) -> Iterator[tuple[int, str]]:
    """Return the text of each JSON value of a file with the 1-based line at which it starts.

    Takes JSON lines, an array (its elements), values written one after the other, and any of these
    behind an assignment (`window.YTD.tweets.part0 = [`). A text may still be no sound JSON:
    decode it with `decode_item` or `parse_json`.
    """
    return _cut_lines(source) if _is_one_a_line(source) else _Cutter(source).cut()


def split_json(source: Source) -> Iterator[tuple[int, Any]]:
    """Yield each JSON value of a file with its line, the elements of arrays one by one."""
    for line, text in cut_json(source):
        value = parse_json(text)
        if value is None:
            yield from _split_broken(source, line, text)
        elif isinstance(value, list):
            yield from ((line, one) for one in value)
        else:
            yield line, value


def _split_broken(source: Source, line: int, text: str) -> Iterator[tuple[int, Any]]:
    """Yield the elements of a page of which one is broken; that one alone is put aside.

    A value that is no page is put aside whole: a list inside it holds no records.
    """
    start = _find_broken_list(text)
    if start < 0:
        source.put_aside(line, NO_JSON, text)
        return
    for place, element, is_sound in cut_elements(text, start):
        here = line + text.count("\n", 0, place)
        if is_sound:
            yield here, parse_json(element)
        else:
            source.put_aside(here, NO_JSON, element)


def cut_elements(text: str, start: int) -> Iterator[tuple[int, str, bool]]:
    """Yield the objects of the first list in a text from `start` on: place, text, whether sound.

    They are found by the key with which the first sound one of them begins. A text without such a
    list, and the rest after too many broken objects, is one element that is not sound. So is an
    object together with what follows it, where that is neither an object nor the list's end.
    """
    model = _find_model(text)
    if model is None:
        yield start, text[start:], False
        return
    begins = re.compile(r"\{\s*" + re.escape(model.first) + r"\s*:")
    tries = max(_FEWEST_TRIES, min(MOST_BROKEN, _EFFORT // len(text)))
    broken = 0
    place = max(start, model.begins)
    while place >= 0:
        end = _find_end(text, place)
        following = begins.search(text, end) if end > place else None
        gap = text[end : following.start() if following else len(text)]
        is_sound = end > place and _GAP.match(gap) is not None
        broken += not is_sound
        if not is_sound:
            after = end if end > place else place + 1
            following = (
                _find_alike(begins, text, after, model.keys, tries) if broken < tries else None
            )
            end = following.start() if following else len(text)
        yield place, text[place:end], is_sound
        place = following.start() if following else -1


def _find_broken_list(text: str) -> int:
    """Return where the objects of a page begin, one of which is broken; -1 for anything else.

    A page is an object with a list of objects, before which only words and numbers stand. One of
    its objects is whole, and the list does not end before what is broken.
    """
    page = _PAGE.match(text)
    if page is None or _find_model(text) is None:
        return -1
    at = page.end()
    while (end := _find_end(text, at)) > at:
        after = _NEXT_OBJECT.match(text, end)
        if after is None:
            return -1 if _LIST_END.match(text, end) else page.end()
        at = after.end()
    return page.end()


class _Model(NamedTuple):
    """What the objects of a list are like: where the first begins, its first key, all its keys."""

    begins: int
    first: str  # as it is written
    keys: Collection[str]


def _find_model(text: str) -> _Model | None:
    """Return what the objects of the first list in a text are like, None where there are none.

    Where the first of them is broken, that is what another of them is like: one that begins with
    the same key or, as that may be what is broken, is about as long as what stands before it. What
    lies inside an object is shorter.
    """
    first = _FIRST_KEY.search(text)
    if first is None:
        return None
    begins = first.start(1)
    if _find_end(text, begins) > begins:
        return _Model(begins, first[2], _list_keys(text, begins))
    for found in islice(_ANY_OBJECT.finditer(text, begins), _LOOK):
        at = found.start(1)
        length = _find_end(text, at) - at
        if length > 0 and at > begins and (found[2] == first[2] or length * 2 > at - begins):
            return _Model(begins, found[2], _list_keys(text, at))
    return None


def _find_alike(
    begins: re.Pattern[str], text: str, start: int, keys: Collection[str], tries: int
) -> re.Match[str] | None:
    """Return where the next object begins that has the keys of the others: none inside another."""
    for found in islice(begins.finditer(text, start), tries):
        own = _list_keys(text, found.start())
        if len(own.intersection(keys)) >= len(keys) / 2:
            return found
    return None


def _list_keys(text: str, at: int) -> set[str]:
    """Return the keys of the object that begins at a place; none where it is broken."""
    end = _find_end(text, at)
    value = parse_json(text[at:end]) if end > at else None
    return set(value) if isinstance(value, dict) else set()


def _find_end(text: str, at: int) -> int:
    """Return where the JSON value ends that begins at a place, -1 where it is broken."""
    try:
        return _LENIENT.raw_decode(text, at)[1]
    except (ValueError, RecursionError):
        return -1


def decode_item(decode: Callable[[str], _Value], text: str, what: str) -> _Value:
    """Decode the text of a value, half of a surrogate pair (a cut emoji) read as U+FFFD.

    Raises RowError, with `what` it should have been, for what cannot be decoded.
    """
    try:
        return decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        mended = _mend_pairs(text)
        if mended == text:
            raise _make_row_error(what, error) from error
    try:
        return decode(mended)
    except (msgspec.DecodeError, RecursionError) as error:
        raise _make_row_error(what, error) from error


def _make_row_error(what: str, fault: Exception) -> RowError:
    return RowError(
        "this is no {what} ({fault})", code="record-unreadable", what=what, fault=str(fault)
    )


def parse_json(text: str) -> Any:
    """Return the value of a JSON text, or None for what is none (and for `null`).

    Half of a surrogate pair becomes U+FFFD, and NaN, which some tools write, becomes None. Control
    characters may stand in strings.
    """
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        pass
    try:
        return _LENIENT.decode(_mend_pairs(text))
    except (ValueError, RecursionError):
        return None


def _mend_pairs(text: str) -> str:
    return _HALF_PAIR.sub(r"\1\\ufffd", text)


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

    def __init__(self, source: Source) -> None:
        self._source = source
        self._open: list[str] = []  # brackets open inside the value at hand
        self._parts: list[str] = []  # text of that value in earlier chunks
        self._length = 0
        self._line = 1
        self._start_line = 1
        self._whole = 0  # how far the value goes with whole elements, were its end cut off
        self._broken = 0  # values that never closed

    def cut(self) -> Iterator[tuple[int, str]]:
        """Yield the texts; see `cut_json`."""
        held, is_first = "", True
        with self._source.text_stream() as stream:
            while chunk := stream.read(CHUNK):
                if is_first and (assigned := _ASSIGNED.match(chunk)):
                    self._line += chunk.count("\n", 0, assigned.end())
                    chunk = chunk[assigned.end() :]
                is_first = False
                text, held = _cut_chunk(held + chunk)
                yield from self._feed(text)
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
                yield self._start_line, "".join((*self._parts, text[start:at]))
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
            reason = make_reason(
                "the record is longer than {megabytes} MB",
                code="record-too-long",
                megabytes=LONGEST_VALUE >> 20,
            )
            self._source.put_aside(self._start_line, reason, self._take_open())

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
        if (end := _find_end(rest, 0)) > 0:  # a string of it goes on over the end of a line
            yield self._start_line, rest[:end]
            self._line = self._start_line + rest.count("\n", 0, end)
            yield from self._feed(rest[end:])
            return
        whole = rest[: self._whole] + "]}"
        if self._whole and parse_json(whole) is not None:
            yield self._start_line, whole
            yield from self._end_elements(rest, self._whole)
            return
        if (elements := _find_broken_list(rest)) >= 0:
            yield from self._end_elements(rest, elements)
            return
        after = self._find_next(rest)
        if after is None:
            self._source.put_aside(self._line, CUT_OFF, rest.lstrip(_BLANK))
            return
        self._source.put_aside(self._start_line, NO_JSON, rest[: after.start()])
        self._line = self._start_line + rest.count("\n", 0, after.end())
        yield from self._feed(rest[after.end() :])

    def _end_elements(self, rest: str, start: int) -> Iterator[tuple[int, str]]:
        """Yield the elements from `start` on of a value that never closes."""
        for place, element, is_sound in cut_elements(rest, start):
            line = self._start_line + rest.count("\n", 0, place)
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
        if self._broken >= MOST_BROKEN or _is_cut_off(rest):
            return None
        return _NEXT_VALUE.search(rest, 1)


def _is_cut_off(text: str) -> bool:
    """Return whether a text only lacks its end, rather than being broken before it."""
    try:
        msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        return "truncated" in str(error)
    except RecursionError:
        return False
    return True


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
