"""Who says the same: statements grouped by pairs that make the same point.

`pairs.py` says which pairs do; here candidates are found by the words they share. Groups grow from
the nearest pair on and only while the average nearness of all their members stays high
(average-link agglomeration, Sokal and Michener, 1958), so that one word in common never chains
strangers together. Candidates come from an inverted index: cost grows with the pairs that share a
rare word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations, product

from chinwag.steps.summarise.statement import Statement
from chinwag.text.words import Vector, cosine

NEAR = 0.5  # how near the members of a group are on average, at least
LOOSELY = 0.2  # cosine from which two statements are compared
SAME = 0.8  # cosine from which two are the same words, however few
FEWEST_SHARED = 2  # content words that two statements share at least, to be compared
MOST_HOLDERS = 60  # a word held by more statements than this does not make candidates
LARGEST = 40  # members of a group

Pair = tuple[int, int]


def group_statements(
    statements: Sequence[Statement],
    shared: Mapping[Pair, float],
    same: Mapping[Pair, float] | None = None,
) -> list[list[Statement]]:
    """Return the statements in groups of those that say the same, most statements alone.

    `shared` is what `find_shared` gives; `same` are pairs that make the same point, with how surely
    (0.5 to 1). Groups and members come in the statements' order.
    """
    nearness = {
        **{pair: near for pair, near in shared.items() if near >= SAME},
        **(same or {}),
    }
    groups = {index: [index] for index in range(len(statements))}
    home = dict.fromkeys(range(len(statements)), -1)
    home.update({index: index for index in groups})
    for one, other in sorted(nearness, key=lambda pair: (-nearness[pair], pair)):
        left, right = home[one], home[other]
        if left == right or not _may_join(groups[left], groups[right], nearness):
            continue
        left, right = min(left, right), max(left, right)
        groups[left] = sorted(groups[left] + groups.pop(right))
        for member in groups[left]:
            home[member] = left
    return [[statements[index] for index in groups[first]] for first in sorted(groups)]


def find_shared(
    statements: Sequence[Statement], vectors: Mapping[str, Vector]
) -> dict[Pair, float]:
    """Return the pairs of statements that share words enough to be compared, with their cosine.

    `vectors` maps a post's id to its vector. Pairs share two words at least that are held by few,
    and are as near as LOOSELY.
    """
    holders: dict[str, list[int]] = defaultdict(list)
    for index, statement in enumerate(statements):
        for word in statement.words:
            holders[word].append(index)
    counts: dict[Pair, int] = defaultdict(int)
    for holding in holders.values():
        if len(holding) > MOST_HOLDERS:
            continue
        for pair in combinations(holding, 2):
            counts[pair] += 1
    shared = {}
    for (one, other), count in counts.items():
        if count < FEWEST_SHARED:
            continue
        left, right = statements[one].post, statements[other].post
        likeness = cosine(vectors[left.id], vectors[right.id])
        if likeness >= LOOSELY:
            shared[(one, other)] = likeness
    return shared


def _may_join(left: list[int], right: list[int], nearness: Mapping[Pair, float]) -> bool:
    if len(left) + len(right) > LARGEST:
        return False
    pairs = [(min(a, b), max(a, b)) for a, b in product(left, right)]
    return sum(nearness.get(pair, 0.0) for pair in pairs) >= NEAR * len(pairs)
