"""By reply: a post belongs where the post that it answers belongs."""

from __future__ import annotations

from chinwag.steps.place.view import ChatView
from chinwag.steps.place.weights import MENTION, REPLY, REPLY_TO_QUESTION


def weigh_reply(view: ChatView, at: int) -> dict[int, float]:
    """Give the state of the question that post `at` answers directly, if it does."""
    parent = view.parent[at]
    if parent < 0:
        return {}
    state = view.asks.get(view.posts[parent].id)
    return {} if state is None else {state: REPLY_TO_QUESTION}


def find_replies(view: ChatView) -> list[tuple[int, int, dict[int, float]]]:
    """Give the ties (post, the one it answers, weights by how many questions later it stands)."""
    ties: list[tuple[int, int, dict[int, float]]] = []
    for at in range(len(view.posts)):
        if view.parent[at] >= 0:
            ties.append((at, view.parent[at], REPLY))
        elif view.mentioned[at] >= 0:
            ties.append((at, view.mentioned[at], MENTION))
    return ties
