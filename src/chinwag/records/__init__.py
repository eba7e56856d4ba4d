"""RECORDS: what a network's server says, one record at a time, and the posts that it becomes.

What lives here: one file a network that converts its records (`mastodon_statuses`, `bluesky_posts`,
`tweets_v2`, `feed_entries`, `pasted_posts`, `example_notes`); `registry`, which names them; `live`,
which reads a journal's line by them; `vocabulary`, the names that journals and exports share;
permalinks, times, ids and repairs; `tweets`, `json_access` and `xml_elements`, which read what the
converters are given; `contract`, the options and the errors.
May import: `text`, `model`, `errors`. May not import: importers, stores, steps, a network.
Example: `posts = convert_live(RawPost(route="mastodon:stream", ...))`.
"""

from chinwag.records.contract import HiddenRow, ReadOptions, RowError
from chinwag.records.live import convert_live
from chinwag.records.registry import CONVERTERS
from chinwag.records.times import find_zone
from chinwag.records.vocabulary import name_network

__all__ = [
    "CONVERTERS",
    "HiddenRow",
    "ReadOptions",
    "RowError",
    "convert_live",
    "find_zone",
    "name_network",
]
