"""By sequence: what plainly goes on from the same person's post before ("2/2", "Also ...").

How turns follow one another is for `by_turn.py`; what a person says to others in between tells
nothing of where the next such post belongs.
"""

from __future__ import annotations

from chinwag.steps.placing.propagate import Tie
from chinwag.steps.placing.turns import Turns
from chinwag.steps.reading.view import ChatView


def find_going_on(view: ChatView, turns: Turns) -> list[Tie]:
    """Return the ties of posts that are no turn and go on from the same person's post before."""
    return [
        (at, view.previous[at], kind)
        for at, kind in enumerate(view.going_on)
        if kind and not turns.is_turn[at]
    ]
