"""A summary: what was said on each question, every bullet pointing at its posts."""

from __future__ import annotations

import msgspec


class Bullet(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One point. `text` stands letter for letter in the post `quoted`, which is one of `posts`.

    `posts` are the ids of every post behind it, the quoted one first. `people` is the number of
    different authors of those posts. `kind` is "shared" (two or more people say it) or "single".
    `author` is the handle of the person quoted.
    """

    text: str
    posts: tuple[str, ...]
    people: int
    kind: str
    quoted: str
    author: str


class SharedLink(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A resource that was shared on a question, and the ids of the posts that share it."""

    url: str
    posts: tuple[str, ...]


class QuestionSummary(msgspec.Struct, frozen=True, kw_only=True):
    """One question's summary.

    `posts` and `people` count the posts placed on it (the asking posts apart) and their authors.
    `left_out` are the ids of posts placed on the question that stand behind no bullet.
    """

    label: str
    text: str
    posts: int
    people: int
    bullets: tuple[Bullet, ...]
    links: tuple[SharedLink, ...]
    left_out: tuple[str, ...]


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """The whole chat's summary: `summary.json`. `unplaced` are the ids with no question."""

    questions: tuple[QuestionSummary, ...]
    unplaced: tuple[str, ...]
