"""Masking: what others wrote, without the words and the names of what was taken out.

Where a text quotes such words or names such a person, LEFT_OUT_MARK stands in their place; the
rest stays letter for letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from chinwag.model import LEFT_OUT_MARK
from chinwag.steps.collect.traces import (
    FEWEST,
    find_stretch,
    fold_handle,
    fold_name,
    list_letters,
)
from chinwag.text.links import LINK

Knows = Callable[[str, str], bool]

_SURE = 40  # letters in a row that nobody repeats by chance
_GROW = 12  # letters of a word cut in two that are masked with it, at most
_LONGEST_NAME = 4  # words
_HANDLE = re.compile(r"(?<![\w@＠/])[@＠]([\w.\-]+(?:@[\w.\-]+)?)")
_WORD = re.compile(r"\w+(?:[.'’\-]\w+)*")
_POSSESSIVE = re.compile(r"['’]s\Z", re.IGNORECASE)
_HANDLE_END = re.compile(r"-|\.(?=[.\-A-Z])")  # where a handle may end and a sentence go on
_QUOTED = re.compile(r"[\"“”„«»「]([^\"“”„«»「」]{4,500})[\"“”„«»」]|(?:RT|MT|via)\s+@?\S+\s+(.+)")
_PIECE = re.compile(r"[^\W_]+")  # of the name of a file
_MOST_PIECES = 8  # of a name or handle in it
_PARTS = re.compile(r"[/?#=&]+")
_BEFORE_HANDLES = frozenset({"profile", "user", "users", "u", "screen_name"})  # in an address
_X = re.compile(r"(?:\A|\.)(?:x|twitter)\.com\Z")


class Span(NamedTuple):
    """A stretch of a text, from one character to before another."""

    start: int
    end: int


def mask_text(text: str, knows: Knows, named: Collection[str] = (), *, is_near: bool) -> str:
    """Return a text with LEFT_OUT_MARK for each stretch of words and each name that is gone.

    `knows` tells whether the digest of a kind of trace and its text is among those kept. `named`
    are handles without their server that mean somebody who is gone. With `is_near` (the post
    answers, quotes or names what is gone) half as many words in a row are enough.
    """
    spans = [
        *_find_words(text, knows, is_near=is_near),
        *_find_short_quotations(text, knows),
        *_find_links(text, knows),
        *_find_handles(text, knows, named),
        *_find_names(text, knows),
    ]
    return _put_marks(text, spans) if spans else text


def mask_file_name(name: str, knows: Knows) -> str:
    """Return the name of a file, "removed" in the place of each person or post that is gone."""
    pieces = [Span(found.start(), found.end()) for found in _PIECE.finditer(name)]
    stretches = [
        Span(piece.start, pieces[last].end)
        for first, piece in enumerate(pieces)
        for last in range(first, min(first + _MOST_PIECES, len(pieces)))
    ]
    spans = [one for one in stretches if _is_gone(name[one.start : one.end], knows)]
    return _put_marks(name, [*spans, *_find_words(name, knows, is_near=True)], "removed")


def _is_gone(piece: str, knows: Knows) -> bool:
    handle, spoken = fold_handle(piece), fold_name(" ".join(_PIECE.findall(piece)))
    return (
        knows_person(handle, knows)
        or knows("name", fold_name(piece))
        or knows("name", spoken)
        or knows("number", piece)
        or knows("id", piece)
    )


def names_gone(address: str, knows: Knows) -> bool:
    """Return whether an address or id names a post or a person that is gone."""
    return bool(address) and (knows("id", address) or names_person(address, knows))


def names_person(address: str, knows: Knows) -> bool:
    """Return whether an address or id names a person who is gone.

    A handle that is an everyday word does so only where networks write a handle, so that the
    address of an article under `/news/` names nobody.
    """
    bare = address.partition("://")[2] or address
    parts = [part for part in _PARTS.split(bare) if part]
    server = fold_handle(parts[0]) if parts else ""
    if knows_person(fold_handle(address), knows):
        return True
    return any(
        knows("person", fold_handle(part))
        or knows("person", f"{fold_handle(part)}@{server}")
        or (_stands_for_person(parts, place) and knows("mention", fold_handle(part)))
        for place, part in enumerate(parts)
    )


def knows_person(handle: str, knows: Knows) -> bool:
    """Return whether a folded handle, which stands as one, is that of a person who is gone."""
    return knows("person", handle) or knows("mention", handle)


def _stands_for_person(parts: Sequence[str], place: int) -> bool:
    """Return whether networks write a handle at this place of an address."""
    if parts[place].startswith(("@", "\uff20")):
        return True
    before = parts[place - 1].casefold() if place else ""
    return before in _BEFORE_HANDLES or (place == 1 and _X.search(before) is not None)


def _find_words(text: str, knows: Knows, *, is_near: bool) -> Iterator[Span]:
    """Yield where words stand that are gone: many in a row, or fewer that are a quotation."""
    letters, places = list_letters(text)
    is_near = is_near or _QUOTED.search(text) is not None
    start = end = 0
    for at in range(len(letters) + 1):
        stretch = find_stretch(letters, at) if at < len(letters) else ""
        if stretch and knows("words", stretch):
            start = start if at <= end and end else at
            end = at + len(stretch)
        elif end and at >= end:
            if end - start >= _SURE or is_near or len(letters) == end - start:
                yield _grow(text, Span(places[start], places[end - 1] + 1))
            end = 0


def _grow(text: str, span: Span) -> Span:
    """Return a stretch without half a word at either end."""
    start, end = span
    while start and span.start - start < _GROW and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and end - span.end < _GROW and text[end].isalnum():
        end += 1
    return Span(start, end)


def _find_short_quotations(text: str, knows: Knows) -> Iterator[Span]:
    for found in _QUOTED.finditer(text):
        place = 1 if found[1] else 2
        letters, _ = list_letters(found[place])
        if len(letters) >= FEWEST and knows("short", letters):
            yield Span(*found.span(place))


def _find_links(text: str, knows: Knows) -> Iterator[Span]:
    for found in LINK.finditer(text):
        if names_gone(found[0].rstrip(".,;:!?'’…)]"), knows):
            yield Span(*found.span())


def _find_handles(text: str, knows: Knows, named: Collection[str]) -> Iterator[Span]:
    for found in _HANDLE.finditer(text):
        said = found[1].rstrip(".-")
        ends = [end.start() for end in _HANDLE_END.finditer(said)]
        for handle in (said, *(said[:end] for end in reversed(ends))):
            if fold_handle(handle) in named or knows_person(fold_handle(handle), knows):
                yield Span(found.start() + 1, found.start(1) + len(handle))
                break


def _find_names(text: str, knows: Knows) -> Iterator[Span]:
    words = [Span(found.start(), found.end()) for found in _WORD.finditer(text)]
    for first in range(len(words)):
        for last in range(first, min(first + _LONGEST_NAME, len(words))):
            start, end = words[first].start, words[last].end
            owned = _POSSESSIVE.search(text, start, end)
            for stop in (end, owned.start()) if owned else (end,):
                span = Span(start, stop)
                if knows("name", fold_name(text[span.start : span.end])):
                    yield span
                    break


def _put_marks(text: str, spans: list[Span], mark: str = LEFT_OUT_MARK) -> str:
    parts: list[str] = []
    at = 0
    for start, end in sorted(spans, key=lambda span: (span.start, -span.end)):
        if start < at:
            at = max(at, end)
            continue
        parts += [text[at:start], mark]
        at = end
    return "".join((*parts, text[at:]))
