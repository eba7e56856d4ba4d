"""The desk of a team's member: planning a chat and describing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chinwag.web.chats import access
from chinwag.web.chats.actions import chats as chat_actions
from chinwag.web.chats.actions.declined import Declined
from chinwag.web.chats.actions.tags import set_subjects
from chinwag.web.chats.forms.desk import ChatForm
from chinwag.web.chats.models import Role, Series
from chinwag.web.chats.queries.desk import list_desk
from chinwag.web.chats.views.frame import find_user
from chinwag.web.chats.views.words import tell_declined


@require_safe
@login_required
def show_desk(request: HttpRequest) -> HttpResponse:
    """Show my series, their chats, and the one thing to do next for each."""
    return render(
        request, "desk/desk.html", {"desk": list_desk(access.list_own_series(request.user))}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def plan_chat(request: HttpRequest, series: str) -> HttpResponse:
    """Plan a chat of a series."""
    found = access.find_series_to_host(request.user, series)
    form = ChatForm(request.POST or None, series=found)
    if request.method == "POST" and form.is_valid():
        chat = chat_actions.plan_chat(find_user(request), form.make_chat())
        set_subjects(find_user(request), chat, form.read_subjects())
        messages.success(request, _("The chat is planned."))
        return redirect(chat)
    shown = _frame_form(request, found, "new_chat", form)
    shown |= {"heading": _("Plan a chat"), "button": _("Plan the chat")}
    return render(request, "desk/form.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def describe_chat(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Change what is said of a chat: topic and subjects; while it is planned or runs, its hour."""
    chat = access.find_chat_to_host(request.user, series, day)
    form = ChatForm(request.POST or None, series=chat.series, chat=chat)
    if request.method == "POST" and form.is_valid():
        chat_actions.change_chat(find_user(request), form.make_chat())
        set_subjects(find_user(request), chat, form.read_subjects())
        messages.success(request, _("The chat is changed."))
        return redirect(chat)
    shown = _frame_form(request, chat.series, "", form)
    shown |= {"heading": chat.title, "button": _("Keep the changes")}
    return render(request, "desk/form.html", shown)


def _frame_form(request: HttpRequest, series: Series, tab: str, form: ChatForm) -> dict[str, Any]:
    is_owner = access.find_role(request.user, series) == Role.OWNER
    return {"series": series, "is_owner": is_owner, "tab": tab, "form": form}


@require_POST
@login_required
def publish_story(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Show the story to everybody, or to the team alone."""
    chat = access.find_chat_to_host(request.user, series, day)
    is_published = request.POST.get("do") != "withdraw"
    chat_actions.publish_story(find_user(request), chat, is_published=is_published)
    messages.success(
        request,
        _("Everybody can read the story.") if is_published else _("Only the team sees the story."),
    )
    return redirect("share", chat.series.slug, chat.slug)


@require_POST
@login_required
def cancel_chat(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Say that a planned chat will not be held."""
    chat = access.find_chat_to_host(request.user, series, day)
    try:
        chat_actions.cancel_chat(find_user(request), chat)
    except Declined as declined:
        messages.error(request, tell_declined(declined))
    else:
        messages.success(request, _("The chat is cancelled."))
    return redirect(chat)
