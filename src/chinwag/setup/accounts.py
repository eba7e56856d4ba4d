"""From settings to accounts: those with which a host posts on each network."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from typing import Any

from chinwag.config import Settings
from chinwag.errors import InputError, NetworkError
from chinwag.networks.contract import Announced, Announcement, Announcer
from chinwag.networks.declaration import Account, Network
from chinwag.networks.registry import Networks, list_networks
from chinwag.setup.clock import SystemClock
from chinwag.setup.routes import Named


@asynccontextmanager
async def open_accounts(
    settings: Settings, named: Named, networks: Networks | None = None
) -> AsyncIterator[Mapping[str, Announcer]]:
    """Return an announcer for each account of the settings, by the account's name.

    Where nobody names a network, every account of the settings is meant. An account that cannot be
    opened does not hinder the others: whatever is asked of its announcer raises the NetworkError.
    Raises InputError where there is no account.
    """
    clock = SystemClock()
    announcers: dict[str, Announcer] = {}
    async with AsyncExitStack() as stack:
        for network, account in _list_accounts(
            settings, named, list_networks() if networks is None else networks
        ):
            try:
                announcer = await stack.enter_async_context(account.open(clock))
            except NetworkError as error:
                announcer = ClosedAccount(network, error)
            announcers[account.name] = announcer
        yield announcers


def _list_accounts(
    settings: Settings, named: Named, networks: Networks
) -> list[tuple[str, Account]]:
    """Return each account with its network. Raises InputError where there is none."""
    found: list[tuple[str, Account]] = []
    asked = [network for network in networks if network.name in named or not named]
    for network in asked:
        listed = _list_own(settings, network, named)
        found += [(network.name, account) for account in listed]
    if not found:
        remedies = [one.posting.remedy for one in asked if one.posting is not None]
        raise InputError("There is no account to post with.", code="no-account", ways=remedies)
    return found


def _list_own(settings: Settings, network: Network[Any], named: Named) -> tuple[Account, ...]:
    if network.posting is None:
        return ()
    own, values = settings.find_own(network), named.get(network.name, ())
    return tuple(network.posting.list_accounts(own, values, settings.operator))


class ClosedAccount:
    """The announcer of an account that cannot be opened."""

    def __init__(self, network: str, error: NetworkError) -> None:
        self.network = network
        self._error = error

    def check(self, announcement: Announcement) -> str:  # noqa: ARG002
        """Return why nothing would go out here."""
        return f"Nothing would go out here: {self._error}"

    async def check_rights(self) -> None:
        """Raise the error."""
        raise self._error

    async def announce(self, announcement: Announcement) -> Announced:  # noqa: ARG002
        """Raise the error."""
        raise self._error

    async def look_up(self, id: str, text: str, at: datetime) -> Announced | None:  # noqa: ARG002
        """Raise the error."""
        raise self._error

    async def edit(self, id: str, announcement: Announcement) -> Announced:  # noqa: ARG002
        """Raise the error."""
        raise self._error

    async def delete(self, id: str) -> None:  # noqa: ARG002
        """Raise the error."""
        raise self._error
