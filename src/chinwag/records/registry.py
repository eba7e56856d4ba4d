"""The one registry of networks: a network is added with a line here, and nowhere else.

Its name is that of its folder in `networks/`, and what stands before the colon of its routes
("mastodon:stream"). Its converter is the `convert_record` of its own file in this room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from chinwag.model import Deletion, Post, RawPost
from chinwag.records import (
    bluesky_posts,
    example_notes,
    feed_entries,
    mastodon_statuses,
    pasted_posts,
    tweets_v2,
)
from chinwag.records.contract import ReadOptions

Convert = Callable[[RawPost, ReadOptions], Iterable[Post | Deletion]]

CONVERTERS: Mapping[str, Convert] = {  # in the order in which help and settings list them
    "mastodon": mastodon_statuses.convert_record,
    "bluesky": bluesky_posts.convert_record,
    "rss": feed_entries.convert_record,
    "x": tweets_v2.convert_record,
    "paste": pasted_posts.convert_record,
    "example": example_notes.convert_record,
}
