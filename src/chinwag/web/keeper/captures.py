"""A capture for the site: what the library captures, told to the database as it comes."""

from __future__ import annotations

import asyncio
import random
import signal
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.db import close_old_connections, transaction
from django.utils import timezone

from chinwag.capture.state import ChatState as FolderState
from chinwag.capture.view import CaptureView
from chinwag.capture.watch import CaptureEnd
from chinwag.config import read_settings
from chinwag.errors import ChinwagError
from chinwag.model import Note, Placement, Post, note_error
from chinwag.setup.clock import SystemClock
from chinwag.setup.routes import make_routes
from chinwag.web.chats.models import Capture, Chat, ChatState, Entry, EntryKind, WorkState
from chinwag.web.keeper.chats import take_up
from chinwag.web.keeper.index import Cast, make_post_entry, replace_questions
from chinwag.web.live.tell import News, tell, tell_all
from chinwag.web.site import Site
from chinwag.workflows.capture_chat import capture_chat
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.make_again import make_again

LEASE = timedelta(seconds=30)
_LOOK = 1.0  # seconds between two looks whether somebody wants it to end


class SiteListener:
    """Keeps the index in step with the folder while a capture runs, and the capture's own row."""

    def __init__(self, capture: Capture) -> None:
        self._capture = capture
        self._chat = capture.chat
        self._posts: dict[str, Post] = {}
        self._placed: dict[str, Placement] = {}
        self._knows_index = False

    def hear_kept(self, posts: Sequence[str], at: datetime) -> None:
        """Wait until the folder says it."""

    def hear_notice(self, route: str, kind: str, note: Note) -> None:
        """Wait for the view, which says what is wrong."""

    def hear_written(self, state: FolderState) -> None:
        """Bring the index up to what the folder says by now. Called in a thread."""
        close_old_connections()
        placed = {placement.post: placement for placement in state.placements}
        changed = [post for post in state.posts if self._is_news(post, placed.get(post.id))]
        with transaction.atomic():
            cast = Cast(state.chat, state.posts)
            news = _write_posts(self._chat, changed, placed, self._list_known(), cast)
            news += _write_questions(self._chat, state)
            tell_all(self._chat, news)
        self._posts |= {post.id: post for post in changed}
        self._placed |= {post.id: placed[post.id] for post in changed if post.id in placed}

    def see(self, view: CaptureView) -> None:
        """Keep what the capture shows, and that it is alive."""
        shown = msgspec.to_builtins(view)
        shown.pop("last"), shown.pop("in_need")  # posts stand in the index
        write = _write_view(self._capture.pk, shown)
        asyncio.get_running_loop().run_in_executor(None, write)

    def _is_news(self, post: Post, placement: Placement | None) -> bool:
        return self._posts.get(post.id) != post or self._placed.get(post.id) != placement

    def _list_known(self) -> set[str]:
        if not self._knows_index:
            posts = self._chat.entries.filter(kind=EntryKind.POST)
            self._indexed = set(posts.values_list("key", flat=True))
            self._knows_index = True
        return self._indexed


def run_capture(capture_id: int, site: Site) -> None:
    """Capture a chat until its end or until somebody ends it, and make its story."""
    capture = Capture.objects.select_related("chat__series").get(pk=capture_id)
    chat = capture.chat
    _begin(capture)
    try:
        asyncio.run(_capture(capture, site))
        make_again(site.chats / str(chat.folder))
        state, problem = WorkState.DONE, {}
    except ChinwagError as error:
        state, problem = WorkState.FAILED, msgspec.to_builtins(note_error(error))
    chat.refresh_from_db()
    chat.state = ChatState.CLOSED
    chat.save(update_fields=["state"])
    if (site.chats / str(chat.folder)).is_dir():
        take_up(chat, site)
    _end(capture, state, problem)


async def _capture(capture: Capture, site: Site) -> None:
    chat = capture.chat
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    watching = asyncio.create_task(_watch_for_stop(capture.pk, stop))
    try:
        await capture_chat(
            site.chats / str(chat.folder),
            _describe(chat),
            make_routes(read_settings(), capture.sources),
            clock=SystemClock(),
            listener=SiteListener(capture),
            stop=stop,
            jitter=random.random,
            ending=CaptureEnd(),
        )
    finally:
        watching.cancel()


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


async def _watch_for_stop(capture_id: int, stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    while not stop.is_set():
        await asyncio.sleep(_LOOK)
        if await loop.run_in_executor(None, _is_stop_wanted, capture_id):
            stop.set()


def _is_stop_wanted(capture_id: int) -> bool:
    close_old_connections()
    return Capture.objects.filter(pk=capture_id, stop_wanted=True).exists()


def _begin(capture: Capture) -> None:
    with transaction.atomic():
        capture.state = WorkState.RUNNING
        capture.tries += 1
        capture.leased_until = timezone.now() + LEASE
        capture.save(update_fields=["state", "tries", "leased_until"])
        Chat.objects.filter(pk=capture.chat_id).update(state=ChatState.LIVE)
        tell(capture.chat, "capture")


def _end(capture: Capture, state: str, problem: dict[str, Any]) -> None:
    with transaction.atomic():
        Capture.objects.filter(pk=capture.pk).update(
            state=state, problem=problem, done_at=timezone.now(), leased_until=None
        )
        tell(capture.chat, "capture")


def _write_view(capture_id: int, shown: dict[str, Any]) -> Any:
    def write() -> None:
        close_old_connections()
        now = timezone.now()
        Capture.objects.filter(pk=capture_id).update(
            view=shown, seen_at=now, leased_until=now + LEASE
        )

    return write


def _write_posts(
    chat: Chat,
    posts: Sequence[Post],
    placed: dict[str, Placement],
    known: set[str],
    cast: Cast,
) -> list[News]:
    """Bring entries up to date; return what open pages are told of them."""
    entries = [make_post_entry(chat, post, placed.get(post.id), cast) for post in posts]
    Entry.objects.bulk_create(
        entries,
        update_conflicts=True,
        unique_fields=["chat", "kind", "key"],
        update_fields=[
            "author",
            "author_key",
            "question",
            "placed_by",
            "confidence",
            "post_kind",
            "said_at",
            "reply_to",
            "text",
            "body",
            "speaker",
            "answers",
            "links",
            "passed_on",
        ],
    )
    news = []
    for post in posts:
        kind = "gone" if post.deleted else "changed" if post.id in known else "post"
        question = placed[post.id].question if post.id in placed else None
        news.append(News(kind, post.id, {"question": question or ""}))
        known.add(post.id)
    return news


def _write_questions(chat: Chat, state: FolderState) -> list[News]:
    """Bring the questions up to date; return what open pages are told of them."""
    before = dict(chat.entries.filter(kind=EntryKind.QUESTION).values_list("key", "text"))
    now = {question.label: question.text for question in state.chat.questions}
    if before == now:
        return []
    replace_questions(chat, state.chat.questions)
    return [News("question", label) for label in now if before.get(label) != now[label]]
