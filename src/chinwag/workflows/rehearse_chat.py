"""Rehearse the hour of a chat: every server, token and right is tried, and nothing is posted."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

from chinwag.errors import InputError, NetworkError
from chinwag.http.clock import Clock
from chinwag.model import Chat, Note, note_error
from chinwag.networks.contract import Announcer, Notice, Route
from chinwag.workflows.announcement_words import Words, make_announcement, write_text

PATIENCE = 20.0  # seconds in which a route must show that it works
_REACH = timedelta(hours=1)  # how far back a rehearsal looks for posts


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """How one route, account or question did. `note` says what is wrong, or what is limited."""

    name: str
    works: bool
    note: Note | None = None


class Rehearsal(msgspec.Struct, frozen=True, kw_only=True):
    """How the hour would go: by which routes posts would come, and where questions could go out.

    A question is tried on each account, and named "Q3, mastodon glam.example".
    """

    routes: tuple[Trial, ...]
    accounts: tuple[Trial, ...]
    questions: tuple[Trial, ...]

    @property
    def works(self) -> bool:
        """Whether everything works."""
        return all(trial.works for trial in (*self.routes, *self.accounts, *self.questions))


async def rehearse_chat(
    chat: Chat,
    routes: Sequence[Route],
    announcers: Mapping[str, Announcer],
    clock: Clock,
    wait: Callable[[float], Awaitable[None]],
) -> Rehearsal:
    """Try each route until it works or fails, each account's right to post, and each question.

    `wait` waits for as long as a route may take before it counts as silent. Nothing is posted and
    nothing is kept.
    """
    watch = _RehearsalWatch(chat.hashtag, clock)
    tried = await asyncio.gather(*(_try_route(route, watch, wait) for route in routes))
    accounts = await asyncio.gather(*(_try_account(*one) for one in announcers.items()))
    return Rehearsal(
        routes=tuple(tried),
        accounts=tuple(accounts),
        questions=tuple(_try_questions(chat, announcers)),
    )


class _RehearsalWatch:
    """What routes are told: nothing is known yet, and the last hour is wanted."""

    def __init__(self, hashtag: str, clock: Clock) -> None:
        self.hashtag = hashtag
        self.since = clock.now() - _REACH
        self.until: datetime | None = None
        self._clock = clock

    def is_known(self, id: str) -> bool:  # noqa: ARG002
        """Return False: no post is known."""
        return False

    def list_posts(self, network: str) -> list[tuple[str, datetime]]:  # noqa: ARG002
        """Return nothing: no post is known."""
        return []

    def now(self) -> datetime:
        """Return the time, in aware UTC."""
        return self._clock.now()

    async def pause(self, seconds: float) -> None:
        """Wait."""
        await self._clock.pause(seconds)


async def _try_route(
    route: Route, watch: _RehearsalWatch, wait: Callable[[float], Awaitable[None]]
) -> Trial:
    receiving = asyncio.ensure_future(_receive_first(route, watch))
    waiting = asyncio.ensure_future(wait(PATIENCE))
    try:
        await asyncio.wait([receiving, waiting], return_when=asyncio.FIRST_COMPLETED)
        if receiving.done():
            return receiving.result()
        return Trial(name=route.name, works=False)
    finally:
        receiving.cancel()
        waiting.cancel()
        await asyncio.wait([receiving, waiting])


async def _receive_first(route: Route, watch: _RehearsalWatch) -> Trial:
    """Receive until the route shows that it works, or what hinders it."""
    limit: Note | None = None
    try:
        async for item in route.receive(watch, ""):
            if isinstance(item, Notice) and item.kind == "lacking":
                limit = item.note
            elif not isinstance(item, Notice) or item.kind == "connected":
                return Trial(name=route.name, works=True, note=limit)
    except NetworkError as error:
        return Trial(name=route.name, works=False, note=note_error(error))
    return Trial(name=route.name, works=limit is None, note=limit)


async def _try_account(account: str, announcer: Announcer) -> Trial:
    try:
        await announcer.check_rights()
    except NetworkError as error:
        return Trial(name=account, works=False, note=note_error(error))
    return Trial(name=account, works=True)


def _try_questions(chat: Chat, announcers: Mapping[str, Announcer]) -> list[Trial]:
    trials = []
    for question in chat.questions:
        if not question.text:
            continue
        _, text = write_text(chat, question.label)
        announcement = make_announcement("", chat, text, Words())
        for account, announcer in announcers.items():
            name = f"Q{question.label}, {account}"
            try:
                announcer.check(announcement)
            except InputError as error:
                trials.append(Trial(name=name, works=False, note=note_error(error)))
            else:
                trials.append(Trial(name=name, works=True))
    return trials
