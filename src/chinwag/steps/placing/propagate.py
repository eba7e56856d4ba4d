"""Belief propagation over posts and the ties between them, in plain Python.

Messages run along the ties in the order of the chat, then back, a few times: on a chain that is
exact, and on the loops of a real chat it settles as well as sending all at once, and sooner.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from operator import mul
from typing import TypeAlias

from chinwag.steps.placing.weights import UNLIKELY

Table: TypeAlias = list[tuple[float, ...]]
Tie: TypeAlias = tuple[int, int, float]  # later post, earlier post, how firmly they are tied

_SWEEPS = 2
_LEAST = sys.float_info.epsilon  # of the best state of a message, so that none is ruled out


def propagate(nodes: Iterable[Mapping[int, float]], ties: Sequence[Tie]) -> list[dict[int, float]]:
    """Return how likely each state of each node is, summing to 1; none where it has no state.

    `nodes` hold the weight (natural logarithm) of each state. Cost is linear in ties.
    """
    states: list[tuple[int, ...]] = []
    beliefs: list[list[float]] = []
    for likely in map(_keep_likely, nodes):
        states.append(tuple(likely))
        beliefs.append(_exponentiate(likely))
    # A tie between two posts whose states are certain, one each, tells neither anything.
    open_ties = [tie for tie in sorted(ties) if len(states[tie[0]]) * len(states[tie[1]]) > 1]
    edges = _make_edges(open_ties, states)
    for _ in range(_SWEEPS if edges else 0):
        for edge in edges:
            edge.send_forth(beliefs)
        for edge in reversed(edges):
            edge.send_back(beliefs)
    return [
        dict(zip(known, _normalise(belief), strict=True))
        for known, belief in zip(states, beliefs, strict=True)
    ]


def _make_edges(ties: Sequence[Tie], states: Sequence[tuple[int, ...]]) -> list[_Edge]:
    """Return the edges of the ties; those of the same states, tied as firmly, share their tables.

    In a chat of 50,000 posts the tables would otherwise be a large part of what is held.
    """
    tables: dict[tuple[tuple[int, ...], tuple[int, ...], float], tuple[Table, Table]] = {}
    edges = []
    for later, earlier, firmly in ties:
        key = states[later], states[earlier], firmly
        if key not in tables:
            rows = _make_table(*key)
            tables[key] = rows, list(zip(*rows, strict=True))
        edges.append(_Edge(later, earlier, *tables[key]))
    return edges


class _Edge:
    """One tie with its table and the last message each way."""

    __slots__ = ("back", "columns", "earlier", "forth", "later", "rows")

    def __init__(self, later: int, earlier: int, rows: Table, columns: Table) -> None:
        self.later, self.earlier = later, earlier
        self.rows, self.columns = rows, columns
        self.forth = [1.0] * len(self.rows)
        self.back = [1.0] * len(self.columns)

    def send_forth(self, beliefs: list[list[float]]) -> None:
        """Send the later post what the earlier one, all else considered, makes likely."""
        without = [b / m for b, m in zip(beliefs[self.earlier], self.back, strict=True)]
        fresh = _multiply(self.rows, without)
        beliefs[self.later] = _exchange(beliefs[self.later], self.forth, fresh)
        self.forth = fresh

    def send_back(self, beliefs: list[list[float]]) -> None:
        """Send the earlier post what the later one, all else considered, makes likely."""
        without = [b / m for b, m in zip(beliefs[self.later], self.forth, strict=True)]
        fresh = _multiply(self.columns, without)
        beliefs[self.earlier] = _exchange(beliefs[self.earlier], self.back, fresh)
        self.back = fresh


def _multiply(table: Sequence[Sequence[float]], values: list[float]) -> list[float]:
    fresh = [sum(map(mul, row, values)) for row in table]
    top = max(fresh)
    return [value / top if value > _LEAST * top else _LEAST for value in fresh]


def _exchange(belief: list[float], old: list[float], fresh: list[float]) -> list[float]:
    """Return a belief with one message in another's place, scaled so that the best is 1."""
    product = [b / o * f for b, o, f in zip(belief, old, fresh, strict=True)]
    top = max(product)
    return [value / top for value in product]


def _keep_likely(node: Mapping[int, float]) -> dict[int, float]:
    top = max(node.values(), default=0.0)
    return {state: weight for state, weight in node.items() if weight >= top - UNLIKELY}


def _make_table(later: tuple[int, ...], earlier: tuple[int, ...], firmly: float) -> Table:
    """Return how well each pair of states goes together: rows are the later post's."""
    apart = math.exp(-firmly)
    return [tuple(1.0 if a == b else apart for b in earlier) for a in later]


def _exponentiate(node: dict[int, float]) -> list[float]:
    top = max(node.values(), default=0.0)
    return [math.exp(value - top) for value in node.values()]


def _normalise(values: list[float]) -> list[float]:
    total = math.fsum(values)
    return [value / total for value in values]
