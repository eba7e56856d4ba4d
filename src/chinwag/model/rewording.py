"""What a language model answered, and what is kept of it."""

from __future__ import annotations

import msgspec


class ModelAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One answer as received. `tokens_in` and `tokens_out` are None where nobody counted them."""

    text: str
    tokens_in: int | None = None
    tokens_out: int | None = None


class Rewording(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a model said for one point: a line of `wordings.jsonl`.

    `question` is the label, `quoted` the id of the post quoted, `posts` the ids of all posts behind
    the point, and `point` its words when it was asked for. `said` is the model's sentence, "" where
    it was refused or there was none; `rests_on` are the ids of the posts that the model named for
    it. `refused` is why the sentence may not stand, as a word of `claims.REASONS` or "missing".
    """

    question: str
    quoted: str
    posts: tuple[str, ...]
    point: str
    model: str
    said: str = ""
    rests_on: tuple[str, ...] = ()
    refused: str = ""
