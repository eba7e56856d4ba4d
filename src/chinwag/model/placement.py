"""A placement: which question a post belongs to, why, how surely, and by what or by whom."""

from __future__ import annotations

from datetime import datetime

import msgspec

from chinwag.model.note import Note

METHODS = (
    "label",  # its author wrote the question's number, or it asks the question
    "reply",  # what it answers
    "time",  # when it was written
    "words",  # words that it shares with the question and with what was said on it
    "meaning",  # what it means is nearest to what was said on the question
    "sequence",  # what its author said before and after
    "model",  # a language model that was asked as an editor
    "person",  # a person said so
)
KINDS = (
    "question",  # asks (or repeats) one of the chat's questions
    "answer",  # says something on a question
    "reply",  # adds something to what somebody said
    "agreement",  # only agrees
    "greeting",  # hello, introductions, goodbye
    "thanks",
    "housekeeping",  # how the chat works: "Q2 coming up", "remember the tag"
    "announcement",  # promotes something outside the chat
    "spam",
)


class Placement(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Where one post belongs: a line of `placements.jsonl`.

    `post` is the post's id. `question` is the label as text ("3", "9.2"), or None for a post that
    belongs to no question or whose question cannot be told. `reason` tells why; put into words
    it is a clause ("replies to an answer to Q3"). `confidence` is between 0 and 1. `by` is one of
    METHODS; "person" marks a correction, which outranks every method. `kind` is one of KINDS.
    """

    post: str
    question: str | None
    reason: Note
    confidence: float
    by: str
    kind: str = "answer"


class Correction(Placement, frozen=True, kw_only=True, gc=False):
    """A placement by a person: a line of `corrections.jsonl`. The latest of a post stands.

    `who` asked for it and `at` which time (aware UTC); "" and None where that was not kept.
    """

    who: str = ""
    at: datetime | None = None

    def as_placement(self) -> Placement:
        """Return the placement alone, as it stands among those of the machine."""
        names = Placement.__struct_fields__
        return Placement(**{name: getattr(self, name) for name in names})
