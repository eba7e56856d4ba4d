"""How often one visitor may ask for what costs the site much, by kind.

Each web process counts for itself, in memory: the count only has to protect this process, and a
reader leaves no row. Signing in has its own limits (allauth's), which hold in every process.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chinwag.web.intake import find_sender

_SAFE = ("GET", "HEAD", "OPTIONS")
_SEARCHES = frozenset(("search", "person"))
_TAKEN = frozenset(("story_file", "chat_file", "chat_card", "series_card", "site_card"))
_BRINGING = frozenset(("imports", "chat_import", "add_picture", "files"))


class Limit(NamedTuple):
    """So many requests of one visitor within so many seconds, counted from the first one on."""

    number: int
    seconds: int


class LimitMiddleware:
    """Answers 429 where a visitor asks for one kind of thing too often."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return what the site answers."""
        return self._get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """Return a refusal where there were too many, None where the page may be made."""
        kind = _tell_kind(request)
        if kind is None:
            return None
        limit = Limit(*settings.LIMITS[kind])
        if _count(f"{kind}-{_name_visitor(request)}", limit) <= limit.number:
            return None
        refused = render(request, "429.html", status=429)
        refused["Retry-After"] = str(limit.seconds)
        return refused


def _tell_kind(request: HttpRequest) -> str | None:
    name = request.resolver_match.url_name if request.resolver_match else None
    if request.method not in _SAFE:
        return "uploads" if name in _BRINGING else "forms"
    if name in _SEARCHES:
        return "searches"
    return "exports" if name in _TAKEN else None


def _count(key: str, limit: Limit) -> int:
    """Return how many there were, this one too."""
    counted = caches["limits"]
    counted.add(key, 0, limit.seconds)
    try:
        return counted.incr(key)
    except ValueError:  # its time has just ended
        return 1


def _name_visitor(request: HttpRequest) -> str:
    """Return who asks: somebody who is signed in, or else an address."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
        return f"user-{request.user.pk}"
    said = request.META
    sender = find_sender(
        said.get("REMOTE_ADDR", ""), said.get("HTTP_X_FORWARDED_FOR", ""), settings.SITE.proxies
    )
    return f"address-{re.sub('[^0-9A-Za-z.:]', '', sender)[:64]}"
