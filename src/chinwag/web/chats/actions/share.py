"""Sharing a story: accounts on blogs, one post on each, letters to lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from chinwag.model import Secret
from chinwag.web.chats.actions.declined import Declined
from chinwag.web.chats.actions.note import note
from chinwag.web.chats.models import (
    Account,
    Chat,
    Comments,
    Letter,
    Publication,
    Series,
    User,
    WorkState,
)
from chinwag.web.live.tell import tell


@transaction.atomic
def connect_account(
    user: User, series: Series, *, address: str, name: str, secret: Secret
) -> Account:
    """Keep an account on a blog, and have it tested. Raises Declined for one that is there."""
    try:
        with transaction.atomic():
            account = Account.objects.create(
                series=series,
                address=address,
                user=name,
                secret=secret,  # type: ignore[misc]
                made_by=user,
            )
    except IntegrityError as fault:
        raise Declined("account-there") from fault
    note(user, "connected a blog", address, series=series)
    return account


@transaction.atomic
def want_test(user: User, account: Account) -> None:
    """Have an account tested again."""
    _want(Account, account.pk)
    note(user, "tested a blog", account.address, series=account.series)


@transaction.atomic
def remove_account(user: User, account: Account) -> None:
    """Forget an account and its password; what was published there stays there."""
    note(user, "removed a blog", account.address, series=account.series)
    account.delete()


@transaction.atomic
def want_publication(
    user: User, chat: Chat, account: Account, wishes: Mapping[str, Any]
) -> Publication:
    """Have the story put on a blog as it is published here, or edited again there.

    Raises Declined where it is not published here.
    """
    if not chat.is_published:
        raise Declined("story-not-published")
    publication, _ = Publication.objects.get_or_create(chat=chat, account=account)
    publication.wishes, publication.made_by = dict(wishes), user
    publication.save(update_fields=["wishes", "made_by"])
    _want(Publication, publication.pk)
    note(user, "asked for a post on a blog", account.address, chat=chat)
    tell(chat, "shared")
    return publication


@transaction.atomic
def want_comments(publication: Publication) -> None:
    """Have the comments under a post on a blog counted. Raises Declined where none is there."""
    if not publication.url:
        raise Declined("no-post-there")
    row, _ = Comments.objects.get_or_create(publication=publication)
    _want(Comments, row.pk)
    tell(publication.chat, "shared")


@transaction.atomic
def write_letter(user: User, chat: Chat, *, to: str, subject: str, text: str) -> Letter:
    """Keep a letter, to be looked at before it is sent."""
    letter = Letter.objects.create(
        chat=chat, to=to, subject=subject, text=text, state=WorkState.FOUND, made_by=user
    )
    note(user, "wrote a letter", chat.slug, chat=chat)
    return letter


@transaction.atomic
def send_letter(user: User, letter: Letter) -> None:
    """Have a letter sent. Raises Declined where it is sent already, or may have been."""
    is_cut_off = Q(state=WorkState.RUNNING, leased_until__lt=timezone.now())
    is_open = Q(state__in=(WorkState.FOUND, WorkState.FAILED)) | is_cut_off
    waiting = Letter.objects.filter(is_open, pk=letter.pk)
    if not waiting.update(state=WorkState.WANTED, tries=0, problem={}):
        raise Declined("letter-sent")
    note(user, "sent a letter", letter.to, chat=letter.chat)


def _want(model: type[Account] | type[Publication] | type[Comments], id_: int) -> None:
    rows = model._default_manager.filter(pk=id_)
    rows.update(state=WorkState.WANTED, tries=0, leased_until=None, problem={})
