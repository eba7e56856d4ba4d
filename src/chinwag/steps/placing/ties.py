"""Ties: which posts hang together, and how firmly."""

from __future__ import annotations

from collections.abc import Mapping

from chinwag.model import Placement
from chinwag.steps.placing.by_reply import find_replies
from chinwag.steps.placing.propagate import Tie
from chinwag.steps.reading.view import ChatView


def tie_posts(view: ChatView, given: Mapping[str, Placement]) -> list[Tie]:
    """Return the ties between posts; posts that ask or that a person took out tie nothing."""
    taken_out = {identifier for identifier, placed in given.items() if placed.question is None}
    apart = {
        at for at, post in enumerate(view.posts) if post.id in view.asks or post.id in taken_out
    }
    return [tie for tie in find_replies(view) if tie[0] not in apart and tie[1] not in apart]
