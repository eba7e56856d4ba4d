"""What belongs to a question's talk, and what is only said meanwhile.

Jokes, news of oneself and words on the chat are often well said. Two things give them away: in a
chat whose people number their answers they bear no number, and hardly a word of them is said by
anybody else on the question, nor in the question itself. A post with another chat's tag, where
everybody else writes this one's, answers there, whatever its number.
"""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from statistics import median

import msgspec

from chinwag.steps.reading.read_post import ReadPost
from chinwag.steps.summarise.statement import Statement
from chinwag.text.hashtags import find_hashtags, fold_tag
from chinwag.text.words import Vector, WordWeights, content_words, make_vector

# Judged on the bullets of half of the development chats: see docs/researchers/summarising.md.
WITHOUT_NUMBER = 0.65  # share of its quality that a point without a number keeps
ENOUGH_SUPPORT = 0.1  # cosine with what others say; from this on nothing is doubted
NO_SUPPORT = 0.6  # share of its quality that a point keeps with a cosine of 0
FEWEST_OTHERS = 5  # statements of others that show what a question's talk is about
TAGGED = 0.9  # share of the posts with the chat's tag, from which one with another's alone is apart

_NOTHING = sys.float_info.epsilon  # a squared length that rounding alone may leave


def doubt_strangers(
    statements: Sequence[Statement],
    weights: WordWeights,
    question: str,
    *,
    numbers_expected: bool,
) -> list[Statement]:
    """Return a question's statements, those that may not belong to its talk with less quality.

    What bears an answer's number belongs, whatever it says.
    """
    support = _weigh_support(statements, weights, question)
    enough = min(ENOUGH_SUPPORT, median(support.values())) if support else 0.0
    doubted = []
    for one in statements:
        kept = 1.0
        if one.point and not one.numbered:
            kept = WITHOUT_NUMBER if numbers_expected else 1.0
            if support.get(one.post.id, 1.0) < enough:
                kept *= NO_SUPPORT + (1 - NO_SUPPORT) * support[one.post.id] / enough
        doubted.append(msgspec.structs.replace(one, quality=one.quality * kept))
    return doubted


def find_elsewhere(reads: Collection[ReadPost], hashtag: str) -> frozenset[str]:
    """Return the ids of posts said to another chat: they bear its tag and not `hashtag`.

    None are where a tenth of the posts do without the chat's tag. A longer tag that holds it, and
    a reply, is said here.
    """
    own = fold_tag(hashtag)
    tags = {read.id: find_hashtags(read.text) for read in reads if not read.is_silent}
    here = {one for one, some in tags.items() if any(own in fold_tag(tag) for tag in some)}
    if not own or len(here) < TAGGED * len(tags):
        return frozenset()
    apart = {one for one, some in tags.items() if some and one not in here}
    return frozenset(read.id for read in reads if read.id in apart and not read.replies)


def _weigh_support(
    statements: Sequence[Statement], weights: WordWeights, question: str
) -> dict[str, float]:
    """Return how near each point, by its post, is to what others say on the question, in words.

    Where too few say anything, that tells nothing, and there is none.
    """
    vectors = {one.post.id: make_vector(one.said, weights) for one in statements}
    if sum(bool(vector) for vector in vectors.values()) <= FEWEST_OTHERS:
        return {}
    said = _sum_up(vectors, make_vector(content_words(question), weights))
    squares = math.fsum(value * value for value in said.values())
    return {
        one.post.id: _compare(make_vector(one.told, weights), said, squares, vectors[one.post.id])
        for one in statements
        if one.point
    }


def _sum_up(vectors: Mapping[str, Vector], asked: Vector) -> dict[str, float]:
    """Return the sum of the vectors of what is said on a question and of the question itself."""
    parts: dict[str, list[float]] = defaultdict(list)
    for vector in (asked, *vectors.values()):
        for word, value in vector.items():
            parts[word].append(value)
    return {word: math.fsum(values) for word, values in parts.items()}


def _compare(point: Vector, said: Mapping[str, float], squares: float, own: Vector) -> float:
    """Return the cosine of a point with what is said, its own statement left out.

    `squares` is the squared length of `said`: what is left has |said|² - 2 said·own + |own|².
    """
    left = squares - math.fsum(
        value * (2 * said.get(word, 0.0) - value) for word, value in own.items()
    )
    shared = math.fsum(
        value * (said[word] - own.get(word, 0.0)) for word, value in point.items() if word in said
    )
    return shared / math.sqrt(left) if left > _NOTHING else 0.0
