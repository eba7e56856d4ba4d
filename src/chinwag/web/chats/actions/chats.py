"""Planning chats, publishing their stories, asking for captures and imports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils import timezone

from chinwag.web.chats.actions.declined import Declined
from chinwag.web.chats.actions.note import note
from chinwag.web.chats.actions.write import keep_at_once
from chinwag.web.chats.models import (
    Capture,
    Change,
    ChangeKind,
    Chat,
    ChatState,
    OldAddress,
    Series,
    User,
    WorkState,
)
from chinwag.web.live.tell import tell


@transaction.atomic
def plan_chat(user: User | None, chat: Chat) -> Chat:
    """Keep a new chat at the next free address of its day."""
    chat.slug = find_free_slug(chat.series, chat.starts_at)
    chat.save()
    note(user, "planned chat", chat.slug, chat=chat)
    return chat


@transaction.atomic
def change_chat(user: User, chat: Chat) -> None:
    """Keep what is said of a chat; one that moves to another day keeps its old address, too.

    The chat's folder, where there is one, keeps its place.
    """
    before = Chat.objects.select_for_update().get(pk=chat.pk)
    if _find_day(chat) != _find_day(before) and not chat.indexed_as:
        chat.slug = find_free_slug(chat.series, chat.starts_at)
        OldAddress.objects.filter(series=chat.series, slug=chat.slug).delete()
        OldAddress.objects.create(series=chat.series, chat=chat, slug=before.slug)
    chat.save(update_fields=["title", "topic", "starts_at", "ends_at", "slug"])
    note(user, "changed chat", chat.slug, chat=chat)
    tell(chat, "changed")


@transaction.atomic
def publish_story(user: User, chat: Chat, *, is_published: bool) -> None:
    """Show the chat's story to everybody, or to the team alone.

    What is published stays as it is now, until it is published again.
    """
    chat.is_published = is_published
    chat.save(update_fields=["is_published"])
    if is_published:
        keep_at_once(chat)
        Change.objects.create(chat=chat, kind=ChangeKind.PUBLISH, made_by=user)
    note(user, "published story" if is_published else "withdrew story", chat.slug, chat=chat)
    tell(chat, "changed")


@transaction.atomic
def want_capture(
    user: User, chat: Chat, sources: Mapping[str, Sequence[str]], *, grace: int | None = None
) -> Capture:
    """Ask the keeper to capture the chat, and to follow late answers for `grace` minutes.

    Raises Declined where it is being captured already, or is cancelled.
    """
    if chat.state == ChatState.CANCELLED:
        raise Declined("chat-cancelled")
    try:
        with transaction.atomic():
            capture = Capture.objects.create(
                chat=chat, sources=dict(sources), grace=grace, made_by=user
            )
    except IntegrityError as fault:
        raise Declined("captured-already") from fault
    note(user, "asked for a capture", chat.slug, chat=chat, networks=sorted(sources))
    tell(chat, "capture")
    return capture


@transaction.atomic
def stop_capture(user: User, capture: Capture) -> None:
    """Ask the keeper to end a capture; what has come is kept and written up.

    One that has ended stays as it is.
    """
    rows = Capture.objects.filter(pk=capture.pk)
    if not rows.filter(state__in=(WorkState.WANTED, WorkState.RUNNING)).update(stop_wanted=True):
        return
    is_waiting = rows.filter(state=WorkState.WANTED, leased_until=None)
    is_waiting.update(state=WorkState.STOPPED, done_at=timezone.now())
    note(user, "asked to end the capture", capture.chat.slug, chat=capture.chat)
    tell(capture.chat, "capture")


@transaction.atomic
def cancel_chat(user: User, chat: Chat) -> None:
    """Say that a planned chat will not be held. Raises Declined for any other."""
    if chat.state != ChatState.PLANNED:
        raise Declined("chat-not-planned")
    chat.state = ChatState.CANCELLED
    chat.save(update_fields=["state"])
    note(user, "cancelled chat", chat.slug, chat=chat)
    tell(chat, "changed")


def find_free_slug(series: Series, starts_at: datetime) -> str:
    """Return the address of a chat on that day: the day in the series' zone, "-2" for a second."""
    day = starts_at.astimezone(ZoneInfo(series.time_zone)).date().isoformat()
    taken = set(series.chats.filter(slug__startswith=day).values_list("slug", flat=True))
    # An address that was once a chat's leads to it for ever, so no other chat may take it.
    taken |= set(series.old_addresses.exclude(chat=None).values_list("slug", flat=True))
    tried = (day if number == 1 else f"{day}-{number}" for number in range(1, len(taken) + 2))
    return next(slug for slug in tried if slug not in taken)


def _find_day(chat: Chat) -> date:
    return chat.starts_at.astimezone(ZoneInfo(chat.series.time_zone)).date()
