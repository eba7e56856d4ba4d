"""What a team's desk lists: its chats, and the one thing to do next for each."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from chinwag.web.chats.models import Capture, Chat, ChatState, Mark, Series, WorkState

_MOST_CHATS = 6


class DeskChat(NamedTuple):
    """A chat on the desk: `todo` is a code that the template puts into words.

    `marked` is how many of its posts are marked for the follow-up.
    """

    chat: Chat
    capture: Capture | None
    todo: str
    marked: int


class DeskSeries(NamedTuple):
    """A series on the desk, with its nearest chats."""

    series: Series
    chats: list[DeskChat]


def list_desk(series: QuerySet[Series]) -> list[DeskSeries]:
    """Return the series of a team's member with their latest and next chats."""
    known = list(series)
    captures = {
        capture.chat_id: capture
        for capture in Capture.objects.filter(
            chat__series__in=known, state__in=(WorkState.WANTED, WorkState.RUNNING)
        )
    }
    marked = _count_marked(known)
    chats: defaultdict[int, list[DeskChat]] = defaultdict(list)
    for chat in _list_latest(known):
        capture = captures.get(chat.pk)
        todo = _tell_next(chat, capture)
        chats[chat.series_id].append(DeskChat(chat, capture, todo, marked.get(chat.pk, 0)))
    return [DeskSeries(one, chats[one.pk]) for one in known]


def _count_marked(series: list[Series]) -> dict[int, int]:
    """Return how many posts of each chat are marked."""
    marks = Mark.objects.filter(chat__series__in=series).order_by().values_list("chat")
    return dict(marks.annotate(posts=Count("post", distinct=True)))


def _list_latest(series: list[Series]) -> QuerySet[Chat]:
    """Return the latest chats of each series, read at once."""
    place = Window(
        RowNumber(), partition_by=F("series"), order_by=(F("starts_at").desc(), F("id").desc())
    )
    ranked = Chat.objects.filter(series__in=series).annotate(place=place)
    return ranked.filter(place__lte=_MOST_CHATS).select_related("series")


def _tell_next(chat: Chat, capture: Capture | None) -> str:
    if capture:
        return "watch"
    if chat.state == ChatState.CANCELLED:
        return ""
    if not chat.indexed_as or not chat.posts:
        return "capture" if chat.ends_at >= timezone.now() else "import"
    return "" if chat.is_published else "publish"
