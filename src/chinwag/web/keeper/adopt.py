"""Taking a chat folder that lies elsewhere into the site."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from chinwag.model import Chat as ChatFacts
from chinwag.stores.folder import ChatFolder, layout
from chinwag.web.chats.actions.chats import plan_chat
from chinwag.web.chats.actions.note import note
from chinwag.web.chats.models import Chat, Series
from chinwag.web.keeper.chats import take_up
from chinwag.web.keeper.index import hash_folder
from chinwag.web.site import Site
from chinwag.workflows.edit_blocks import freeze_story

_HOUR = timedelta(hours=1)


class Adopted(msgspec.Struct, frozen=True):
    """A chat of the site: its path there, and whether it has just been taken in."""

    path: str
    is_new: bool


def adopt_folder(
    root: Path, site: Site, *, series: str = "", is_published: bool = False
) -> Adopted:
    """Copy a chat folder into the site, and index it; what is published is frozen as it stands.

    A chat that the site has already, of the same hour of the series, is left. `series` is the
    address of its series, its hashtag's unless given; a series that is not there is made. Raises
    FolderError where there is no chat folder.
    """
    with ChatFolder.open(root).keep_captures_out():
        facts, digest = ChatFolder.open(root).read_chat(), hash_folder(root)
        slug = series or facts.hashtag.casefold()
        known = Chat.objects.filter(_find_alike(facts, digest), series__slug=slug).first()
        if known:
            return Adopted(known.get_absolute_url(), is_new=False)
        chat = _plan(slug, facts)
        _copy(root, site.chats / str(chat.folder))
    if is_published:
        _publish(chat, site.chats / str(chat.folder))
    take_up(chat, site)
    return Adopted(chat.get_absolute_url(), is_new=True)


def _find_alike(facts: ChatFacts, digest: str) -> Q:
    """Return a filter for the chat of a folder on the site, edited there or not."""
    same = Q(indexed_as=digest)
    if facts.window:
        starts_at, ends_at = _find_hour(facts)
        same |= Q(starts_at=starts_at, ends_at=ends_at, folder__isnull=False)
    return same


@transaction.atomic
def _plan(slug: str, facts: ChatFacts) -> Chat:
    """Make the row of the chat, and of its series where that is new."""
    series, is_new = Series.objects.get_or_create(
        slug=slug,
        defaults={
            "name": facts.series or f"#{facts.hashtag}",
            "hashtag": facts.hashtag,
            "time_zone": facts.time_zone,
            "contact": facts.contact,
        },
    )
    if is_new:
        note(None, "made series", slug, series=series)
    starts_at, ends_at = _find_hour(facts)
    title = facts.title or f"#{facts.hashtag}"
    planned = Chat(series=series, title=title, starts_at=starts_at, ends_at=ends_at)
    chat = plan_chat(None, planned)
    chat.folder = f"{slug}/{chat.slug}"
    chat.save(update_fields=["folder"])
    return chat


def _publish(chat: Chat, root: Path) -> None:
    """Let everybody read the chat's story, where there is one already, as it stands now."""
    chat.is_published, chat.published_at = True, timezone.now()
    if ChatFolder.open(root).has(layout.SUMMARY):
        chat.published_edition = freeze_story(root, at=chat.published_at)
    chat.save(update_fields=["is_published", "published_at", "published_edition"])


def _find_hour(facts: ChatFacts) -> tuple[datetime, datetime]:
    window = facts.window
    start = window.start if window else timezone.now()
    return start, window.end if window and window.end > start else start + _HOUR


def _copy(root: Path, to: Path) -> None:
    part = to.with_name(f".{to.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    shutil.copytree(root, part)
    part.rename(to)
