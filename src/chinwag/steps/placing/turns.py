"""Turns: the posts in which a person speaks to everybody, and so answers a question in their turn.

People answer question after question in order; what they say to one another in between follows
the talk of others. So the order of a person's answers is read from their turns alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from chinwag.steps.reading.view import ChatView

_SPEAKS_TO_ONE = re.compile(r"^\W*(?:@|(?:RT|MT)\b)", re.IGNORECASE)


class Turns(msgspec.Struct, frozen=True):
    """What each post does in its author's row of answers, by its place in the view."""

    kinds: Sequence[str]
    is_turn: Sequence[bool]  # whether its author speaks to everybody in it
    before: Sequence[int]  # the same person's turn before, at first their hello; -1 for none


def find_turns(view: ChatView, kinds: Sequence[str]) -> Turns:
    """Return who answers in which posts; `kinds` are those of the view's posts, one by one."""
    is_turn = [kind == "answer" and _speaks_to_all(view, at) for at, kind in enumerate(kinds)]
    return Turns(kinds, is_turn, _find_before(view, kinds, is_turn))


def _speaks_to_all(view: ChatView, at: int) -> bool:
    if view.newest[at] < 0 or view.reads[at].is_silent:
        return False
    parent = view.parent[at]
    if parent >= 0:
        return view.posts[parent].id in view.asks
    return view.mentioned[at] < 0 and not _SPEAKS_TO_ONE.match(view.posts[at].text)


def _find_before(view: ChatView, kinds: Sequence[str], is_turn: Sequence[bool]) -> list[int]:
    last: dict[str, int] = {}
    before: list[int] = []
    for at, post in enumerate(view.posts):
        author = post.author.lower()
        before.append(last.get(author, -1))
        arrives = kinds[at] == "greeting" and view.newest[at] >= 0 and author not in last
        if is_turn[at] or arrives:
            last[author] = at
    return before
