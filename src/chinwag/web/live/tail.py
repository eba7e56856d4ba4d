"""Waking when something was told, and reading what it was, chat by chat and without a gap."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress

from django.db import connection

from chinwag.web.chats.models import Chat, Event
from chinwag.web.live.frames import Frame, make_frames, make_reload
from chinwag.web.live.tell import CHANNEL

PAUSE = 0.05  # seconds between two looks at SQLite
_LISTEN = 0.5  # seconds that PostgreSQL is listened to at a time
MOST_AT_ONCE = 500

Frames = list[Frame]

_log = logging.getLogger(__name__)


class Tail(threading.Thread):
    """Reads the events of followed chats in a thread, and hands over their frames.

    `deliver(chat_id, frames)` is called in this thread. A chat is followed from a number on.
    """

    def __init__(self, deliver: Callable[[int, Frames], None]) -> None:
        super().__init__(name="tail", daemon=True)
        self._deliver = deliver
        self._followed: dict[int, int] = {}
        self._changes = threading.Lock()
        self._wake = threading.Event()
        self._stopped = threading.Event()

    def follow(self, chat_id: int, after: int) -> None:
        """Read a chat's events from the one after this number on."""
        with self._changes:
            self._followed.setdefault(chat_id, after)
        self._wake.set()

    def leave(self, chat_id: int) -> None:
        """Read a chat's events no more."""
        with self._changes:
            self._followed.pop(chat_id, None)

    def stop(self) -> None:
        """End the thread soon."""
        self._stopped.set()
        self._wake.set()

    def run(self) -> None:
        """Read until stopped. A database that is away for a moment is tried again."""
        version = None
        while not self._stopped.is_set():
            try:
                version = self._wait(version)
                self._read_all()
            except Exception:  # noqa: BLE001 (the listeners wait; whatever it is may pass)
                _log.exception("Events could not be read; they are read again.")
                with suppress(Exception):
                    connection.close()
                self._stopped.wait(1.0)
        connection.close()

    def _wait(self, version: int | None) -> int | None:
        """Return when something may have changed."""
        if not self._followed:
            self._hang_up()
            self._wake.wait()
            self._wake.clear()
            return None
        if connection.vendor == "postgresql":
            self._listen()
            return None
        return self._look(version)

    def _hang_up(self) -> None:
        """Give the connection back; its next user hears nothing that was meant for this thread."""
        if connection.vendor == "postgresql" and connection.connection is not None:
            with connection.cursor() as cursor:
                cursor.execute(f"UNLISTEN {CHANNEL}")
        connection.close()

    def _look(self, version: int | None) -> int:
        """Wait until SQLite's data version is another than this one."""
        while not self._stopped.is_set():
            with connection.cursor() as cursor:
                (now,) = cursor.execute("PRAGMA data_version").fetchone()
            if now != version or self._wake.is_set():
                self._wake.clear()
                return int(now)
            self._stopped.wait(PAUSE)
        return version or 0

    def _listen(self) -> None:
        """Wait for a notification of PostgreSQL, at most for a moment."""
        # The connection stays open, so that nothing is said while nobody listens.
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
        if self._wake.is_set():
            self._wake.clear()
            return
        for _ in connection.connection.notifies(timeout=_LISTEN, stop_after=1):
            break

    def _read_all(self) -> None:
        with self._changes:
            followed = dict(self._followed)
        lasts = Chat.objects.filter(pk__in=followed).values_list("pk", "last_seq")
        for chat_id, last in lasts:
            if last > followed[chat_id]:
                self._read(chat_id, followed[chat_id])

    def _read(self, chat_id: int, after: int) -> None:
        events = Event.objects.filter(chat_id=chat_id, seq__gt=after).order_by("seq")
        some = list(events[:MOST_AT_ONCE])
        if not some:
            return
        frames = _make_frames(Chat.objects.select_related("series").get(pk=chat_id), some)
        with self._changes:
            if chat_id in self._followed:
                self._followed[chat_id] = some[-1].seq
        self._deliver(chat_id, frames)
        if len(some) == MOST_AT_ONCE:
            self._wake.set()


def _make_frames(chat: Chat, events: Sequence[Event]) -> Frames:
    """Return the frames of events; where one cannot be shown, its pages look again."""
    try:
        return make_frames(chat, events)
    except Exception:  # noqa: BLE001 (no entry may keep the pages of every chat waiting)
        _log.exception("Events of chat %d could not be shown.", chat.pk)
        return [make_reload(events[-1].seq)]
