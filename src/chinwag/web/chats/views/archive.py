"""Every post of a chat, its figures, and one post."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chinwag.web.chats import access
from chinwag.web.chats.forms.archive import ArchiveForm
from chinwag.web.chats.models import Entry, EntryKind
from chinwag.web.chats.queries import chats as chat_queries
from chinwag.web.chats.queries.figures import measure_chat
from chinwag.web.chats.queries.posts import show_point, show_posts
from chinwag.web.chats.views.live import describe_live
from chinwag.web.chats.views.marks import add_marks
from chinwag.web.chats.views.sharing import share_chat, write_address

_POSTS_A_PAGE = 50


@require_safe
def show_archive(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Show the posts of a chat, fifty a page, of one question, person, network or kind."""
    chat = access.find_chat(request.user, series, day)
    posts = access.list_posts(chat)
    questions = chat_queries.list_questions(chat)
    form = ArchiveForm(request.GET, questions=questions, networks=chat_queries.list_networks(posts))
    wanted = form.filter(posts)
    page = Paginator(wanted, _POSTS_A_PAGE).get_page(request.GET.get("page"))
    for entry in page.object_list:
        entry.chat = chat
    shown = add_marks(request, chat) | {
        "chat": chat,
        "series": chat.series,
        "tab": "archive",
        "form": form,
        "page": page,
        "uncounted": wanted.filter(speaker="").count(),
        "posts": show_posts(page.object_list, get_language() or "en"),
        "live": describe_live(chat, page, request.GET, get_language() or "en"),
        "shared": share_chat(chat, request.path, _("Archive of %(title)s") % {"title": chat.title}),
    }
    return render(request, "chats/archive.html", shown)


@require_safe
def show_figures(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Show the figures of a chat, each with the list behind it."""
    chat = access.find_chat(request.user, series, day)
    shown = {
        "chat": chat,
        "series": chat.series,
        "tab": "figures",
        "figures": measure_chat(chat, get_language() or "en"),
        "shared": share_chat(chat, request.path, _("Figures of %(title)s") % {"title": chat.title}),
    }
    return render(request, "chats/figures.html", shown)


@require_safe
def show_entry(request: HttpRequest, public: str) -> HttpResponse:
    """Show one post with what it answers, or one point; anything else stands on its own page."""
    entry = access.find_entry(request.user, public)
    if entry.kind == EntryKind.STORY:
        return redirect("story", entry.chat.series.slug, entry.chat.slug)
    if entry.kind == EntryKind.QUESTION:
        asked = urlencode({"question": entry.question})
        return redirect(f"{entry.chat.get_absolute_url()}archive/?{asked}")
    chat = entry.chat
    shown: dict[str, Any] = {"chat": chat, "series": chat.series} | add_marks(request, chat)
    shown["shared"] = share_chat(chat, request.path, chat.title, oembed=True)
    if entry.kind == EntryKind.POINT:
        return _show_point(request, entry, shown)
    answers = access.list_posts(chat).filter(reply_to=entry.key).select_related("chat__series")
    (shown["post"],) = show_posts([entry], get_language() or "en")
    shown["answers"] = show_posts(answers, get_language() or "en")
    return render(request, "chats/entry.html", shown)


def _show_point(request: HttpRequest, entry: Entry, shown: dict[str, Any]) -> HttpResponse:
    point = show_point(entry, get_language() or "en")
    embed = write_address(reverse("embed_entry", args=[entry.public]))
    shown |= {"point": point, "posts": point.posts, "embed": embed}
    return render(request, "chats/point.html", shown)
