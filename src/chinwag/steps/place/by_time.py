"""By time: how likely a post answers the newest question, the one before it, or an older one."""

from __future__ import annotations

from bisect import bisect_left

from chinwag.steps.place.view import ChatView
from chinwag.steps.place.weights import AGE, AGE_EDGES


def weigh_time(view: ChatView, at: int) -> dict[int, float]:
    """Give the states in reach of post `at`, weighed by how long the newest question is out."""
    newest = view.newest[at]
    if newest < 0:
        return {}
    column = bisect_left(AGE_EDGES, view.age[at])
    last = len(view.questions) - 1
    reach = range(max(0, newest - 4), min(last, newest + 1) + 1)
    return {state: AGE[max(-1, min(3, newest - state))][column] for state in reach}
