"""RSS: a hashtag's feed (RSS 2.0 or Atom), as a last resort: no edits, no replies, few posts.

What lives here: `feed` (the route), `xml` (reading XML from strangers). What an entry says is read
by `importers/feed_entries`. README.md: limits, terms, what was tried.
May import: what NETWORKS may. May not import: other networks.
Example: `FeedPoll("https://mastodon.example/tags/inkchat.rss")`.
"""

from chinwag.networks.rss.feed import FeedPoll

__all__ = ["FeedPoll"]
