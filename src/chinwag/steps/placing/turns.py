"""Turns: the posts in which a person speaks to everybody, and so answers a question in their turn.

People answer question after question in order; what they say to one another in between follows
the talk of others. So the order of a person's answers is read from their turns alone.
"""

from __future__ import annotations

import re

import msgspec

from chinwag.steps.kinds.kinds import find_kind
from chinwag.steps.reading.view import ChatView

_SPEAKS_TO_ONE = re.compile(r"^\W*(?:@|(?:RT|MT)\b)", re.IGNORECASE)


def find_turns(view: ChatView) -> ChatView:
    """Give the view with the kinds of its posts, and who answers in which."""
    kinds = [find_kind(view, at) for at in range(len(view.posts))]
    turns = [kind == "answer" and _speaks_to_all(view, at) for at, kind in enumerate(kinds)]
    return msgspec.structs.replace(
        view, kinds=kinds, turns=turns, turn_before=_find_before(view, kinds, turns)
    )


def _speaks_to_all(view: ChatView, at: int) -> bool:
    post, parent = view.posts[at], view.parent[at]
    if view.newest[at] < 0 or post.text_lost or post.deleted or post.repost_of:
        return False
    if parent >= 0:
        return view.posts[parent].id in view.asks
    return view.mentioned[at] < 0 and not _SPEAKS_TO_ONE.match(post.text)


def _find_before(view: ChatView, kinds: list[str], turns: list[bool]) -> list[int]:
    """Give, for each post, its author's turn before it, at first their hello; -1 for none."""
    last: dict[str, int] = {}
    before: list[int] = []
    for at, post in enumerate(view.posts):
        author = post.author.lower()
        before.append(last.get(author, -1))
        arrives = kinds[at] == "greeting" and view.newest[at] >= 0 and author not in last
        if turns[at] or arrives:
            last[author] = at
    return before
