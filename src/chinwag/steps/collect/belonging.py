"""Belonging: whether a file that is added to a chat holds anything of that chat.

A file may be an archive that spans the chat, or hold late answers alone; what is of another day or
under another hashtag is of another chat.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from datetime import timedelta

import msgspec

from chinwag.model import Post, Window
from chinwag.steps.collect.hashtag import find_hashtag
from chinwag.steps.collect.timeline import Timeline

NEAR = timedelta(days=1)  # before and after its window a chat is still of that day


class Held:
    """What one file holds, as far as it tells whose it is: filled post by post."""

    def __init__(self) -> None:
        self.timeline = Timeline()
        self._ids = array("q")

    def add(self, post: Post) -> None:
        """Count one post."""
        self.timeline.add(post)
        self._ids.append(hash(post.id))

    def __len__(self) -> int:
        """Return the number of records of posts."""
        return len(self._ids)

    def holds_any(self, posts: Iterable[Post]) -> bool:
        """Return whether one of these posts stands in the file."""
        return not {hash(post.id) for post in posts}.isdisjoint(self._ids)


class Strangeness(msgspec.Struct, frozen=True, kw_only=True):
    """Why a file seems to be of another chat: it is of another day, or under another hashtag."""

    is_far: bool = False
    hashtag: str = ""


def find_strangeness(held: Held, window: Window, hashtag: str) -> Strangeness | None:
    """Return why a file seems to be of another chat than this one; None where nothing says so.

    Late answers to the chat are not looked for: see `select_posts`.
    """
    timeline = held.timeline
    if not len(timeline):
        return None
    first, last = (window.start - NEAR).timestamp(), (window.end + NEAR).timestamp()
    moments = timeline.list_moments(reposts=True)
    if moments.find_from(first) == moments.find_after(last):
        return Strangeness(is_far=True)
    if not hashtag or timeline.count_carriers(hashtag)[0]:
        return None
    own = find_hashtag(timeline)
    return Strangeness(hashtag=own) if own else None
