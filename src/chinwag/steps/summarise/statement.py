"""Statements: what each post says, ready to be grouped and chosen.

A statement is a post with its cleaned text, the stretch of it that could be quoted, and how well
that stretch would stand alone. Making one decides nothing about the others.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import accumulate

import msgspec

from chinwag.model import Placement, Post, Quote
from chinwag.steps.summarise.quoting import Span, cut_spans, judge_point, pick_spans
from chinwag.text.cleaning import clean_post
from chinwag.text.words import content_words

QUOTABLE_KINDS = frozenset({"answer", "reply"})


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """What one post says, or several in which its author went on: `post`, then `more`.

    `text` is the cleaned post, `point` the stretch of it that could be a bullet ("" where nothing
    can be quoted), `quality` how well the point stands alone (0 to 1), `words` the set of content
    words of the point in order of appearance,
    `confidence` how sure it is that the post belongs to the question. `parts` tells which words of
    the point stand in which post, where it has words of more than the first.
    """

    post: Post
    more: tuple[Post, ...] = ()
    kind: str
    text: str
    point: str
    quality: float
    words: tuple[str, ...]
    confidence: float = 1.0
    parts: tuple[Quote, ...] = ()

    @property
    def posts(self) -> tuple[Post, ...]:
        """Every post of it, in the order in which they were said."""
        return (self.post, *self.more)


def make_statement(
    run: Sequence[tuple[Post, Placement]],
    hashtag: str,
    people: Collection[str] = (),
    moderators: Collection[str] = (),
    *,
    strict: bool = False,
) -> Statement:
    """Give what the posts of a run say.

    `people` and `moderators` are case-folded handles; `strict` is as in `judge_point`.
    """
    post, placement = run[0]
    texts = ["" if is_silent(one) else clean_post(one.text, hashtag, people) for one, _ in run]
    text = " ".join(texts)
    quotable = placement.kind in QUOTABLE_KINDS
    spans = pick_spans(text, gaps=len(run) == 1, inside=not strict) if quotable else ()
    point = cut_spans(text, spans)
    joined = len(run) > 1
    quality = (
        judge_point(post, text, point, hashtag, moderators, joined=joined, strict=strict)
        if point
        else 0.0
    )
    if quality <= 0:
        point, spans = "", ()
    return Statement(
        post=post,
        more=tuple(one for one, _ in run[1:]),
        kind=placement.kind,
        text=text,
        point=point,
        quality=quality,
        words=tuple(dict.fromkeys(content_words(point))),
        confidence=placement.confidence,
        parts=_cut_parts([one for one, _ in run], texts, spans) if joined else (),
    )


def _cut_parts(
    posts: Sequence[Post], texts: Sequence[str], spans: Sequence[Span]
) -> tuple[Quote, ...]:
    """Give the words of each post that stand in a point of several posts."""
    starts = accumulate((len(text) + 1 for text in texts), initial=0)
    parts = []
    for post, text, start in zip(posts, texts, starts, strict=False):
        here = [
            (max(first, start) - start, min(last, start + len(text)) - start)
            for first, last in spans
            if first < start + len(text) and last > start
        ]
        if here:
            parts.append(Quote(post=post.id, author=post.author, text=cut_spans(text, here)))
    return tuple(parts)


def is_silent(post: Post) -> bool:
    """Tell whether a post has no words of its author's own: deleted, lost, or a repost."""
    return post.deleted or post.text_lost or bool(post.repost_of)
