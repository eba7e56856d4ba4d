"""Statements: what each post says, ready to be grouped and chosen.

A statement is a post with its cleaned text, the stretch of it that could be quoted, and what it is
worth as a bullet. Making one decides nothing about the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import accumulate

import msgspec

from chinwag.model import Placement, Post, Quote
from chinwag.steps.judging.phrase_classes import leans_back, skip_ties
from chinwag.steps.judging.surroundings import is_labelled
from chinwag.steps.reading.read_post import ReadPost
from chinwag.steps.summarise.quoting import (
    Span,
    cut_spans,
    holds_others_words,
    is_part,
    pick_spans,
)
from chinwag.text.cleaning import clean_post
from chinwag.text.words import Words, content_words

QUOTABLE_KINDS = frozenset({"answer", "reply"})

Weigh = Callable[[Sequence[ReadPost]], float]


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """What one post says, or several in which its author went on: `post`, then `more`.

    `text` is the cleaned post, `said` its content words. `point` is the stretch of it that could be
    a bullet, "" where nothing can be quoted; `told` are the content words of the point, doubles
    included, and `words` each of them once. `quality` is what it is worth as a bullet (0 to 1),
    `confidence` how surely the post belongs to the question. `numbered` is whether its author wrote
    an answer's number on it. `parts` holds which words of the point stand in which post, where it
    has words of more than the first. `answers` is the id of the post that it likely answers, ""
    where it speaks to everybody, and `agreement` how likely it only agrees with that.
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
    answers: str = ""
    agreement: float = 0.0

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
    weigh: Weigh = lambda _: 1.0,
) -> Statement:
    """Return what the posts of a run say.

    `people` are case-folded handles; `weigh` tells what some posts in a row are worth.
    """
    reads = [read for read, _ in run]
    post, placement = reads[0].post, run[0][1]
    texts = ["" if read.is_silent else clean(read, hashtag, people) for read in reads]
    text = " ".join(texts)
    joined = len(run) > 1
    quotable = placement.kind in QUOTABLE_KINDS and _stands_by_itself(reads, placement, text)
    spans = reads[0].recall(_pick_spans, text, gaps=not joined) if quotable else ()
    point = cut_spans(text, spans)
    told = reads[0].recall(_list_words, point)
    return Statement(
        post=post,
        more=tuple(read.post for read in reads[1:]),
        kind=placement.kind,
        text=text,
        point=point,
        said=told if point == text else reads[0].recall(_list_words, text),
        quality=weigh(reads) if point else 0.0,
        told=told,
        words=tuple(dict.fromkeys(told)),
        numbered=any(map(is_labelled, reads)),
        confidence=placement.confidence,
        parts=_cut_parts([read.post for read in reads], texts, spans) if joined else (),
    )


def _stands_by_itself(reads: Sequence[ReadPost], placement: Placement, text: str) -> bool:
    """Return whether it is not half of something, somebody else's words, or a retort.

    "But that only works by day" makes sense under what it replies to alone.
    """
    if holds_others_words(reads[0].text) or (len(reads) == 1 and is_part(reads[0].text)):
        return False
    return placement.kind != "reply" or not leans_back(text[skip_ties(text) :])


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


def read_ahead(read: ReadPost, hashtag: str) -> None:
    """Work out in advance what a summary will ask of a post by itself.

    Handles that stand without `@` are not known yet: a post that opens with one is read again.
    """
    if not read.is_silent:
        text = _clean(read, hashtag, frozenset())
        point = cut_spans(text, read.recall(_pick_spans, text, gaps=True))
        read.recall(_list_words, point)
        read.recall(_list_words, text)


def _pick_spans(_read: ReadPost, text: str, *, gaps: bool) -> tuple[Span, ...]:
    """Return the stretches that could be quoted of a text that begins with the post's."""
    return pick_spans(text, gaps=gaps)


def _list_words(_read: ReadPost, text: str) -> Words:
    """Return the content words of a text that begins with the post's."""
    return content_words(text)


def clean(read: ReadPost, hashtag: str, people: frozenset[str]) -> str:
    """Return a post's words as `clean_post` does, worked out once a reading."""
    return read.recall(_clean, hashtag, people)


def _clean(read: ReadPost, hashtag: str, people: frozenset[str]) -> str:
    return clean_post(read.text, hashtag, people, read.labels)
