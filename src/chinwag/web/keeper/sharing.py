"""Sharing: testing accounts on blogs, making and editing the posts there, sending letters."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from chinwag.blogs.contract import Blog, Rights
from chinwag.blogs.registry import find_blog
from chinwag.config import read_settings
from chinwag.errors import ChinwagError, InputError
from chinwag.http.addresses import NAMES, find_name
from chinwag.model import note_error
from chinwag.setup.clock import SystemClock
from chinwag.stores.folder import ChatFolder
from chinwag.web.chats.actions.share import want_comments
from chinwag.web.chats.models import Account, Chat, Comments, Letter, Publication, WorkState
from chinwag.web.live.tell import tell
from chinwag.web.site import Site
from chinwag.workflows.publish_to_blog import (
    BlogReport,
    BlogWishes,
    count_comments,
    publish_to_blog,
)

_COUNTED_FOR = timedelta(hours=1)  # how long a count of comments counts as current
_TALKED_ABOUT = timedelta(days=60)  # in which a post's comments are counted unasked


def try_account(account_id: int, _site: Site) -> None:
    """Ask a blog what an account may do there."""
    account = Account.objects.select_related("series").get(pk=account_id)
    try:
        rights = asyncio.run(_ask_rights(account))
    except ChinwagError as error:
        _fail(account, msgspec.to_builtins(note_error(error)))
        return
    Account.objects.filter(pk=account.pk).update(rights=msgspec.to_builtins(rights))
    _settle(account, WorkState.DONE, {})


def run_publication(publication_id: int, site: Site) -> None:
    """Make or edit the post of a chat on a blog.

    What the folder knows of the post is noted there before and after every step, so that a try that
    was cut off goes on where it ended, and no second post is made.
    """
    publication = Publication.objects.select_related("chat__series", "account__series").get(
        pk=publication_id
    )
    root = site.chats / str(publication.chat.folder)
    removals = ChatFolder.open(root).count_taken_out()
    edition = publication.chat.published_edition
    try:
        report = asyncio.run(_publish(publication, root, edition))
    except ChinwagError as error:
        _fail(publication, msgspec.to_builtins(note_error(error)))
        return
    rows = Publication.objects.filter(pk=publication.pk)
    rows.update(
        url=report.url,
        edit_url=report.edit_url,
        standing=report.state,
        edition=edition,
        removals=removals,
    )
    _settle(publication, WorkState.DONE, {})
    publication.refresh_from_db(fields=["url"])
    want_comments(publication)


def read_comments(comments_id: int, site: Site) -> None:
    """Read how many comments a post on a blog has; where that fails, the last number stays."""
    row = Comments.objects.select_related("publication__chat", "publication__account__series").get(
        pk=comments_id
    )
    root = site.chats / str(row.publication.chat.folder)
    try:
        number = asyncio.run(_count_comments(row.publication.account, root))
    except ChinwagError as error:
        _fail(row, msgspec.to_builtins(note_error(error)))
        return
    Comments.objects.filter(pk=row.pk).update(number=number, read_at=timezone.now())
    _settle(row, WorkState.DONE, {})


def want_comments_again(now: datetime) -> None:
    """Have comments counted again, where that was long ago and the post is still talked about."""
    due = Q(read_at__lt=now - _COUNTED_FOR) | Q(read_at=None)
    recent = Comments.objects.filter(due, publication__done_at__gt=now - _TALKED_ABOUT)
    still = recent.filter(state__in=(WorkState.DONE, WorkState.FAILED))
    still.update(state=WorkState.WANTED, tries=0, leased_until=None)


def send_letter(letter_id: int, _site: Site) -> None:
    """Send a letter, at most once: it is noted as being sent before it is."""
    letter = Letter.objects.select_related("chat__series").get(pk=letter_id)
    is_mine = Letter.objects.filter(pk=letter_id, state=WorkState.WANTED)
    if not is_mine.update(state=WorkState.RUNNING):
        return
    message = EmailMessage(
        letter.subject,
        letter.text,
        settings.DEFAULT_FROM_EMAIL,
        [letter.to],
        headers={"Message-ID": f"<letter-{letter.pk}-{letter.chat_id}@chinwag>"},
    )
    try:
        message.send()
    except OSError as fault:  # smtplib's errors are OSErrors
        _fail(letter, {"code": "letter-refused", "parts": {"said": str(fault)}})
        return
    _settle(letter, WorkState.DONE, {})


def want_removals_elsewhere(chat: Chat, removals: int) -> None:
    """Have posts on blogs edited again where they know of fewer removals than the folder."""
    behind = chat.publications.filter(removals__lt=removals, state=WorkState.DONE)
    if behind.exclude(url="").update(state=WorkState.WANTED, tries=0, leased_until=None):
        tell(chat, "shared")


async def _publish(publication: Publication, root: Any, edition: int | None) -> BlogReport:
    wishes = msgspec.convert(publication.wishes, BlogWishes)
    async with _open(publication.account) as blog:
        await _refuse_inside(publication.account)
        return await publish_to_blog(root, blog, timezone.now, wishes, edition=edition)


async def _count_comments(account: Account, root: Path) -> int:
    async with _open(account) as blog:
        await _refuse_inside(account)
        return await count_comments(root, blog)


async def _ask_rights(account: Account) -> Rights:
    async with _open(account) as blog:
        await _refuse_inside(account)
        return await blog.test()


def _open(account: Account) -> AbstractAsyncContextManager[Blog]:
    kind = find_blog(account.kind)
    if account.secret is None:
        raise InputError(
            "The password of {address} cannot be read any more.",
            code="secret-lost",
            address=account.address,
        )
    own = kind.settings(address=account.address, user=account.user, password=account.secret)
    return kind.open(own, account.series.contact, SystemClock())


async def _refuse_inside(account: Account) -> None:
    """Raise InputError for a blog in a private network that the settings do not name.

    Who runs the site says in its settings what may be reached inside.
    """
    own = read_settings().find_own(find_blog(account.kind))
    if account.address.rstrip("/") == getattr(own, "address", "").rstrip("/"):
        return
    if not await NAMES.stays_outside(find_name(account.address.strip())):
        raise InputError(
            "{address} is in a private network, and the settings of this site do not name it.",
            code="blog-in-private-network",
            address=account.address,
        )


def _fail(work: Account | Publication | Comments | Letter, problem: Mapping[str, Any]) -> None:
    _settle(work, WorkState.FAILED, problem)


def _settle(
    work: Account | Publication | Comments | Letter, state: str, problem: Mapping[str, Any]
) -> None:
    with transaction.atomic():
        type(work)._default_manager.filter(pk=work.pk).update(
            state=state, problem=problem, done_at=timezone.now(), leased_until=None
        )
        if isinstance(work, Comments):
            tell(work.publication.chat, "shared")
        elif not isinstance(work, Account):
            tell(work.chat, "shared")
