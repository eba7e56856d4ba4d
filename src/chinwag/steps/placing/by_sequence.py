"""By sequence: what plainly goes on from the same person's post before ("2/2", "Also ...").

How turns follow one another is for `by_turn.py`; what a person says to others in between tells
nothing of where the next such post belongs.
"""

from __future__ import annotations

import re

from chinwag.steps.placing.propagate import Tie
from chinwag.steps.placing.turns import Turns
from chinwag.steps.reading.view import ChatView

_COUNTER = re.compile(r"(?<!\d)\(?([1-9])\s?/\s?([1-9])\)?(?!\d)")
_GOES_ON = re.compile(
    r"^(?:[@#]\S+\s+|[.:\s])*(?:also|and|but|plus|so|because|b/c|bc|or|then|which|another"
    r"|additionally|further|again|even|cont|including|e\.g|i\.e|\.\.\.|…|2/|\(2)",
    re.IGNORECASE,
)


def find_going_on(view: ChatView, turns: Turns) -> list[Tie]:
    """Return the ties of posts that are no turn and go on from the same person's post before."""
    return [
        (at, before, going_on)
        for at, before in enumerate(view.previous)
        if before >= 0 and not turns.is_turn[at]
        for going_on in [tell_going_on(view, at, before)]
        if going_on
    ]


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
