"""Telling that something changed: an event with the chat's next number, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F

from chinwag.web.chats.models import Chat, Event

CHANNEL = "chinwag_events"


class News(NamedTuple):
    """What an event will say: its kind, the entry that it is about, what else a page needs."""

    kind: str
    entry_key: str = ""
    payload: Mapping[str, Any] = {}


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
    Event.objects.bulk_create(
        Event(chat=chat, seq=seq, kind=one.kind, entry_key=one.entry_key, payload=one.payload)
        for seq, one in enumerate(news, start=first)
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(chat.pk)])
