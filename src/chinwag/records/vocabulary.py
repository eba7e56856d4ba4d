"""The names that stand in journals and in exports, each written down once.

A capture's journal holds one record a line. Most are what a network said; those of the route
`capture:...` are what the capture noted about itself, and their `address` names a route.
"""

from __future__ import annotations

JOURNAL = "capture-jsonl"  # the format of a capture's journal
POSTS = "generic-jsonl"  # the format of what may stay of a cleared file

EVENT = "capture"  # the network of what a capture notes about itself
BEGUN = "capture:begun"  # a run of the capture began; no address
TORN = "capture:torn"  # a line that a kill left unfinished was cut off; no address
ROUTE = "capture:route"  # a route was started: its network, kind and origin
GIVES = "capture:gives"  # the "ROUTE ADDRESS" under which its records stand
NOTICE = "capture:notice"  # something a host may want to know: kind, what, todo

KEPT_POSTS = "kept_posts"  # the posts that may stay of a record whose text had to go


def name_network(route: str) -> str:
    """Return the network of a route: "mastodon" of "mastodon:stream"."""
    return route.partition(":")[0]
