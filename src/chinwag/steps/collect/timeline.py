"""The timeline: when who posted and with which hashtags, for files too large to hold.

It is filled post by post on the way in and keeps a few numbers a post (some 30 bytes), so that
the hashtag and the window can be found before any post is loaded.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from chinwag.model import Post
from chinwag.steps.collect.moments import Columns, Moments, mark_first, sort_moments
from chinwag.text.hashtags import find_hashtags, fold_tag
from chinwag.text.labels import find_labels

_MOST_TAGS = 100_000  # different ones that are counted
_OPENING = 80  # characters that are looked at for a label
# A word and a number, first or after mentions and marks: most posts need no closer look.
_MAYBE_LABEL = re.compile(r"(?:[@#][\w.@-]++|[\W_]++)*+[^\W\d]{1,10}\W{0,3}\d")


class Timeline:
    """Counts of posts that pass by. A post seen twice counts once; a tombstone does not count."""

    def __init__(self) -> None:
        self._ids = array("q")  # hashes
        self._spoken = bytearray()
        self._columns = Columns(array("d"), array("q"), bytearray())
        self._carrying: dict[str, array[int]] = {}
        self._spellings: Counter[str] = Counter()
        self._first = bytearray()  # which of the records are the first of their post
        self._length = 0

    def add(self, post: Post) -> None:
        """Count one post."""
        if post.deleted:
            return
        text = post.text
        at, author, asks = self._columns
        self._ids.append(hash(post.id))
        at.append(post.created_at.timestamp())
        author.append(hash(post.author.casefold()))
        self._spoken.append(not (post.repost_of or text.startswith(("RT @", "MT @"))))
        asks.append(_find_opening(text) == "question")
        tags = post.hashtags or (find_hashtags(text) if _has_mark(text) else ())
        if tags:
            self._count_tags(len(at) - 1, tags)

    def _count_tags(self, number: int, tags: Iterable[str]) -> None:
        for tag in dict.fromkeys(tags):
            self._spellings[tag] += 1
            carrying = self._carrying.get(folded := fold_tag(tag))
            if carrying is None:
                carrying = self._carrying[folded] = array("i")
            if not carrying or carrying[-1] != number:
                carrying.append(number)
        if len(self._carrying) > _MOST_TAGS:
            self._forget_rare_tags()

    def _forget_rare_tags(self) -> None:
        """Forget the tags that hardly any post carries: the chat's is none of those."""
        least = sorted(map(len, self._carrying.values()))[len(self._carrying) // 2]
        self._carrying = {tag: all_ for tag, all_ in self._carrying.items() if len(all_) > least}
        kept = self._carrying.keys()
        self._spellings = Counter(
            {said: count for said, count in self._spellings.items() if fold_tag(said) in kept}
        )

    def _settle(self) -> bytearray:
        """Return which records count: the first of each post."""
        if len(self._first) < len(self._ids):
            self._first = mark_first(self._ids)
            self._length = sum(self._first)
        return self._first

    def __len__(self) -> int:
        """Return the number of different posts."""
        self._settle()
        return self._length

    def find_known(self, ids: Iterable[str]) -> set[str]:
        """Return those of the ids of which a post has been counted."""
        asked = {hash(id_): id_ for id_ in ids}
        return {asked[number] for number in self._ids if number in asked}

    @property
    def first(self) -> datetime | None:
        """The time of the earliest post."""
        return self._tell_time(min)

    @property
    def last(self) -> datetime | None:
        """The time of the latest post."""
        return self._tell_time(max)

    def _tell_time(self, choose: Callable[[Iterable[float]], float]) -> datetime | None:
        times = self._columns.at
        return datetime.fromtimestamp(choose(times), UTC) if times else None

    def list_tags(self) -> tuple[str, ...]:
        """Return every hashtag, folded for comparing, in the order of first appearance."""
        counts = self._settle()
        return tuple(tag for tag, all_ in self._carrying.items() if any(counts[n] for n in all_))

    def list_moments(self, hashtag: str = "", *, reposts: bool = False) -> Moments:
        """Return the moments of all posts, or of those with a hashtag, in time order.

        Reposts are left out unless asked for: they are not speech.
        """
        return sort_moments(self._columns, self._list_places(hashtag, reposts=reposts))

    def _list_places(self, hashtag: str, *, reposts: bool) -> array[int]:
        places = self._carrying.get(fold_tag(hashtag), ()) if hashtag else range(len(self._ids))
        counts, spoken = self._settle(), self._spoken
        return array("i", (one for one in places if counts[one] and (reposts or spoken[one])))

    def count_carriers(self, tag: str) -> tuple[int, int]:
        """Return how many posts carry a tag, reposts included, and by how many people."""
        places = self._list_places(tag, reposts=True)
        moments = Moments(self._columns, places)
        return len(moments), moments.count_people()

    def spell_tag(self, tag: str) -> str:
        """Return a tag in the case in which it is most often written."""
        folded = fold_tag(tag)
        spellings = [
            (-count, written)
            for written, count in self._spellings.items()
            if fold_tag(written) == folded
        ]
        return min(spellings)[1] if spellings else tag.strip().lstrip("#\uff03")


def _has_mark(text: str) -> bool:
    return "#" in text or "\uff03" in text


def _find_opening(text: str) -> str:
    """Return the role of the label that opens a text, "" where there is none."""
    opening = text[:_OPENING]
    if opening.startswith(("RT @", "MT @")) or not _MAYBE_LABEL.match(opening):
        return ""
    labels = find_labels(opening)
    return next((label.role for label in labels if label.where == "start"), "")
