"""Announce a question, or other words, on every network of the host's, each once.

What shall go out is written into the folder's outbox before it goes out, under a key that stays the
same however often it is tried: so the command can be run again after any failure.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from chinwag.errors import InputError, NetworkError
from chinwag.model import Chat, Note, Question, Sent, note_error
from chinwag.networks.contract import Announced, Announcement, Announcer, Picture
from chinwag.stores.folder import ChatFolder
from chinwag.text.hashtags import find_hashtags, fold_tag

_LABEL = re.compile(r"[Qq]?(\d{1,2}(?:\.\d)?)\Z")


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be announced, beside the words: a picture, the language, when, after which post.

    `at` is when it shall go out, None for now. `lang` is BCP 47.
    """

    picture: Picture | None = None
    lang: str = "en"
    at: datetime | None = None


class AnnounceReport(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an announcement on each account; `said` is what would go out (a dry run).

    `failed` says by account what went wrong: trying again is safe.
    """

    sent: tuple[Sent, ...] = ()
    said: Mapping[str, str] = {}
    failed: Mapping[str, Note] = {}


async def announce_question(
    into: Path,
    what: str,
    announcers: Mapping[str, Announcer],
    now: Callable[[], datetime],
    words: Words | None = None,
) -> AnnounceReport:
    """Post a question of the folder's ("3"), or other words, on every account, each once.

    Raises InputError for a question that the folder does not have, and for what a network would
    not take: nothing has gone out then.
    """
    words = words or Words()
    folder = ChatFolder.open(into)
    chat = folder.read_chat()
    label, text = write_text(chat, what)
    outbox = _Outbox(folder)
    made = {
        account: _announce(
            outbox.find_key(account, label, text) or _make_key(chat, account, label or text),
            chat,
            text,
            words,
        )
        for account in announcers
    }
    for account, announcer in announcers.items():
        announcer.check(made[account])
    due = words.at or now()
    for account in announcers:
        outbox.want(made[account].key, account, label, text, due)
    todo = {account for account in announcers if outbox.find(made[account].key).state != "out"}

    async def post(account: str) -> None:
        announced = await announcers[account].announce(made[account])
        outbox.note(made[account].key, announced, now() if words.at is None else due)

    failed = await _do_all(todo, post)
    return AnnounceReport(
        sent=tuple(outbox.find(made[account].key) for account in announcers), failed=failed
    )


def rehearse(
    into: Path, what: str, announcers: Mapping[str, Announcer], words: Words | None = None
) -> AnnounceReport:
    """Say what would go out on each account. Raises InputError for what cannot."""
    chat = ChatFolder.open(into).read_chat()
    label, text = write_text(chat, what)
    said = {
        account: announcer.check(
            _announce(_make_key(chat, account, label or text), chat, text, words or Words())
        )
        for account, announcer in announcers.items()
    }
    return AnnounceReport(said=said)


async def edit_announcement(
    into: Path,
    what: str,
    new: str,
    announcers: Mapping[str, Announcer],
    words: Words | None = None,
) -> AnnounceReport:
    """Change the words of what has been announced, on every account where it is out.

    Raises InputError where it is out nowhere, and for what a network would not take.
    """
    folder = ChatFolder.open(into)
    chat = folder.read_chat()
    label, text = write_text(chat, what)
    text = _add_tag(f"{_name_question(label)}: {new}" if label else new, chat)
    outbox = _Outbox(folder)
    found = _find_sent(chat, outbox, announcers, what)

    async def edit(account: str) -> None:
        sent = found[account]
        announced = await announcers[account].edit(
            sent.id, _announce(sent.key, chat, text, words or Words())
        )
        outbox.put(msgspec.structs.replace(sent, text=text, id=announced.id, url=announced.url))

    failed = await _do_all(set(found), edit)
    return AnnounceReport(
        sent=tuple(outbox.find(sent.key) for sent in found.values()), failed=failed
    )


async def delete_announcement(
    into: Path, what: str, announcers: Mapping[str, Announcer]
) -> AnnounceReport:
    """Take back what has been announced, on every account where it is out.

    Raises InputError where it is out nowhere.
    """
    folder = ChatFolder.open(into)
    outbox = _Outbox(folder)
    found = _find_sent(folder.read_chat(), outbox, announcers, what)

    async def delete(account: str) -> None:
        await announcers[account].delete(found[account].id)
        outbox.put(msgspec.structs.replace(found[account], text="", url="", state="deleted"))

    failed = await _do_all(set(found), delete)
    return AnnounceReport(
        sent=tuple(outbox.find(sent.key) for sent in found.values()), failed=failed
    )


def write_text(chat: Chat, what: str) -> tuple[str, str]:
    """Give the label ("" for other words) and the words as they shall stand, the hashtag in them.

    Raises InputError for a question that the chat does not have, or that has no words.
    """
    named = _LABEL.match(what.strip())
    if named is None:
        return "", _add_tag(what.strip(), chat)
    question = _find_question(chat, named[1])
    return question.label, _add_tag(f"{_name_question(question.label)}: {question.text}", chat)


def _find_question(chat: Chat, label: str) -> Question:
    for question in chat.questions:
        if question.label == label and question.text:
            return question
    raise InputError(
        "This chat has no words for a question {label}.",
        code="question-without-words",
        label=label,
        known=[question.label for question in chat.questions if question.text],
    )


def _name_question(label: str) -> str:
    number, _, part = label.partition(".")
    return f"Q{number} part {part}" if part else f"Q{number}"


def _add_tag(text: str, chat: Chat) -> str:
    if fold_tag(chat.hashtag) in map(fold_tag, find_hashtags(text)):
        return text
    return f"{text} #{chat.hashtag}"


def _make_key(chat: Chat, account: str, what: str) -> str:
    """Give the key of an announcement: the same for the same thing, so that it goes out once."""
    start = chat.window.start.isoformat() if chat.window else ""
    parts = "\0".join((chat.hashtag.casefold(), start, account, what))
    return hashlib.sha256(parts.encode()).hexdigest()[:32]


def _announce(key: str, chat: Chat, text: str, words: Words) -> Announcement:
    return Announcement(
        key=key,
        text=text,
        hashtag=chat.hashtag,
        lang=words.lang,
        picture=words.picture,
        at=words.at,
    )


def _find_sent(
    chat: Chat, outbox: _Outbox, announcers: Mapping[str, Announcer], what: str
) -> dict[str, Sent]:
    label, text = write_text(chat, what)
    found = {
        sent.account: sent
        for sent in outbox.sent
        if sent.account in announcers
        and sent.state in ("out", "waiting")
        and (sent.question == label if label else sent.text == text)
    }
    if not found:
        raise InputError(
            "{what!r} is out on none of your accounts.", code="announcement-unknown", what=what
        )
    return found


async def _do_all(accounts: set[str], act: Callable[[str], Awaitable[None]]) -> dict[str, Note]:
    """Act on all accounts at once; return what failed, by account."""
    failed: dict[str, Note] = {}

    async def try_one(account: str) -> None:
        try:
            await act(account)
        except NetworkError as error:
            failed[account] = note_error(error)

    await asyncio.gather(*(try_one(account) for account in sorted(accounts)))
    return failed


class _Outbox:
    """The folder's outbox; every change of it is on the disk before anything else is done."""

    def __init__(self, folder: ChatFolder) -> None:
        self._folder = folder
        self.sent: Sequence[Sent] = folder.read_outbox()

    def find(self, key: str) -> Sent:
        return next(sent for sent in self.sent if sent.key == key)

    def find_key(self, account: str, label: str, text: str) -> str:
        """Give the key under which it was tried before: what a key is made of may change since."""
        for sent in self.sent:
            is_same = sent.question == label if label else sent.text == text
            if sent.account == account and sent.state != "deleted" and is_same:
                return sent.key
        return ""

    def want(self, key: str, account: str, label: str, text: str, at: datetime) -> None:
        if any(sent.key == key and sent.state != "deleted" for sent in self.sent):
            return
        wanted = Sent(key=key, account=account, question=label, text=text, state="wanted", at=at)
        self.put(wanted)

    def note(self, key: str, announced: Announced, at: datetime) -> None:
        state = "out" if announced.url else "waiting"
        self.put(
            msgspec.structs.replace(
                self.find(key), state=state, id=announced.id, url=announced.url, at=at
            )
        )

    def put(self, sent: Sent) -> None:
        kept = [one for one in self._folder.read_outbox() if one.key != sent.key]
        self.sent = (*kept, sent)
        with self._folder.change() as change:
            change.write_outbox(self.sent)
