"""Statements: what each post says, ready to be grouped and chosen.

A statement is a post with its cleaned text, the stretch of it that could be quoted, and how well
that stretch would stand alone. Making one decides nothing about the others.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from chinwag.model import Placement, Post
from chinwag.steps.summarise.word import judge_point, pick_point
from chinwag.text.cleaning import clean_post
from chinwag.text.words import content_words

QUOTABLE_KINDS = frozenset({"answer", "reply"})


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """What one post says.

    `text` is the cleaned post, `point` the stretch of it that could be a bullet ("" where nothing
    can be quoted), `quality` how well the point stands alone (0 to 1), `words` the set of content
    words of the point in order of appearance,
    `confidence` how sure it is that the post belongs to the question.
    """

    post: Post
    kind: str
    text: str
    point: str
    quality: float
    words: tuple[str, ...]
    confidence: float = 1.0


def make_statement(
    post: Post,
    placement: Placement,
    hashtag: str,
    people: Collection[str] = (),
    moderators: Collection[str] = (),
) -> Statement:
    """Give what a post says. `people` and `moderators` are case-folded handles."""
    text = "" if is_silent(post) else clean_post(post.text, hashtag, people)
    point = pick_point(text) if placement.kind in QUOTABLE_KINDS else ""
    quality = judge_point(post, text, point, hashtag, moderators) if point else 0.0
    if quality <= 0:
        point = ""
    return Statement(
        post=post,
        kind=placement.kind,
        text=text,
        point=point,
        quality=quality,
        words=tuple(dict.fromkeys(content_words(point))),
        confidence=placement.confidence,
    )


def is_silent(post: Post) -> bool:
    """Tell whether a post has no words of its author's own: deleted, lost, or a repost."""
    return post.deleted or post.text_lost or bool(post.repost_of)
