"""How often, in how much time: "six days a week", "twice a year" may stand anywhere in a clause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chinwag.steps.tracing.claims.reading import Reading, Word
from chinwag.steps.tracing.claims.support import Passage
from chinwag.steps.tracing.claims.vocabulary import IN_EACH, TIMES


def find_rates(said: Reading, passages: Sequence[Passage]) -> frozenset[int]:
    """Return the places of the words in a sentence's rates that the posts give word for word.

    Such a rate holds together wherever it stands, and its number is no other's.
    """
    given = {_list_stems(rate) for one in passages for rate in _list_rates(one.reading.words)}
    told = (rate for rate in _list_rates(said.words) if _list_stems(rate) in given)
    return frozenset(word.place for rate in told for word in rate)


def _list_rates(words: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """Yield each number with what it counts, if that is said, and the time that it is for."""
    for at, word in enumerate(words):
        counts = at + 1 < len(words) and words[at + 1].folded in TIMES
        rate = tuple(words[at : at + (4 if counts else 3)])
        if word.is_number and _is_rate(rate):
            yield (*rate[:-2], rate[-1])


def _is_rate(rate: Sequence[Word]) -> bool:
    """Return whether words end in "a week", and are all of one sentence."""
    if len(rate) < 3 or rate[0].sentence != rate[-1].sentence:
        return False
    return rate[-2].folded in IN_EACH and rate[-1].folded in TIMES


def _list_stems(rate: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.stem for word in rate)
