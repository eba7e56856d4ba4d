"""The keeper's loop: have the work done that is wanted, index what changed, tidy up."""

from __future__ import annotations

import logging
import shutil
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.db import close_old_connections, connection
from django.utils import timezone

from chinwag.errors import ChinwagError
from chinwag.stores.folder import layout
from chinwag.web.chats.models import Capture, Change, Chat, Event, WorkState
from chinwag.web.chats.queries.health import BEAT
from chinwag.web.keeper.bulk import checkpoint
from chinwag.web.keeper.changes import note_changes
from chinwag.web.keeper.chats import take_up
from chinwag.web.keeper.holding import hold_site
from chinwag.web.keeper.imports import end_forgotten, list_left_uploads
from chinwag.web.keeper.sharing import want_comments_again
from chinwag.web.keeper.staff import Staff
from chinwag.web.site import Site

PAUSE = 0.5  # seconds between two rounds
_SLICE = 5.0  # seconds of indexing after which other work has its turn
_CHECKPOINT = timedelta(seconds=10)
_TIDY = timedelta(hours=1)
_EVENTS_KEPT = timedelta(days=7)
_ON_ITS_WAY = (WorkState.WANTED, WorkState.NOTED)

_log = logging.getLogger(__name__)


class Keeper:
    """Has the site's background work done in child processes, and keeps the index true."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._staff = Staff()
        self._stamps: dict[int, tuple[int, ...]] = {}
        self._next_checkpoint = self._next_tidy = timezone.now()

    def run(self, stop: threading.Event) -> None:
        """Work until stopped, then end the children and wait for them.

        Raises TwoKeepers where another keeper holds this site.
        """
        with hold_site(self._site.folder):
            self._try(self._staff.begin)
            while not stop.wait(PAUSE):
                self._try(self.do_round)
                self._try(self._checkpoint_if_due)
            self._staff.end()

    def do_round(self) -> None:
        """Do everything that is due, once."""
        self._beat()
        self._carry_out_changes()
        self._staff.do_round()
        self._adopt_folders()
        self._index()
        for folder in list_left_uploads(self._site):
            shutil.rmtree(folder, ignore_errors=True)
        now = timezone.now()
        if now >= self._next_tidy:
            self._next_tidy = now + _TIDY
            Event.objects.filter(at__lt=now - _EVENTS_KEPT).delete()
            end_forgotten(now)
            want_comments_again(now)

    def _try(self, do: Callable[[], None]) -> None:
        """Do something; what goes wrong is noted, and the next round tries again."""
        try:
            close_old_connections()
            do()
        except Exception:  # noqa: BLE001 (the keeper must outlive whatever it is)
            _log.exception("A round of the keeper failed; the next one tries again.")
            with suppress(Exception):
                connection.close()

    def _beat(self) -> None:
        (self._site.folder / BEAT).touch()

    def _checkpoint_if_due(self) -> None:
        now = timezone.now()
        if now >= self._next_checkpoint:
            self._next_checkpoint = now + _CHECKPOINT
            checkpoint()

    def _adopt_folders(self) -> None:
        """Take a folder that somebody put where a planned chat's belongs as that chat's."""
        for chat in Chat.objects.filter(folder=None).select_related("series"):
            folder = f"{chat.series.slug}/{chat.slug}"
            if (self._site.chats / folder / layout.CHAT).is_file():
                Chat.objects.filter(pk=chat.pk, folder=None).update(folder=folder)

    def _carry_out_changes(self) -> None:
        for chat_id in note_changes(self._site):
            self._stamps.pop(chat_id, None)

    def _index(self) -> None:
        followed = set(Change.objects.filter(state__in=_ON_ITS_WAY).values_list("chat", flat=True))
        begun = time.monotonic()
        for chat in Chat.objects.exclude(folder=None).select_related("series"):
            stamp = _stamp(self._site.chats / str(chat.folder))
            if stamp == self._stamps.get(chat.pk):
                continue
            if chat.pk in followed:
                continue  # indexed once what follows from its changes is made
            if time.monotonic() - begun > _SLICE:
                return  # the next round goes on
            if Capture.objects.filter(chat=chat, state=WorkState.RUNNING).exists():
                continue  # the capture keeps the index itself
            try:
                if stamp:
                    take_up(chat, self._site)
            except ChinwagError as error:
                _log.warning("%s cannot be indexed: %s", chat.folder, error)
            self._stamps[chat.pk] = stamp


def _stamp(root: Path) -> tuple[int, ...]:
    """Return when the folder was last changed, () where it is none."""
    try:
        stats = [(root / name).stat() for name in (layout.CHAT, layout.CHECKSUMS)]
    except OSError:
        return ()
    return tuple(part for stat in stats for part in (stat.st_mtime_ns, stat.st_size, stat.st_ino))
