"""Questions about series and their chats."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone

from chinwag.web.chats.models import Chat, ChatState, Entry, EntryKind, OldAddress, Series, Tag


class Year(NamedTuple):
    """The chats of one year, the latest first."""

    number: int
    chats: list[Chat]


class QuestionCount(NamedTuple):
    """A question of a chat: how it is called, its words, and how many posts stand under it."""

    label: str
    text: str
    posts: int


def find_next_chat(chats: QuerySet[Chat], now: datetime | None = None) -> Chat | None:
    """Return the chat that runs or comes next, None where none is planned."""
    coming = chats.filter(state__in=(ChatState.PLANNED, ChatState.LIVE))
    return coming.filter(ends_at__gte=now or timezone.now()).order_by("starts_at").first()


def list_latest(chats: QuerySet[Chat], most: int = 5) -> QuerySet[Chat]:
    """Return the chats that were held last, the latest first."""
    return chats.filter(state__in=(ChatState.LIVE, ChatState.CLOSED)).order_by("-starts_at")[:most]


def list_stories(chats: QuerySet[Chat]) -> QuerySet[Chat]:
    """Return the chats whose story is public, the latest first."""
    return chats.filter(is_published=True).exclude(indexed_as="").order_by("-starts_at")


def list_public_chats(series: QuerySet[Series]) -> QuerySet[Chat]:
    """Return every chat of these series, the latest first."""
    return Chat.objects.filter(series__in=series).select_related("series")


def group_by_year(chats: Iterable[Chat]) -> list[Year]:
    """Return chats by the year in which they began."""
    return [
        Year(year, list(group)) for year, group in groupby(chats, lambda chat: chat.starts_at.year)
    ]


def list_series_facts(series: QuerySet[Series]) -> QuerySet[Series]:
    """Return series with how many chats each has held, when the last was and the next will be."""
    held = Q(chats__state__in=(ChatState.LIVE, ChatState.CLOSED))
    coming = Q(chats__state=ChatState.PLANNED, chats__starts_at__gte=timezone.now())
    return series.annotate(
        held=Count("chats", filter=held),
        last_at=Max("chats__starts_at", filter=held),
        next_at=Min("chats__starts_at", filter=coming),
    )


def list_tags(series: Series, *, categories: bool) -> list[Tag]:
    """Return the categories or the tags of a series by name, each with how many chats it has.

    Those of no chat are left out.
    """
    tags = series.tags.filter(is_category=categories).select_related("series")
    held = tags.annotate(held=Count("chats")).filter(held__gt=0)
    return sorted(held, key=lambda tag: tag.name.casefold())


def list_tag_names(series: Series, *, categories: bool) -> list[str]:
    """Return the names of a series' categories or tags; none of a series that is not kept yet."""
    if not series.pk:
        return []
    return list(series.tags.filter(is_category=categories).values_list("name", flat=True))


def is_old_address(slug: str, series: Series) -> bool:
    """Return whether a series other than this one had this address before."""
    had = OldAddress.objects.filter(chat=None, slug=slug)
    return had.exclude(series=series.pk).exists()


def list_questions(chat: Chat) -> list[QuestionCount]:
    """Return the chat's questions in order, with how many posts each was given.

    As in the story, what asks a question is not counted, nor what is spam or was taken out.
    """
    asking = [post for one in chat.facts.get("questions", ()) for post in one.get("posts", ())]
    counts = dict(
        chat.entries.filter(kind=EntryKind.POST)
        .exclude(Q(question="") | Q(speaker="") | Q(post_kind="question") | Q(key__in=asking))
        .order_by()
        .values_list("question")
        .annotate(Count("id"))
    )
    asked = chat.entries.filter(kind=EntryKind.QUESTION).values_list("key", "body")
    inside = sorted(asked, key=lambda row: row[1].get("place", 0))
    return [QuestionCount(key, body.get("text", ""), counts.get(key, 0)) for key, body in inside]


def list_networks(entries: QuerySet[Entry]) -> list[str]:
    """Return the networks that these posts came from, sorted."""
    return sorted(set(entries.order_by().values_list("network", flat=True).distinct()))
