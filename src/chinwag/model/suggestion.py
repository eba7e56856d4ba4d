"""A suggestion: one change of an edition that a language model, asked as an editor, would make."""

from __future__ import annotations

import msgspec

from chinwag.model.summary import Bullet


class Suggestion(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A change that a person may take or refuse. No word of it is a model's own.

    `kind` is one of SUGGESTED. `question` is the label of the question at which it would be made.
    `points` are the points that it concerns, each by the id of the post that it quotes first, in
    the order in which they would stand. `bullet` is the point to take, or the stretch of its posts
    that a point would be shortened to. `after` is the point behind which a taken one would stand,
    "" for the top of its question. `theme` is what a point would be said to be about, in words of
    its question.
    """

    kind: str
    question: str
    points: tuple[str, ...]
    bullet: Bullet | None = None
    after: str = ""
    theme: str = ""


# In the order in which several are taken, so that none undoes what another did.
SUGGESTED = ("move", "shorten", "join", "theme", "order", "take")
