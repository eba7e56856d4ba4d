"""How a chat numbers: what its openings ("V2:", "3)", "④") mean, by who uses them and how.

One such opening says little: "1." begins many a list, "V" is a question in Dutch and an answer in
Finnish. A person who rises through 1, 2, 3 with others' posts between, and asks each time, asks the
questions; a mark that several others use for the numbers that are out marks the answers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import msgspec

from chinwag.text.captions import CAPTIONED
from chinwag.text.labels import WORDS, Label
from chinwag.text.openings import Opening

Mark: TypeAlias = tuple[str, str]  # the word or letter, and the notation where that tells, else ""

_ALIKE = frozenset({"digits", "sign", "word", "han"})  # notations of one series beside a mark
_PLAINLY = frozenset({"digits", "sign", "word", "han", "roman"})
_INITIALS = frozenset({"q", "t"})
_FEWEST = 2  # numbers of a series
_BY_MARK, _BARE = (0.6, 0.8)  # least share of answers to the newest question, with and without mark


class Said(msgspec.Struct, frozen=True):
    """What one post says by which numbers are told: its openings and its labels."""

    author: str
    at: float  # when, in seconds
    asks: bool
    replies: bool
    openings: tuple[Opening, ...]
    labels: tuple[Label, ...]


class Numbering(msgspec.Struct, frozen=True):
    """How a chat numbers.

    `questions` and `answers` are the marks of each, where a mark may be both; `hosts` are who asks
    by these marks, `listing` who numbers lists. `times` and `numbers` tell when each question was
    asked first; `total` is that of a host who writes "Q2/5", 0 for none.
    """

    questions: frozenset[Mark] = frozenset()
    answers: frozenset[Mark] = frozenset()
    hosts: frozenset[str] = frozenset()
    listing: frozenset[str] = frozenset()
    times: tuple[float, ...] = ()
    numbers: tuple[int, ...] = ()
    total: int = 0


class _Series(NamedTuple):
    """The numbers that one person rises through beside one mark, with the post of each."""

    author: str
    mark: Mark
    firsts: Mapping[int, Said]
    total: int


def find_numbering(posts: Sequence[Said]) -> Numbering:
    """Return how a chat numbers; `posts` are in time order."""
    series = _find_series(posts)
    by_labels = _find_labelled(posts)
    total = next((one.total for one in series if one.mark[0] in _INITIALS | set(WORDS)), 0)
    asking = series[0] if series and _outranks(series[0], by_labels) else None
    firsts = asking.firsts if asking else by_labels
    order = sorted((said.at, number) for number, said in firsts.items())
    told = Numbering(
        questions=frozenset({asking.mark} if asking else ()),
        hosts=frozenset({asking.author} if asking else ()),
        times=tuple(at for at, _number in order),
        numbers=tuple(number for _at, number in order),
        total=total,
    )
    if not order:
        return told
    hosts = {said.author for said in firsts.values()}
    others = [said for said in posts if said.author not in hosts]
    told = msgspec.structs.replace(told, listing=frozenset(_find_listing(others, told)))
    return msgspec.structs.replace(told, answers=frozenset(_find_answers(others, told)))


def read_labels(numbering: Numbering, said: Said) -> tuple[Label, ...]:
    """Return the labels of a post as its chat numbers, including those that any chat has."""
    for opening in said.openings:
        role = _tell_role(numbering, said, opening)
        if role:
            first = _make_label(opening, role)
            return (first, *(label for label in said.labels if label.start >= first.end))
    return tuple(_close(label, said.openings) for label in said.labels)


def _close(label: Label, openings: Iterable[Opening]) -> Label:
    """Return a label with what closes it ("*Q1*", "Q1=")."""
    for opening in openings:
        same = opening.start <= label.start < label.end <= opening.end
        if same and opening.number == label.number and opening.is_closed and not opening.total:
            return msgspec.structs.replace(label, end=opening.end, marked=True)
    return label


def _outranks(series: _Series, by_labels: Mapping[int, Said]) -> bool:
    """Return whether a series asks more than the plain labels, or as much by a mark of its own."""
    return len(series.firsts) > len(by_labels) - (not _is_question(series.mark))


def _is_question(mark: Mark) -> bool:
    """Return whether a mark is a question's in any chat: "Q2", "Question 2", "Topic 2"."""
    return mark[0] in _INITIALS or WORDS.get(mark[0], "answer") != "answer"


def _make_label(opening: Opening, role: str) -> Label:
    usual = opening.style == "digits" and opening.mark in ("q", "a")
    return Label(
        role=role,
        number=opening.number,
        part=opening.part,
        start=opening.start,
        end=opening.end,
        marked=opening.marked,
        said="" if usual and not opening.total else opening.said,
    )


def _tell_role(numbering: Numbering, said: Said, opening: Opening) -> str:
    """Return what an opening numbers: "question", "answer", or "" where it is no label."""
    mark = _tell_mark(opening)
    only_asks = mark[0] and mark not in numbering.answers
    if mark in numbering.questions and (only_asks or said.author in numbering.hosts):
        return "question"
    if mark in numbering.answers and _may_answer(numbering, said, opening):
        return "answer"
    if opening.total and opening.total == numbering.total:
        here = (one for one in said.labels if opening.start <= one.start < opening.end)
        return next((label.role for label in here), "")
    return _tell_known(said, opening)


def _tell_known(said: Said, opening: Opening) -> str:
    """Return what an opening numbers whatever the chat: "Question Two:", "Q-2:", "QIV."."""
    there = any(opening.start <= label.start < opening.end for label in said.labels)
    if there or not opening.marked or opening.style not in _PLAINLY:
        return ""
    return "question" if opening.mark == "q" else WORDS.get(opening.mark, "")


