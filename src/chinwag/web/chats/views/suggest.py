"""An editor's help: a language model's suggestions, asked for, taken or left."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chinwag.web.chats import access
from chinwag.web.chats.actions import suggest as suggest_actions
from chinwag.web.chats.actions.declined import Declined
from chinwag.web.chats.models import AdviceTask, Chat, Suggestion, WorkState
from chinwag.web.chats.queries.problems import tell_problem
from chinwag.web.chats.queries.suggest import count_decided
from chinwag.web.chats.views.frame import find_user, frame_desk
from chinwag.web.chats.views.sort import tell_decision
from chinwag.web.chats.views.words import tell_declined
from chinwag.web.live.tell import tell_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def show_advice(request: HttpRequest, series: str, day: str, task: str) -> HttpResponse:
    """Show what asking the model would send, and what came of it; POST goes a step further."""
    chat = access.find_chat_to_host(request.user, series, day)
    if request.method == "POST":
        try:
            _go_on(request, chat, task)
        except Declined as declined:
            messages.error(request, tell_declined(declined))
        return redirect(request.path)
    advice = access.find_advice(request.user, chat, task)
    shown = frame_desk(chat, "sort" if task == AdviceTask.PLACES else "write") | {
        "task": task,
        "model": settings.SITE.model,
        "has_draft": access.has_draft(chat),
        "advice": advice,
        "is_going": advice is not None and advice.state in (WorkState.LOOKING, WorkState.WANTED),
        "problem": tell_problem(advice.problem, get_language() or "en") if advice else None,
        "decided": count_decided(access.list_suggestions(request.user, chat, task)),
    }
    return render(request, "desk/advice.html", shown)


@require_POST
@login_required
def decide_suggestion(
    request: HttpRequest, series: str, day: str, suggestion_id: int
) -> HttpResponse:
    """Take or leave one suggestion."""
    chat = access.find_chat_to_help(request.user, series, day)
    row = access.find_suggestion(request.user, chat, suggestion_id)
    if row.advice.task == AdviceTask.PLACES:
        return _decide_place(request, chat, row)
    block = None
    try:
        with tell_of(request.POST.get("change", "")):
            if request.POST.get("do") == "take":
                block = suggest_actions.take_suggestion(find_user(request), row)
            else:
                suggest_actions.leave_suggestion(find_user(request), row)
    except Declined as declined:
        messages.error(request, tell_declined(declined))
    anchor = f"#b-{block.pk}" if block else ""
    return redirect(reverse("write", args=[series, day]) + anchor)


@require_POST
@login_required
def decide_all(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Take or leave all suggestions together."""
    chat = access.find_chat_to_help(request.user, series, day)
    user = find_user(request)
    is_of_places = request.POST.get("task") == AdviceTask.PLACES
    task, back = (AdviceTask.PLACES, "sort") if is_of_places else (AdviceTask.POINTS, "write")
    if request.POST.get("do") != "take":
        suggest_actions.leave_all(user, chat, task)
        return redirect(back, series, day)
    with tell_of(request.POST.get("change", "")):
        taken, unfit = suggest_actions.take_all(user, chat, task)
    told = ngettext("%(n)d suggestion is taken.", "%(n)d suggestions are taken.", taken)
    messages.success(request, told % {"n": taken})
    if unfit:
        told = ngettext(
            "%(n)d did not fit any more: its point or its post has changed.",
            "%(n)d did not fit any more: their points or posts have changed.",
            unfit,
        )
        messages.error(request, told % {"n": unfit})
    return redirect(back, series, day)


def _decide_place(request: HttpRequest, chat: Chat, row: Suggestion) -> HttpResponse:
    """Put a post where it is suggested, or leave it; where JSON is asked for, tell the way back."""
    change = None
    try:
        with tell_of(request.POST.get("change", "")):
            if request.POST.get("do") == "take":
                change = suggest_actions.take_place(find_user(request), row)
            else:
                suggest_actions.leave_suggestion(find_user(request), row)
    except Declined as declined:
        return tell_decision(request, chat, tell_declined(declined), status=409)
    said = _("The post is placed.") if change else _("The suggestion is left.")
    return tell_decision(request, chat, said, change=change)


def _go_on(request: HttpRequest, chat: Chat, task: str) -> None:
    """Have it counted, asked, or stopped."""
    user, do = find_user(request), request.POST.get("do")
    advice = access.find_advice(request.user, chat, task)
    if do == "stop" and advice:
        suggest_actions.stop_advice(advice)
    elif do == "ask" and advice:
        suggest_actions.ask_advice(user, advice)
        messages.success(request, _("The model is being asked. You can go on writing."))
    elif do == "count" and settings.SITE.model and access.has_draft(chat):
        suggest_actions.count_advice(user, chat, settings.SITE.model, task)
