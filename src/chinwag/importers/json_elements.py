"""A broken page of JSON: its records, each alone, and what of them is broken.

A page is an object with a list of records, or a tree of them, or a list of which the beginning is
lost.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from chinwag.importers.json_doubles import has_doubles
from chinwag.importers.json_parsing import find_end, parse_json

MOST_BROKEN = 100  # values that never close, after which the rest of a file is given up
_EFFORT = 10**9  # characters that may be read again to find what follows a broken object
_FEWEST_TRIES = 10
_NEXT_OBJECT = re.compile(r"\s*+,\s*+(?=\{)")
_AFTER = re.compile(r"\s*+(?:,\s*+\{|\])")  # an object of a list
_LIST_END = re.compile(r"\s*+\]")
_GAP = re.compile(r"\s*+(?:\]|[^{}\[\]\"]{0,8}\Z)")  # between two objects, or after the last
_ANY_OBJECT = re.compile(r'[\[,]\s*+(?=(\{))\{\s*+("(?:[^"\\\n]|\\.)*+")\s*+:')
_FIRST_KEY = re.compile(r'\[\s*(?=(\{))\{\s*("(?:[^"\\\n]|\\.)*")')  # of the objects in a list
_PAGE = re.compile(
    r'\{\s*+(?:"(?:[^"\\\n]|\\.)*+"\s*+:\s*+(?:"(?:[^"\\\n]|\\.)*+"|[\w.+-]++|\[\s*+\])\s*+,\s*+)*+'
    r'"(?:[^"\\\n]|\\.)*+"\s*+:\s*+\[\s*+(?=\{)'
)  # nothing but words, numbers and empty lists before its list of objects
_NEXT_LIST = re.compile(r'\s*+\]\s*+,\s*+"(?:[^"\\\n]|\\.)*+"\s*+:\s*+\[\s*+(?=\{)')
_LOOK = 20  # objects of a page by which to tell what its records are like
_BLANK = " \t\r\n,]}"  # what may stand after a page that lacks its end
Element = tuple[int, str, bool]  # where it begins in a text, its own text, whether it is sound


def cut_broken(text: str, inner: str) -> Iterable[Element] | None:
    """Return the elements of a broken page or tree, None where it is neither."""
    if (elements := cut_among_others(text, "")) is not None:
        return elements
    start = _find_broken_list(text)
    if start >= 0:
        return cut_elements(text, start)
    return _cut_inner(text, inner) if inner and f'"{inner}"' in text else None


def cut_among_others(text: str, other: str) -> Iterable[Element] | None:
    """Return the elements of a list of records from a broken one on, None where it is no record.

    `other` is a record before it, "" where none is known: then one after it tells. A record may
    have a list of objects, too, but not in its first half, as a page has.
    """
    listed = "[" + text
    own = _FIRST_KEY.match(listed)
    if own is None:
        return None
    if not other.startswith(own[0][1:]):
        other = _find_next_alike(listed, own[2])
    page = _PAGE.match(other)
    if not other or (page is not None and page.end() * 2 < len(other)):
        return None
    return ((max(0, at - 1), one, is_sound) for at, one, is_sound in cut_elements(listed, 1))


def _find_next_alike(listed: str, key: str) -> str:
    """Return a sound object that begins with the key of the broken first one of a list, else "".

    It is one after that, not one inside it, which would be far shorter.
    """
    model = _find_model(listed)
    if model is None or model.first != key:
        return ""
    following = _ANY_OBJECT.search(listed, model.begins + 1)
    own = following.start() if following else len(listed)
    return model.text if len(model.text) * 2 > own else ""


def _cut_inner(text: str, key: str) -> list[Element]:
    """Return the posts of a broken tree.

    They are the objects under a key. Where each of them is sound, what is broken lies between them,
    and the whole comes first, as one that is not.
    """
    begins = re.compile(rf'"{re.escape(key)}"\s*+:\s*+(?=\{{)')
    found: list[Element] = []
    broken = 0
    place = begins.search(text)
    while place and broken < MOST_BROKEN:
        end = find_end(text, place.end())
        is_sound = _is_sound(text, place.end(), end)
        following = begins.search(text, end if is_sound else place.end())
        if is_sound:
            element = "{" + text[place.start() : end] + "}"
        else:
            element = text[place.start() : following.start() if following else len(text)]
            broken += 1
        found.append((place.start(), element, is_sound))
        place = following
    if place:
        found.append((place.start(), text[place.start() :], False))
    return found if broken else [(0, text, False), *found]


def _is_sound(text: str, start: int, end: int) -> bool:
    """Return whether a text holds one JSON value there, no two that have run into one."""
    if end <= start:
        return False
    value = text[start:end]
    return not has_doubles(value, parse_json(value))


def cut_elements(text: str, start: int) -> Iterator[Element]:
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
    keys, broken = model.list_keys(), 0
    place = max(start, model.begins)
    while place >= 0:
        end = find_end(text, place)
        following = begins.search(text, end) if end > place else None
        gap = text[end : following.start() if following else len(text)]
        is_sound = _GAP.match(gap) is not None and _is_sound(text, place, end)
        broken += not is_sound
        if not is_sound:
            after = end if end > place else place + 1
            following = _find_alike(begins, text, after, keys, tries) if broken < tries else None
            end = following.start() if following else len(text)
        yield place, text[place:end], is_sound
        place = following.start() if following else -1


def _find_broken_list(text: str) -> int:
    """Return where the objects of a page begin, one of which is broken; -1 for anything else.

    A page is an object with a list of objects, before which only words and numbers stand. One of
    its objects is whole, and the list does not end before what is broken, unless that is the end.
    """
    page = _PAGE.match(text)
    if page is None or _find_model(text) is None:
        return -1
    at = page.end()
    while _is_sound(text, at, end := find_end(text, at)):
        after = _NEXT_OBJECT.match(text, end) or _NEXT_LIST.match(text, end)
        if after is None:
            ended = _LIST_END.match(text, end)
            is_after = ended is not None and text[ended.end() :].strip(_BLANK) != ""
            return -1 if is_after else page.end()
        at = after.end()
    return page.end()


class _Model(NamedTuple):
    """What the objects of a list are like: where the first begins, their first key."""

    begins: int
    first: str  # as it is written
    text: str  # of one of them

    def list_keys(self) -> set[str]:
        """Return the keys of the objects."""
        return _list_keys(self.text, 0)


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
    end = find_end(text, begins)
    if end > begins and _AFTER.match(text, end):
        return _Model(begins, first[2], text[begins:end])
    alike = (_describe(text, found) for found in islice(_ANY_OBJECT.finditer(text, begins), _LOOK))
    likely = [
        one
        for one in alike
        if one.begins > begins
        and one.text
        and (one.first == first[2] or len(one.text) * 2 > one.begins - begins)
    ]
    if not likely:
        return None
    return max(likely, key=lambda one: len(one.text))._replace(begins=begins)


def _describe(text: str, found: re.Match[str]) -> _Model:
    """Return what an object is like that was found in a text; without a text where it is broken."""
    begins = found.start(1)
    return _Model(begins, found[2], text[begins : max(begins, find_end(text, begins))])


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
    end = find_end(text, at)
    value = parse_json(text[at:end]) if end > at else None
    return set(value) if isinstance(value, dict) else set()
