"""Moments: when who posted, in time order, for files of millions of posts.

A moment is a number: its place in columns that a timeline keeps, some 25 bytes a post. Lists of
moments are lists of such numbers, so that an hour is quickly cut out of a week of a hashtag.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec

_SORTED_AT_ONCE = 200_000  # places; more are sorted in parts: a number takes 32 bytes
_PARTS = 64
_HELD = 500_000  # different values that are held at once


class Columns(NamedTuple):
    """What a timeline keeps of each post: seconds since 1970, its author, what it is."""

    at: array[float]
    author: array[int]  # hashes, which tell people apart
    asks: bytearray


class Moment(msgspec.Struct, frozen=True, gc=False):
    """One post as the timeline keeps it: seconds since 1970, and a number for its author.

    `asks` is true where the post opens with the label of a question ("Q3:").
    """

    at: float
    author: int
    asks: bool


class Moments:
    """Moments in time order. They are indexed, cut and gone through as a list is."""

    def __init__(self, columns: Columns, places: array[int]) -> None:
        self._columns = columns
        self._places = places

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._places)

    def __getitem__(self, number: int) -> Moment:
        """Return one moment, from the end where the number is below 0."""
        place = self._places[number]
        at, author, asks = self._columns
        return Moment(at[place], author[place], bool(asks[place]))

    def __iter__(self) -> Iterator[Moment]:
        at, author, asks = self._columns
        for place in self._places:
            yield Moment(at[place], author[place], bool(asks[place]))

    def cut(self, first: int, last: int) -> Moments:
        """Return those from the number `first` on, before the number `last`."""
        return Moments(self._columns, self._places[first:last])

    def join(self, others: Iterable[Moments]) -> Moments:
        """Return these and then the others, which are all later."""
        places = array("i", self._places)
        for other in others:
            places += other._places
        return Moments(self._columns, places)

    def list_times(self) -> Iterator[float]:
        """Return the times of all."""
        return map(self._columns.at.__getitem__, self._places)

    def find_from(self, at: float) -> int:
        """Return the number of the first that is not before a time."""
        return bisect_left(self._places, at, key=self._columns.at.__getitem__)

    def find_after(self, at: float) -> int:
        """Return the number of the first that is after a time."""
        return bisect_right(self._places, at, key=self._columns.at.__getitem__)

    def count_asking(self) -> int:
        """Return how many open with the label of a question."""
        return sum(map(self._columns.asks.__getitem__, self._places))

    def count_people(self) -> int:
        """Return how many people wrote them."""
        authors = self._columns.author
        return count_different(lambda: map(authors.__getitem__, self._places), len(self))

    def split_at_pauses(self, pause: float) -> list[Moments]:
        """Return them in runs between which more than `pause` seconds pass."""
        times = self._columns.at
        before = times[self._places[0]]
        bounds = [0]
        for number, place in enumerate(self._places):
            if times[place] - before > pause:
                bounds.append(number)
            before = times[place]
        bounds.append(len(self))
        return [self.cut(*ends) for ends in pairwise(bounds)]


def sort_moments(columns: Columns, places: array[int]) -> Moments:
    """Return the posts at these places of the columns, in time order."""
    return Moments(columns, _sort(columns.at, places))


def _sort(times: array[float], places: array[int]) -> array[int]:
    if len(places) <= _SORTED_AT_ONCE:
        return array("i", sorted(places, key=times.__getitem__))
    first, last = (choose(map(times.__getitem__, places)) for choose in (min, max))
    if first == last:
        return places
    parts = [array("i") for _ in range(_PARTS)]
    width = (last - first) / (_PARTS - 1)
    for place in places:
        parts[int((times[place] - first) / width)].append(place)
    whole = array("i")
    while parts:
        whole += _sort(times, parts.pop(0))
    return whole


def count_different(read: Callable[[], Iterable[int]], number: int) -> int:
    """Return how many of the `number` numbers that `read` gives differ, in bounded memory."""
    parts = number // _HELD + 1
    if parts == 1:
        return len(set(read()))
    return sum(len({one for one in read() if one % parts == part}) for part in range(parts))


def mark_first(numbers: Sequence[int]) -> bytearray:
    """Return 1 for each number that has not come before, else 0, in bounded memory."""
    marks = bytearray(len(numbers))
    parts = len(numbers) // _HELD + 1
    for part in range(parts):
        seen: set[int] = set()
        for place, number in enumerate(numbers):
            if number % parts == part and number not in seen:
                seen.add(number)
                marks[place] = 1
    return marks
