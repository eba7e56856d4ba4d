"""By sequence: what a person says to others follows, roughly, what they said before.

Ties run from each post that is no turn to its author's post before, stronger where it plainly goes
on ("2/2", "Also ..."). How turns follow one another is for `by_turn.py`.
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


def find_asides(view: ChatView) -> list[Tie]:
    """Give the ties of posts that are no turn to the same person's post before."""
    ties: list[Tie] = []
    for at, before in enumerate(view.previous):
        if before < 0 or view.turns[at]:
            continue
        if view.posts[at].author not in view.moderators:
            ties.append((at, before, "aside"))
        going_on = tell_going_on(view, at, before)
        if going_on:
            ties.append((at, before, going_on))
    return ties


def _seconds(view: ChatView, at: int, before: int) -> float:
    return (view.posts[at].created_at - view.posts[before].created_at).total_seconds()


def tell_going_on(view: ChatView, at: int, before: int) -> str:
    """Tell "2/2" after "1/2", and a post that opens with "Also" or "And"."""
    post, other = view.posts[at], view.posts[before]
    if post.text_lost or other.text_lost:
        return ""
    second, first = _COUNTER.search(post.text), _COUNTER.search(other.text)
    seconds = _seconds(view, at, before)
    if second and first and second[2] == first[2] and int(second[1]) == int(first[1]) + 1:
        return "next part" if seconds < 600 else ""
    return "goes on" if seconds < 300 and _GOES_ON.match(post.text) else ""
