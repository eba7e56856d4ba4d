"""Pace: how long the people of a chat take to answer a question, read from its times alone.

No numbered answer is needed: where a chat is quick, its answers crowd in soon after each question,
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
from chinwag.steps.reading.read_post import TYPING
from chinwag.steps.reading.view import LATE, REACH, ChatView

_USUAL = math.log(0.43)  # the logarithm of the median delay that is likely beforehand
_AWAY = tuple(half / 2 for half in range(-4, 5))  # of other medians: deviations from chat to chat
_SOONEST = 1.0  # seconds: no answer comes sooner
STRAY = 0.005  # density, by unit, of the answers that come at any time
_EVEN = 2.0  # answers that every question is given beforehand
_ROUNDS = 2  # of maximisation for each median: it begins with the shares of the median before
_HELD = 10  # usual delays that count beside those measured
ENOUGH = 300  # turns, drawn evenly; more would tell nothing new
_ROOT = math.log(math.sqrt(2 * math.pi))


class Pace(msgspec.Struct, frozen=True):
    """How a chat is answered."""

    median: float  # the logarithm of the usual delay, in units
    popularity: tuple[float, ...]  # the logarithm of each question's share of the answers


def find_pace(view: ChatView, turns: Turns, told: Sequence[Told]) -> Pace:
    """Return the pace of a chat; what people `told` of a post counts as known."""
    number = len(view.questions)
    telling = [at for at, turn in enumerate(turns.is_turn) if turn and _tells_pace(view, at)]
    step = max(1.0, len(telling) / ENOUGH)
    drawn = [telling[int(i * step)] for i in range(int(len(telling) / step))]
    delays = [_list_delays(view, at, told[at].states) for at in drawn]
    found: list[tuple[float, float, list[float]]] = []
    shares = [1.0 / max(1, number)] * number
    for away in _AWAY:
        median = _USUAL + weights.VARIES * away
        likely, shares = _explain(delays, median, shares)
        found.append((likely - away * away / 2, median, shares))
    return _average(found)


def measure_pace(view: ChatView, placed: Mapping[str, str]) -> Pace:
    """Return the pace of a chat that still runs; `placed` maps ids to labels of posts so far.

    Cheaper than `find_pace`: the median of the delays as they are, held near what is usual. Every
    question counts as equally popular: the newest has few answers yet, whatever it will get.
    """
    delays = [_USUAL] * _HELD
    for at, post in enumerate(view.posts):
        state = view.states.get(placed.get(post.id, ""), -1)
        answers = 0 <= state <= view.newest[at] and post.id not in view.asks
        if answers and not post.reply_to and _tells_pace(view, at):
            delays.append(find_delay(view, at, state))
    number = len(view.questions)
    even = -math.log(max(1, number))
    return Pace(median=sorted(delays)[len(delays) // 2], popularity=(even,) * number)


def find_delay(view: ChatView, at: int, state: int) -> float:
    """Return the logarithm, in units, of the time from a question to when a post was begun."""
    typing = 0.0 if view.posts[at].text_lost else TYPING * len(view.posts[at].text)
    delay = view.age[at] + view.asked[view.newest[at]] - view.asked[state] - typing
    return math.log(max(delay, _SOONEST) / view.unit)


def weigh_wait(view: ChatView, at: int, state: int, pace: Pace) -> float:
    """Return how likely (logarithm) post `at` answers a question when it does."""
    return weigh_delay(find_delay(view, at, state), pace.median)


def weigh_delay(logarithm: float, median: float) -> float:
    """Return how likely (logarithm) an answer comes after a delay, as `find_delay` gives it."""
    away = (logarithm - median) / weights.SPREAD
    density = math.exp(-(away**2) / 2 - logarithm - _ROOT) / weights.SPREAD
    return math.log(density + STRAY)


def _tells_pace(view: ChatView, at: int) -> bool:
    last = view.newest[at] == len(view.questions) - 1
    late = last and view.age[at] > LATE * view.unit
    return not late and view.posts[at].author not in view.moderators


def _list_delays(view: ChatView, at: int, known: Sequence[int]) -> list[tuple[int, float]]:
    newest = view.newest[at]
    states = [state for state in known if state <= newest]
    return [
        (state, find_delay(view, at, state))
        for state in states or range(max(0, newest - REACH), newest + 1)
    ]


def _explain(
    delays: Sequence[Sequence[tuple[int, float]]],
    median: float,
    shares: Sequence[float],
) -> tuple[float, list[float]]:
    """Return how well a pace explains the times, and the questions' shares of the answers."""
    tables = [
        [(state, math.exp(weigh_delay(delay, median))) for state, delay in row] for row in delays
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
