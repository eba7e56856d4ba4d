"""RSS: a hashtag's feed (RSS 2.0 or Atom), as a last resort: no edits, no replies, few posts.

What lives here: the declaration (`NETWORK`), `feed` (the route). Its XML is read by
`records/xml_elements`, what an entry says by `records/feed_entries`. README.md: limits, terms, what
was tried.
May import: what NETWORKS may. May not import: other networks.
Example: `FeedPoll("https://mastodon.example/tags/inkchat.rss")`.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from chinwag.networks.contract import Route
from chinwag.networks.declaration import Network, Option


class FeedSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Feeds need no settings."""


def _make_routes(
    settings: FeedSettings,  # noqa: ARG001
    addresses: Sequence[str],
    operator: str,
) -> Sequence[Route]:
    from chinwag.networks.rss.feed import FeedPoll

    return [FeedPoll(address, operator=operator) for address in addresses]


NETWORK = Network(
    name="rss",
    settings=FeedSettings,
    option=Option(name="feed", value="ADDRESS", help="A hashtag's RSS feed."),
    make_routes=_make_routes,
)
