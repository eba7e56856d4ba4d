"""Statements: what each post says, ready to be grouped and chosen.

A statement is a post with its cleaned text, the stretch of it that could be quoted, and how well
that stretch would stand alone. Making one decides nothing about the others.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import accumulate

import msgspec

from chinwag.model import Placement, Post, Quote
from chinwag.steps.reading.read_post import ReadPost
from chinwag.steps.summarise.quoting import Span, cut_spans, judge_point, pick_spans
from chinwag.text.cleaning import clean_post
from chinwag.text.words import Words, content_words

QUOTABLE_KINDS = frozenset({"answer", "reply"})


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """What one post says, or several in which its author went on: `post`, then `more`.

    `text` is the cleaned post, `said` its content words. `point` is the stretch of it that could be
    a bullet, "" where nothing can be quoted; `told` are the content words of the point, doubles
    included, and `words` each of them once. `quality` is how well the point stands alone (0 to 1),
    `confidence` how surely the post belongs to the question. `numbered` is whether its author wrote
    an answer's number on it. `parts` holds which words of the point stand in which post, where it
    has words of more than the first.
    """

    post: Post
    more: tuple[Post, ...] = ()
    kind: str
    text: str
    point: str
    said: Words
    quality: float
    told: Words
    words: Words
    numbered: bool = False
    confidence: float = 1.0
    parts: tuple[Quote, ...] = ()

    @property
    def when(self) -> tuple[datetime, str]:
        """When it was said, and the post's id: statements sort by it."""
        return self.post.created_at, self.post.id

    @property
    def posts(self) -> tuple[Post, ...]:
        """Every post of it, in the order in which they were said."""
        return (self.post, *self.more)


def make_statement(
    run: Sequence[tuple[ReadPost, Placement]],
    hashtag: str,
    people: frozenset[str] = frozenset(),
    moderators: Collection[str] = (),
    *,
    strict: bool = False,
) -> Statement:
    """Return what the posts of a run say.

    `people` and `moderators` are case-folded handles; `strict` is as in `judge_point`.
    """
    reads = [read for read, _ in run]
    post, placement = reads[0].post, run[0][1]
    texts = ["" if read.is_silent else clean(read, hashtag, people) for read in reads]
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
    told = content_words(point)
    return Statement(
        post=post,
        more=tuple(read.post for read in reads[1:]),
        kind=placement.kind,
        text=text,
        point=point,
        said=told if point == text else content_words(text),
        quality=quality,
        told=told,
        words=tuple(dict.fromkeys(told)),
        numbered=any(map(is_numbered, reads)),
        confidence=placement.confidence,
        parts=_cut_parts([read.post for read in reads], texts, spans) if joined else (),
    )


def _cut_parts(
    posts: Sequence[Post], texts: Sequence[str], spans: Sequence[Span]
) -> tuple[Quote, ...]:
    """Return the words of each post that stand in a point of several posts."""
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


def clean(read: ReadPost, hashtag: str, people: frozenset[str]) -> str:
    """Return a post's words as `clean_post` does, worked out once a reading."""
    return read.recall(_clean, hashtag, people)


def _clean(read: ReadPost, hashtag: str, people: frozenset[str]) -> str:
    return clean_post(read.text, hashtag, people, read.labels)


def is_numbered(read: ReadPost) -> bool:
    """Return whether its author wrote an answer's number on a post."""
    return any(label.role == "answer" for label in read.labels)
