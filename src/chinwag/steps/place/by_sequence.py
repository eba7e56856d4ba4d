"""By sequence: a person answers one question after the other, and so, roughly, does the chat.

Ties run from each post to its author's post before, stronger where it plainly goes on ("2/2",
"Also ..."), and, weakly, to the post that came just before it in the chat.
"""

from __future__ import annotations

import re

from chinwag.steps.place.propagate import Tie
from chinwag.steps.place.view import ChatView

_COUNTER = re.compile(r"(?<!\d)\(?([1-9])\s?/\s?([1-9])\)?(?!\d)")
_GOES_ON = re.compile(
    r"^(?:[@#]\S+\s+|[.:\s])*(?:also|and|but|plus|so|because|b/c|bc|or|then|which|another"
    r"|additionally|further|again|even|cont|including|e\.g|i\.e|\.\.\.|…|2/|\(2)",
    re.IGNORECASE,
)


def find_steps(view: ChatView) -> list[Tie]:
    """Give the ties of each turn to the same person's turn before, of other posts to any post."""
    ties: list[Tie] = []
    for at, before in enumerate(view.previous):
        if before < 0:
            continue
        turn = view.turn_before[at]
        if view.turns[at] and turn >= 0:
            arrived = view.kinds[turn] == "greeting"
            kind = _tell_arrival(view, at, turn) if arrived else _tell_step(view, at, turn)
            ties.append((at, turn, kind))
        elif view.posts[at].author not in view.moderators:
            same = view.newest[at] == view.newest[before]
            ties.append((at, before, "aside" if same else "aside later"))
        going_on = _tell_going_on(view, at, before)
        if going_on:
            ties.append((at, before, going_on))
    return ties


def find_neighbours(view: ChatView) -> list[Tie]:
    """Give the ties of posts to the one just before, where somebody else said it."""
    ties: list[Tie] = []
    last = -1
    for at, post in enumerate(view.posts):
        if post.id in view.asks or post.text_lost:
            continue
        if last >= 0 and view.posts[last].author != post.author:
            same = view.newest[at] == view.newest[last]
            ties.append((at, last, "neighbour" if same else "neighbour later"))
        last = at
    return ties


def _seconds(view: ChatView, at: int, before: int) -> float:
    return (view.posts[at].created_at - view.posts[before].created_at).total_seconds()


def _tell_arrival(view: ChatView, at: int, hello: int) -> str:
    return "arrival" if view.newest[at] == view.newest[hello] else "arrival later"


def _tell_step(view: ChatView, at: int, before: int) -> str:
    asked_between = view.newest[at] - view.newest[before]
    if asked_between > 0:
        return ("step over one", "step over two", "step over more")[min(asked_between, 3) - 1]
    seconds = _seconds(view, at, before)
    return "step at once" if seconds <= 60 else "step soon" if seconds <= 240 else "step later"


def _tell_going_on(view: ChatView, at: int, before: int) -> str:
    """Tell "2/2" after "1/2", and a post that opens with "Also" or "And"."""
    post, other = view.posts[at], view.posts[before]
    if post.text_lost or other.text_lost:
        return ""
    second, first = _COUNTER.search(post.text), _COUNTER.search(other.text)
    seconds = _seconds(view, at, before)
    if second and first and second[2] == first[2] and int(second[1]) == int(first[1]) + 1:
        return "next part" if seconds < 600 else ""
    return "goes on" if seconds < 300 and _GOES_ON.match(post.text) else ""
