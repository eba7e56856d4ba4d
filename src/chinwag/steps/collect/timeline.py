"""The timeline: when who posted and with which hashtags, for files too large to hold.

It is filled post by post on the way in and keeps a few numbers a post (about 60 bytes), so that
the hashtag and the window can be found before any post is loaded.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from chinwag.model import Post
from chinwag.text.hashtags import find_hashtags, fold_tag
from chinwag.text.labels import find_labels

_OPENING = 80  # characters that are looked at for a label
# A word and a number, first or behind mentions and marks: spares most posts the closer look.
_MAYBE_LABEL = re.compile(r"(?:[@#][\w.@-]++|[\W_]++)*+[^\W\d]{1,10}\W{0,3}\d")


class Moment(msgspec.Struct, frozen=True, gc=False):
    """One post as the timeline keeps it: seconds since 1970, and a number for its author.

    `asks` is true where the post opens with the label of a question ("Q3:").
    """

    at: float
    author: int
    asks: bool


class Timeline:
    """Counts of posts that pass by. A post seen twice counts once; a tombstone does not count."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._at = array("d")
        self._author = array("l")
        self._spoken = bytearray()
        self._asks = bytearray()
        self._numbers: dict[str, int] = {}
        self._carrying: dict[str, array[int]] = {}
        self._spellings: Counter[str] = Counter()

    def add(self, post: Post) -> None:
        """Count one post."""
        key = hash(post.id)
        if key in self._seen or post.deleted:
            return
        self._seen.add(key)
        number = len(self._at)
        opening = _find_opening(post.text)
        self._at.append(post.created_at.timestamp())
        self._author.append(self._numbers.setdefault(post.author.casefold(), len(self._numbers)))
        self._spoken.append(not (post.repost_of or post.text.startswith(("RT @", "MT @"))))
        self._asks.append(opening == "question")
        self._count_tags(number, post)

    def _count_tags(self, number: int, post: Post) -> None:
        for tag in dict.fromkeys(post.hashtags or find_hashtags(post.text)):
            self._spellings[tag] += 1
            carrying = self._carrying.setdefault(fold_tag(tag), array("l"))
            if not carrying or carrying[-1] != number:
                carrying.append(number)

    def __len__(self) -> int:
        """Return the number of different posts."""
        return len(self._at)

    def holds(self, id_: str) -> bool:
        """Return whether a post of this id has been counted."""
        return hash(id_) in self._seen

    @property
    def first(self) -> datetime | None:
        """The time of the earliest post."""
        return datetime.fromtimestamp(min(self._at), UTC) if self._at else None

    @property
    def last(self) -> datetime | None:
        """The time of the latest post."""
        return datetime.fromtimestamp(max(self._at), UTC) if self._at else None

    def list_tags(self) -> tuple[str, ...]:
        """Return every hashtag, folded for comparing, in the order of first appearance."""
        return tuple(self._carrying)

    def list_moments(self, hashtag: str = "", *, reposts: bool = False) -> list[Moment]:
        """Return the moments of all posts, or of those with a hashtag, in time order.

        Reposts are left out unless asked for: they are not speech.
        """
        return sorted(self._read(hashtag, reposts=reposts), key=lambda moment: moment.at)

    def _read(self, hashtag: str, *, reposts: bool) -> Iterator[Moment]:
        numbers = self._carrying.get(fold_tag(hashtag), ()) if hashtag else range(len(self._at))
        for number in numbers:
            if reposts or self._spoken[number]:
                yield Moment(self._at[number], self._author[number], bool(self._asks[number]))

    def count_carriers(self, tag: str) -> tuple[int, int]:
        """Return how many posts carry a tag, reposts included, and by how many people."""
        carrying = self._carrying.get(fold_tag(tag), ())
        return len(carrying), len({self._author[number] for number in carrying})

    def spell_tag(self, tag: str) -> str:
        """Return a tag in the case in which it is most often written."""
        folded = fold_tag(tag)
        spellings = [
            (-count, written)
            for written, count in self._spellings.items()
            if fold_tag(written) == folded
        ]
        return min(spellings)[1] if spellings else tag.strip().lstrip("#\uff03")


def _find_opening(text: str) -> str:
    """Return the role of the label that opens a text, "" where there is none."""
    opening = text[:_OPENING]
    if opening.startswith(("RT @", "MT @")) or not _MAYBE_LABEL.match(opening):
        return ""
    labels = find_labels(opening)
    return next((label.role for label in labels if label.where == "start"), "")
