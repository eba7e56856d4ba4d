"""MASTODON: servers of the fediverse that speak Mastodon's API, each read for itself.

What lives here: `server` (one server, and what its routes tell each other), `stream`, `poll` and
`threads` (its routes), `announce` (posting), `seen` (what a route has given already). What a status
says is read by `importers/mastodon_statuses`. README.md: limits, terms, policy, what was tried.
May import: what NETWORKS may. May not import: other networks.
Example: `for route in make_routes(MastodonServer("glammr.us", token=token)): ...`
"""

from chinwag.networks.contract import Route
from chinwag.networks.mastodon.announce import MastodonAnnouncer, open_announcer
from chinwag.networks.mastodon.poll import MastodonPoll
from chinwag.networks.mastodon.server import MastodonServer
from chinwag.networks.mastodon.stream import MastodonStream
from chinwag.networks.mastodon.threads import MastodonThreads

__all__ = [
    "MastodonAnnouncer",
    "MastodonPoll",
    "MastodonServer",
    "MastodonStream",
    "MastodonThreads",
    "make_routes",
    "open_announcer",
]


def make_routes(server: MastodonServer) -> tuple[Route, ...]:
    """Give every way by which a server's posts can be had: streaming wants a token."""
    reading = (MastodonPoll(server), MastodonThreads(server))
    return (MastodonStream(server), *reading) if server.token else reading
