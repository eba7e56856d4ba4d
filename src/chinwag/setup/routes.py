"""From settings to networks: which routes a capture takes."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from chinwag.config import Settings
from chinwag.model import Secret
from chinwag.networks import bluesky, mastodon, paste, rss, x
from chinwag.networks.contract import Route
from chinwag.setup.text_file import read_text


class Sources(NamedTuple):
    """What a person names to be read; where nothing is named, the settings' servers and Bluesky."""

    servers: tuple[str, ...] = ()
    bluesky: bool = False
    feeds: tuple[str, ...] = ()
    x: bool = False
    pastes: tuple[Path, ...] = ()


def make_routes(settings: Settings, sources: Sources) -> tuple[Route, ...]:
    """Give the routes to what is named. Raises InputError for an address that cannot be."""
    if not any(sources):
        sources = Sources(servers=settings.mastodon_servers, bluesky=True)
    routes: list[Route] = []
    for address in dict.fromkeys(sources.servers):
        routes += mastodon.make_routes(open_server(settings, address))
    if sources.bluesky:
        routes += _make_bluesky(settings)
    routes += [rss.FeedPoll(address, contact=settings.contact) for address in sources.feeds]
    if sources.x:
        most, price = settings.x_limit, settings.x_price
        routes.append(x.XSearch(settings.x_token, most=most, price=price, contact=settings.contact))
    for path in sources.pastes:
        text = read_text(path, "The file", "Save what you copied as a text file.")
        routes.append(paste.Paste(text))
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
        bluesky.BlueskyFirehose(settings.bluesky_relay, app_view=view, contact=contact)
        if settings.bluesky_relay
        else bluesky.BlueskyJetstream(settings.bluesky_jetstreams, app_view=view, contact=contact),
        bluesky.BlueskyThreads(view, contact=contact),
    ]
    if settings.bluesky_handle and settings.bluesky_password:
        account = (settings.bluesky_address, settings.bluesky_handle, settings.bluesky_password)
        routes.append(bluesky.BlueskySearch(*account, contact=contact))
    return routes
