"""From Mastodon's settings to routes and accounts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from chinwag.http.clock import Clock
from chinwag.model import Secret
from chinwag.networks.contract import Announcer, Route
from chinwag.networks.declaration import Account
from chinwag.networks.mastodon import MastodonSettings
from chinwag.networks.mastodon.announce import open_announcer
from chinwag.networks.mastodon.poll import MastodonPoll
from chinwag.networks.mastodon.server import MastodonServer
from chinwag.networks.mastodon.stream import MastodonStream
from chinwag.networks.mastodon.threads import MastodonThreads


def make_routes(
    settings: MastodonSettings, servers: Sequence[str], operator: str
) -> tuple[Route, ...]:
    """Return every route to the servers, or to those of the settings where none is named."""
    chosen = dict.fromkeys(servers or settings.servers)
    opened = [open_server(settings, address, operator) for address in chosen]
    return tuple(route for server in opened for route in list_server_routes(server))


def list_server_routes(server: MastodonServer) -> tuple[Route, ...]:
    """Return every way by which a server's posts can be had: streaming needs a token."""
    reading = (MastodonPoll(server), MastodonThreads(server))
    return (MastodonStream(server), *reading) if server.token else reading


def list_accounts(
    settings: MastodonSettings, servers: Sequence[str], operator: str
) -> tuple[Account, ...]:
    """Return the account on each server, or on each that the settings hold a token for."""
    chosen = dict.fromkeys(servers or _list_token_servers(settings))
    return tuple(_name_account(open_server(settings, address, operator)) for address in chosen)


def open_server(settings: MastodonSettings, address: str, operator: str) -> MastodonServer:
    """Return a server with the token that the settings hold for it, if any."""
    server = MastodonServer(address, operator=operator)
    token = settings.tokens.get(server.host) or settings.tokens.get(address)
    return MastodonServer(address, token=token or Secret(), operator=operator)


def _list_token_servers(settings: MastodonSettings) -> list[str]:
    """Return the servers with a token, by the address that the settings give them."""
    addresses = {MastodonServer(address).host: address for address in settings.servers}
    return [addresses.get(host, host) for host in settings.tokens]


def _name_account(server: MastodonServer) -> Account:
    @asynccontextmanager
    async def open_account(clock: Clock) -> AsyncIterator[Announcer]:
        yield await open_announcer(server, clock)

    return Account(name=f"mastodon {server.host}", open=open_account)
