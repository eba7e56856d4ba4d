"""From settings to networks: which routes a capture takes, and with which accounts a host posts."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

from chinwag.config import Settings
from chinwag.model import Secret
from chinwag.networks import bluesky, mastodon
from chinwag.networks.contract import Route


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """Give the time, in aware UTC."""
        return datetime.now(UTC)

    async def pause(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(max(0.0, seconds))


def make_routes(
    settings: Settings, *, servers: Sequence[str], with_bluesky: bool
) -> tuple[Route, ...]:
    """Give the routes to some Mastodon servers and, where wanted, to Bluesky.

    Where neither is named, those of the settings are taken, and Bluesky. Raises InputError where a
    server's address cannot be.
    """
    if not servers and not with_bluesky:
        servers, with_bluesky = settings.mastodon_servers, True
    routes: list[Route] = []
    for address in dict.fromkeys(servers):
        routes += mastodon.make_routes(open_server(settings, address))
    if with_bluesky:
        routes += _make_bluesky(settings)
    return tuple(routes)


def open_server(settings: Settings, address: str) -> mastodon.MastodonServer:
    """Give a Mastodon server with the token that the settings hold for it, if any."""
    server = mastodon.MastodonServer(address, contact=settings.contact)
    token = settings.mastodon_tokens.get(server.host) or settings.mastodon_tokens.get(address)
    return mastodon.MastodonServer(address, token=token or Secret(), contact=settings.contact)


def list_token_servers(settings: Settings) -> tuple[str, ...]:
    """Give the Mastodon servers for which the settings hold a token, as they are named there."""
    named = {mastodon.MastodonServer(one).host: one for one in settings.mastodon_servers}
    return tuple(named.get(host, host) for host in settings.mastodon_tokens)


def _make_bluesky(settings: Settings) -> list[Route]:
    contact, view = settings.contact, settings.bluesky_app_view
    routes: list[Route] = [
        bluesky.BlueskyJetstream(settings.bluesky_jetstreams, app_view=view, contact=contact),
        bluesky.BlueskyThreads(view, contact=contact),
    ]
    if settings.bluesky_handle and settings.bluesky_password:
        account = (settings.bluesky_address, settings.bluesky_handle, settings.bluesky_password)
        routes.append(bluesky.BlueskySearch(*account, contact=contact))
    return routes
