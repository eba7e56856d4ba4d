"""The chain of a person's turns, beside the sum over every row of answers that it may be."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, product
from statistics import NormalDist
from typing import Any

import pytest

from chinwag.model import Chat
from chinwag.steps.placing.by_turn import follow_turns
from chinwag.steps.placing.pace import Pace

# What docs/researchers/method.md says of turns, said again.
LAGS = (-1, 0, 1, 2)
TURN = {-2: -2.0, -1: -2.0, 0: -1.0, 1: 0.0, 2: -1.0, 3: -2.0}
GOES_ON = {-2: -3.0, -1: -3.0, 0: 0.0, 1: -3.0, 2: -3.0, 3: -3.0}
STRAY = 0.005
PACE = Pace(median=math.log(0.3), popularity=(-1.0, -1.2, -1.3, -0.9))
QUESTIONS = ((0, "lend"), (10, "sit"), (20, "open"), (30, "read"))

Likely = Callable[[int, int], float]  # of a turn and a state


def density(units: float, lag: float) -> float:
    """Return how likely an answer comes after so many units: log-normal, and some at any time."""
    median = math.log(0.3) + 0.5 * lag
    usual = NormalDist(median, 0.75).pdf(math.log(units)) / units
    return usual + STRAY


def list_rows(states: Sequence[Sequence[int]]) -> Iterator[tuple[int, ...]]:
    yield from product(*states)


def sum_up(
    states: Sequence[Sequence[int]],
    readings: Sequence[tuple[float, Likely, Sequence[dict[int, float]]]],
) -> list[dict[int, float]]:
    """Return each turn's states by how likely they are, over all rows and readings."""
    found = [dict.fromkeys(some, 0.0) for some in states]
    for prior, likely, steps in readings:
        for row in list_rows(states):
            value = prior * math.prod(likely(i, state) for i, state in enumerate(row))
            for (one, other), table in zip(pairwise(row), steps, strict=True):
                value *= math.exp(table[max(-2, min(3, other - one))])
            for i, state in enumerate(row):
                found[i][state] += value
    wholes = [math.fsum(some.values()) for some in found]
    return [
        {state: math.log(value / whole) for state, value in some.items()}
        for some, whole in zip(found, wholes, strict=True)
    ]


def ask(talk: Any) -> None:
    for number, (minute, what) in enumerate(QUESTIONS, 1):
        talk.say(minute, "host", f"Q{number}: What would you {what}, and why?")


def list_lags(
    delays: Sequence[dict[int, float]],
    nodes: Sequence[dict[int, float]],
    steps: Sequence[dict[int, float]],
) -> list[tuple[float, Likely, Sequence[dict[int, float]]]]:
    whole = math.fsum(math.exp(-lag * lag / 2) for lag in LAGS)

    def make(lag: float) -> Likely:
        def likely(i: int, state: int) -> float:
            if state not in delays[i]:
                return math.exp(nodes[i][state] - 6.0)
            return math.exp(nodes[i][state] + PACE.popularity[state]) * density(
                delays[i][state], lag
            )

        return likely

    return [(math.exp(-lag * lag / 2) / whole, make(lag), steps) for lag in LAGS]


def approach(rows: Sequence[dict[int, float]]) -> list[Any]:
    return [pytest.approx(row, abs=1e-9) for row in rows]


def test_turns_are_weighed_as_the_sum_over_all_rows_and_lags(
    chat: Chat, talk: Any, look: Any
) -> None:
    """Typing is taken off: 25 letters are five seconds, and a unit is ten minutes."""
    ask(talk)
    said = [
        talk.say(minute, "ann", text.ljust(25, "."))
        for minute, text in ((13, "Tools and seeds"), (16, "Chairs with wheels"), (24, "Sundays"))
    ]
    looked = look(chat, talk.posts)
    nodes: list[dict[int, float]] = [{at: 0.0} for at in range(len(looked.view.posts))]
    own = [{0: 0.2, 1: 0.0, 2: -0.3}, {0: 0.0, 1: 0.4, 2: 0.1}, {0: 0.0, 1: 0.3, 2: 0.0, 3: 0.5}]
    for post, node in zip(said, own, strict=True):
        nodes[looked.view.places[post.id]] = node
    delays = [
        {state: (minute - asked) / 10 - 5 / 600 for state, asked in enumerate((0, 10, 20, 30))
         if asked <= minute}
        for minute in (13, 16, 24)
    ]  # fmt: skip
    readings = list_lags(delays, own, [TURN, TURN])
    followed = follow_turns(looked.view, looked.turns, PACE, nodes)
    places = [looked.view.places[post.id] for post in said]
    assert set(followed) == set(places)
    assert [followed[at] for at in places] == approach(sum_up([list(one) for one in own], readings))


def test_what_plainly_goes_on_steps_as_such(chat: Chat, talk: Any, look: Any) -> None:
    ask(talk)
    first = talk.say(12, "ann", "Tools and seeds")
    second = talk.say(13, "ann", "Also a kettle..")
    looked = look(chat, talk.posts)
    nodes: list[dict[int, float]] = [{at: 0.0} for at in range(len(looked.view.posts))]
    own = [{0: 0.0, 1: 0.0}, {0: 0.0, 1: 0.0}]
    places = [looked.view.places[post.id] for post in (first, second)]
    nodes[places[0]], nodes[places[1]] = own
    delays = [{0: 1.2 - 3 / 600, 1: 0.2 - 3 / 600}, {0: 1.3 - 3 / 600, 1: 0.3 - 3 / 600}]
    followed = follow_turns(looked.view, looked.turns, PACE, nodes)
    expected = sum_up([[0, 1], [0, 1]], list_lags(delays, own, [GOES_ON]))
    assert [followed[at] for at in places] == approach(expected)


def test_whose_turns_have_one_state_each_is_passed_over(chat: Chat, talk: Any, look: Any) -> None:
    ask(talk)
    talk.say(12, "ann", "Tools")
    looked = look(chat, talk.posts)
    nodes: list[dict[int, float]] = [{0: 0.0} for _ in looked.view.posts]
    assert follow_turns(looked.view, looked.turns, PACE, nodes) == {}
