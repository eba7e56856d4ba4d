"""A capture for the site: what the library captures, told to the database as it comes."""

from __future__ import annotations

import asyncio
import logging
import random
import signal
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
from django.db import Error as DatabaseFault
from django.db import connection, transaction
from django.utils import timezone

from chinwag.capture.state import ChatState as FolderState
from chinwag.capture.threads import wait_for_all
from chinwag.capture.view import CaptureView
from chinwag.capture.watch import GRACE, CaptureEnd
from chinwag.config import read_settings
from chinwag.errors import BusyFolder, ChinwagError, FolderError, InputError
from chinwag.http.addresses import NAMES, find_name
from chinwag.model import Note, note_error
from chinwag.setup.clock import SystemClock
from chinwag.web.chats.models import Capture, Chat, ChatState, WorkState
from chinwag.web.keeper.chats import take_up
from chinwag.web.keeper.following import IndexFollower
from chinwag.web.live.tell import tell
from chinwag.web.site import Site
from chinwag.web.sources import OWN, Source, list_sources, open_routes
from chinwag.workflows.capture_chat import capture_chat
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.edit_blocks import BlockMaterial
from chinwag.workflows.edit_chat import Particulars, note_edit, set_particulars

_LOOK = 0.1  # seconds between two looks whether somebody wants it to end: they wait for the draft
_LOOKS_AT_HOUR = 10  # one look in so many is at whether the chat's hour was moved, too
_ACTIVE = (WorkState.WANTED, WorkState.RUNNING)

_log = logging.getLogger(__name__)


class SiteListener:
    """Keeps the index in step with the folder while a capture runs, and the capture's own row.

    A database that is away for a while does not stop a capture: it gets what it missed afterwards.
    """

    def __init__(self, capture: Capture, site: Site) -> None:
        self._id = capture.pk
        self._chat_id = capture.chat_id
        self._follower = IndexFollower(capture.chat, site)
        self._missed: FolderState | None = None
        self._view: CaptureView | None = None
        self._writing: asyncio.Future[None] | None = None

    def hear_kept(self, posts: Sequence[str], at: datetime) -> None:
        """Wait until the folder says it."""

    def hear_notice(self, route: str, kind: str, note: Note) -> None:
        """Wait for the view, which says what is wrong."""

    def hear_written(self, state: FolderState) -> None:
        """Bring the index up to what the folder says. Called in a thread."""
        self._missed = state
        with_database(self._catch_up)

    def see(self, view: CaptureView) -> None:
        """Keep what the capture shows; the latest view, where the database is slow."""
        self._view = view
        if self._writing is None or self._writing.done():
            loop = asyncio.get_running_loop()
            self._writing = loop.run_in_executor(None, with_database, self._write_view)

    def show_draft(self, material: BlockMaterial) -> None:
        """Let the draft be edited before the story is made of it. Called in a thread."""
        with_database(lambda: self._follower.show_draft(material))

    async def finish(self) -> None:
        """Wait until nothing is being written any more."""
        if self._writing is not None:
            await self._writing

    def _catch_up(self) -> None:
        state = self._missed
        if state is not None:
            self._follower.follow(state)
            self._missed = None

    def _write_view(self) -> None:
        view = self._view
        if view is None:
            return
        shown = describe_view(view)
        # A capture that shows anything is well: earlier failures no longer count.
        Capture.objects.filter(pk=self._id).update(view=shown, seen_at=timezone.now(), tries=0)
        Chat.objects.filter(pk=self._chat_id).update(posts=view.posts, people=view.people)


def describe_view(view: CaptureView) -> dict[str, Any]:
    """Return what a capture shows, for JSON: posts by their ids, since they may go."""
    shown: dict[str, Any] = msgspec.to_builtins(view)
    del shown["last"], shown["last_spam"]
    for one in shown["in_need"]:
        one["post"] = one["post"]["id"]
    return shown


def run_capture(capture_id: int, site: Site) -> None:
    """Capture a chat until its end or until somebody ends it, and write it up.

    A process that is asked to end leaves the row as it is: the next keeper goes on. Raises
    BusyFolder where somebody else captures the chat, for the keeper to try again.
    """
    capture = Capture.objects.select_related("chat__series").get(pk=capture_id)
    if not _begin(capture):
        return
    problem: dict[str, Any] = {}
    try:
        if not asyncio.run(_capture(capture, site)):
            return
        take_up(capture.chat, site)
    except BusyFolder:
        raise
    except ChinwagError as error:
        problem = msgspec.to_builtins(note_error(error))
    _end(capture, problem)


def give_up_capture(capture_id: int, problem: dict[str, Any]) -> None:
    """Note why a capture failed. What has come stays in its folder."""
    _end(Capture.objects.select_related("chat__series").get(pk=capture_id), problem)


def is_capture_worth(capture_id: int) -> bool:
    """Return whether a capture is tried again however often it failed: in its chat's hour it is.

    A post that is missed then may be lost for ever.
    """
    capture = Capture.objects.select_related("chat").get(pk=capture_id)
    grace = GRACE if capture.grace is None else timedelta(minutes=capture.grace)
    return not capture.stop_wanted and timezone.now() < capture.chat.ends_at + grace


