"""What a language model decided as an editor: numbers of posts and stretches of them, no words."""

from __future__ import annotations

import msgspec


class Choice(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A point that a model chose: the id of the post, and `text`, the stretch of it to print.

    `same` are ids of posts that say the same. `theme` is what it is about, in two to five words
    that people said on the question; "" where none was told.
    """

    post: str
    text: str
    same: tuple[str, ...] = ()
    theme: str = ""


class Move(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a model put a post: the question's label, None for no question.

    `kind` is one of KINDS, "" where it was not told.
    """

    post: str
    question: str | None
    kind: str = ""


class Decision(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a model decided on one message: a line of `decisions.jsonl`.

    `task` is "choose" (the points of `question`, a label) or "place" (posts in doubt). `digest` is
    that of all that was sent, so that the same is not asked twice; "" where part of it has been
    taken out since. `choices` are the best first. `dropped` counts by reason what it said that does
    not hold.
    """

    model: str
    task: str
    digest: str
    question: str = ""
    choices: tuple[Choice, ...] = ()
    moves: tuple[Move, ...] = ()
    dropped: dict[str, int] = {}
