"""From settings to accounts: as whom a host posts on each network."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from chinwag.config import Settings
from chinwag.errors import InputError
from chinwag.networks import bluesky, mastodon
from chinwag.networks.contract import Announcer
from chinwag.setup.clock import SystemClock
from chinwag.setup.routes import list_token_servers, open_server


@asynccontextmanager
async def open_accounts(
    settings: Settings, servers: Sequence[str], *, with_bluesky: bool
) -> AsyncIterator[Mapping[str, Announcer]]:
    """Give an announcer for each account of the settings, by the account's name.

    Where neither `servers` nor Bluesky are named, every server with a token is meant, and Bluesky.
    Raises InputError where there is no account, NetworkError where a server cannot be asked.
    """
    clock = SystemClock()
    accounts: dict[str, Announcer] = {}
    everywhere = not servers and not with_bluesky
    async with AsyncExitStack() as stack:
        for address in list_token_servers(settings) if everywhere else servers:
            server = open_server(settings, address)
            opened = await mastodon.open_announcer(server, clock)
            accounts[f"mastodon {server.host}"] = opened
        if (everywhere or with_bluesky) and settings.bluesky_handle and settings.bluesky_password:
            account = (settings.bluesky_handle, settings.bluesky_password)
            session = bluesky.Session(
                settings.bluesky_address, *account, clock, contact=settings.contact
            )
            await stack.enter_async_context(session)
            accounts[f"bluesky {settings.bluesky_handle}"] = bluesky.BlueskyAnnouncer(
                session, clock
            )
        if not accounts:
            raise InputError(
                "There is no account to post with.",
                todo="Make an access token on your Mastodon server, with the scopes read and write,"
                " and give it as a setting (mastodon_tokens: SERVER=TOKEN); or set bluesky_handle"
                " and bluesky_password. `chinwag settings` lists what is set.",
            )
        yield accounts
