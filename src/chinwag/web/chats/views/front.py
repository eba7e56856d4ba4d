"""The public front: the site, a series, its figures, a chat, the search."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chinwag.web.chats import access
from chinwag.web.chats.forms.search import SearchForm
from chinwag.web.chats.queries import chats as chat_queries
from chinwag.web.chats.queries.files import list_files
from chinwag.web.chats.queries.search import FoundPages, search_entries
from chinwag.web.chats.queries.series_figures import measure_series
from chinwag.web.chats.views.sharing import share_chat, share_series, share_site

_FOUND_A_PAGE = 25


@require_safe
def show_site(request: HttpRequest) -> HttpResponse:
    """Show the series of this site."""
    series = chat_queries.list_series_facts(access.list_series(request.user))
    shown = {"series": series, "has_owner": access.has_owner(), "shared": share_site()}
    return render(request, "chats/site.html", shown)


@require_safe
def show_series(request: HttpRequest, series: str) -> HttpResponse:
    """Show a series: its next chat, its last stories, how to take part."""
    found = access.find_series(request.user, series)
    chats = access.list_chats(found)
    shown = {
        "series": found,
        "next": chat_queries.find_next_chat(chats),
        "latest": chat_queries.list_latest(chats),
        "role": access.find_role(request.user, found),
        "shared": share_series(found, request.path),
    }
    return render(request, "chats/series.html", shown)


@require_safe
def list_chats(request: HttpRequest, series: str) -> HttpResponse:
    """Show every chat of a series, by year, and what its chats are about."""
    found = access.find_series(request.user, series)
    shown = {
        "series": found,
        "years": chat_queries.group_by_year(access.list_chats(found)),
        "categories": chat_queries.list_tags(found, categories=True),
        "tags": chat_queries.list_tags(found, categories=False),
        "shared": share_series(found, request.path, _("Every chat")),
    }
    return render(request, "chats/chats.html", shown)


@require_safe
def list_tagged(request: HttpRequest, series: str, tag: str, *, is_category: bool) -> HttpResponse:
    """Show the chats of a category or with a tag, by year."""
    found = access.find_series(request.user, series)
    about = access.find_tag(found, tag, is_category=is_category)
    shown = {
        "series": found,
        "tag": about,
        "years": chat_queries.group_by_year(access.list_chats(found).filter(tags=about)),
        "shared": share_series(found, request.path, about.name),
    }
    return render(request, "chats/chats.html", shown)


@require_safe
def show_series_figures(request: HttpRequest, series: str) -> HttpResponse:
    """Show the figures of a series over time."""
    found = access.find_series(request.user, series)
    shown = {
        "series": found,
        "figures": measure_series(access.list_chats(found)),
        "shared": share_series(found, request.path, _("Figures")),
    }
    return render(request, "chats/series_figures.html", shown)


@require_safe
def show_chat(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Show one chat, before, during and after its hour."""
    chat = access.find_chat(request.user, series, day)
    shown = {
        "chat": chat,
        "series": chat.series,
        "tab": "chat",
        "questions": chat_queries.list_questions(chat),
        "tags": chat.tags.select_related("series").order_by("-is_category", "name"),
        "files": list_files(chat, is_public=True),
        "shared": share_chat(chat, request.path),
        "has_story": access.may_read_story(request.user, chat) and bool(chat.indexed_as),
        "role": access.find_role(request.user, chat.series),
    }
    return render(request, "chats/chat.html", shown)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the posts, questions, points and stories that hold the words."""
    form = SearchForm(request.GET, series=access.list_series(request.user))
    found = None
    if form.is_valid() and form.says_something:
        entries = search_entries(access.list_entries(request.user), form.read())
        found = FoundPages(entries, _FOUND_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "chats/search.html", {"form": form, "found": found})
