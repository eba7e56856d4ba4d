"""The names that stand in journals and in exports, each written down once.

A capture's journal holds one record a line. Most are what a network said; those of the route
`capture:...` are what the capture noted about itself, and their `address` names a route.
"""

from __future__ import annotations

JOURNAL = "capture-jsonl"  # the format of a capture's journal
POSTS = "generic-jsonl"  # the format in which the posts of a cleared file are put down again

EVENT = "capture"  # the network of what a capture notes about itself
BEGUN = "capture:begun"  # a run of the capture began; no address
TORN = "capture:torn"  # a line that a kill left unfinished was cut off; no address
ROUTE = "capture:route"  # a route was started: its network, kind and origin
GIVES = "capture:gives"  # under which "ROUTE ADDRESS" its records stand
NOTICE = "capture:notice"  # something a host may want to know: kind, what, todo

KEPT_POSTS = "kept_posts"  # the key of a line whose text had to go: the posts that may stay


def name_network(route: str) -> str:
    """Return the network of a route: "mastodon" of "mastodon:stream"."""
    return route.partition(":")[0]
