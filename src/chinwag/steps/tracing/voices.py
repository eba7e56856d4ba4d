"""Who stands behind a point: people who say it, and people who only agree with it."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import NamedTuple


class Voices(NamedTuple):
    """How many people say a point, and how many more only agree with it."""

    people: int
    agreed: int

    @property
    def kind(self) -> str:
        """What a bullet of so many people is: "shared" or "single"."""
        return "shared" if self.people > 1 else "single"


def count_voices(posts: Iterable[tuple[str, str]], agreeing: Container[str]) -> Voices:
    """Return who stands behind a point of these posts, given as ids with their authors.

    `agreeing` are the ids of posts that only agree. Whoever also says it is counted as saying it.
    """
    behind = tuple(posts)
    saying = {author for post, author in behind if post not in agreeing}
    return Voices(len(saying), len({author for _, author in behind} - saying))
