"""Belief propagation over posts and the ties between them, in plain Python."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

from chinwag.steps.place import weights

Tie: TypeAlias = tuple[int, int, str]  # later post, earlier post, kind of tie (weights.TIES)

_ROUNDS = 8
_KEEP = 0.3  # of each old message, so that loops settle


def propagate(nodes: Sequence[dict[int, float]], ties: Sequence[Tie]) -> list[dict[int, float]]:
    """Give how likely each state of each node is, summing to 1; a node without states stays empty.

    `nodes` hold the weight (natural logarithm) of each state. Cost is linear in ties.
    """
    edges = [tie for tie in ties if nodes[tie[0]] and nodes[tie[1]]]
    tables = [_make_table(nodes[later], nodes[earlier], kind) for later, earlier, kind in edges]
    local = [_exponentiate(node) for node in nodes]
    forth = [[1.0] * len(nodes[later]) for later, _, _ in edges]  # messages to the later post
    back = [[1.0] * len(nodes[earlier]) for _, earlier, _ in edges]
    for _ in range(_ROUNDS if edges else 0):
        beliefs = _collect(local, edges, forth, back)
        for number, (later, earlier, _) in enumerate(edges):
            table = tables[number]
            without = _divide(beliefs[earlier], back[number])
            fresh = [sum(row[j] * without[j] for j in range(len(without))) for row in table]
            without_later = _divide(beliefs[later], forth[number])
            down = [
                sum(table[i][j] * without_later[i] for i in range(len(without_later)))
                for j in range(len(without))
            ]
            forth[number] = _mix(forth[number], fresh)
            back[number] = _mix(back[number], down)
    beliefs = _collect(local, edges, forth, back)
    return [
        dict(zip(node, _normalise(belief), strict=True))
        for node, belief in zip(nodes, beliefs, strict=True)
    ]


def _make_table(later: dict[int, float], earlier: dict[int, float], kind: str) -> list[list[float]]:
    """Give how well each pair of states goes together: rows are the later post's."""
    steps = [math.exp(weight) for weight in weights.TIES[kind]]
    return [[steps[max(-2, min(3, a - b)) + 2] for b in earlier] for a in later]


def _exponentiate(node: dict[int, float]) -> list[float]:
    top = max(node.values(), default=0.0)
    return [max(math.exp(value - top), 1e-12) for value in node.values()]


def _collect(
    local: Sequence[list[float]],
    edges: Sequence[Tie],
    forth: Sequence[list[float]],
    back: Sequence[list[float]],
) -> list[list[float]]:
    beliefs = [list(values) for values in local]
    for number, (later, earlier, _) in enumerate(edges):
        beliefs[later] = _multiply(beliefs[later], forth[number])
        beliefs[earlier] = _multiply(beliefs[earlier], back[number])
    return [_normalise(belief) for belief in beliefs]


def _multiply(a: list[float], b: list[float]) -> list[float]:
    product = [x * y for x, y in zip(a, b, strict=True)]
    top = max(product)
    return [max(value / top, 1e-12) for value in product] if top > 0 else [1.0] * len(a)


def _divide(a: list[float], b: list[float]) -> list[float]:
    return _normalise([x / y for x, y in zip(a, b, strict=True)])


def _mix(old: list[float], fresh: list[float]) -> list[float]:
    new = _normalise(fresh)
    return _normalise(
        [_KEEP * x + (1 - _KEEP) * max(y, 1e-9) for x, y in zip(old, new, strict=True)]
    )


def _normalise(values: list[float]) -> list[float]:
    total = math.fsum(values)
    return [value / total for value in values] if total > 0 else values
