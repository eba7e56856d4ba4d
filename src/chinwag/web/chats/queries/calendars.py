"""Chats as calendar entries, for Outlook, Google and the rest."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.utils import timezone
from icalendar import Calendar, Event

from chinwag.web.chats.models import Chat, ChatState

_PRODUCT = "-//Chinwag//Chats//EN"
_STATES = {ChatState.CANCELLED: "CANCELLED"}


def write_calendar(name: str, chats: Iterable[Chat], address: str) -> bytes:
    """Return chats as an iCalendar file (RFC 5545), with the time zones that they name.

    `address` is the site's own; an entry keeps its identity when the chat is moved.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    for chat in chats:
        calendar.add_component(_make_event(chat, address))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _make_event(chat: Chat, address: str) -> Event:
    zone = ZoneInfo(chat.series.time_zone)
    event = Event()
    event.add("uid", f"{chat.series.slug}-{chat.created_at:%Y%m%dT%H%M%S}-{chat.pk}@chinwag")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", chat.starts_at.astimezone(zone))
    event.add("dtend", chat.ends_at.astimezone(zone))
    event.add("summary", f"#{chat.series.hashtag}: {chat.title}")
    event.add("description", chat.topic)
    event.add("url", f"{address}{chat.get_absolute_url()}")
    event.add("status", _STATES.get(ChatState(chat.state), "CONFIRMED"))
    return event
