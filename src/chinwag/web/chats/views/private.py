"""Pages of people who are signed in are theirs: nothing between them and the site keeps one."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class PrivateMiddleware:
    """Marks what somebody who is signed in is shown, where its view has not said who may keep it.

    A browser may hold it, and asks again before showing it: who has left the team, or signed out,
    is not shown it from memory.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return what the site answers, marked."""
        answer = self._get_response(request)
        is_open = answer.has_header("Cache-Control") or (
            settings.SESSION_COOKIE_NAME not in request.COOKIES
        )
        if not is_open and request.user.is_authenticated:
            answer["Cache-Control"] = "private, no-cache"
        return answer
