"""The words that a point may be worded from: its own, and those of the posts behind it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from chinwag.model import LEFT_OUT_MARK, Bullet, Post
from chinwag.steps.tracing.claims import Source
from chinwag.text.cleaning import clean_post
from chinwag.text.words import content_words

FEWEST_WORDS = 3  # content words of a post behind a point that make it worth sending


class SentSource(msgspec.Struct, frozen=True, kw_only=True):
    """A post that was sent: its own id, and what of it the model saw."""

    post: str
    source: Source


def find_sources(
    bullet: Bullet, posts: Mapping[str, Post], hashtag: str, people: frozenset[str]
) -> list[SentSource]:
    """Return the words that a bullet may be worded from: its own, then the posts behind it.

    Posts that only agree are left out: there is nothing in them to word.
    """
    parts = {part.post for part in bullet.parts} | {bullet.quoted}
    quoted = posts[bullet.quoted]
    own = bullet.text.replace(LEFT_OUT_MARK, "…")
    sources = [SentSource(post=quoted.id, source=_make_source(quoted, own))]
    for post in (posts[one] for one in bullet.posts if one not in parts):
        words = clean_post(post.text, hashtag, people)
        if len(set(content_words(words))) >= FEWEST_WORDS:
            sources.append(SentSource(post=post.id, source=_make_source(post, words)))
    return sources


def _make_source(post: Post, text: str) -> Source:
    return Source(author=post.author, name=post.author_name, text=text)
