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

from chinwag.steps.placing import weights
from chinwag.steps.placing.pace import Pace, find_delay, weigh_delay
from chinwag.steps.placing.turns import Turns
from chinwag.steps.reading.view import ChatView

# Of a person, in standard deviations; nobody is as early as some are late.
_LAGS = (-1.5, -0.75, 0.0, 0.75, 1.5, 2.25)
_LAGS_WHOLE = math.log(sum(math.exp(-lag * lag / 2) for lag in _LAGS))
_LATECOMER = 1.5  # units after the last question: who first speaks so late may be catching up,
_CATCHES_UP = 0.1  # so likely beforehand,
_BEGINS = 0.5  # then so likely with the first question,
_COMES = 0.05  # and each turn comes at any time of twenty units
_TINY = 1e-30


def follow_turns(
    view: ChatView, turns: Turns, pace: Pace, nodes: Sequence[Mapping[int, float]]
) -> dict[int, dict[int, float]]:
    """Return, for each turn, how likely (logarithm) each of its states is.

    `nodes` weigh the states of every post by all but the time. People of whose turns each has one
    state left are passed over: nothing is to be told. Cost is linear in turns.
    """
    chains: dict[str, list[int]] = defaultdict(list)
    for at, turn in enumerate(turns.is_turn):
        if turn and nodes[at]:
            chains[view.posts[at].author.lower()].append(at)
    followed: dict[int, dict[int, float]] = {}
    for chain in chains.values():
        if all(len(nodes[at]) == 1 for at in chain):
            continue
        followed.update(zip(chain, _follow(view, pace, nodes, chain), strict=True))
    return followed


def _follow(
    view: ChatView, pace: Pace, nodes: Sequence[Mapping[int, float]], chain: Sequence[int]
) -> list[dict[int, float]]:
    """Read one person's turns for each lag, and as catching up; mix the readings."""
    states = [list(nodes[at]) for at in chain]
    steps = _list_all_steps(view, chain, states, usual="turn")
    fits = [_list_fits(view, pace, at, nodes[at], first=not i) for i, at in enumerate(chain)]
    readings = []
    for lag in _LAGS:
        median = pace.median + weights.LAG * lag
        emitted = [_emit(row, median) for row in fits]
        likely, read = _read(emitted, steps)
        readings.append((likely - lag * lag / 2 - _LAGS_WHOLE, read))
    if _may_catch_up(view, chain):
        late = [_emit_late(view, pace, nodes[at], first=not i) for i, at in enumerate(chain)]
        likely, read = _read(late, _list_all_steps(view, chain, states, usual="catching up"))
        readings.append((likely + math.log(_CATCHES_UP / (1 - _CATCHES_UP)), read))
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
    view: ChatView, pace: Pace, at: int, node: Mapping[int, float], *, first: bool
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
    return _scale(weighed)


def _emit_late(
    view: ChatView, pace: Pace, node: Mapping[int, float], *, first: bool
) -> tuple[float, list[float]]:
    """Give how well each state fits a turn of who is catching up, as `_emit` does."""
    others = (1 - _BEGINS) / max(1, len(view.questions) - 1)
    weighed = []
    for state, weight in node.items():
        begins = math.log(others if state else _BEGINS)
        share = begins if first else 0.5 * pace.popularity[state]
        weighed.append(weight + share + math.log(_COMES))
    return _scale(weighed)


def _scale(weighed: Sequence[float]) -> tuple[float, list[float]]:
    top = max(weighed)
    return top, [math.exp(weight - top) for weight in weighed]


def _may_catch_up(view: ChatView, chain: Sequence[int]) -> bool:
    """Tell whether somebody comes when all is asked, and then has more than one turn, late."""
    came = first = chain[0]
    while view.previous[came] >= 0:
        came = view.previous[came]
    last = len(view.questions) - 1
    late = view.newest[came] == last and view.age[first] > _LATECOMER * view.unit
    return late and last > 0 and len(chain) > 1


def _list_all_steps(
    view: ChatView, chain: Sequence[int], states: Sequence[Sequence[int]], usual: str
) -> list[list[list[float]]]:
    """Give the steps between each turn and the next; `usual` are those of who merely speaks on."""
    return [
        _list_steps(view, chain[i], chain[i + 1], states[i], states[i + 1], usual)
        for i in range(len(chain) - 1)
    ]


def _list_steps(
    view: ChatView, before: int, at: int, earlier: Sequence[int], later: Sequence[int], usual: str
) -> list[list[float]]:
    """Give how well each pair of states goes together: rows are the earlier turn's."""
    going_on = view.going_on[at] if view.previous[at] == before else ""
    table = [math.exp(step) for step in weights.TIES[going_on or usual]]
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
