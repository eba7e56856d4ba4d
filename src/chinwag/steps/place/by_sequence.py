"""By sequence: a person answers one question after the other, and seldom goes back."""

from __future__ import annotations

from chinwag.steps.place.view import ChatView
from chinwag.steps.place.weights import STEP


def find_steps(view: ChatView) -> list[tuple[int, int, dict[int, float]]]:
    """Give the ties (post, the same person's post before, weights by how many questions on)."""
    return [
        (at, before, STEP)
        for at, before in enumerate(view.previous)
        if before >= 0 and view.posts[at].author not in view.moderators
    ]
