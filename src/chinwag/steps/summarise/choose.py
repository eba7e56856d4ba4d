"""Which points become bullets: what several people say, then what adds most that is new.

Single ideas are chosen greedily: each next one covers the most words not yet covered that a
person's write-up is likely to have (maximum coverage of concepts, after Gillick and Favre, 2009),
for its length, its quality and how surely it is placed.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import msgspec
from rapidfuzz import fuzz

from chinwag.steps.questions.repeats import SAME
from chinwag.steps.summarise.group import NEAR
from chinwag.steps.summarise.statement import Statement
from chinwag.text.words import Vector, cosine

ECHO = 0.9  # share of a point's words that make it an echo if the question has them
POOREST = 0.15  # quality of a bullet, at least: of poorer points, more are struck than kept
POOREST_MORE = 0.4  # quality of a bullet where a question has any so good
FEW_POINTS = 5  # this many or fewer are all shown
POINTS_PER_BULLET = 1.6  # a question with many answers gets more bullets
WORTH_COUNTS = 4  # the power of its quality by which an idea gains
LEAST_GAIN = 0.05  # of the best single idea's gain: less than that is not shown beyond the fewest


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """A point that may become a bullet: the statement quoted, and all that stand behind it.

    `people` say it, `agreed` more only agree with it: in the posts `agreeing`, by their ids.
    """

    quoted: Statement
    behind: tuple[Statement, ...]  # the quoted one first, then in time order
    people: int
    agreed: int = 0
    agreeing: frozenset[str] = frozenset()

    @property
    def heard(self) -> int:
        """How many people stand behind it."""
        return self.people + self.agreed

    @property
    def when(self) -> tuple[datetime, str]:
        """When what is quoted was said: points sort by it."""
        return self.quoted.when


def choose_points(
    points: Sequence[Point],
    vectors: Mapping[str, Vector],
    weights: Mapping[str, float],
    asked: Collection[str] = (),
    alike: Collection[frozenset[str]] = (),
    *,
    fewest: int,
    most: int,
) -> tuple[Point, ...]:
    """Return the points to show: shared ones by people, then single ideas in time order.

    `weights` tells for each word how much a bullet gains by saying it; `asked` are the question's
    own words: a point that says little else is no answer. `alike` are pairs of posts' ids that say
    the same in other words: no second bullet repeats the first so. Fewer than `fewest` come back
    where not so many points can be quoted.
    """
    usable = [
        point
        for point in points
        if point.quoted.quality >= POOREST and not _echoes(point.quoted, asked)
    ]
    usable = [one for one in usable if one.quoted.quality >= POOREST_MORE] or usable
    wanted = max(min(len(usable), FEW_POINTS), math.ceil(len(usable) / POINTS_PER_BULLET))
    target = min(most, max(fewest, wanted))
    chosen = _Choice(usable, vectors, weights, alike, fewest, target).make()
    while len(chosen) < target:  # the share of one person shrinks with the number of bullets
        target = len(chosen)
        chosen = _Choice(usable, vectors, weights, alike, fewest, target).make()
    return tuple(
        sorted(chosen, key=lambda point: (-point.people if point.people > 1 else 0, point.when))
    )


class _Choice:
    """One attempt at choosing `target` bullets."""

    def __init__(
        self,
        points: Sequence[Point],
        vectors: Mapping[str, Vector],
        weights: Mapping[str, float],
        alike: Collection[frozenset[str]],
        fewest: int,
        target: int,
    ) -> None:
        self.points = list(points)
        self.vectors = vectors
        self.weights = weights
        self.alike = alike
        self.fewest = fewest
        self.target = target
        speakers = len({point.quoted.post.author for point in points})
        self.share = max(target // 3, math.ceil(target / max(1, speakers)))
        self.chosen: list[Point] = []
        self.covered: set[str] = set()
        self.largest = 0.0  # gain of a single idea chosen
        self.held: Counter[str] = Counter()
        self.used: set[str] = set()  # posts behind the points chosen: each stands behind one

    def make(self) -> list[Point]:
        """Return the points chosen, at most `target`."""
        shared = [point for point in self.points if point.heard > 1]
        room = math.ceil(self.target / 2)
        for point in sorted(shared, key=lambda one: (-one.heard, *self._rank(one))):
            if len(self.chosen) < room and self._may_take(point):
                self._take(point)
        left = [point for point in self.points if point not in self.chosen]
        while left and len(self.chosen) < self.target:
            left = [point for point in left if self._may_take(point)]
            if left:
                best = min(left, key=self._rank)
                gain = self._gain(best)
                if len(self.chosen) >= self.fewest and gain < LEAST_GAIN * self.largest:
                    break
                self.largest = max(self.largest, gain)
                self._take(best)
                left.remove(best)
        return self.chosen

    def _take(self, point: Point) -> None:
        self.chosen.append(point)
        self.covered.update(point.quoted.words)
        self.held[point.quoted.post.author] += 1
        self.used.update(one.post.id for one in point.behind)

    def _may_take(self, point: Point) -> bool:
        quoted = point.quoted
        if self.held[quoted.post.author] >= self.share:
            return False
        if any(one.post.id in self.used for one in point.behind):
            return False
        return not any(self._repeats(quoted, other.quoted) for other in self.chosen)

    def _repeats(self, one: Statement, other: Statement) -> bool:
        if frozenset((one.post.id, other.post.id)) in self.alike:
            return True
        likeness = cosine(self.vectors[one.post.id], self.vectors[other.post.id])
        return likeness >= NEAR or (
            fuzz.token_set_ratio(one.point.casefold(), other.point.casefold()) >= SAME
        )

    def _rank(self, point: Point) -> tuple[float, int, tuple[datetime, str]]:
        """Return what points sort by: what they add, how often they were passed on, when."""
        post = point.quoted.post
        return -self._gain(point), -(len(post.reposts) or post.repost_count), point.when

    def _gain(self, point: Point) -> float:
        """Return what a point adds: new weight for its length, its worth and how sure its place."""
        quoted = point.quoted
        new = math.fsum(
            self.weights.get(word, 0.0) for word in quoted.words if word not in self.covered
        )
        length = math.sqrt(max(1, len(quoted.words)))
        sure = (1 + quoted.confidence) / 2
        return quoted.quality**WORTH_COUNTS * sure * new / length


def _echoes(statement: Statement, asked: Collection[str]) -> bool:
    """Return whether a statement says hardly more than the question."""
    echoed = sum(word in asked for word in statement.words)
    return echoed >= ECHO * len(statement.words)
