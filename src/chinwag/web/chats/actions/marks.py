"""Marking posts while reading them, and unmarking them again."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from chinwag.web.chats.actions.note import note
from chinwag.web.chats.models import Chat, Entry, Mark, User


@transaction.atomic
def mark_post(user: User, entry: Entry, kind: str) -> Mark:
    """Mark a post; one that somebody has marked so stays theirs."""
    mark, is_new = Mark.objects.get_or_create(
        chat=entry.chat, post=entry.own_key, kind=kind, defaults={"made_by": user}
    )
    if is_new:
        note(user, "marked a post", entry.chat.slug, chat=entry.chat, kind=kind)
    return mark


@transaction.atomic
def unmark_post(user: User, entry: Entry, kind: str) -> None:
    """Take a mark from a post, whoever made it."""
    found = Mark.objects.filter(chat=entry.chat, post=entry.own_key, kind=kind)
    if found.delete()[0]:
        note(user, "unmarked a post", entry.chat.slug, chat=entry.chat, kind=kind)


def forget_marks(chat: Chat, there: Iterable[str]) -> None:
    """Drop the marks of posts that are not `there` any more. Call it in a transaction."""
    gone = set(chat.marks.values_list("post", flat=True)) - set(there)
    if gone:
        chat.marks.filter(post__in=gone).delete()
