"""Which post asks each number first, of all that may ask it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import TypeAlias

import msgspec

from chinwag.steps.kinds.asking import ASKS, Asking, clean_question
from chinwag.steps.reading.read_post import ReadPost
from chinwag.text.labels import read_part
from chinwag.text.parts import cut_counters, is_next

Number: TypeAlias = tuple[int, str]  # of a question, and of its part: "" for the whole
Firsts: TypeAlias = dict[Number, Asking]

NEAR = timedelta(minutes=4)  # from one half of a question to the other, or to it elsewhere
_STATES = 2  # least score of a question put as a statement by a person who asks the others
_LATER = 1  # what an asking loses for each one of the same number before it
_OUT_OF_ORDER = 2  # what an asking loses by coming before the asking of the previous number


def find_firsts(askings: Sequence[Asking], answered: Collection[Number] = ()) -> Firsts:
    """Return the first asking of each number, in the order of the numbers.

    `answered` is what people answer by name (`find_answered`).
    """
    chosen = _drop_loose_parts(_drop_strays(_choose_firsts(askings), answered), answered)
    return _join_halves(_fill_gaps(chosen, askings), askings)


def find_answered(posts: Iterable[ReadPost]) -> set[Number]:
    """Return what several people answer by name: "A2", "A1.5", "A2b"."""
    people: dict[Number, set[str]] = defaultdict(set)
    for read in posts:
        for label in () if read.is_silent else read.usual_labels:
            if label.role == "answer":
                people[label.number, read_part(label.part)].add(read.author)
    return {key for key, names in people.items() if len(names) > 1}


def name_question(number: int, part: str, firsts: Firsts) -> str:
    """Return the label of a question; a first part is the question itself if there is no other."""
    if not part or (part == "1" and (number, "") not in firsts):
        return str(number)
    return f"{number}.{part}"


def _choose_firsts(askings: Sequence[Asking]) -> Firsts:
    """Return one asking of each number: early, likely, and in the order of the numbers.

    The best row of askings is found number by number (Viterbi, 1967).
    """
    likely: dict[Number, list[Asking]] = defaultdict(list)
    for asking in askings:
        if asking.score >= ASKS:
            likely[asking.number, read_part(asking.part)].append(asking)
    keys = sorted(likely, key=_count_up)
    best: list[list[tuple[int, int]]] = []  # by number: each asking's value, and which before it
    for step, key in enumerate(keys):
        values = [asking.score - _LATER * rank for rank, asking in enumerate(likely[key])]
        if step:
            before = list(zip(best[-1], likely[keys[step - 1]], strict=True))
            pairs = zip(values, likely[key], strict=True)
            best.append([_follow(value, asking, before) for value, asking in pairs])
        else:
            best.append([(value, -1) for value in values])
    chosen: Firsts = {}
    index = best[-1].index(max(best[-1], key=lambda one: one[0])) if best else -1
    for key, row in zip(reversed(keys), reversed(best), strict=True):
        chosen[key] = likely[key][index]
        index = row[index][1]
    return _sort(chosen)


def _sort(firsts: Firsts) -> Firsts:
    return {key: firsts[key] for key in sorted(firsts, key=_count_up)}


def _count_up(key: Number) -> tuple[int, int]:
    """Return a number and its part as they are counted: Q2.10 comes after Q2.9."""
    number, part = key
    return number, int(part or 0)


def _follow(
    value: int, asking: Asking, before: Sequence[tuple[tuple[int, int], Asking]]
) -> tuple[int, int]:
    """Return the best value of a row that ends in an asking, and which stands before it there."""
    return max(
        (far + value - (_OUT_OF_ORDER if other.at > asking.at else 0), index)
        for index, ((far, _), other) in enumerate(before)
    )


def _drop_strays(chosen: Firsts, answered: Collection[Number]) -> Firsts:
    """Return the askings without numbers that are none of the chat's: a game of "Question 5".

    Nobody answers such a number by its name, though others are answered that way; and it comes
    before a smaller one, from somebody who asks nothing else, or in the middle of a post, with the
    number before it missing.
    """
    numbers = {number for number, _part in answered}
    if 2 * len(numbers & {number for number, _part in chosen}) < len(chosen):
        return chosen
    asked = Counter(asking.read.author for asking in chosen.values())
    return {
        (number, part): asking
        for (number, part), asking in chosen.items()
        if number in numbers
        or (
            not (_comes_early(number, asking, chosen) and asked[asking.read.author] == 1)
            and not (number > 1 and asking.amid and not _has(number - 1, chosen))
        )
    }


def _comes_early(number: int, asking: Asking, chosen: Firsts) -> bool:
    """Return whether a number is asked before a smaller one."""
    return any(other < number and one.at > asking.at for (other, _part), one in chosen.items())


def _has(number: int, chosen: Firsts) -> bool:
    return any(other == number for other, _part in chosen)


def _drop_loose_parts(chosen: Firsts, answered: Collection[Number]) -> Firsts:
    """Return the askings without parts of no row, and those after the next number.

    What people answer by its name ("Q1.5", "A1.5") belongs without a row; and so does the only one
    of its number, by somebody who asks others.
    """
    kept: Firsts = {}
    for (number, part), asking in chosen.items():
        later = chosen.get((number + 1, ""))
        is_late = later is not None and later.at < asking.at
        if _is_later_part(part):
            belongs = (number, part) in answered or _continues(number, part, kept)
            if is_late or not belongs:
                continue
        kept[number, part] = asking
    numbers = {number for number, _part in kept}
    people = {asking.read.author for asking in kept.values()}
    lonely = {
        key: asking
        for key, asking in chosen.items()
        if key[0] not in numbers and asking.read.author in people
    }
    return _sort(kept | lonely)


def _is_later_part(part: str) -> bool:
    return part != "" and int(part) > 1


def _continues(number: int, part: str, kept: Mapping[Number, Asking]) -> bool:
    """Return whether the part before is there; the whole question is as good as a first part."""
    if (number, str(int(part) - 1)) in kept:
        return True
    return part == "2" and (number, "") in kept


def _fill_gaps(firsts: Firsts, askings: Sequence[Asking]) -> Firsts:
    """Return the askings with those of missing numbers, said in their turn by people who ask.

    So a question is found that is put as a statement ("Q2. One aim is to ...").
    """
    people = {asking.read.author for asking in firsts.values()}
    wholes = {number: asking.at for (number, part), asking in firsts.items() if part in ("", "1")}
    filled = dict(firsts)
    for asking in askings:
        key = (asking.number, "")
        states = not asking.part and asking.score >= _STATES and asking.read.author in people
        if states and key not in filled and _fits_between(asking, wholes):
            filled[key] = asking
    return _sort(filled)


def _fits_between(asking: Asking, wholes: Mapping[int, int]) -> bool:
    """Return whether an asking of a missing number comes between those of its neighbours."""
    later = [at for number, at in wholes.items() if number > asking.number]
    if not later or asking.number < 1 or asking.number in wholes:
        return False
    earlier = [at for number, at in wholes.items() if number < asking.number]
    return max(earlier, default=-1) < asking.at < min(later)


def _join_halves(firsts: Firsts, askings: Sequence[Asking]) -> Firsts:
    """Return the askings; one put in two posts ("1/2", "2/2") has the words of both."""
    joined = dict(firsts)
    for key, asking in firsts.items():
        for other in askings:
            if abs(asking.read.created_at - other.read.created_at) > NEAR:
                continue
            if _follows(asking, other):
                joined[key] = _join(other, asking)
            elif _follows(other, asking):
                joined[key] = _join(asking, other)
    return joined


def _join(first: Asking, second: Asking) -> Asking:
    """Return an asking in the words of both."""
    text = cut_counters(f"{first.wording} {second.wording}")
    return msgspec.structs.replace(first, wording=clean_question(text))


def _follows(second: Asking, first: Asking) -> bool:
    """Return whether `second` is the "2/2" of `first`'s "1/2"."""
    if (second.number, second.read.author) != (first.number, first.read.author):
        return False
    begins = first.read.counter
    return is_next(second.read.counter, begins) and begins is not None and begins.number == 1
