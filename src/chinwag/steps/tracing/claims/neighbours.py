"""Do words stand together as in the posts: near, numbers with their own nouns, not turned round?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from chinwag.steps.tracing.claims.rates import find_rates
from chinwag.steps.tracing.claims.reading import Reading, Word, stem_word
from chinwag.steps.tracing.claims.support import Passage, Support, is_unspaced
from chinwag.steps.tracing.claims.verdict import Refusal
from chinwag.steps.tracing.claims.vocabulary import (
    AGENT,
    ARTICLES,
    OPPOSITES,
    PASSIVE,
    PREPOSITIONS,
)

NEAR = 7  # content words between two that stand side by side in the sentence, at most
NEAR_ACROSS = 3  # the same where a new part begins between them

_STEMS = [(stem_word(one), stem_word(other)) for one, other in OPPOSITES]
_PAIRS = [pair for pair in _STEMS if all(pair)]


def find_mixed(said: Reading, support: Support) -> Iterator[Refusal]:
    """Yield neighbours that stand nowhere near each other, and words turned round."""
    lost = {word.place for word in support.missing}
    # Pairs of characters overlap, and so have no neighbours.
    told = [word for word in support.told if word.place not in lost and not is_unspaced(word)]
    headings = _find_headings(support.passages)
    for one, other in pairwise(told):
        if not _must_stand_near(one, other, headings):
            continue
        if not any(_stand_near(passage, one.stem, other.stem) for passage in support.passages):
            yield Refusal(reason="mixed", words=f"{one.said} … {other.said}")
    rates = find_rates(said, support.passages)
    placed = [word for word in told if word.place not in rates]
    yield from _find_unbound(placed, support)  # a rate has its own words beside its number
    yield from _find_swapped_numbers(placed, support)
    yield from _find_turned_round(said, support, placed)


def _must_stand_near(one: Word, other: Word, headings: set[str]) -> bool:
    """Return whether two neighbours of a sentence have to be neighbours in a post."""
    if one.clause != other.clause or one.stem == other.stem:
        return False
    return headings.isdisjoint((one.stem, other.stem))


def _find_headings(passages: Sequence[Passage]) -> set[str]:
    """Return the stems that stand in a heading alone: what a whole post is about goes with any."""
    named: set[str] = set()
    elsewhere: set[str] = set()
    for passage in passages:
        (named if passage.is_heading else elsewhere).update(passage.stems)
    return named - elsewhere


def _stand_near(passage: Passage, one: str, other: str) -> bool:
    """Return whether two stems stand near each other: nearer where another part has begun."""
    ones = [(at, word.part) for at, word in enumerate(passage.words) if word.stem == one]
    others = [(at, word.part) for at, word in enumerate(passage.words) if word.stem == other]
    return any(
        abs(a - b) <= (NEAR if part == other_part else NEAR_ACROSS)
        for a, part in ones
        for b, other_part in others
    )


def _find_unbound(told: Sequence[Word], support: Support) -> Iterator[Refusal]:
    """Yield a number, or one of two opposites, that belongs to another word in the posts.

    "Six days, till nine" is not "nine days, till six": beside one of its neighbours at least, the
    number has to be the nearest one in the posts, too.
    """
    for at, word in enumerate(told):
        rivals = _find_rivals(word, support)
        neighbours = _find_neighbours(told, at, rivals) if len(rivals) > 1 else []
        if not neighbours or _follows_on(at, told, support):
            continue
        if not any(_is_bound(word, other, rivals, support) for other in neighbours):
            reason = "number" if word.is_number else "opposite"
            yield Refusal(reason=reason, words=f"{word.said} … {neighbours[0].said}")


def _find_neighbours(told: Sequence[Word], at: int, rivals: set[str]) -> list[Word]:
    """Return the words beside one that are no rivals of it, if possible of its own clause."""
    width = 1 if told[at].is_number else 2
    before = [word for word in told[:at] if word.stem not in rivals][-width:]
    after = [word for word in told[at + 1 :] if word.stem not in rivals][:width]
    beside = [*before, *after]
    return [word for word in beside if word.clause == told[at].clause] or beside


def _is_bound(word: Word, neighbour: Word, rivals: set[str], support: Support) -> bool:
    """Return whether a word is the rival nearest to its neighbour in some passage."""
    return any(
        _is_nearest(passage, word.stem, neighbour.stem, rivals) for passage in support.passages
    )


def _is_nearest(passage: Passage, stem: str, beside: str, rivals: set[str]) -> bool:
    """Return whether the rival nearest to some place of `beside` in a passage is `stem`."""
    places = [(at, word.stem) for at, word in enumerate(passage.words) if word.stem in rivals]
    if not places:
        return False
    for at, word in enumerate(passage.words):
        if word.stem == beside:
            least = min(abs(at - place) for place, _ in places)
            if any(found == stem and abs(at - place) == least for place, found in places):
                return True
    return False


def _find_rivals(word: Word, support: Support) -> set[str]:
    """Return the stems of the posts that could stand in a word's place, itself among them."""
    theirs = {one.stem for passage in support.passages for one in passage.words}
    if word.is_number:
        numbers = {stem for stem in theirs if stem.startswith("#")} | {word.stem}
        return {stem for stem in numbers if _is_rank(stem) == _is_rank(word.stem)}
    opposites = {stem for pair in _PAIRS if word.stem in pair for stem in pair}
    return {word.stem} | (opposites & theirs)


