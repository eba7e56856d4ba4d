"""By turn: each person answers one question after the other, early or late as is their way.

The turns of one person are a chain: from turn to turn they stay with a question or go on, now and
then skip one, and hardly ever go back. How far behind the chat a person is stays much the same all
evening, so it is a hidden value of the person (their *lag*): the chain is read once for each of
six lags, forward and backward (Rabiner, 1989), and the readings are mixed by how well each
explains when that person spoke. Who first speaks when all is over, and then more than once, may
be *catching up*: a seventh reading has them begin at the first question and go through the others
at a pace of their own.
"""

from __future__ import annotations

import math
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
_LAGS = (-1.5, -0.75, 0.0, 0.75, 1.5, 2.25)
_LAGS_WHOLE = math.log(sum(math.exp(-lag * lag / 2) for lag in _LAGS))
# A person whose first turn comes this many units after the last question may be catching up.
_LATECOMER = 1.5
_CATCHES_UP = 0.1  # how likely that is of such a person beforehand
_BEGINS_FIRST = 0.5  # how likely a person who is catching up begins with the first question
_ANY_TIME = 0.05  # density, by unit, of the turns of a person who is catching up
_STEPS_TELL = (
    0.5  # share of a question's popularity that counts where the step to it tells the rest
)
_TINY = 1e-30

Steps: TypeAlias = Sequence[Sequence[float]]  # how well states go together: rows are the earlier's


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
    """Return the states of one person's turns: the readings for each lag, and as catching up."""
    states = [list(nodes[at]) for at in chain]
    readings = _read_with_lags(view, pace, nodes, chain, states)
    if _may_catch_up(view, chain):
        readings.append(_read_as_catching_up(view, pace, nodes, chain, states))
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
    steps = _list_all_steps(view, chain, states, usual="turn")
    fits = [_list_fits(view, pace, at, nodes[at], first=not i) for i, at in enumerate(chain)]
    readings: list[_Reading] = []
    for lag in _LAGS:
        median = pace.median + weights.LAG * lag
        likely, shares = _read([_emit(row, median) for row in fits], steps)
        readings.append((likely - lag * lag / 2 - _LAGS_WHOLE, shares))
    return readings


def _read_as_catching_up(
    view: ChatView,
    pace: Pace,
    nodes: Sequence[Mapping[int, float]],
    chain: Sequence[int],
    states: Sequence[Sequence[int]],
) -> _Reading:
    """Return the reading of a chain by which its author goes through the questions anew."""
    emitted = [_emit_late(view, pace, nodes[at], first=not i) for i, at in enumerate(chain)]
    likely, shares = _read(emitted, _list_all_steps(view, chain, states, usual="catching up"))
    return likely + math.log(_CATCHES_UP / (1 - _CATCHES_UP)), shares


def _list_fits(
    view: ChatView, pace: Pace, at: int, node: Mapping[int, float], *, first: bool
) -> list[tuple[float, float | None]]:
    """Return how well each state fits a turn by all but its delay, and the delay if it has one."""
    share = 1.0 if first else _STEPS_TELL
    fits: list[tuple[float, float | None]] = []
    for state, weight in node.items():
        if state > view.newest[at]:
            fits.append((weight + weights.AHEAD, None))
        else:
            popular = share * pace.popularity[state]
            fits.append((weight + popular, find_delay(view, at, state)))
    return fits


def _emit(fits: Sequence[tuple[float, float | None]], median: float) -> _Emitted:
    """Return how well each state fits a turn at a lag."""
    return _scale(
        [
            weight if delay is None else weight + weigh_delay(delay, median, weights.OWN_SPREAD)
            for weight, delay in fits
        ]
    )


def _emit_late(view: ChatView, pace: Pace, node: Mapping[int, float], *, first: bool) -> _Emitted:
    """Return how well each state fits a turn of a person who is catching up."""
    any_time = math.log(_ANY_TIME)
    if not first:
        return _scale(
            [
                weight + _STEPS_TELL * pace.popularity[state] + any_time
                for state, weight in node.items()
            ]
        )
    first_question = math.log(_BEGINS_FIRST)
    another = math.log((1 - _BEGINS_FIRST) / max(1, len(view.questions) - 1))
    return _scale(
        [
            weight + (another if state else first_question) + any_time
            for state, weight in node.items()
        ]
    )


def _scale(weighed: Sequence[float]) -> _Emitted:
    top = max(weighed)
    return _Emitted(top, [math.exp(weight - top) for weight in weighed])


def _may_catch_up(view: ChatView, chain: Sequence[int]) -> bool:
    """Return whether a person comes when all is asked, and then has more than one turn, late."""
    came = first = chain[0]
    while view.previous[came] >= 0:
        came = view.previous[came]
    last = len(view.questions) - 1
    late = view.newest[came] == last and view.age[first] > _LATECOMER * view.unit
    return late and last > 0 and len(chain) > 1


def _list_all_steps(
    view: ChatView, chain: Sequence[int], states: Sequence[Sequence[int]], usual: str
) -> list[Steps]:
    """Return the steps between each turn and the next; `usual` is the tie of plain turns."""
    steps: list[Steps] = []
    for i, (before, at) in enumerate(pairwise(chain)):
        goes_on = view.going_on[at] if view.previous[at] == before else ""
        table = [math.exp(step) for step in weights.TIES[goes_on or usual]]
        steps.append([[table[weights.find_step(b - a)] for b in states[i + 1]] for a in states[i]])
    return steps


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
