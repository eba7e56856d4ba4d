"""Posts to be sorted: the least sure first, each with what was said around it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db.models import Q, QuerySet

from chinwag.web.chats.models import Chat, Entry, EntryKind
from chinwag.web.chats.queries.posts import ShownPost, show_posts
from chinwag.web.chats.queries.suggest import SuggestedPlace

_BEFORE, _AFTER = 2, 1  # neighbours that are shown of a post
_SURE = 0.9  # from this confidence on, a place is not asked about


class Neighbour(NamedTuple):
    """What was said just before or after a post."""

    author: str
    words: str
    said_at: object
    question: str


class Sorted(NamedTuple):
    """A post to sort: as it is shown, with its neighbours before and after it.

    `suggested` is where a language model would put it.
    """

    post: ShownPost
    before: list[Neighbour]
    after: list[Neighbour]
    suggested: SuggestedPlace | None = None


class Progress(NamedTuple):
    """How far the sorting is: posts that a person has placed, and those still in doubt."""

    by_person: int
    in_doubt: int


def list_doubtful(posts: QuerySet[Entry]) -> QuerySet[Entry]:
    """Return the posts whose place nobody has confirmed, the least sure first."""
    open_ = posts.exclude(placed_by="person").exclude(text="").exclude(placed_by="")
    return open_.filter(confidence__lt=_SURE).order_by("confidence", "said_at", "id")


def find_sortable(posts: QuerySet[Entry], *, question: str, person: str, words: str) -> QuerySet:
    """Return the posts of one question, one person or with some words, in time order."""
    found = posts.exclude(text="")
    if question:
        found = found.filter(question="" if question == "-" else question)
    if person:
        found = found.filter(author_key=person.removeprefix("@").casefold())
    if words:
        for word in words.split():
            found = found.filter(text__icontains=word)
    return found.order_by("said_at", "id")


def find_named(posts: QuerySet[Entry], ids: Iterable[str]) -> QuerySet[Entry]:
    """Return the posts that the folder knows by these ids, in time order."""
    named = list(ids)
    theirs = Q(key__in=named) | Q(body__own_id__in=named)
    return posts.filter(theirs).exclude(text="").order_by("said_at", "id")


def measure_progress(posts: QuerySet[Entry]) -> Progress:
    """Return how far the sorting of these posts is."""
    return Progress(
        by_person=posts.filter(placed_by="person").count(),
        in_doubt=list_doubtful(posts).count(),
    )


def show_sorted(
    chat: Chat,
    entries: Sequence[Entry],
    language: str,
    places: Mapping[str, SuggestedPlace],
) -> list[Sorted]:
    """Return posts to be sorted, in the order given, with what was said around each.

    `places` are those where a language model would put posts, by their ids in the folder.
    """
    for entry in entries:
        entry.chat = chat
    around = _find_neighbours(chat, entries)
    shown = show_posts(entries, language)
    return [Sorted(one, *around[one.entry.pk], _find_place(one.entry, places)) for one in shown]


def _find_place(entry: Entry, places: Mapping[str, SuggestedPlace]) -> SuggestedPlace | None:
    place = places.get(entry.own_key)
    return place if place and place.fits(entry) else None


def _find_neighbours(
    chat: Chat, entries: Iterable[Entry]
) -> dict[int, tuple[list[Neighbour], list[Neighbour]]]:
    """Return what stands around each post; the posts of the chat are few, their order is cheap."""
    order = [
        (said_at, pk)
        for said_at, pk in chat.entries.filter(kind=EntryKind.POST)
        .exclude(text="")
        .order_by("said_at", "id")
        .values_list("said_at", "pk")
    ]
    spans = {}
    for entry in entries:
        at = bisect_left(order, (entry.said_at, entry.pk))
        before = [pk for _, pk in order[max(0, at - _BEFORE) : at]]
        after = [pk for _, pk in order[at + 1 : at + 1 + _AFTER]]
        spans[entry.pk] = before, after
    wanted = {pk for before, after in spans.values() for pk in (*before, *after)}
    rows = Entry.objects.filter(pk__in=wanted).values_list(
        "pk", "author", "said_at", "question", "body__post__text"
    )
    known = {
        pk: Neighbour(author, words or "", said_at, question)
        for pk, author, said_at, question, words in rows
    }
    return {
        pk: ([known[one] for one in before], [known[one] for one in after])
        for pk, (before, after) in spans.items()
    }
