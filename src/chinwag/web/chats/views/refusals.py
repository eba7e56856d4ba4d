"""What is shown where a page is not there, may not be seen, or cannot be made."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chinwag.web.chats import access


def show_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Say that there is no such page, in the same words where it is there but hidden.

    An address that a series or a chat had before leads to where it is now.
    """
    moved = access.find_moved(request.path) if request.method in ("GET", "HEAD") else ""
    if moved:
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{moved}?{query}" if query else moved, permanent=True)
    return render(request, "chats/not_found.html", status=404)


def show_forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Say that this needs another role."""
    return render(request, "chats/forbidden.html", status=403)


def show_bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Say that the request cannot be read."""
    return render(request, "chats/bad_request.html", status=400)


def show_failure(request: HttpRequest) -> HttpResponse:
    """Say that something went wrong here."""
    return render(request, "chats/failure.html", status=500)