def _tell_mark(opening: Opening) -> Mark:
    """Return the mark by which openings belong together."""
    if not opening.mark:
        return "", opening.style
    return opening.mark, "" if opening.style in _ALIKE | {"nth", "plain"} else opening.style


def _find_series(posts: Sequence[Said]) -> list[_Series]:
    """Return the rising series of people who ask, the longest first, of these the earliest."""
    said_by: dict[tuple[str, Mark], list[tuple[int, Opening]]] = defaultdict(list)
    uses: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for at, said in enumerate(posts):
        for opening in said.openings:
            if opening.marked or opening.mark:
                uses[opening.number].append((at, said.author))
            if not (said.replies or _is_answer(opening) or opening.mark in CAPTIONED):
                said_by[said.author, _tell_mark(opening)].append((at, opening))
    found: list[tuple[int, int, _Series]] = []
    for (author, mark), openings in said_by.items():
        rising = _rise(openings)
        if _is_series(posts, author, rising, uses):
            firsts = {number: posts[at] for number, (at, _opening) in rising.items()}
            series = _Series(author, mark, firsts, _tell_total(rising))
            found.append((-len(firsts), min(at for at, _opening in rising.values()), series))
    return [series for _length, _first, series in sorted(found, key=lambda one: one[:2])]


def _is_answer(opening: Opening) -> bool:
    """Return whether an opening is an answer's in any chat: "A2", "Answer 2"."""
    return opening.mark == "a" or WORDS.get(opening.mark) == "answer"


def _rise(openings: Iterable[tuple[int, Opening]]) -> dict[int, tuple[int, Opening]]:
    """Return the first opening of each number, while they rise one by one from 0 or 1."""
    rising: dict[int, tuple[int, Opening]] = {}
    for at, opening in openings:
        follows = opening.number == max(rising) + 1 if rising else opening.number <= 1
        if follows:
            rising[opening.number] = at, opening
    return rising


def _is_series(
    posts: Sequence[Said],
    author: str,
    rising: Mapping[int, tuple[int, Opening]],
    uses: Mapping[int, Sequence[tuple[int, str]]],
) -> bool:
    """Return whether somebody asks by these numbers: before others, and with time to answer."""
    if len(rising) < _FEWEST:
        return False
    asking = leading = 0
    for number, (at, _opening) in rising.items():
        others = [place for place, other in uses[number] if other != author]
        leading += at < min(others, default=at + 1)
        asking += posts[at].asks or len(others) > 1
    places = [at for at, _opening in rising.values()]
    spaced = sum(
        any(posts[at].author != author for at in range(first + 1, second))
        for first, second in pairwise(places)
    )
    is_asking = asking * 2 > len(rising) and leading * 3 >= len(rising) * 2
    return is_asking and spaced * 2 >= len(places) - 1 and spaced > 0


def _tell_total(rising: Mapping[int, tuple[int, Opening]]) -> int:
    """Return the total that a series counts to in every post ("Q2/5"), 0 for none."""
    totals = {opening.total for _at, opening in rising.values()}
    return totals.pop() if len(totals) == 1 and min(totals) >= max(rising) else 0


def _find_labelled(posts: Sequence[Said]) -> dict[int, Said]:
    """Return the numbers that one person asks by plain labels ("Q2:"), with the post of each."""
    by_author: dict[str, dict[int, Said]] = defaultdict(dict)
    for said in posts:
        opening = [one for one in said.labels if one.role != "answer" and one.where != "midst"]
        for label in opening[:1]:
            by_author[said.author].setdefault(label.number, said)
    return max(by_author.values(), key=len, default={})


def _find_listing(posts: Iterable[Said], told: Numbering) -> Iterator[str]:
    """Yield who writes "1.", "2.", "3." under one question: a list, and no answers."""
    under: dict[tuple[str, int], set[int]] = defaultdict(set)
    for said in posts:
        for opening in said.openings:
            if not opening.mark:
                under[said.author, _find_newest(told, said.at)].add(opening.number)
    for (author, newest), numbers in under.items():
        if len(numbers) > 1 and max(numbers) != newest:
            yield author


def _find_answers(posts: Iterable[Said], told: Numbering) -> Iterator[Mark]:
    """Yield the marks by which several people number answers to the questions that are out."""
    counts: dict[Mark, Counter[str]] = defaultdict(Counter)
    people: dict[Mark, set[str]] = defaultdict(set)
    numbers: dict[Mark, set[int]] = defaultdict(set)
    for said in posts:
        for opening in said.openings:
            mark, newest = _tell_mark(opening), _find_newest(told, said.at)
            counts[mark]["said"] += 1
            counts[mark]["newest"] += opening.number == newest
            counts[mark]["out"] += opening.number in told.numbers and opening.number <= newest
            people[mark].add(said.author)
            numbers[mark].add(opening.number)
    for mark, count in counts.items():
        share = _BY_MARK if mark[0] else _BARE
        steady = count["newest"] >= share * count["said"] and count["out"] >= 0.9 * count["said"]
        if (
            steady
            and not _is_question(mark)
            and len(people[mark]) > 1
            and len(numbers[mark]) >= _FEWEST
        ):
            yield mark


def _may_answer(numbering: Numbering, said: Said, opening: Opening) -> bool:
    """Return whether a post may answer by its opening: a bare one only what has just been asked."""
    if opening.mark:
        return True
    newest = _find_newest(numbering, said.at)
    near = opening.number in (newest, newest - 1)
    return near and said.author not in numbering.listing | numbering.hosts


def _find_newest(numbering: Numbering, at: float) -> int:
    """Return the number of the newest question at a moment, -1 before the first."""
    place = bisect_right(numbering.times, at) - 1
    return numbering.numbers[place] if place >= 0 else -1
