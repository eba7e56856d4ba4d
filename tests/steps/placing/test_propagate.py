"""Belief propagation: on a tree it is exact, and says what the sum over all cases says."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import product

import pytest

from chinwag.steps.placing.propagate import propagate

REPLY, MENTION = 3.0, 1.0  # how firmly they tie


def sum_up(
    nodes: Sequence[Mapping[int, float]], ties: Sequence[tuple[int, int, float]]
) -> list[dict[int, float]]:
    found = [dict.fromkeys(node, 0.0) for node in nodes]
    for row in product(*nodes):
        weight = math.fsum(node[state] for node, state in zip(nodes, row, strict=True))
        weight -= math.fsum(firmly for later, earlier, firmly in ties if row[later] != row[earlier])
        for share, state in zip(found, row, strict=True):
            share[state] += math.exp(weight)
    return [{k: v / math.fsum(some.values()) for k, v in some.items()} for some in found]


def test_a_row_of_replies_is_weighed_as_the_sum_over_all_cases() -> None:
    nodes = [{0: 0.0, 1: 1.5, 2: -0.5}, {0: 0.3, 1: 0.0, 2: 0.2}, {1: 0.0, 2: 0.4, 3: 0.1, 4: 1.0}]
    ties = [(1, 0, REPLY), (2, 1, MENTION)]
    expected = sum_up(nodes, ties)
    assert propagate(nodes, ties) == [pytest.approx(row, abs=1e-9) for row in expected]


def test_two_replies_to_one_post_tell_of_it_and_of_each_other() -> None:
    nodes = [{0: 0.0, 1: 0.0}, {0: 2.0, 1: 0.0}, {0: 0.0, 1: 0.0, 2: 0.0}]
    ties = [(1, 0, REPLY), (2, 0, REPLY)]
    expected = sum_up(nodes, ties)
    assert propagate(nodes, ties) == [pytest.approx(row, abs=1e-9) for row in expected]


def test_posts_of_the_same_states_are_tied_each_as_firmly_as_it_is() -> None:
    nodes = [{0: 0.0, 1: 0.5}, {0: 1.0, 1: 0.0}, {0: 0.0, 1: 0.2}, {0: 0.7, 1: 0.0}]
    ties = [(1, 0, REPLY), (2, 0, MENTION), (3, 1, MENTION)]
    expected = sum_up(nodes, ties)
    assert propagate(nodes, ties) == [pytest.approx(row, abs=1e-9) for row in expected]


def test_a_state_far_below_the_best_is_left_out_and_a_post_without_states_has_none() -> None:
    assert propagate([{0: 0.0, 1: -5.9, 2: -6.1}, {}], []) == [
        pytest.approx({0: 1 / (1 + math.exp(-5.9)), 1: math.exp(-5.9) / (1 + math.exp(-5.9))}),
        {},
    ]


def test_a_loop_ends_and_leans_to_what_all_its_posts_say() -> None:
    nodes = [{0: 1.0, 1: 0.0}, {0: 0.0, 1: 0.0}, {0: 0.0, 1: 0.0}]
    found = propagate(nodes, [(1, 0, REPLY), (2, 1, REPLY), (2, 0, REPLY)])
    assert all(row[0] > 0.7 and math.fsum(row.values()) == pytest.approx(1) for row in found)


def test_what_is_certain_tells_the_others_and_is_told_nothing() -> None:
    told = propagate([{0: 0.0}, {0: 0.0, 1: 0.0}], [(1, 0, REPLY)])
    on = math.exp(-3.0)
    assert told == [{0: 1.0}, pytest.approx({0: 1 / (1 + on), 1: on / (1 + on)})]
