"""What every page has around its own part."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from chinwag.version import __version__
from chinwag.web.chats import access
from chinwag.web.chats.models import Chat, User, WorkState


def find_user(request: HttpRequest) -> User:
    """Return who is signed in, in a view that only lets such people in."""
    return cast(User, request.user)


def add_frame(request: HttpRequest) -> dict[str, object]:
    """Return what the templates need to know of the visitor, and of the site.

    `hosted` holds the series that they may host, and is read where a template asks for it.
    """
    # Where a request is refused early, nobody has looked yet who is asking.
    visitor = getattr(request, "user", AnonymousUser())
    return {
        "has_desk": visitor.is_authenticated,
        "hosted": SimpleLazyObject(lambda: set(access.list_hosted_series(visitor))),
        "owns_site": access.is_site_owner(visitor),
        "version": __version__,
        "address": settings.SITE.address,
    }


def frame_desk(chat: Chat, step: str) -> dict[str, object]:
    """Return what every page of a chat's desk needs; `step` is the one that is open."""
    waiting = chat.changes.filter(state__in=(WorkState.WANTED, WorkState.NOTED))
    return {"chat": chat, "series": chat.series, "step": step, "is_on_its_way": waiting.exists()}
