"""Pace: how long the people of a chat take to answer a question, read from its times alone.

Nobody's number is needed: where a chat is quick, its answers crowd in soon after each question,
and where it is slow they run on past the next one. The delays are taken to be log-normal, with one
median for the chat, and the median that explains the times best is found by expectation and
maximisation over which question each answer is to (Dempster, Laird and Rubin, 1977), averaged over
a grid. Numbers that people did write, and what a person corrected, count as known.

All times here are in *units*: the time that passes from one question to the next, on average. So
a chat that runs for a week is read like one that runs for an hour.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import msgspec

from chinwag.steps.placing import weights
from chinwag.steps.placing.told import Told
from chinwag.steps.placing.turns import Turns
from chinwag.steps.reading.view import ChatView

_MEDIANS = tuple(math.log(0.1 * 1.32**step) for step in range(11))  # a tenth to one and a half
_USUAL = math.log(0.43)  # the logarithm of the median delay that is likely beforehand
_VARIES = 0.5  # the standard deviation of that logarithm from chat to chat
_SPREADS = (0.6, 0.85)  # standard deviations of the logarithms of a chat's delays
_LEAST = 0.027  # the shortest delay: no answer comes sooner
_STRAYS = 0.03  # share of the answers that come at any time
_STRAYS_OVER = 3.2  # units over which those answers are spread
_EVEN = 3.0  # answers that every question is given beforehand
_ROUNDS = 3  # of maximisation for each median: it begins with the shares of the median before
_HELD = 10  # usual delays that count beside those measured
_ENOUGH = 300  # turns, drawn evenly: more tell no more
_AFTER_LAST = 1.6  # units after the last question: later answers catch up, and tell no pace
_REACH = 4  # questions back that a turn may answer
_ROOT = math.log(math.sqrt(2 * math.pi))
_STRAY = _STRAYS / _STRAYS_OVER * math.exp(_ROOT)


class Pace(msgspec.Struct, frozen=True):
    """How a chat is answered."""

    median: float  # the logarithm of the usual delay, in units
    popularity: tuple[float, ...]  # the logarithm of each question's share of the answers


def find_pace(view: ChatView, turns: Turns, told: Sequence[Told]) -> Pace:
    """Return the pace of a chat; what people `told` of a post counts as known."""
    number = len(view.questions)
    telling = [at for at, turn in enumerate(turns.is_turn) if turn and _tells_pace(view, at)]
    step = max(1.0, len(telling) / _ENOUGH)
    drawn = [telling[int(i * step)] for i in range(int(len(telling) / step))]
    delays = [_list_delays(view, at, told[at].states) for at in drawn]
    found: list[tuple[float, float, list[float]]] = []
    for spread in _SPREADS:
        shares = [1.0 / max(1, number)] * number
        for median in _MEDIANS:
            likely, shares = _explain(delays, median, spread, shares)
            likely -= ((median - _USUAL) / _VARIES) ** 2 / 2
            found.append((likely, median, shares))
    return _average(found)


def measure_pace(view: ChatView, placed: Mapping[str, str]) -> Pace:
    """Return the pace of a chat whose posts are placed already; `placed` maps ids to labels.

    Cheaper than `find_pace`: the median of the delays as they are, held near what is usual.
    """
    counts = [_EVEN] * len(view.questions)
    delays = [_USUAL] * _HELD
    for at, post in enumerate(view.posts):
        state = view.states.get(placed.get(post.id, ""), -1)
        if 0 <= state <= view.newest[at] and post.id not in view.asks:
            counts[state] += 1
            if not post.reply_to and _tells_pace(view, at):
                delays.append(find_delay(view, at, state))
    total = sum(counts)
    return Pace(
        median=sorted(delays)[len(delays) // 2],
        popularity=tuple(math.log(count / total) for count in counts),
    )


def find_delay(view: ChatView, at: int, state: int) -> float:
    """Return the logarithm, in units, of the time from a question to when a post was begun."""
    typing = 0.0 if view.posts[at].text_lost else weights.TYPING * len(view.posts[at].text)
    delay = view.age[at] + view.asked[view.newest[at]] - view.asked[state] - typing
    return math.log(max(delay / view.unit, _LEAST))


def weigh_wait(view: ChatView, at: int, state: int, pace: Pace) -> float:
    """Return how likely (logarithm) post `at` answers a question when it does."""
    return weigh_delay(find_delay(view, at, state), pace.median, weights.SPREAD)


def weigh_delay(logarithm: float, median: float, spread: float) -> float:
    """Return how likely (logarithm) an answer comes after a delay, as `find_delay` gives it."""
    density = math.exp(-(((logarithm - median) / spread) ** 2) / 2 - logarithm) / spread
    return math.log(density + _STRAY) - _ROOT


def _tells_pace(view: ChatView, at: int) -> bool:
    last = view.newest[at] == len(view.questions) - 1
    late = last and view.age[at] > _AFTER_LAST * view.unit
    return not late and view.posts[at].author not in view.moderators


def _list_delays(view: ChatView, at: int, known: Sequence[int]) -> list[tuple[int, float]]:
    newest = view.newest[at]
    states = [state for state in known if state <= newest]
    return [
        (state, find_delay(view, at, state))
        for state in states or range(max(0, newest - _REACH), newest + 1)
    ]


def _explain(
    delays: Sequence[Sequence[tuple[int, float]]],
    median: float,
    spread: float,
    shares: Sequence[float],
) -> tuple[float, list[float]]:
    """Return how well a pace explains the times, and the questions' shares of the answers."""
    tables = [
        [(state, math.exp(weigh_delay(delay, median, spread))) for state, delay in row]
        for row in delays
    ]
    now = list(shares)
    total = len(tables) + _EVEN * len(now)
    likely = 0.0
    for _ in range(_ROUNDS):
        counts = [_EVEN] * len(now)
        likely = 0.0
        for table in tables:
            weighed = [(state, now[state] * density) for state, density in table]
            whole = sum([weight for _, weight in weighed])
            likely += math.log(whole)
            for state, weight in weighed:
                counts[state] += weight / whole
        now = [count / total for count in counts]
    return likely, now


def _average(found: Sequence[tuple[float, float, list[float]]]) -> Pace:
    """Return the mean of what was found, the likelier counting more."""
    top = max(likely for likely, _, _ in found)
    scores = [math.exp(likely - top) for likely, _, _ in found]
    whole = math.fsum(scores)
    number = len(found[0][2])
    return Pace(
        median=sum(s * median for s, (_, median, _) in zip(scores, found, strict=True)) / whole,
        popularity=tuple(
            math.log(
                sum(s * sh[state] for s, (_, _, sh) in zip(scores, found, strict=True)) / whole
            )
            for state in range(number)
        ),
    )
