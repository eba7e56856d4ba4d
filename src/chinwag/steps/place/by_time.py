"""By time: how likely a post answers the newest question, the one before it, or an older one.

What counts is how long the newest question had been out when the author began to write, so the
time that typing takes is taken off; and whether the post is part of a conversation, is a
moderator's, or is the first in which its author answers.
"""

from __future__ import annotations

from bisect import bisect_left

from chinwag.steps.place import weights
from chinwag.steps.place.view import ChatView

_APART = 6.0


def weigh_time(view: ChatView, at: int) -> dict[int, float]:
    """Give the states in reach of post `at`, weighed; none before the first question."""
    if view.newest[at] < 0:
        return {}
    if not view.asks:  # stretches of time: a post belongs to the one it was said in
        return {state: -_APART * abs(view.newest[at] - state) for state in reach_states(view, at)}
    column, circumstances = describe_time(view, at)
    weighed: dict[int, float] = {}
    for state in reach_states(view, at):
        row = count_behind(view, at, state) + 1
        weighed[state] = weights.AGE[row][column] + sum(
            weights.CIRCUMSTANCES[name][row] for name in circumstances
        )
    return weighed


def describe_time(view: ChatView, at: int) -> tuple[int, list[str]]:
    """Give the column of the age table for post `at`, and the circumstances that change it."""
    post = view.posts[at]
    typing = 0.0 if post.text_lost else weights.TYPING * len(post.text)
    column = bisect_left(weights.AGE_EDGES, max(0.0, view.age[at] - typing))
    applies = {
        "talk": view.parent[at] >= 0 or view.mentioned[at] >= 0,
        "moderator": post.author in view.moderators,
        "first": view.turn_before[at] < 0,
        "lost": post.text_lost,
    }
    return column, [name for name, holds in applies.items() if holds]


def count_behind(view: ChatView, at: int, state: int) -> int:
    """Count how many questions a state is behind the newest: -1 (ahead) to 3 (or more)."""
    return max(-1, min(3, view.newest[at] - state))


def reach_states(view: ChatView, at: int) -> range:
    """Give the states a post may have by its time: four questions back, and the one to come."""
    newest = view.newest[at]
    return range(max(0, newest - 4), min(len(view.questions) - 1, newest + 1) + 1)
