"""One person's posts, for those who may be shown by name."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from chinwag.web.chats import access
from chinwag.web.chats.queries.posts import show_posts

_POSTS_A_PAGE = 50


@require_safe
def show_person(request: HttpRequest, handle: str) -> HttpResponse:
    """Show what somebody said, for the teams of the series in which it was said.

    Nobody can agree yet to a page of their own, so strangers get the words for an unknown page.
    """
    posts = access.list_posts_of(request.user, handle)
    page = Paginator(posts, _POSTS_A_PAGE).get_page(request.GET.get("page"))
    if not page.object_list:
        raise Http404
    shown = {"handle": handle, "page": page}
    shown["posts"] = show_posts(page.object_list, get_language() or "en")
    return render(request, "chats/person.html", shown)
