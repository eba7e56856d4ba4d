"""Saying what chats are about."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction
from django.utils.text import slugify

from chinwag.web.chats.actions.note import note
from chinwag.web.chats.models import Chat, Series, Tag, User

_LONGEST_SLUG = 60


class Subjects(NamedTuple):
    """What a chat is about: one of the series' categories, "" for none, and tags by name."""

    category: str
    tags: tuple[str, ...]


@transaction.atomic
def set_subjects(user: User | None, chat: Chat, subjects: Subjects) -> None:
    """Set what a chat is about; tags that no chat has any more go."""
    before = set(chat.tags.all())
    tags = {_find_tag(chat.series, name, is_category=False) for name in subjects.tags}
    if subjects.category:
        tags.add(_find_tag(chat.series, subjects.category, is_category=True))
    if tags == before:
        return
    chat.tags.set(tags)
    chat.series.tags.filter(is_category=False, chats=None).delete()
    note(user, "changed subjects", chat.slug, chat=chat, tags=len(tags))


@transaction.atomic
def set_categories(user: User, series: Series, names: Iterable[str]) -> None:
    """Set the categories of a series; chats keep those of these that they have."""
    before = set(series.tags.filter(is_category=True))
    now = {_find_tag(series, name, is_category=True) for name in names}
    if now == before:
        return
    series.tags.filter(is_category=True).exclude(pk__in=[tag.pk for tag in now]).delete()
    note(user, "changed categories", series.slug, series=series, categories=len(now))


def _find_tag(series: Series, name: str, *, is_category: bool) -> Tag:
    """Return the tag of a name, made where it is new. Names that look alike are one tag."""
    tag, _ = Tag.objects.get_or_create(
        series=series, is_category=is_category, slug=_make_slug(name), defaults={"name": name}
    )
    return tag


def _make_slug(name: str) -> str:
    """Return a name as part of an address; a name of signs alone becomes a digest."""
    slug = slugify(name, allow_unicode=True)[:_LONGEST_SLUG]
    return slug or hashlib.sha256(name.encode()).hexdigest()[:12]
