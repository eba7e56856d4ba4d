"""Capturing a chat from the desk: starting it, watching it, ending it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from chinwag.config import read_settings
from chinwag.web.chats import access
from chinwag.web.chats.actions import chats as chat_actions
from chinwag.web.chats.actions.declined import Declined
from chinwag.web.chats.forms.captures import CaptureForm
from chinwag.web.chats.models import Chat, ChatState
from chinwag.web.chats.queries.captures import show_capture
from chinwag.web.chats.views.frame import find_user
from chinwag.web.chats.views.words import tell_declined
from chinwag.web.sources import list_sources


@never_cache
@require_safe
@login_required
def watch_capture(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Show how the capture of a chat goes, or the form to start one."""
    chat = access.find_chat_to_help(request.user, series, day)
    form = CaptureForm(sources=list_sources(read_settings()))
    return _show(request, chat, form)


@require_POST
@login_required
def start_capture(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Ask for a capture of a chat."""
    chat = access.find_chat_to_host(request.user, series, day)
    form = CaptureForm(request.POST, sources=list_sources(read_settings()))
    if not form.is_valid():
        return _show(request, chat, form)
    try:
        chat_actions.want_capture(
            find_user(request), chat, form.read_sources(), grace=form.cleaned_data["grace"]
        )
    except Declined as declined:
        messages.error(request, tell_declined(declined))
    else:
        messages.success(request, _("The capture starts in a moment."))
    return redirect("capture", series, day)


@require_POST
@login_required
def stop_capture(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Ask the capture of a chat to end."""
    chat = access.find_chat_to_host(request.user, series, day)
    capture = access.find_capture(request.user, chat)
    if capture:
        chat_actions.stop_capture(find_user(request), capture)
        messages.success(request, _("The capture ends after a last look, and the story is made."))
    return redirect("capture", series, day)


def _show(request: HttpRequest, chat: Chat, form: CaptureForm) -> HttpResponse:
    capture = access.find_capture(request.user, chat)
    shown = {
        "chat": chat,
        "series": chat.series,
        "step": "capture",
        "shown": show_capture(capture, get_language() or "en") if capture else None,
        "may_host": access.may_host(request.user, chat),
        "is_over": chat.ends_at < timezone.now(),
        "is_cancelled": chat.state == ChatState.CANCELLED,
        "form": form,
    }
    return render(request, "desk/capture.html", shown)
