"""The marks of a chat's posts: for each post, and as a list for the follow-up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from django.db.models import Q

from chinwag.web.chats.models import Chat, Entry, EntryKind, Mark, MarkKind
from chinwag.web.chats.queries.posts import ShownPost, show_posts

Marks = Mapping[str, Mapping[str, Mark]]  # by the post's id in the folder, then by kind


class Choice(NamedTuple):
    """A mark that a post can have: its kind, its name, and the mark, None where it has none."""

    kind: str
    name: str
    mark: Mark | None


class Marked(NamedTuple):
    """The posts that are marked as one kind, in the order in which they were said."""

    name: str
    posts: list[ShownPost]


def find_marks(chat: Chat) -> Marks:
    """Return all marks of a chat."""
    found: defaultdict[str, dict[str, Mark]] = defaultdict(dict)
    for mark in chat.marks.select_related("made_by"):
        found[mark.post][mark.kind] = mark
    return dict(found)


def list_choices(marks: Marks, post: str) -> list[Choice]:
    """Return what a post can be marked as, and is."""
    own = marks.get(post, {})
    return [Choice(kind.value, str(kind.label), own.get(kind.value)) for kind in MarkKind]


def list_marked(chat: Chat, marks: Marks, language: str) -> list[Marked]:
    """Return the marked posts of a chat, kind by kind; a kind that nobody used is left out."""
    named = Q(key__in=marks) | Q(body__own_id__in=list(marks))
    entries = list(chat.entries.filter(named, kind=EntryKind.POST).order_by("said_at", "id"))
    for entry in entries:
        entry.chat = chat
    shown = show_posts(entries, language)
    groups = [
        Marked(str(kind.label), [one for one in shown if _has(marks, one.entry, kind)])
        for kind in MarkKind
    ]
    return [one for one in groups if one.posts]


def _has(marks: Marks, entry: Entry, kind: str) -> bool:
    return kind in marks.get(entry.own_key, {})
