"""Who says the same in partly other words: what words suggest, an encoder confirms.

Within a question everybody talks about one thing, so that an encoder finds all of it near and, by
itself, is wrong about every other pair that it puts first. Where two statements share a third of
their weight in words, it tells well: of pairs that words alone would join wrongly it refuses
nearly all (docs/decisions/0005). Only statements that words suggest are encoded, which keeps a
large chat cheap. Two that differ in a "not" or in a number never say the same, nor do a statement
and the answer to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from chinwag.steps.judging.phrase_classes import find_classes
from chinwag.steps.summarise.group import NEAR
from chinwag.steps.summarise.statement import Statement
from chinwag.text.encoder import Encoder
from chinwag.text.vectors import multiply, scale
from chinwag.text.words import split_words

FEWEST_WORDS = 6  # content words of a statement: fewer are near to everything
SUGGESTED = 0.34  # words' cosine from which two statements may say the same
CONFIRMED = 0.52  # the encoder's cosine from which they do
MOST_ASKED = 60  # texts of a question that are encoded: the cost does not grow with a huge chat
ALIKE = 0.6  # the encoder's cosine from which a second bullet would repeat the first

_NUMBER = re.compile(r"\d+")
_ASKS = re.compile("[?？؟]")

Pair = tuple[int, int]


class SamePoints(NamedTuple):
    """What an encoder says of pairs of statements, by their places.

    `same` are pairs of different people who say the same, with how near they are (0.52 to 1);
    `alike` are pairs of which only one should be shown.
    """

    same: Mapping[Pair, float]
    alike: frozenset[Pair]


NONE = SamePoints({}, frozenset())


def compare_meanings(
    statements: Sequence[Statement],
    suggested: Mapping[Pair, float],
    question: str,
    encoder: Encoder | None,
) -> SamePoints:
    """Return which of the pairs that words suggest say the same by their meaning, too.

    `suggested` maps pairs to their words' cosine; what words alone decide is not asked again.
    Where `question` asks nothing (a stretch of free talk), nobody is said to say the same. Raises
    what the encoder raises.
    """
    pairs = {
        (left, right): words
        for (left, right), words in suggested.items()
        if words < NEAR
        and min(len(statements[left].words), len(statements[right].words)) >= FEWEST_WORDS
    }
    if encoder is None or not pairs:
        return NONE
    asked = _pick_texts(statements, pairs)
    meanings = dict(zip(asked, map(scale, encoder.encode(asked)), strict=True))
    same, alike = {}, set()
    for (left, right), words in pairs.items():
        one, other = (meanings.get(statements[index].point) for index in (left, right))
        if one is None or other is None:
            continue
        near = multiply(one, other)
        if near >= ALIKE:
            alike.add((left, right))
        if words < SUGGESTED or near < CONFIRMED or not _ASKS.search(question):
            continue
        if not _stand_apart(statements[left], statements[right]):
            same[left, right] = near
    return SamePoints(same, frozenset(alike))


def _pick_texts(statements: Sequence[Statement], pairs: Mapping[Pair, float]) -> list[str]:
    """Return the texts to encode, each once: those of the nearest pairs, MOST_ASKED about."""
    texts: dict[str, None] = {}
    for pair in sorted(pairs, key=lambda pair: (-pairs[pair], pair)):
        if len(texts) >= MOST_ASKED:
            break
        texts.update(dict.fromkeys(statements[index].point for index in pair))
    return list(texts)


def _stand_apart(one: Statement, other: Statement) -> bool:
    """Return whether two statements are one person's, talk with each other, or differ in a fact."""
    ids = {post.id for post in (*one.posts, *other.posts)}
    if one.post.author == other.post.author:
        return True
    if any(post.reply_to in ids for post in (one.post, other.post)):
        return True
    if _objects(one.point) != _objects(other.point):
        return True
    numbers, others = set(_NUMBER.findall(one.point)), set(_NUMBER.findall(other.point))
    return bool(numbers and others) and numbers.isdisjoint(others)


def _objects(text: str) -> bool:
    """Return whether a text holds a "but", a "not" or the like."""
    return "objects" in dict(find_classes(split_words(text)))
