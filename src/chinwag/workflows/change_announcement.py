"""Change the words of what a host has announced, or take it back, wherever it is out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

import msgspec

from chinwag.errors import InputError
from chinwag.model import Note, Sent
from chinwag.networks.contract import Announcement, Announcer
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.announce_question import AnnounceReport, act_on_all
from chinwag.workflows.announcement_words import (
    Words,
    make_announcement,
    rewrite_text,
    write_text,
)
from chinwag.workflows.edit_chat import note_edit, word_question
from chinwag.workflows.outbox import Outbox


async def edit_announcement(
    into: Path,
    what: str,
    new: str,
    announcers: Mapping[str, Announcer],
    words: Words | None = None,
    *,
    at: datetime,
    who: str = "",
) -> AnnounceReport:
    """Change the words of what has been announced, on every account where it is out.

    A question has its new words in the folder, too, as soon as one network has them: `who` and `at`
    are noted with that edit. Raises InputError where it is out nowhere, and for what a network
    would not accept.
    """
    found, changed = _prepare_edit(into, what, new, announcers, words or Words())
    outbox, fresh = Outbox(ChatFolder.open(into)), list[str]()

    async def edit(account: str) -> None:
        sent = found[account]
        announced = await announcers[account].edit(sent.id, changed[account])
        text = changed[account].text
        outbox.put(msgspec.structs.replace(sent, text=text, id=announced.id, url=announced.url))
        fresh.append(account)

    failed = await act_on_all(found, edit)
    label = next(iter(found.values())).question
    if label and fresh:
        note_edit(into, partial(word_question, label=label, text=new), at=at, who=who)
    return _report(outbox, found, fresh, failed)


async def delete_announcement(
    into: Path, what: str, announcers: Mapping[str, Announcer]
) -> AnnounceReport:
    """Take back what has been announced, on every account where it is out or waits.

    Raises InputError where it is out nowhere.
    """
    found = _find_standing(into, what, announcers)
    outbox, fresh = Outbox(ChatFolder.open(into)), list[str]()

    async def delete(account: str) -> None:
        await announcers[account].delete(found[account].id)
        outbox.put(msgspec.structs.replace(found[account], text="", url="", state="deleted"))
        fresh.append(account)

    failed = await act_on_all(found, delete)
    return _report(outbox, found, fresh, failed)


def rehearse_edit(
    into: Path,
    what: str,
    new: str,
    announcers: Mapping[str, Announcer],
    words: Words | None = None,
) -> AnnounceReport:
    """Return the new words on each account. Raises InputError as `edit_announcement` does."""
    _, changed = _prepare_edit(into, what, new, announcers, words or Words())
    said = {account: announcers[account].check(one) for account, one in changed.items()}
    return AnnounceReport(said=said)


def rehearse_deletion(into: Path, what: str, announcers: Mapping[str, Announcer]) -> AnnounceReport:
    """Return what would be taken back. Raises InputError as `delete_announcement` does."""
    found = _find_standing(into, what, announcers)
    return AnnounceReport(said={account: sent.text for account, sent in found.items()})


def _prepare_edit(
    into: Path, what: str, new: str, announcers: Mapping[str, Announcer], words: Words
) -> tuple[dict[str, Sent], dict[str, Announcement]]:
    """Return what stands and what is to replace it, by account; it has been checked."""
    chat = ChatFolder.open(into).read_chat()
    found = _find_standing(into, what, announcers)
    changed = {
        account: make_announcement(sent.key, chat, rewrite_text(chat, sent.question, new), words)
        for account, sent in found.items()
    }
    for account, announcement in changed.items():
        announcers[account].check(announcement)
    return found, changed


def _find_standing(into: Path, what: str, announcers: Mapping[str, Announcer]) -> dict[str, Sent]:
    folder = ChatFolder.open(into)
    label, text = write_text(folder.read_chat(), what)
    standing = Outbox(folder).list_standing(label, text)
    found = {
        account: sent
        for account, sent in standing.items()
        if account in announcers and sent.state in ("out", "waiting")
    }
    if not found:
        raise InputError(
            "{what!r} is out on none of your accounts.", code="announcement-unknown", what=what
        )
    return found


def _report(
    outbox: Outbox, found: Mapping[str, Sent], fresh: list[str], failed: Mapping[str, Note]
) -> AnnounceReport:
    sent = tuple(outbox.find(one.key) for one in found.values())
    return AnnounceReport(sent=sent, fresh=tuple(fresh), failed=failed)
