"""An event as the bytes that an open page gets: made once for each language, for all readers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils import translation

from chinwag.web.chats.models import Chat, Entry, EntryKind, Event
from chinwag.web.chats.queries.posts import show_posts

LANGUAGES = ("en-gb", "fr")
_WITH_POST = ("post", "changed", "placed", "gone")
_CLEARING = ("gone", "indexed")  # what was sent before may hold words that were taken out


class Frame(NamedTuple):
    """One event for every language. `clears` tells that nothing before it may be sent again."""

    seq: int
    by_language: Mapping[str, bytes]
    clears: bool


def make_frames(chat: Chat, events: Iterable[Event]) -> list[Frame]:
    """Return the frames of a chat's events, in their order.

    An entry that is gone by now makes a frame without it, and a tombstone shows none of its words:
    what was taken out is never sent again.
    """
    events = list(events)
    entries = _find_entries(chat, events)
    written: list[dict[str, bytes]] = [{} for _ in events]
    for language in LANGUAGES:
        with translation.override(language):
            shown = {one.entry.key: one for one in show_posts(entries.values(), language)}
            for event, by_language in zip(events, written, strict=True):
                by_language[language] = _write_frame(event, _render(shown.get(event.entry_key)))
    return [
        Frame(event.seq, by_language, event.kind in _CLEARING)
        for event, by_language in zip(events, written, strict=True)
    ]


def write_beat() -> bytes:
    """Return a comment that keeps the connection open."""
    return b": beat\n\n"


def make_reload(seq: int) -> Frame:
    """Return a frame that lets every page look again, in place of what it would have said."""
    return Frame(seq, dict.fromkeys(LANGUAGES, write_reload(seq)), clears=True)


def write_reload(seq: int) -> bytes:
    """Return a frame that tells the page to load itself again: it has missed too much."""
    return f"id: {seq}\nevent: reload\ndata: {{}}\n\n".encode()


def _find_entries(chat: Chat, events: Iterable[Event]) -> dict[str, Entry]:
    keys = {event.entry_key for event in events if event.kind in _WITH_POST and event.entry_key}
    if not keys:
        return {}
    found = Entry.objects.filter(chat=chat, kind=EntryKind.POST, key__in=keys)
    return {entry.key: entry for entry in found.select_related("chat__series")}


def _render(shown: object | None) -> str:
    return render_to_string("chats/_post.html", {"post": shown}) if shown else ""


def _write_frame(event: Event, html: str) -> bytes:
    data = json.dumps({**event.payload, "key": event.entry_key, "html": html}, ensure_ascii=False)
    return f"id: {event.seq}\nevent: {event.kind}\ndata: {data}\n\n".encode()
