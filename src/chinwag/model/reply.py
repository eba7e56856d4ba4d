"""A reply that the source does not state: who is answered, as far as words and order tell."""

from __future__ import annotations

import msgspec


class InferredReply(msgspec.Struct, frozen=True, kw_only=True):
    """That one post answers another, worked out and not told by the source.

    `post` and `answers` are ids. `confidence` is between 0 and 1, `reason` a clause that a person
    can read ("speaks to @ann, whose latest post this was"). It is never written into
    `Post.reply_to`, and never to be shown as if the source had said it.
    """

    post: str
    answers: str
    confidence: float
    reason: str
