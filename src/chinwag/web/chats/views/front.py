"""The public front: the site, a series, a chat, the search."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chinwag.web.chats import access
from chinwag.web.chats.forms.search import SearchForm
from chinwag.web.chats.queries import chats as chat_queries
from chinwag.web.chats.queries.search import search_entries

_FOUND_A_PAGE = 25


@require_safe
def show_site(request: HttpRequest) -> HttpResponse:
    """P1: the series of this site."""
    series = chat_queries.list_series_facts(access.list_series(request.user))
    return render(request, "chats/site.html", {"series": series, "has_owner": access.has_owner()})


@require_safe
def show_series(request: HttpRequest, series: str) -> HttpResponse:
    """P2: the next chat, the last stories, how to take part."""
    found = access.find_series(request.user, series)
    chats = access.list_chats(found)
    shown = {
        "series": found,
        "next": chat_queries.find_next_chat(chats),
        "latest": chat_queries.list_latest(chats),
        "role": access.find_role(request.user, found),
    }
    return render(request, "chats/series.html", shown)


@require_safe
def list_chats(request: HttpRequest, series: str) -> HttpResponse:
    """P11: every chat of a series, by year."""
    found = access.find_series(request.user, series)
    years = chat_queries.group_by_year(access.list_chats(found))
    return render(request, "chats/chats.html", {"series": found, "years": years})


@require_safe
def show_chat(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """P3: one chat, before, during and after its hour."""
    chat = access.find_chat(request.user, series, day)
    shown = {
        "chat": chat,
        "series": chat.series,
        "tab": "chat",
        "questions": chat_queries.list_questions(chat),
        "has_story": access.may_read_story(request.user, chat) and bool(chat.indexed_as),
        "role": access.find_role(request.user, chat.series),
    }
    return render(request, "chats/chat.html", shown)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """P14: posts, questions, points and stories that hold the words."""
    form = SearchForm(request.GET, series=access.list_series(request.user))
    found = None
    if form.is_valid() and form.says_something:
        entries = search_entries(access.list_entries(request.user), form.read())
        found = Paginator(entries, _FOUND_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "chats/search.html", {"form": form, "found": found})
