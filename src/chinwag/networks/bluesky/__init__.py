"""BLUESKY: the AT Protocol network, read by its streams, its app view and its search.

What lives here: `jetstream` and `firehose` (everything as it happens, of which `sieve` keeps the
chat's), `threads` and `search` (the app view), `people` (who a DID is), `session` (signing in),
`announce` and `record` (posting). What a record says is read by `importers/bluesky_posts`.
README.md: limits, terms, policy, what was tried. May import: what NETWORKS may. May not import:
other networks. Example: `BlueskyJetstream(JETSTREAMS, app_view=APP_VIEW)`.
"""

from chinwag.networks.bluesky.jetstream import BlueskyJetstream
from chinwag.networks.bluesky.search import BlueskySearch
from chinwag.networks.bluesky.session import Session
from chinwag.networks.bluesky.threads import BlueskyThreads

JETSTREAMS = ("https://jetstream.us-east.bsky.network", "https://jetstream.us-west.bsky.network")
RELAY = "https://bsky.network"
APP_VIEW = "https://public.api.bsky.app"

__all__ = [
    "APP_VIEW",
    "JETSTREAMS",
    "RELAY",
    "BlueskyJetstream",
    "BlueskySearch",
    "BlueskyThreads",
    "Session",
]
