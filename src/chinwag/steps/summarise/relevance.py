"""What is to the point: words that several people use, posts near the question and the rest.

Side talk seldom shares words with the question or with what most people say, and comes late.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from chinwag.steps.summarise.statement import Statement
from chinwag.text.words import Vector, cosine

TO_THE_QUESTION = 6.0  # what the likeness to the question's words adds
TO_THE_REST = 2.0  # what the likeness to everything said on the question adds
EARLY = 0.5  # what coming first adds; coming last adds nothing


def weigh_gains(statements: Sequence[Statement], rarity: Mapping[str, float]) -> dict[str, float]:
    """Give what a bullet gains by each word: rare in the chat, used by several people here."""
    users: dict[str, set[str]] = defaultdict(set)
    for statement in statements:
        for word in statement.words:
            users[word].add(statement.post.author)
    return {
        word: math.sqrt(rarity.get(word, 1.0)) * len(people) ** 0.6
        for word, people in users.items()
    }


def weigh_relevance(
    statements: Sequence[Statement], vectors: Mapping[str, Vector], asked: Vector
) -> dict[str, float]:
    """Give for the id of each post with a vector how much it is to the point.

    `statements` are all of a question's, in time order; `asked` is the question's own vector.
    """
    middle = _find_middle([vectors[one.post.id] for one in statements if one.post.id in vectors])
    relevance = {}
    for rank, one in enumerate(statements):
        vector = vectors.get(one.post.id)
        if vector is not None:
            near = (
                1 + TO_THE_QUESTION * cosine(vector, asked) + TO_THE_REST * cosine(vector, middle)
            )
            early = 1 + EARLY * (1 - rank / len(statements))
            relevance[one.post.id] = near * early * (1 + one.confidence) / 2
    return relevance


def _find_middle(vectors: Sequence[Vector]) -> Vector:
    """Give the vector of length one in the middle of these; exact, whatever their order."""
    parts: dict[str, list[float]] = defaultdict(list)
    for vector in vectors:
        for word, value in vector.items():
            parts[word].append(value)
    total = {word: math.fsum(values) for word, values in parts.items()}
    length = math.sqrt(math.fsum(value * value for value in total.values())) or 1.0
    return {word: value / length for word, value in total.items()}
