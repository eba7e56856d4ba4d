"""One message to a model that decides: what is asked, about which posts, and what it may answer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from chinwag.model import Decision, Placement, Post
from chinwag.steps.rewording import guess_tokens

TOKENS_PER_POINT = 140  # of an answer, at most: a stretch, its numbers and the JSON around them
TOKENS_PER_MOVE = 30


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked in one message. `posts` are those sent, by their numbers.

    `task` is "choose" or "place". `question` is the label whose posts are chosen from; `labels` are
    those of all questions. `doubtful` are the numbers of the posts that may be moved.
    """

    task: str
    question: str
    labels: frozenset[str]
    posts: Mapping[int, Post]
    doubtful: frozenset[int]
    placed: Mapping[str, Placement]
    at_most: int
    instructions: str
    schema: Mapping[str, Any]
    message: str

    @property
    def most_tokens(self) -> int:
        """How many tokens an answer may have."""
        movable = len(self.doubtful) if self.task == "place" else len(self.posts) // 4 + 1
        return 200 + TOKENS_PER_POINT * self.at_most + TOKENS_PER_MOVE * movable

    def digest(self, model: str) -> str:
        """Return the digest of all that this model is sent: the same has the same answer."""
        whole = "\0".join((model, self.instructions, self.message))
        return hashlib.sha256(whole.encode(errors="replace")).hexdigest()


class Estimate(msgspec.Struct, frozen=True, kw_only=True):
    """What asking would send and cost: tokens are a guess, on the high side."""

    requests: int
    questions: int
    posts: int
    letters: int
    tokens_in: int
    tokens_out: int


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What has to be asked. `all_requests` has what was answered before, too.

    `withheld` are ids of posts that speak to a machine, and stay here.
    """

    requests: tuple[Request, ...]
    all_requests: tuple[Request, ...]
    withheld: tuple[str, ...]

    @property
    def estimate(self) -> Estimate:
        """What it would send."""
        sent = {post.id for request in self.requests for post in request.posts.values()}
        texts = [request.instructions + request.message for request in self.requests]
        return Estimate(
            requests=len(self.requests),
            questions=len({one.question for one in self.requests if one.question}),
            posts=len(sent),
            letters=sum(map(len, texts)),
            tokens_in=sum(map(guess_tokens, texts)),
            tokens_out=sum(request.most_tokens for request in self.requests),
        )


def plan_of(
    requests: Sequence[Request], kept: Sequence[Decision], model: str, withheld: Sequence[str]
) -> Plan:
    """Return the plan of these requests: those that this model has answered are not asked again."""
    answered = {one.digest for one in kept}
    return Plan(
        requests=tuple(one for one in requests if one.digest(model) not in answered),
        all_requests=tuple(requests),
        withheld=tuple(withheld),
    )