async def _capture(capture: Capture, site: Site) -> bool:
    """Capture; return whether it is over, False where only this process is to end."""
    settings, chat = read_settings(), capture.chat
    await refuse_inside(capture.sources, list_sources(settings))
    stop, leave = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, _set_both, leave, stop)
    grace = None if capture.grace is None else timedelta(minutes=capture.grace)
    listener = SiteListener(capture, site)
    root = site.chats / str(chat.folder)
    watching = asyncio.create_task(_watch_desk(capture, root, stop))
    try:
        await capture_chat(
            root,
            _describe(chat),
            open_routes(settings, capture.sources),
            clock=SystemClock(),
            listener=listener,
            stop=stop,
            jitter=random.random,
            ending=CaptureEnd(grace=grace),
            writes_up=lambda: not leave.is_set(),
            show_draft=listener.show_draft,
        )
    finally:
        watching.cancel()
        await listener.finish()
    return not leave.is_set()


def _set_both(*events: asyncio.Event) -> None:
    for event in events:
        event.set()


def _describe(chat: Chat) -> ChatDetails:
    return ChatDetails(
        hashtag=chat.series.hashtag,
        series=chat.series.name,
        title=chat.title,
        start=chat.starts_at,
        end=chat.ends_at,
        time_zone=chat.series.time_zone,
        contact=chat.series.contact,
    )


async def refuse_inside(sources: Mapping[str, Sequence[str]], known: Sequence[Source]) -> None:
    """Raise InputError for a server inside a private network that the settings do not name.

    People who may start a capture must not reach through it what only this machine can reach.
    """
    named = {OWN, *(origin for source in known for origin in source.origins)}
    for value in (one for values in sources.values() for one in values if one not in named):
        host = find_name(value.strip())
        if not await NAMES.stays_outside(host):
            raise InputError(
                "{host} is in a private network.", code="server-in-private-network", host=host
            )


async def _watch_desk(capture: Capture, root: Path, stop: asyncio.Event) -> None:
    """Follow what is said on the desk meanwhile: to end, or that the hour has moved."""
    loop = asyncio.get_running_loop()
    over = threading.Event()

    def look(*, at_hour: bool) -> None:
        if Capture.objects.filter(pk=capture.pk, stop_wanted=True).exists():
            over.set()
            loop.call_soon_threadsafe(stop.set)
        if at_hour:
            keep_hour(capture.chat, root)

    def watch() -> None:
        """Look again and again over one connection: opening one takes longer than a look."""
        for number in count():
            try:
                look(at_hour=number % _LOOKS_AT_HOUR == 0)
            except DatabaseFault:
                _log.exception("The database could not be read; it is tried again.")
                connection.close()
            if over.wait(_LOOK):
                break
        connection.close()

    watching = loop.run_in_executor(None, watch)
    try:
        await stop.wait()
    finally:
        over.set()
        await wait_for_all([watching])


def keep_hour(chat: Chat, root: Path) -> None:
    """Write a chat's hour into its folder where somebody has moved it: the capture follows it.

    `chat` is as the folder has it, and is brought up to date. Where the folder is busy, that is
    left for the next time.
    """
    start, end = Chat.objects.values_list("starts_at", "ends_at").get(pk=chat.pk)
    if (start, end) == (chat.starts_at, chat.ends_at):
        return
    said = Particulars(start=start, end=end)
    try:
        note_edit(root, partial(set_particulars, said=said), at=timezone.now())
    except FolderError:
        _log.warning("The hour of chat %d cannot be written yet.", chat.pk)
        return
    chat.starts_at, chat.ends_at = start, end


def with_database(do: Callable[[], None]) -> None:
    """Do something with a connection of its own; log what the database refuses."""
    try:
        do()
    except DatabaseFault:
        _log.exception("The database could not be written; it is tried again.")
    finally:
        connection.close()


def _begin(capture: Capture) -> bool:
    """Note that a capture runs; return False where nobody wants it any more."""
    chat = capture.chat
    with transaction.atomic():
        rows = Capture.objects.filter(pk=capture.pk, state__in=_ACTIVE)
        if not rows.update(state=WorkState.RUNNING):
            return False
        chat.folder = chat.folder or f"{chat.series.slug}/{chat.slug}"
        chat.state = ChatState.LIVE
        chat.save(update_fields=["folder", "state"])
        tell(chat, "capture")
    return True


def _end(capture: Capture, problem: dict[str, Any]) -> None:
    """Note that a capture is over, and its chat too, unless its hour is still to come."""
    now = timezone.now()
    state = WorkState.FAILED if problem else WorkState.DONE
    with transaction.atomic():
        rows = Capture.objects.filter(pk=capture.pk, state__in=_ACTIVE)
        rows.update(state=state, problem=problem, done_at=now, leased_until=None)
        chat = Chat.objects.get(pk=capture.chat_id)
        is_to_come = chat.starts_at > now and not chat.posts
        chat.state = ChatState.PLANNED if is_to_come else ChatState.CLOSED
        chat.save(update_fields=["state"])
        tell(chat, "capture")
