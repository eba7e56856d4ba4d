"""What would be asked: one message a question, with short ids for its points and posts.

No handle, name or address of an author is sent, and nothing of a post that was deleted, taken out,
marked as spam, or that speaks to a machine.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import msgspec

from chinwag.model import (
    Bullet,
    Chat,
    Placement,
    Post,
    QuestionSummary,
    Rewording,
    Summary,
)
from chinwag.steps.rewording.apply import match_rewordings
from chinwag.steps.rewording.machine_talk import speaks_to_machine
from chinwag.steps.rewording.prompts import (
    INSTRUCTIONS,
    SentPoint,
    SentPost,
    write_message,
)
from chinwag.steps.rewording.sources import SentSource, find_sources
from chinwag.steps.tracing.claims import Known, list_people

MOST_POINTS = 8  # in one message
LETTERS_PER_TOKEN = 3.5  # of European languages; a guess before the model has counted
SIGNS_PER_TOKEN = 1.2  # of scripts that no tokenizer was made for
TOKENS_PER_SENTENCE = 90  # of an answer, at most: a sentence, its ids and the JSON around them


class PointAsked(msgspec.Struct, frozen=True, kw_only=True):
    """A point that is asked about: its bullet, and the posts sent by their short ids."""

    bullet: Bullet
    sent: Mapping[str, SentSource]


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked about one question. `points` are by their short ids."""

    question: str
    known: Known
    message: str
    points: Mapping[str, PointAsked]

    @property
    def most_tokens(self) -> int:
        """How many tokens an answer may have."""
        return 100 + TOKENS_PER_SENTENCE * len(self.points)


class Estimate(msgspec.Struct, frozen=True, kw_only=True):
    """What asking would send and cost: tokens are a guess, on the high side."""

    requests: int
    points: int
    posts: int
    tokens_in: int
    tokens_out: int


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """All requests. `withheld` are ids of posts that speak to a machine, and stay here."""

    requests: tuple[Request, ...]
    withheld: tuple[str, ...]

    @property
    def estimate(self) -> Estimate:
        """What it would send."""
        points = [point for request in self.requests for point in request.points.values()]
        return Estimate(
            requests=len(self.requests),
            points=len(points),
            posts=len({one.post for point in points for one in point.sent.values()}),
            tokens_in=sum(
                guess_tokens(INSTRUCTIONS) + guess_tokens(request.message)
                for request in self.requests
            ),
            tokens_out=sum(request.most_tokens for request in self.requests),
        )


def plan_requests(
    chat: Chat,
    summary: Summary,
    posts: Sequence[Post],
    placements: Sequence[Placement],
    *,
    kept: Sequence[Rewording] = (),
    model: str = "",
    most_points: int = MOST_POINTS,
) -> Plan:
    """Return what has to be asked to word every quoted bullet of a summary.

    Points that the same model was asked about before (`kept`) are not asked again. One message has
    at most `most_points`, all of one question. Short ids are handed out in the chat's order, each
    once.
    """
    known = _Chat(chat, posts, placements)
    answered = match_rewordings(kept, model)
    requests: list[Request] = []
    for question in summary.questions:
        points: dict[str, PointAsked] = {}
        for bullet in question.bullets:
            if bullet.origin == "quoted" and answered(question.label, bullet) is None:
                sent = known.send(bullet)
                if sent:
                    known.points += 1
                    points[f"p{known.points}"] = PointAsked(bullet=bullet, sent=sent)
        rows = list(points.items())
        requests += [
            _make_request(question, dict(rows[first : first + most_points]), known)
            for first in range(0, len(rows), most_points)
        ]
    return Plan(requests=tuple(requests), withheld=tuple(known.withheld))


def _make_request(
    question: QuestionSummary, points: Mapping[str, PointAsked], known: _Chat
) -> Request:
    wording = "" if speaks_to_machine(question.text) else question.text
    rows = [
        SentPoint(
            id=name,
            posts=[SentPost(id=one, text=sent.source.text) for one, sent in asked.sent.items()],
        )
        for name, asked in points.items()
    ]
    return Request(
        question=question.label,
        known=Known(question=question.text, people=known.people),
        message=write_message(wording, rows),
        points=points,
    )


class _Chat:
    """What is known of the chat while short ids are handed out."""

    def __init__(self, chat: Chat, posts: Sequence[Post], placements: Sequence[Placement]) -> None:
        self.posts = {post.id: post for post in posts}
        self.spam = {placement.post for placement in placements if placement.kind == "spam"}
        self.hashtag = chat.hashtag
        self.handles = frozenset(post.author.casefold() for post in posts)
        self.people = list_people(posts)
        self.points = self.sent = 0
        self.withheld: dict[str, None] = {}

    def send(self, bullet: Bullet) -> dict[str, SentSource]:
        """Return what is sent of the posts behind a bullet; {} where it may not be asked about."""
        behind = [self.posts[one] for one in bullet.posts if one in self.posts]
        orders = [post.id for post in behind if speaks_to_machine(post.text)]
        self.withheld |= dict.fromkeys(orders)
        barred = any(post.deleted or post.text_lost or post.id in self.spam for post in behind)
        if orders or barred or len(behind) < len(bullet.posts):
            return {}
        sent: dict[str, SentSource] = {}
        for source in find_sources(bullet, self.posts, self.hashtag, self.handles):
            self.sent += 1
            sent[f"a{self.sent}"] = source
        return sent


def guess_tokens(text: str) -> int:
    """Guess how many tokens a text has, rather too many than too few."""
    latin = sum(ord(sign) < 0x250 for sign in text)
    return math.ceil(latin / LETTERS_PER_TOKEN + (len(text) - latin) / SIGNS_PER_TOKEN)
