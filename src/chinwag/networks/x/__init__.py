"""X: a hashtag by the recent search of its API v2, with the group's own token; every post costs.

What lives here: `search`. What a post says is read by `importers/tweets_v2`. README.md: limits,
prices, terms.
May import: what NETWORKS may. May not import: other networks.
Example: `XSearch(Secret("..."), most=500, price=0.005)`.
"""

from chinwag.networks.x.search import XSearch

__all__ = ["XSearch"]
