"""BLUESKY: the AT Protocol network, read by its streams, its app view and its search.

What lives here: `jetstream` and `firehose` (everything as it happens, of which `sieve` keeps the
chat's), `threads` and `search` (the app view), `people` (who a DID is), `session` (signing in),
`announce` and `record` (posting). What a record says is read by `importers/bluesky_posts`.
README.md: limits, terms, policy, what was tried. May import: what NETWORKS may. May not import:
other networks. Example: `BlueskyJetstream(hosts, app_view=app_view)`.
"""

from chinwag.networks.bluesky.announce import BlueskyAnnouncer
from chinwag.networks.bluesky.firehose import BlueskyFirehose
from chinwag.networks.bluesky.jetstream import BlueskyJetstream
from chinwag.networks.bluesky.search import BlueskySearch
from chinwag.networks.bluesky.session import Session
from chinwag.networks.bluesky.threads import BlueskyThreads

__all__ = [
    "BlueskyAnnouncer",
    "BlueskyFirehose",
    "BlueskyJetstream",
    "BlueskySearch",
    "BlueskyThreads",
    "Session",
]
