"""Pairs: what shows that two people make the same point, as a handful of numbers for each pair.

Of two statements: how near their words are, whole and cut short, how many words they share that
the question does not have, how much they say and how well. Of a reply and what it answers: whether
it plainly agrees, and how much it says of its own. What these numbers weigh was learned
(`judging/same.py`); no number alone decides.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from chinwag.steps.judging.phrase_classes import find_classes
from chinwag.steps.judging.same import MEANING, WORDS, Signs, load_same
from chinwag.steps.summarise.group import Pair
from chinwag.steps.summarise.statement import Statement
from chinwag.text.words import (
    Vector,
    Words,
    content_words,
    cosine,
    make_vector,
    split_words,
    weigh_words,
)

STEM = 5  # letters that a word is cut to, to be compared across its endings
WORTH = 0.4  # quality of a post that is worth agreeing with
OWN_WORDS = (2, 5, 9)  # content words of a reply that what it answers does not have
SELDOM, POOR = 0.02, 0.05  # likelihood and quality, below which differences hardly count
ALIKE = 0.6  # the encoder's cosine from which a second bullet would repeat the first

_NUMBER = re.compile(r"\d+")
_ASKS = re.compile("[?？؟]")


class SamePoints(NamedTuple):
    """What is known about pairs of statements, by their places.

    `same` are pairs of different people who make the same point, with how surely (0.5 to 1);
    `alike` are pairs of which only one should be shown.
    """

    same: Mapping[Pair, float]
    alike: frozenset[Pair]


def find_same(
    statements: Sequence[Statement],
    shared: Mapping[Pair, float],
    meanings: Mapping[Pair, float],
    question: str,
) -> SamePoints:
    """Return which statements make the same point, and which only repeat one.

    `shared` is what `find_shared` gives, `meanings` what `compare_meanings` does. Nobody makes the
    same point as themselves, nor as somebody whom they answer, nor one that differs in a "not" or
    in a number. Where `question` asks nothing (a stretch of free talk) no meaning is asked for.
    """
    asks = _ASKS.search(question) is not None
    by_words, by_meaning = load_same(WORDS), load_same(MEANING)
    facts: dict[int, _Facts] = {}  # a statement is in many pairs, and its text is read once
    same = {}
    for pair, signs in describe_pairs(statements, shared, content_words(question)).items():
        told = asks and pair in meanings
        if told:
            near = by_meaning.find_nearness(add_meaning(signs, meanings[pair]))
        else:
            near = by_words.find_nearness(signs)
        if near:
            facts |= {at: _read_facts(statements[at].point) for at in pair if at not in facts}
            if not _differ(facts[pair[0]], facts[pair[1]]):
                same[pair] = near
    alike = frozenset(pair for pair, near in meanings.items() if near >= ALIKE)
    return SamePoints(same, alike)


def describe_pairs(
    statements: Sequence[Statement], shared: Mapping[Pair, float], asked: Collection[str]
) -> dict[Pair, Signs]:
    """Return what tells of each pair of `shared`, by different people who do not answer each other.

    `shared` maps pairs of places to their words' cosine.
    """
    stems = [tuple(word[:STEM] for word in one.told) for one in statements]
    weights = weigh_words(stems)
    objecting = [objects(one.text) for one in statements]
    vectors: dict[int, Vector] = {}
    told: dict[Pair, Signs] = {}
    for pair, near in shared.items():
        one, other = (statements[at] for at in pair)
        if one.post.author == other.post.author or answer_each_other(one, other):
            continue
        for at in pair:
            if at not in vectors:
                vectors[at] = make_vector(stems[at], weights)
        common = set(one.words) & set(other.words)
        told[pair] = {
            "cosine": near,
            "stems": cosine(vectors[pair[0]], vectors[pair[1]]),
            "unasked": float(len(common.difference(asked))),
            "neighbours": float(len(_pair_up(one.told) & _pair_up(other.told))),
            "shorter": float(min(len(one.words), len(other.words))),
            "worth": min(one.quality, other.quality),
            "one objects": float(objecting[pair[0]] != objecting[pair[1]]),
            "both numbered": float(one.numbered and other.numbered),
        }
    return told


def describe_reply(reply: Statement, answered: Statement, agrees: bool) -> Signs:
    """Return what tells whether a reply makes the point that it answers.

    `agrees` is whether it opens with a yes.
    """
    own = len(set(reply.said).difference(answered.said))
    classes = dict(find_classes(split_words(reply.text)))
    asks, asked = "?" in reply.text, "?" in answered.text
    return {
        "agrees": float(agrees and not asks and not asked),
        "agreement": math.log(reply.agreement + SELDOM),
        "asks": float(asks),
        "asked": float(asked),
        "objects": float("objects" in classes),
        "praises": float("praises" in classes),
        "quality": math.log(answered.quality + POOR),
        "thanks": float("thanks" in classes),
        "worth": float(answered.quality >= WORTH),
        **{f"own words>{least}": float(own > least) for least in OWN_WORDS},
    }


def add_meaning(signs: Signs, meaning: float) -> Signs:
    """Return what tells of a pair, an encoder's cosine included."""
    return {**signs, "meaning": meaning, "meaning and words": meaning * signs["cosine"]}


def answer_each_other(one: Statement, other: Statement) -> bool:
    """Return whether one of two statements replies to the other, as the source tells."""
    ids = {post.id for post in (*one.posts, *other.posts)}
    return any(post.reply_to in ids for post in (one.post, other.post))


def objects(text: str) -> bool:
    """Return whether a text holds a "but", a "not" or the like."""
    return "objects" in dict(find_classes(split_words(text)))


class _Facts(NamedTuple):
    """What two texts may differ in: whether there is a "but" or a "not", and the numbers."""

    objects: bool
    numbers: frozenset[str]


def _read_facts(text: str) -> _Facts:
    return _Facts(objects(text), frozenset(_NUMBER.findall(text)))


def _differ(one: _Facts, other: _Facts) -> bool:
    """Return whether two texts differ in a fact: only one says "not", or no number is in both."""
    if one.objects != other.objects:
        return True
    return bool(one.numbers and other.numbers) and one.numbers.isdisjoint(other.numbers)


def _pair_up(words: Words) -> set[tuple[str, str]]:
    return set(pairwise(words))
