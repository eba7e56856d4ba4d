"""Chats as calendar entries, for Outlook, Google and the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from chinwag.web.chats.models import Chat, ChatState
from chinwag.web.chats.queries.ical import (
    write_instant,
    write_lines,
    write_moment,
    write_text,
    write_zone,
)

_PRODUCT = "-//Chinwag//Chats//EN"
_STATES = {ChatState.CANCELLED: "CANCELLED"}


def write_calendar(name: str, chats: Iterable[Chat], address: str) -> bytes:
    """Return chats as an iCalendar file (RFC 5545), with the time zones that they name.

    `address` is the site's own; an entry keeps its identity when the chat is moved.
    """
    return write_lines(_write_calendar(name, list(chats), address))


def _write_calendar(name: str, chats: list[Chat], address: str) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}")
    yield from (f"NAME:{write_text(name)}", f"X-WR-CALNAME:{write_text(name)}")
    moments: dict[str, list[datetime]] = defaultdict(list)
    for chat in chats:
        moments[chat.series.time_zone] += [chat.starts_at, chat.ends_at]
    for named, known in moments.items():
        yield from write_zone(ZoneInfo(named), named, known)
    for chat in chats:
        yield from _write_event(chat, address)
    yield "END:VCALENDAR"


def _write_event(chat: Chat, address: str) -> Iterator[str]:
    named = chat.series.time_zone
    zone = ZoneInfo(named)
    yield "BEGIN:VEVENT"
    yield f"UID:{chat.series.slug}-{chat.created_at:%Y%m%dT%H%M%S}-{chat.pk}@chinwag"
    yield write_instant("DTSTAMP", timezone.now())
    yield write_moment("DTSTART", chat.starts_at, zone, named)
    yield write_moment("DTEND", chat.ends_at, zone, named)
    yield f"SUMMARY:{write_text(f'#{chat.series.hashtag}: {chat.title}')}"
    yield f"DESCRIPTION:{write_text(chat.topic)}"
    yield f"URL:{address}{chat.get_absolute_url()}"
    yield f"STATUS:{_STATES.get(ChatState(chat.state), 'CONFIRMED')}"
    yield "END:VEVENT"
