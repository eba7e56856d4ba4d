"""By turn: each person answers one question after the other, early or late as is their way.

The turns of one person are a chain: from turn to turn they stay with a question or go on, now and
then skip one, and hardly ever go back. How far behind the chat a person is stays much the same all
evening, so it is a hidden value of the person (their *lag*): the chain is read once for each of
six lags, forward and backward (Rabiner, 1989), and the readings are mixed by how well each
explains when that person spoke.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from chinwag.steps.place import weights
from chinwag.steps.place.by_sequence import tell_going_on
from chinwag.steps.place.pace import Pace, find_delay, weigh_delay
from chinwag.steps.place.view import ChatView

# Of a person, in standard deviations; nobody is as early as some are late.
_LAGS = (-1.5, -0.75, 0.0, 0.75, 1.5, 2.25)
_AT_ONCE = 0.12  # units: who speaks again so soon has hardly begun another question
_TINY = 1e-30


def follow_turns(
    view: ChatView, pace: Pace, nodes: Sequence[dict[int, float]]
) -> dict[int, dict[int, float]]:
    """Give, for each turn, how likely (logarithm) each of its states is.

    `nodes` weigh the states of every post by all but the time. People of whose turns each has one
    state left are passed over: nothing is to be told. Cost is linear in turns.
    """
    chains: dict[str, list[int]] = defaultdict(list)
    for at, turn in enumerate(view.turns):
        if turn and nodes[at]:
            chains[view.posts[at].author.lower()].append(at)
    followed: dict[int, dict[int, float]] = {}
    for chain in chains.values():
        if all(len(nodes[at]) == 1 for at in chain):
            continue
        followed.update(zip(chain, _follow(view, pace, nodes, chain), strict=True))
    return followed


def _follow(
    view: ChatView, pace: Pace, nodes: Sequence[dict[int, float]], chain: Sequence[int]
) -> list[dict[int, float]]:
    """Read one person's turns for each lag, and mix the readings."""
    states = [list(nodes[at]) for at in chain]
    steps = [
        _list_steps(view, chain[i], chain[i + 1], states[i], states[i + 1])
        for i in range(len(chain) - 1)
    ]
    fits = [_list_fits(view, pace, at, nodes[at], first=not i) for i, at in enumerate(chain)]
    readings = []
    for lag in _LAGS:
        median = pace.median + weights.LAG * lag
        emitted = [_emit(row, median) for row in fits]
        likely, read = _read(emitted, steps)
        readings.append((likely - lag * lag / 2, read))
    top = max(likely for likely, _ in readings)
    mixed = [(math.exp(likely - top), read) for likely, read in readings]
    whole = math.fsum(share for share, _ in mixed)
    return [
        {
            state: math.log(max(_TINY, sum(share * read[i][j] for share, read in mixed) / whole))
            for j, state in enumerate(known)
        }
        for i, known in enumerate(states)
    ]


def _list_fits(
    view: ChatView, pace: Pace, at: int, node: dict[int, float], *, first: bool
) -> list[tuple[float, float | None]]:
    """Give how well each state fits a turn by all but its delay, and the delay if there is one."""
    fits: list[tuple[float, float | None]] = []
    for state, weight in node.items():
        if state > view.newest[at]:
            fits.append((weight + weights.AHEAD, None))
            continue
        popular = pace.popularity[state] * (1.0 if first else 0.5)  # the steps tell some of it
        fits.append((weight + popular, find_delay(view, at, state)))
    return fits


def _emit(fits: Sequence[tuple[float, float | None]], median: float) -> tuple[float, list[float]]:
    """Give how well each state fits a turn at a lag: the largest (logarithm), and shares of it."""
    weighed = [
        weight if delay is None else weight + weigh_delay(delay, median, weights.OWN_SPREAD)
        for weight, delay in fits
    ]
    top = max(weighed)
    return top, [math.exp(weight - top) for weight in weighed]


def _list_steps(
    view: ChatView, before: int, at: int, earlier: Sequence[int], later: Sequence[int]
) -> list[list[float]]:
    """Give how well each pair of states goes together: rows are the earlier turn's."""
    going_on = tell_going_on(view, at, before) if view.previous[at] == before else ""
    since = (view.posts[at].created_at - view.posts[before].created_at).total_seconds()
    at_once = since <= _AT_ONCE * view.unit
    steps = weights.TIES[going_on or ("at once" if at_once else "turn")]
    table = [math.exp(step) for step in steps]
    return [[table[max(-2, min(3, b - a)) + 2] for b in later] for a in earlier]


def _read(
    emitted: Sequence[tuple[float, list[float]]], steps: Sequence[Sequence[Sequence[float]]]
) -> tuple[float, list[list[float]]]:
    """Read a chain forward and backward: how likely it is, and the share of each state."""
    likely, forward = 0.0, []
    now: list[float] = []
    for i, (top, fits) in enumerate(emitted):
        if i:
            reached = [
                sum([a * b for a, b in zip(now, column, strict=True)])
                for column in zip(*steps[i - 1], strict=True)
            ]
            now = [a * b for a, b in zip(reached, fits, strict=True)]
        else:
            now = list(fits)
        whole = sum(now) or _TINY
        likely += top + math.log(whole)
        now = [value / whole for value in now]
        forward.append(now)
    back = [1.0] * len(now)
    read = [now]
    for i in range(len(emitted) - 2, -1, -1):
        weighed = [a * b for a, b in zip(back, emitted[i + 1][1], strict=True)]
        back = [sum([a * b for a, b in zip(row, weighed, strict=True)]) for row in steps[i]]
        whole = sum(back) or _TINY
        back = [value / whole for value in back]
        both = [a * b for a, b in zip(forward[i], back, strict=True)]
        whole = sum(both) or _TINY
        read.append([value / whole for value in both])
    return likely, read[::-1]
