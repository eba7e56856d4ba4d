"""Measures: the figures of a chat, each countable by hand from its lists."""

from __future__ import annotations

import msgspec


class Measures(msgspec.Struct, frozen=True, kw_only=True):
    """Figures of one chat.

    `posts` are originals that still have a text or had one (tombstones and spam apart), `people`
    their authors (the accounts of one host as one person), `reposts` the folded reposts,
    `reposters` people who only reposted, `replies` posts that answer a post, `links` different
    addresses shared, `placed` posts with a question, `by_method` placed posts per method,
    `by_person` posts per author, most first. `spam` are posts that read like spam and count nowhere
    else, `removed` those of the `deleted` that were taken out.
    """

    posts: int
    people: int
    reposts: int
    reposters: int
    replies: int
    links: int
    pictures: int
    deleted: int
    placed: int
    by_method: dict[str, int]
    by_person: dict[str, int]
    spam: int = 0
    removed: int = 0
