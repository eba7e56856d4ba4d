"""Announce a question, or other words, on every network of the host's, each once.

What is to go out is written into the folder's outbox first, under a key that stays the same however
often it is tried, so that the command can be run again after any failure. What waits at a server
until it is due is never posted again; the server is asked what has become of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from chinwag.errors import InputError, NetworkError
from chinwag.model import Note, Sent, note_error
from chinwag.networks.contract import Announcement, Announcer
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.announcement_words import Words, make_announcement, write_text
from chinwag.workflows.outbox import Outbox

# Called with how it stands on an account, once known, and whether it went out just now.
Hear = Callable[[Sent, bool], None]


class AnnounceReport(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an announcement on each account; `said` is what would go out (a dry run).

    `fresh` names the accounts on which it went out, was changed or taken back just now. `failed`
    says by account what went wrong: trying again is safe.
    """

    sent: tuple[Sent, ...] = ()
    fresh: tuple[str, ...] = ()
    said: Mapping[str, str] = {}
    failed: Mapping[str, Note] = {}


async def announce_question(
    into: Path,
    what: str,
    announcers: Mapping[str, Announcer],
    now: Callable[[], datetime],
    words: Words | None = None,
    hear: Hear = lambda _sent, _is_fresh: None,
) -> AnnounceReport:
    """Post a question of the folder's ("3"), or other words, on every account, each once.

    What waits at a server already stays as it is, whatever time `words` say. Raises InputError for
    a question that the folder does not have, for a time that is past, and for what a network would
    not accept: nothing has gone out then.
    """
    words = words or Words()
    refuse_past(words.at, now())
    folder = ChatFolder.open(into)
    outbox = Outbox(folder)
    label, text = write_text(folder.read_chat(), what)
    made = _make_all(folder, outbox, announcers, what, words)
    for account, announcer in announcers.items():
        announcer.check(made[account])
    for account in announcers:
        outbox.want(made[account].key, account, label, text, words.at or now())
    posting = _Posting(outbox, announcers, made, now, hear)
    failed = await act_on_all(announcers, posting.post)
    return AnnounceReport(
        sent=tuple(outbox.find(made[account].key) for account in announcers),
        fresh=tuple(posting.fresh),
        failed=failed,
    )


def rehearse(
    into: Path, what: str, announcers: Mapping[str, Announcer], words: Words | None = None
) -> AnnounceReport:
    """Return what would go out on each account. Raises InputError for what cannot go out.

    Whether its time is past is for `refuse_past` to say.
    """
    folder = ChatFolder.open(into)
    made = _make_all(folder, Outbox(folder), announcers, what, words or Words())
    said = {account: announcers[account].check(made[account]) for account in announcers}
    return AnnounceReport(said=said)


def rehearse_without_account(into: Path, what: str) -> AnnounceReport:
    """Return the words that would go out, where no account is set yet. Raises as `rehearse` does.

    Every network has its own limit of length, so nothing is said about that.
    """
    _, text = write_text(ChatFolder.open(into).read_chat(), what)
    return AnnounceReport(said={"No account is set yet; the words are": text})


async def act_on_all(
    accounts: Iterable[str], act: Callable[[str], Awaitable[None]]
) -> dict[str, Note]:
    """Act on all accounts at once; return what failed, by account."""
    failed: dict[str, Note] = {}

    async def try_one(account: str) -> None:
        try:
            await act(account)
        except NetworkError as error:
            failed[account] = note_error(error)

    await asyncio.gather(*(try_one(account) for account in sorted(accounts)))
    return failed


class _Posting:
    """Posts one announcement; `fresh` are the accounts on which it has gone out just now."""

    def __init__(
        self,
        outbox: Outbox,
        announcers: Mapping[str, Announcer],
        made: Mapping[str, Announcement],
        now: Callable[[], datetime],
        hear: Hear,
    ) -> None:
        self.fresh: list[str] = []
        self._outbox = outbox
        self._announcers = announcers
        self._made = made
        self._now = now
        self._hear = hear

    async def post(self, account: str) -> None:
        """Post it on one account, if it is not out or waiting there."""
        sent = self._outbox.find(self._made[account].key)
        if sent.state == "wanted":
            await self._announce(account)
        elif sent.state == "waiting":
            await self._look_up(account, sent)
        self._hear(self._outbox.find(sent.key), account in self.fresh)

    async def _announce(self, account: str) -> None:
        announcement = self._made[account]
        announced = await self._announcers[account].announce(announcement)
        if announced.is_new:
            self.fresh.append(account)
        self._outbox.note(announcement.key, announced, announcement.at or self._now())

    async def _look_up(self, account: str, sent: Sent) -> None:
        """Ask what has become of what waited there. Raises NetworkError where it is gone."""
        found = await self._announcers[account].look_up(sent.id, sent.text, sent.at)
        if found is None:
            raise NetworkError(
                "What waited at the server is gone and is not out: somebody took it back.",
                code="announcement-gone",
                is_final=True,
            )
        self._outbox.note(sent.key, found, sent.at)


def _make_all(
    folder: ChatFolder,
    outbox: Outbox,
    announcers: Mapping[str, Announcer],
    what: str,
    words: Words,
) -> dict[str, Announcement]:
    chat = folder.read_chat()
    label, text = write_text(chat, what)
    return {
        account: make_announcement(outbox.choose_key(chat, account, label, text), chat, text, words)
        for account in announcers
    }


def refuse_past(at: datetime | None, now: datetime) -> None:
    """Raise InputError where something is to go out at a time that is past."""
    if at is not None and at < now:
        raise InputError(
            "{moment} is past: nothing can go out then.",
            code="announcement-in-the-past",
            moment=f"{at:%Y-%m-%d %H:%M %Z}",
        )
