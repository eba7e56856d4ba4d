"""By time: how likely a post answers the newest question, the one before it, or an older one.

What counts is how long each question had been out when the author began to write, measured by the
pace of the chat (`pace.py`), and how much is said on each question in all.
"""

from __future__ import annotations

from chinwag.steps.placing import weights
from chinwag.steps.placing.pace import Pace, weigh_wait
from chinwag.steps.reading.view import ChatView

# In a chat without numbers: how a post stands to groups before the one it was said in, by how many
# seconds that group has lasted. Its age says nothing else: a group goes on until the next opens.
_FRESH = 240.0
_BACK = {True: (0.0, -0.6, -2.0), False: (0.0, -2.0, -3.5)}


def weigh_time(view: ChatView, at: int, pace: Pace) -> dict[int, float]:
    """Return the states in reach of post `at`, weighed; none before the first question."""
    if view.newest[at] < 0:
        return {}
    states = view.reach(at)
    if not view.asks:  # stretches of time: a post belongs to the one it was said in
        return {state: weights.UNLIKELY * -abs(view.newest[at] - state) for state in states}
    if not view.numbered:
        return {state: _weigh_group(view, at, state) for state in states}
    weighed = {
        state: pace.popularity[state] + weigh_wait(view, at, state, pace)
        for state in states
        if state <= view.newest[at]
    }
    top = max(weighed.values())
    share = _trust_time(view, at)
    return {
        state: share * max(-weights.UNLIKELY, weighed[state] - top)
        if state in weighed
        else -weights.UNLIKELY
        for state in states
    }


def _trust_time(view: ChatView, at: int) -> float:
    """Return how much the time of a post tells: a reply may come at any time."""
    return weights.SPOKEN_TO if max(view.parent[at], view.mentioned[at]) >= 0 else 1.0


def _weigh_group(view: ChatView, at: int, state: int) -> float:
    """Weigh a group of a chat without numbers: the one it was said in, or one shortly before."""
    behind = view.newest[at] - state
    back = _BACK[view.age[at] <= _FRESH]
    return back[behind] if 0 <= behind < len(back) else -weights.UNLIKELY
