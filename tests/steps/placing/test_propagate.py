"""Belief propagation: on a tree it is exact, and says what the sum over all cases says."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import product

import pytest

from chinwag.steps.placing.propagate import propagate

# By how many questions on the later post is: two or more back, one back, the same, one on, ...
REPLY = (-3.5, -3.0, 0.5, -2.5, -3.0, -3.5)
MENTION = (-1.2, -0.8, 0.2, -0.8, -1.2, -1.2)


def sum_up(
    nodes: Sequence[Mapping[int, float]], ties: Sequence[tuple[int, int, Sequence[float]]]
) -> list[dict[int, float]]:
    found = [dict.fromkeys(node, 0.0) for node in nodes]
    for row in product(*nodes):
        weight = math.fsum(node[state] for node, state in zip(nodes, row, strict=True))
        for later, earlier, table in ties:
            weight += table[max(-2, min(3, row[later] - row[earlier])) + 2]
        for share, state in zip(found, row, strict=True):
            share[state] += math.exp(weight)
    return [{k: v / math.fsum(some.values()) for k, v in some.items()} for some in found]


def test_a_row_of_replies_is_weighed_as_the_sum_over_all_cases() -> None:
    nodes = [{0: 0.0, 1: 1.5, 2: -0.5}, {0: 0.3, 1: 0.0, 2: 0.2}, {1: 0.0, 2: 0.4, 3: 0.1, 4: 1.0}]
    ties = [(1, 0, "reply"), (2, 1, "mention")]
    expected = sum_up(nodes, [(1, 0, REPLY), (2, 1, MENTION)])
    assert propagate(nodes, ties) == [pytest.approx(row, abs=1e-9) for row in expected]


def test_two_replies_to_one_post_tell_of_it_and_of_each_other() -> None:
    nodes = [{0: 0.0, 1: 0.0}, {0: 2.0, 1: 0.0}, {0: 0.0, 1: 0.0, 2: 0.0}]
    ties = [(1, 0, "reply"), (2, 0, "reply")]
    expected = sum_up(nodes, [(1, 0, REPLY), (2, 0, REPLY)])
    assert propagate(nodes, ties) == [pytest.approx(row, abs=1e-9) for row in expected]


def test_a_state_far_below_the_best_is_left_out_and_a_post_without_states_has_none() -> None:
    assert propagate([{0: 0.0, 1: -8.9, 2: -9.1}, {}], []) == [
        pytest.approx({0: 1 / (1 + math.exp(-8.9)), 1: math.exp(-8.9) / (1 + math.exp(-8.9))}),
        {},
    ]


def test_a_loop_ends_and_leans_to_what_all_its_posts_say() -> None:
    nodes = [{0: 1.0, 1: 0.0}, {0: 0.0, 1: 0.0}, {0: 0.0, 1: 0.0}]
    found = propagate(nodes, [(1, 0, "reply"), (2, 1, "reply"), (2, 0, "reply")])
    assert all(row[0] > 0.7 and math.fsum(row.values()) == pytest.approx(1) for row in found)


def test_what_is_certain_tells_the_others_and_is_told_nothing() -> None:
    told = propagate([{0: 0.0}, {0: 0.0, 1: 0.0}], [(1, 0, "reply")])
    same, on = math.exp(0.5), math.exp(-2.5)
    assert told == [{0: 1.0}, pytest.approx({0: same / (same + on), 1: on / (same + on)})]
