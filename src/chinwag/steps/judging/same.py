"""How likely two posts make the same point, by weights that `benchmarks/learn.py` learned.

Three logistic regressions over a handful of numbers of a pair: by words alone, by words and an
encoder's cosine, and for a reply and what it answers. No word is in their weights. They were
learned from pairs of which an editor said whether they make the same point. Readers are told of a
pair where it is likelier than not that it does.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

from chinwag.steps.judging import model

WORDS, MEANING, REPLY = "words", "meaning", "reply"
Signs = Mapping[str, float]
LIKELIER = 0.5  # how likely a pair must make the same point, to be told: than not


class SameModel(msgspec.Struct, frozen=True):
    """What was learned of one sort of pair: a weight for each sign, and `bias` where all are 0."""

    bias: float
    weights: dict[str, float]

    def weigh(self, signs: Signs) -> float:
        """Return how likely it is (0 to 1) that a pair with these signs makes the same point."""
        known = [weight * signs.get(name, 0.0) for name, weight in self.weights.items()]
        return 1 / (1 + math.exp(-math.fsum((self.bias, *known))))

    def find_nearness(self, signs: Signs) -> float:
        """Return how likely a pair makes the same point, 0 where less than a half."""
        likely = self.weigh(signs)
        return likely if likely >= LIKELIER else 0.0


def load_same(name: str) -> SameModel:
    """Return the model of one sort of pair: WORDS, MEANING or REPLY."""
    return read_same(model.WEIGHTS / f"same.{name}.json")


@cache  # the package's own files, read once each
def read_same(path: Path) -> SameModel:
    """Return the model in a file."""
    return msgspec.json.decode(path.read_bytes(), type=SameModel)