def _is_rank(stem: str) -> bool:
    """Return whether a number ranks or repeats ("first", "twice"), as "one" and "two" do not."""
    return stem.startswith("#x") or stem.endswith(("st", "nd", "rd", "th"))


def _find_swapped_numbers(told: Sequence[Word], support: Support) -> Iterator[Refusal]:
    """Yield two numbers in a row that the posts have only the other way about."""
    orders = _find_orders(support)
    for one, other in pairwise(word for word in told if word.is_number):
        straight, back = (one.stem, other.stem), (other.stem, one.stem)
        if straight != back and back in orders and straight not in orders:
            yield Refusal(reason="number", words=f"{one.said} … {other.said}")


def _find_orders(support: Support) -> set[tuple[str, str]]:
    """Return the numbers of the posts that follow each other, with whatever between them."""
    return {
        pair
        for passage in support.passages
        for pair in pairwise(word.stem for word in passage.words if word.is_number)
    }


def _follows_on(at: int, told: Sequence[Word], support: Support) -> bool:
    """Return whether a number stands by another as in the posts: "four hundred", "31 to 9"."""
    beside = pairwise(word.stem for word in told[max(0, at - 1) : at + 2])
    return not _find_orders(support).isdisjoint(beside)


def _find_turned_round(said: Reading, support: Support, told: Sequence[Word]) -> Iterator[Refusal]:
    """Yield words in one clause that a post has in one clause the other way about.

    "Guards ask students" against "students ask guards". What a preposition leads in ("in winter")
    may stand anywhere; a rate ("twice a week") may, too, and is none of `told`.
    """
    for clause in dict.fromkeys(word.clause for word in told):
        row = [word for word in told if word.clause == clause and not _is_led_in(said, word)]
        folded = {word.folded for word in said.words if word.clause == clause}
        for passage in support.drawn:
            own = _find_own(row, passage, support)
            yield from _judge_order(own, folded, passage)


def _find_own(row: Sequence[Word], passage: Passage, support: Support) -> list[Word]:
    """Return the words of a clause that this passage alone has, of those drawn upon."""
    others = frozenset().union(*(one.stems for one in support.drawn if one is not passage))
    return [word for word in row if word.stem in passage.stems - others]


def _judge_order(own: Sequence[Word], folded: set[str], passage: Passage) -> Iterator[Refusal]:
    """Yield the fault in the order of a clause's words, beside that of their passage.

    A passive ("are asked") may turn two neighbours round, one with "by" both sides of its verb, and
    has to. `folded` are all words of the clause.
    """
    turned = _find_descents(own, passage)
    has_agent = bool(folded & AGENT - {word.folded for word in passage.reading.words})
    if has_agent and len(own) > 2 and not turned:
        yield Refusal(reason="order", words=" … ".join(word.said for word in own[:3]))
    is_passive = bool(folded & PASSIVE - _words_beside(turned, passage))
    allowed = 2 if has_agent else int(is_passive)
    if len(turned) > allowed:
        yield Refusal(reason="order", words=" … ".join(word.said for word in turned[0]))


def _words_beside(turned: Sequence[tuple[Word, Word]], passage: Passage) -> set[str]:
    """Return the folded words of the clauses of a passage in which the turned words stand."""
    stems = {word.stem for pair in turned for word in pair}
    clauses = {word.clause for word in passage.words if word.stem in stems}
    return {word.folded for word in passage.reading.words if word.clause in clauses}


def _is_led_in(said: Reading, word: Word) -> bool:
    """Return whether a preposition stands right before a word, an article apart."""
    before = [one.folded for one in said.words[max(0, word.place - 2) : word.place]]
    if not before:
        return False
    if before[-1] in PREPOSITIONS:
        return True
    return before[-1] in ARTICLES and before[0] in PREPOSITIONS


def _find_descents(row: Sequence[Word], passage: Passage) -> list[tuple[Word, Word]]:
    """Return the neighbours that stand in a passage only the other way about."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(passage.words):
        places[word.stem].append(at)
    return [
        (one, other)
        for one, other in pairwise(row)
        if one.stem != other.stem and min(places[one.stem]) > max(places[other.stem])
    ]
