"""The keeper's loop: start what is wanted, take up what died, index what changed, tidy up."""

from __future__ import annotations

import fcntl
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

from django.db import close_old_connections, connection, transaction
from django.db.models import Q
from django.utils import timezone

from chinwag.errors import ChinwagError
from chinwag.stores.folder import layout
from chinwag.web.chats.models import Capture, Change, Chat, Event, Import, WorkState
from chinwag.web.chats.queries.health import BEAT
from chinwag.web.keeper.changes import list_quiet_chats, note_changes
from chinwag.web.keeper.chats import take_up
from chinwag.web.site import Site

PAUSE = 0.5  # seconds between two rounds
LEASE = timedelta(minutes=2)
_CHECKPOINT = timedelta(seconds=10)
_TIDY = timedelta(hours=1)
_EVENTS_KEPT = timedelta(days=7)
_MOST_TRIES = 5
_ON_ITS_WAY = (WorkState.WANTED, WorkState.NOTED)

_log = logging.getLogger(__name__)


class TwoKeepers(Exception):
    """Another keeper works on this site's folder."""


class Keeper:
    """Does the site's background work in child processes, and keeps the index true."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._children: dict[tuple[str, int], subprocess.Popen[bytes]] = {}
        self._stamps: dict[int, tuple[int, ...]] = {}
        self._next_checkpoint = self._next_tidy = timezone.now()

    def run(self, stop: threading.Event) -> None:
        """Work until stopped, then end the children and wait for them.

        Raises TwoKeepers where another keeper holds this site.
        """
        with hold_site(self._site.folder):
            while not stop.wait(PAUSE):
                try:
                    close_old_connections()
                    self.do_round()
                    self._checkpoint_if_due()
                except Exception:  # noqa: BLE001 (the keeper must outlive whatever it is)
                    _log.exception("A round of the keeper failed; the next one tries again.")
                    with suppress(Exception):
                        connection.close()
            self._end_children()

    def do_round(self) -> None:
        """Do everything that is due, once."""
        (self._site.folder / BEAT).touch()
        self._reap()
        self._start_captures()
        self._start_imports()
        self._adopt_folders()
        self._carry_out_changes()
        self._index()
        now = timezone.now()
        if now >= self._next_tidy:
            self._next_tidy = now + _TIDY
            Event.objects.filter(at__lt=now - _EVENTS_KEPT).delete()

    def _checkpoint_if_due(self) -> None:
        now = timezone.now()
        if now >= self._next_checkpoint:
            self._next_checkpoint = now + _CHECKPOINT
            checkpoint()

    def _start_captures(self) -> None:
        for capture in Capture.objects.filter(_is_free(WorkState.WANTED, WorkState.RUNNING)):
            if self._is_spent(capture):
                continue
            with transaction.atomic():
                chat = Chat.objects.select_related("series").get(pk=capture.chat_id)
                chat.folder = chat.folder or f"{chat.series.slug}/{chat.slug}"
                chat.save(update_fields=["folder"])
                self._lease(capture)
            self._start("capture", capture.pk)

    def _start_imports(self) -> None:
        for wanted in Import.objects.filter(_is_free(WorkState.LOOKING, WorkState.WANTED)):
            if not self._is_spent(wanted):
                self._lease(wanted)
                self._start("import", wanted.pk)

    def _is_spent(self, work: Capture | Import) -> bool:
        """Return whether work has failed too often; it is then given up."""
        if work.tries < _MOST_TRIES:
            return False
        type(work).objects.filter(pk=work.pk).update(
            state=WorkState.FAILED, problem={"code": "gave-up", "parts": {"tries": work.tries}}
        )
        return True

    def _lease(self, work: Capture | Import) -> None:
        work.leased_until = timezone.now() + LEASE
        work.tries += 1
        work.save(update_fields=["leased_until", "tries"])

    def _start(self, what: str, id_: int) -> None:
        if (what, id_) in self._children:
            return
        command = [sys.executable, "-m", "chinwag.web.run", what, str(id_)]
        self._children[what, id_] = subprocess.Popen(  # noqa: S603 (our own program)
            command, preexec_fn=lower_priority
        )

    def _reap(self) -> None:
        """Let work whose child has ended be taken up again at once where it is not done."""
        for (what, id_), child in list(self._children.items()):
            status = child.poll()
            if status is None:
                continue
            del self._children[what, id_]
            if status and what != "follow":  # a change that is noted is followed again by itself
                _log.warning("The %s %d ended with status %d.", what, id_, status)
                model = Capture if what == "capture" else Import
                model.objects.filter(pk=id_).update(leased_until=None)

    def _adopt_folders(self) -> None:
        """Take a folder that somebody put where a planned chat's belongs for that chat's."""
        for chat in Chat.objects.filter(folder=None).select_related("series"):
            folder = f"{chat.series.slug}/{chat.slug}"
            if (self._site.chats / folder / layout.CHAT).is_file():
                Chat.objects.filter(pk=chat.pk, folder=None).update(folder=folder)

    def _carry_out_changes(self) -> None:
        for chat_id in note_changes(self._site):
            self._stamps.pop(chat_id, None)
        for chat_id in list_quiet_chats():
            self._start("follow", chat_id)

    def _index(self) -> None:
        followed = set(Change.objects.filter(state__in=_ON_ITS_WAY).values_list("chat", flat=True))
        for chat in Chat.objects.exclude(folder=None).select_related("series"):
            stamp = _stamp(self._site.chats / str(chat.folder))
            if ("capture", chat.pk) in self._children or stamp == self._stamps.get(chat.pk):
                continue
            if chat.pk in followed:
                continue  # indexed once what follows from its changes is made
            if Capture.objects.filter(chat=chat, state=WorkState.RUNNING).exists():
                continue  # the capture keeps the index itself
            try:
                if stamp:
                    take_up(chat, self._site)
            except ChinwagError as error:
                _log.warning("%s cannot be indexed: %s", chat.folder, error)
            self._stamps[chat.pk] = stamp

    def _end_children(self) -> None:
        for child in self._children.values():
            child.terminate()
        for child in self._children.values():
            try:
                child.wait(timeout=15)
            except subprocess.TimeoutExpired:
                child.kill()


@contextmanager
def hold_site(folder: Path) -> Iterator[None]:
    """Hold the site's folder for one keeper. Raises TwoKeepers where another holds it."""
    with (folder / "keeper.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            raise TwoKeepers(str(folder)) from fault
        yield


def checkpoint() -> None:
    """Move SQLite's log into its file, while nobody writes; does nothing on PostgreSQL.

    SQLite before 3.51.3 may damage a database where a checkpoint meets a commit, so this holds the
    write lock meanwhile.
    """
    if connection.vendor != "sqlite":
        return
    import sqlite3  # noqa: PLC0415

    name = connection.settings_dict["NAME"]
    with sqlite3.connect(name, timeout=5, isolation_level=None) as holder:
        holder.execute("BEGIN IMMEDIATE")
        try:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
        finally:
            holder.execute("ROLLBACK")
    holder.close()


def lower_priority() -> None:
    """Let the web process go first."""
    os.nice(10)


def _is_free(*states: str) -> Q:
    """Return the condition for work in these states that nobody holds."""
    return Q(state__in=states) & (Q(leased_until=None) | Q(leased_until__lt=timezone.now()))


def _stamp(root: Path) -> tuple[int, ...]:
    """Return when the folder was last changed, () where it is none."""
    try:
        stats = [(root / name).stat() for name in (layout.CHAT, layout.CHECKSUMS)]
    except OSError:
        return ()
    return tuple(part for stat in stats for part in (stat.st_mtime_ns, stat.st_size, stat.st_ino))
