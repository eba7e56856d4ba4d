"""From Bluesky's settings to routes and accounts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from chinwag.http.clock import Clock
from chinwag.networks.bluesky import BlueskySettings
from chinwag.networks.bluesky.announce import BlueskyAnnouncer
from chinwag.networks.bluesky.firehose import BlueskyFirehose
from chinwag.networks.bluesky.jetstream import BlueskyJetstream
from chinwag.networks.bluesky.search import BlueskySearch
from chinwag.networks.bluesky.session import Session
from chinwag.networks.bluesky.threads import BlueskyThreads
from chinwag.networks.contract import Announcer, Route
from chinwag.networks.declaration import Account


def make_routes(
    settings: BlueskySettings,
    named: Sequence[str],  # noqa: ARG001 - there is one Bluesky
    operator: str,
) -> tuple[Route, ...]:
    """Return a stream, the threads and, for people with an account, the search."""
    threads = BlueskyThreads(settings.app_view, operator=operator)
    if not _has_account(settings):
        return _make_stream(settings, operator), threads
    search = BlueskySearch(settings.address, settings.handle, settings.password, operator=operator)
    return _make_stream(settings, operator), threads, search


def list_accounts(
    settings: BlueskySettings,
    named: Sequence[str],  # noqa: ARG001 - the settings hold one account
    operator: str,
) -> tuple[Account, ...]:
    """Return the account of the settings, if any."""
    if not _has_account(settings):
        return ()

    @asynccontextmanager
    async def open_account(clock: Clock) -> AsyncIterator[Announcer]:
        account = (settings.address, settings.handle, settings.password)
        async with Session(*account, clock, operator=operator) as session:
            yield BlueskyAnnouncer(session, clock)

    return (Account(name=f"bluesky {settings.handle}", open=open_account),)


def _has_account(settings: BlueskySettings) -> bool:
    return bool(settings.handle and settings.password)


def _make_stream(settings: BlueskySettings, operator: str) -> Route:
    view = settings.app_view
    if settings.relay:
        return BlueskyFirehose(settings.relay, app_view=view, operator=operator)
    return BlueskyJetstream(settings.jetstreams, app_view=view, operator=operator)
