"""The one registry of networks: a network is added with a line here, and nowhere else.

Its name is that of its folder in `networks/`, and what stands before the colon of its routes
("mastodon:stream"). Beside it stands the file of this room whose `convert_record` is its converter;
that is loaded for its first record, so that reading a file waits for no network's records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module

from chinwag.model import Deletion, Post, RawPost
from chinwag.records.contract import ReadOptions

Convert = Callable[[RawPost, ReadOptions], Iterable[Post | Deletion]]

CONVERTERS: Mapping[str, str] = {  # in the order in which help and settings list them
    "mastodon": "mastodon_statuses",
    "bluesky": "bluesky_posts",
    "rss": "feed_entries",
    "x": "tweets_v2",
    "paste": "pasted_posts",
    "example": "example_notes",
}


def find_converter(network: str) -> Convert | None:
    """Return what converts the records of a network, None where there is none of that name."""
    if network not in CONVERTERS:
        return None
    convert: Convert = import_module(f"chinwag.records.{CONVERTERS[network]}").convert_record
    return convert
