"""A placement: which question a post belongs to, why, how surely, and who says so."""

from __future__ import annotations

import msgspec

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
    belongs to no question or whose question cannot be told. `reason` is a clause that a person can
    read ("replies to an answer to Q3"). `confidence` is between 0 and 1. `by` names the method
    ("label", "reply", "time", "wording", "sequence") or "person" for a correction, which outranks
    every method. `kind` is one of KINDS.
    """

    post: str
    question: str | None
    reason: str
    confidence: float
    by: str
    kind: str = "answer"
