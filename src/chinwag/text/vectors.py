"""Vectors of meaning, as an encoder gives them: plain sequences of numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import mul
from typing import TypeAlias

Meaning: TypeAlias = Sequence[float]


def scale(vector: Meaning) -> Meaning:
    """Return a vector of the same direction and of length 1; one without length stays."""
    length = math.sqrt(math.fsum(value * value for value in vector)) or 1.0
    return [value / length for value in vector]


def multiply(one: Meaning, other: Meaning) -> float:
    """Return the product of two vectors: their cosine where both are of length 1."""
    product: float = sum(map(mul, one, other))
    return product
