"""Telling that something changed: an event with the chat's next number, in the same transaction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F

from chinwag.web.chats.models import Chat, Event

CHANNEL = "chinwag_events"
_CHANGE = re.compile(r"[\w-]{1,40}")

_own_change: ContextVar[str] = ContextVar("_own_change", default="")


class News(NamedTuple):
    """What an event will say: its kind, the entry that it is about, what else a page needs."""

    kind: str
    entry_key: str = ""
    payload: Mapping[str, Any] = {}


@contextmanager
def tell_of(change: str) -> Iterator[None]:
    """Name, in every event told in the block, the change by the key that its page gave it.

    So the page knows its own changes when it hears of them. Anything else than such a key names
    nothing.
    """
    before = _own_change.set(change if _CHANGE.fullmatch(change) else "")
    try:
        yield
    finally:
        _own_change.reset(before)


def tell(chat: Chat, kind: str, entry_key: str = "", **payload: Any) -> None:
    """Append one event of a chat. Call it inside the transaction that makes the change."""
    tell_all(chat, [News(kind, entry_key, payload)])


def tell_all(chat: Chat, news: Iterable[News]) -> None:
    """Append events of a chat, in this order, by numbers without a hole.

    The chat's row is locked until the transaction ends, so that the numbers are given in the order
    in which they can be read.
    """
    news = list(news)
    if not news:
        return
    Chat.objects.filter(pk=chat.pk).update(last_seq=F("last_seq") + len(news))
    last = Chat.objects.values_list("last_seq", flat=True).get(pk=chat.pk)
    first = last - len(news) + 1
    change = _own_change.get()
    own = {"change": change} if change else {}
    Event.objects.bulk_create(
        Event(
            chat=chat,
            seq=seq,
            kind=one.kind,
            entry_key=one.entry_key,
            payload={**one.payload, **own},
        )
        for seq, one in enumerate(news, start=first)
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(chat.pk)])
