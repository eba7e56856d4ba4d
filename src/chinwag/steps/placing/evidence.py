"""Evidence: what every method but words and meaning says of each post, written once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from chinwag.steps.placing.by_reply import weigh_reply
from chinwag.steps.placing.by_time import weigh_time
from chinwag.steps.placing.pace import Pace
from chinwag.steps.placing.told import Told
from chinwag.steps.reading.view import ChatView

Weights = Mapping[int, float]  # state to natural logarithm


class Evidence(msgspec.Struct, frozen=True):
    """What each method says of one post by itself; `states` is the sum of it."""

    told: Told
    by_reply: Weights
    by_time: Weights
    states: Weights

    def weigh(self, by_words: Weights, by_meaning: Weights, *, timed: bool = True) -> Weights:
        """Return the states with what words and meaning weigh; without the time unless `timed`."""
        if len(self.states) < 2:
            return self.states
        least = min(by_words.values(), default=0.0)
        floor = _find_floor(self.by_time)
        return {
            state: weight
            + by_words.get(state, least)
            + by_meaning.get(state, 0.0)
            - (0.0 if timed else self.by_time.get(state, floor))
            for state, weight in self.states.items()
        }


def gather_evidence(view: ChatView, told: Sequence[Told], pace: Pace) -> list[Evidence]:
    """Return the evidence of each post, in time order."""
    evidence: list[Evidence] = []
    carried: list[frozenset[int]] = []  # by each post: the questions named in it or before it
    for at, one in enumerate(told):
        by_reply, by_time = weigh_reply(view, at), weigh_time(view, at, pace)
        states = _add_up(one, by_reply, by_time)
        before = _find_carried(view, at, carried)
        carried.append(_find_named(one, states) or before)
        reached = _reach(one, states, by_time, before)
        evidence.append(Evidence(one, by_reply, by_time, reached))
    return evidence


def _add_up(told: Told, by_reply: Weights, by_time: Weights) -> Weights:
    """Return the sum of what the methods weigh, over the states that any puts in reach."""
    if told.settled is not None:
        return {told.settled: 0.0} if told.settled >= 0 else {}
    labels = told.named.weights
    if not (labels or by_reply):
        return by_time  # as it is, so that it is held once
    floor = _find_floor(by_time)
    return {
        state: by_time.get(state, floor) + labels.get(state, 0.0) + by_reply.get(state, 0.0)
        for state in sorted({*by_time, *labels, *by_reply})
    }


def _find_floor(by_time: Weights) -> float:
    """Return what a state weighs that time does not reach."""
    return min(by_time.values(), default=0.0)


def _find_named(told: Told, states: Weights) -> frozenset[int]:
    """Return the questions that a post names, or where it surely belongs; none of an asking."""
    if len(states) > 1:
        return frozenset(told.named.weights)
    return frozenset() if told.asks is not None else frozenset(states)


def _find_carried(view: ChatView, at: int, carried: Sequence[frozenset[int]]) -> frozenset[int]:
    """Return the questions named in what a post answers or goes on from, or before that."""
    before = {view.parent[at], view.mentioned[at], view.previous[at]} - {-1}
    return frozenset[int]().union(*(carried[other] for other in before if other < at))


def _reach(told: Told, states: Weights, by_time: Weights, before: frozenset[int]) -> Weights:
    """Return the states with those named long after their time in what the post hangs on."""
    if told.asks is not None or not by_time or len(states) < 2:
        return states
    least = min(by_time.values())
    more = {state: least for state in before if state not in states}
    return {**states, **more} if more else states
