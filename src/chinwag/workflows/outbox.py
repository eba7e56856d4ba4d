"""The outbox of a chat folder: what a host announced, where, and under which key."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from itertools import count

import msgspec

from chinwag.model import Chat, Sent
from chinwag.networks.contract import Announced
from chinwag.stores.folder import ChatFolder


class Outbox:
    """What was announced. Every change of it is on the disk before anything else is done."""

    def __init__(self, folder: ChatFolder) -> None:
        self._folder = folder
        self.sent: Sequence[Sent] = folder.read_outbox()

    def find(self, key: str) -> Sent:
        """Return what is known of a key that the outbox holds."""
        return next(sent for sent in self.sent if sent.key == key)

    def list_standing(self, label: str, text: str) -> dict[str, Sent]:
        """Return what has not been taken back of a question, or of other words, by account."""
        return {
            sent.account: sent
            for sent in self.sent
            if sent.state != "deleted" and _is_same(sent, label, text)
        }

    def choose_key(self, chat: Chat, account: str, label: str, text: str) -> str:
        """Return the key of an announcement: always the same, so that it goes out once.

        It is another one after each time that the announcement was taken back: a network remembers
        the earlier key, and would give no second post for it.
        """
        standing = self.list_standing(label, text).get(account)
        if standing is not None:
            return standing.key
        deleted = {sent.key for sent in self.sent}
        keys = (_make_key(chat, account, label or text, turn) for turn in count())
        return next(key for key in keys if key not in deleted)

    def want(self, key: str, account: str, label: str, text: str, at: datetime) -> None:
        """Note what is to go out, unless it is known already."""
        if any(sent.key == key for sent in self.sent):
            return
        self.put(Sent(key=key, account=account, question=label, text=text, state="wanted", at=at))

    def note(self, key: str, announced: Announced, at: datetime) -> None:
        """Note what became of an announcement: it is out, or waits at the server."""
        state = "out" if announced.url else "waiting"
        sent = msgspec.structs.replace(
            self.find(key), state=state, id=announced.id, url=announced.url, at=at
        )
        self.put(sent)

    def put(self, sent: Sent) -> None:
        """Write an announcement in place of what was known under its key."""
        with self._folder.change() as change:
            kept = [one for one in self._folder.read_outbox() if one.key != sent.key]
            self.sent = (*kept, sent)
            change.write_outbox(self.sent)


def _is_same(sent: Sent, label: str, text: str) -> bool:
    return sent.question == label if label else sent.text == text


def _make_key(chat: Chat, account: str, what: str, turn: int) -> str:
    start = chat.window.start.isoformat() if chat.window else ""
    parts = [chat.hashtag.casefold(), start, account, what, *([str(turn)] if turn else [])]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
