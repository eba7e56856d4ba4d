"""By turn: each person answers one question after the other, early or late as is their way.

The turns of one person are a chain: from turn to turn they stay with a question or go on, now and
then skip one, and hardly ever go back. How far behind the chat a person is stays much the same all
evening, so it is a hidden value of the person (their *lag*): the chain is read once for each of
four lags, forward and backward (Rabiner, 1989), and the readings are mixed by how well each
explains when that person spoke. Where time says nothing, since everything was asked long ago, the
steps alone show that a person goes through the questions one by one.
"""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from operator import mul
from typing import NamedTuple, TypeAlias

from chinwag.steps.placing import weights
from chinwag.steps.placing.pace import Pace, find_delay, weigh_delay
from chinwag.steps.placing.turns import Turns
from chinwag.steps.reading.view import ChatView

# How late people are, in standard deviations of their lag; nobody is as early as some are late.
_LAGS = (-1, 0, 1, 2)
_TINY = sys.float_info.min  # a sum that rounding alone may leave

Steps: TypeAlias = Sequence[Sequence[float]]  # by the states of the earlier turn, then of the later


class _Emitted(NamedTuple):
    """How well each state fits a turn: the largest (logarithm), and shares of it."""

    top: float
    shares: Sequence[float]


def follow_turns(
    view: ChatView, turns: Turns, pace: Pace, nodes: Sequence[Mapping[int, float]]
) -> dict[int, dict[int, float]]:
    """Return, for each turn, how likely (logarithm) each of its states is.

    `nodes` weigh the states of every post by all but the time. People of whose turns each has one
    state left are passed over: nothing is to be told. Cost is linear in turns.
    """
    chains: dict[str, list[int]] = defaultdict(list)
    for at, is_turn in enumerate(turns.is_turn):
        if is_turn and nodes[at]:
            chains[view.posts[at].author.lower()].append(at)
    followed: dict[int, dict[int, float]] = {}
    for chain in chains.values():
        if any(len(nodes[at]) > 1 for at in chain):
            followed.update(zip(chain, _follow(view, pace, nodes, chain), strict=True))
    return followed


def _follow(
    view: ChatView, pace: Pace, nodes: Sequence[Mapping[int, float]], chain: Sequence[int]
) -> list[dict[int, float]]:
    """Return the states of one person's turns: the readings for each lag, mixed."""
    states = [list(nodes[at]) for at in chain]
    readings = _read_with_lags(view, pace, nodes, chain, states)
    top = max(likely for likely, _ in readings)
    mixed = [(math.exp(likely - top), shares) for likely, shares in readings]
    whole = math.fsum(weight for weight, _ in mixed)
    return [
        {
            state: math.log(max(_TINY, sum(w * shares[i][j] for w, shares in mixed) / whole))
            for j, state in enumerate(known)
        }
        for i, known in enumerate(states)
    ]


_Reading: TypeAlias = tuple[float, list[list[float]]]  # how likely it is, each turn's shares


def _read_with_lags(
    view: ChatView,
    pace: Pace,
    nodes: Sequence[Mapping[int, float]],
    chain: Sequence[int],
    states: Sequence[Sequence[int]],
) -> list[_Reading]:
    """Return one reading of a chain for each lag that its author may have."""
    steps = _list_all_steps(view, chain, states)
    fits = [_list_fits(view, pace, at, nodes[at]) for at in chain]
    readings: list[_Reading] = []
    for lag in _LAGS:
        median = pace.median + weights.VARIES * lag
        likely, shares = _read([_emit(row, median) for row in fits], steps)
        readings.append((likely - lag * lag / 2, shares))
    return readings


def _list_fits(
    view: ChatView, pace: Pace, at: int, node: Mapping[int, float]
) -> list[tuple[float, float | None]]:
    """Return how well each state fits a turn by all but its delay, and the delay if it has one."""
    fits: list[tuple[float, float | None]] = []
    for state, weight in node.items():
        if state > view.newest[at]:
            fits.append((weight - weights.UNLIKELY, None))
        else:
            fits.append((weight + pace.popularity[state], find_delay(view, at, state)))
    return fits


def _emit(fits: Sequence[tuple[float, float | None]], median: float) -> _Emitted:
    """Return how well each state fits a turn at a lag."""
    return _scale(
        [weight if delay is None else weight + weigh_delay(delay, median) for weight, delay in fits]
    )


def _scale(weighed: Sequence[float]) -> _Emitted:
    top = max(weighed)
    return _Emitted(top, [math.exp(weight - top) for weight in weighed])


def _list_all_steps(
    view: ChatView, chain: Sequence[int], states: Sequence[Sequence[int]]
) -> list[Steps]:
    """Return the steps between each turn and the next."""
    steps: list[Steps] = []
    for i, (before, at) in enumerate(pairwise(chain)):
        goes_on = view.going_on[at] and view.previous[at] == before
        steps.append([[_weigh(b - a, goes_on) for b in states[i + 1]] for a in states[i]])
    return steps


def _weigh(on: int, goes_on: bool) -> float:
    """Return how well a turn goes with the one before, so many questions back."""
    if goes_on:
        return math.exp(-weights.FIRM) if on else 1.0
    return math.exp(weights.weigh_step(on))


def _read(emitted: Sequence[_Emitted], steps: Sequence[Steps]) -> _Reading:
    """Return how likely a chain is, and the shares of each turn's states: forward, then back."""
    likely, forward = _read_forward(emitted, steps)
    back = [1.0] * len(forward[-1])
    shares = [forward[-1]]
    for i in range(len(emitted) - 2, -1, -1):
        weighed = _multiply(back, emitted[i + 1].shares)
        back = _normalise([sum(map(mul, row, weighed)) for row in steps[i]])[1]
        shares.append(_normalise(_multiply(forward[i], back))[1])
    return likely, shares[::-1]


def _read_forward(
    emitted: Sequence[_Emitted], steps: Sequence[Steps]
) -> tuple[float, list[list[float]]]:
    """Return how likely a chain is, and each turn's shares by what comes before it."""
    likely, forward = 0.0, list[list[float]]()
    for i, (top, fits) in enumerate(emitted):
        now = list(fits)
        if forward:
            before = forward[-1]
            reached = [sum(map(mul, before, column)) for column in zip(*steps[i - 1], strict=True)]
            now = _multiply(reached, fits)
        whole, now = _normalise(now)
        likely += top + math.log(whole)
        forward.append(now)
    return likely, forward


def _multiply(one: Sequence[float], other: Sequence[float]) -> list[float]:
    return list(map(mul, one, other))


def _normalise(values: Sequence[float]) -> tuple[float, list[float]]:
    """Return the sum of some values, and each as a share of it."""
    whole = sum(values) or _TINY
    return whole, [value / whole for value in values]
