"""What a team marks while reading, for the follow-up of a chat."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from chinwag.web.chats import access
from chinwag.web.chats.actions import marks as mark_actions
from chinwag.web.chats.forms.marks import MarkForm
from chinwag.web.chats.models import Chat
from chinwag.web.chats.queries.marks import find_marks, list_marked
from chinwag.web.chats.views.frame import find_user, frame_desk


@require_safe
@login_required
def show_marks(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Show the posts that are marked for the follow-up."""
    chat = access.find_chat_to_help(request.user, series, day)
    marks = find_marks(chat)
    shown = frame_desk(chat, "marks") | {
        "marks": marks,
        "groups": list_marked(chat, marks, get_language() or "en"),
    }
    return render(request, "desk/marks.html", shown)


@require_POST
@login_required
def mark_post(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Mark a post, or unmark it. Where JSON is asked for, tell who marked it when."""
    chat = access.find_chat_to_help(request.user, series, day)
    form = MarkForm(request.POST)
    if not form.is_valid():
        raise Http404
    entry = access.find_post_to_mark(request.user, chat, form.cleaned_data["post"])
    kind, is_marked = form.read_kind()
    act = mark_actions.mark_post if is_marked else mark_actions.unmark_post
    act(find_user(request), entry, kind)
    if not request.accepts("text/html"):
        return JsonResponse({"who": str(find_user(request)) if is_marked else ""})
    return redirect(_find_back(chat, form.cleaned_data["back"]))


def add_marks(request: HttpRequest, chat: Chat) -> dict[str, object]:
    """Return what a page needs so that its posts can be marked: nothing but for the team."""
    return {"marks": find_marks(chat)} if access.may_mark(request.user, chat) else {}


def _find_back(chat: Chat, back: str) -> str:
    """Return the page of this site on which somebody marked a post."""
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/"):
        return back
    return reverse("marks", args=[chat.series.slug, chat.slug])
