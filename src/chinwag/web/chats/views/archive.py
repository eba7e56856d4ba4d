"""P8, P9, P16: every post of a chat, its figures, and one post."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from chinwag.web.chats import access
from chinwag.web.chats.forms.archive import ArchiveForm
from chinwag.web.chats.models import EntryKind
from chinwag.web.chats.queries import chats as chat_queries
from chinwag.web.chats.queries.figures import measure_chat
from chinwag.web.chats.queries.posts import show_posts

_POSTS_A_PAGE = 50


@require_safe
def show_archive(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Show the posts of a chat, fifty a page, of one question, person, network or kind."""
    chat = access.find_chat(request.user, series, day)
    posts = access.list_posts(chat)
    questions = chat_queries.list_questions(chat)
    form = ArchiveForm(request.GET, questions=questions, networks=chat_queries.list_networks(posts))
    page = Paginator(form.filter(posts), _POSTS_A_PAGE).get_page(request.GET.get("page"))
    for entry in page.object_list:
        entry.chat = chat
    shown = {
        "chat": chat,
        "series": chat.series,
        "tab": "archive",
        "form": form,
        "page": page,
        "posts": show_posts(page.object_list, get_language() or "en"),
    }
    return render(request, "chats/archive.html", shown)


@require_safe
def show_figures(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Show the figures of a chat, each with the list behind it."""
    chat = access.find_chat(request.user, series, day)
    figures = measure_chat(chat)
    shown = {"chat": chat, "series": chat.series, "tab": "figures", "figures": figures}
    return render(request, "chats/figures.html", shown)


@require_safe
def show_entry(request: HttpRequest, public: str) -> HttpResponse:
    """Show one post with what it answers; anything else stands on its own page."""
    entry = access.find_entry(request.user, public)
    if entry.kind == EntryKind.STORY:
        return redirect("story", entry.chat.series.slug, entry.chat.slug)
    if entry.kind != EntryKind.POST:
        label = entry.question
        return redirect(f"{entry.chat.get_absolute_url()}archive/?question={label}")
    answers = access.list_posts(entry.chat).filter(reply_to=entry.key)
    (shown,) = show_posts([entry], get_language() or "en")
    context = {
        "chat": entry.chat,
        "series": entry.chat.series,
        "post": shown,
        "answers": show_posts(answers.select_related("chat__series"), get_language() or "en"),
    }
    return render(request, "chats/entry.html", context)
