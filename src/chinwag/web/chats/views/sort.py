"""Sorting: posts in doubt, each decided by one key or button, and the questions themselves."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chinwag.web.chats import access
from chinwag.web.chats.actions import sort as sort_actions
from chinwag.web.chats.actions.declined import Declined
from chinwag.web.chats.forms.sort import KIND_NAMES, CorrectForm, DropForm, LookForm, WordingForm
from chinwag.web.chats.models import AdviceTask, Change, Chat
from chinwag.web.chats.queries import chats as chat_queries
from chinwag.web.chats.queries import sort as sort_queries
from chinwag.web.chats.queries.marks import find_marks
from chinwag.web.chats.queries.suggest import count_decided, list_places
from chinwag.web.chats.views.frame import find_user, frame_desk
from chinwag.web.chats.views.words import tell_declined
from chinwag.web.live.tell import tell_of

_POSTS_A_PAGE = 25
_LATEST = 10  # changes that are shown


@require_safe
@login_required
def show_sort(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Show the posts in doubt, the least sure first; or those of a question, a person, or words."""
    chat = access.find_chat_to_help(request.user, series, day)
    posts = access.list_posts(chat)
    questions = chat_queries.list_questions(chat)
    form = LookForm(request.GET, questions=questions)
    sought = form.read()
    rows = list(access.list_suggestions(request.user, chat, AdviceTask.PLACES))
    places = list_places(rows)
    is_suggested = "suggested" in request.GET
    if is_suggested:
        found = sort_queries.find_named(posts, places)
    elif any(sought.values()):
        found = sort_queries.find_sortable(posts, **sought)
    else:
        found = sort_queries.list_doubtful(posts)
    page = Paginator(found, _POSTS_A_PAGE).get_page(request.GET.get("page"))
    language = get_language() or "en"
    shown = frame_desk(chat, "sort") | {
        "marks": find_marks(chat),
        "form": form,
        "is_doubt": not (is_suggested or any(sought.values())),
        "suggested": count_decided(rows),
        "may_ask": bool(settings.SITE.model) and access.may_host(request.user, chat),
        "page": page,
        "items": sort_queries.show_sorted(chat, list(page.object_list), language, places),
        "questions": questions,
        "kinds": KIND_NAMES.items(),
        "progress": sort_queries.measure_progress(posts),
        "changes": access.list_changes(request.user, chat)[:_LATEST],
        "query": request.GET.urlencode(),
    }
    return render(request, "desk/sort.html", shown)


@require_POST
@login_required
def correct(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Say where some posts belong. Where JSON is asked for, tell how to take it back."""
    chat = access.find_chat_to_help(request.user, series, day)
    labels = [one.label for one in chat_queries.list_questions(chat)]
    entries = list(access.list_posts(chat).filter(public__in=request.POST.getlist("posts")))
    form = CorrectForm(request.POST, labels=labels, posts=[one.public for one in entries])
    if not form.is_valid():
        return tell_decision(request, chat, _("Choose a post, and where it belongs."), status=400)
    question, kind = form.read_question(), form.cleaned_data["kind"]
    try:
        with tell_of(request.POST.get("change", "")):
            change = sort_actions.correct_posts(
                find_user(request), chat, entries, question=question, kind=kind
            )
    except Declined as declined:
        return tell_decision(request, chat, tell_declined(declined), status=409)
    told = ngettext("%(n)d post is placed.", "%(n)d posts are placed.", len(entries))
    return tell_decision(request, chat, told % {"n": len(entries)}, change=change)


@require_safe
@login_required
def tell_standing(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Tell where some posts stand now, by their keys; one that is gone is not among them."""
    chat = access.find_chat_to_help(request.user, series, day)
    sought = request.GET.getlist("posts")[:_POSTS_A_PAGE]
    found = access.list_posts(chat).filter(public__in=sought).exclude(text="")
    standing = found.values_list("key", "question", "placed_by")
    return JsonResponse({"posts": {key: [question, by] for key, question, by in standing}})


@require_POST
@login_required
def take_back(request: HttpRequest, series: str, day: str, change_id: int) -> HttpResponse:
    """Let posts stand as they stood before a correction."""
    chat = access.find_chat_to_help(request.user, series, day)
    change = access.find_change(request.user, chat, change_id)
    try:
        with tell_of(request.POST.get("change", "")):
            sort_actions.take_back(find_user(request), change)
    except Declined as declined:
        return tell_decision(request, chat, tell_declined(declined), status=409)
    return tell_decision(request, chat, _("It stands as it did before."))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change_questions(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Show the questions; POST rewords one, adds one, or adds a part of one."""
    chat = access.find_chat_to_help(request.user, series, day)
    form = WordingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        text = " ".join(said["text"].split())
        sort_actions.word_question(find_user(request), chat, said["label"], text)
        messages.success(request, _("The words of Q%(label)s are kept.") % {"label": said["label"]})
        return redirect("questions", series, day)
    shown = frame_desk(chat, "questions") | {
        "form": form,
        "questions": chat_queries.list_questions(chat),
    }
    return render(request, "desk/questions.html", shown)


@require_POST
@login_required
def drop_question(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Take a question out of the chat, or merge it into another."""
    chat = access.find_chat_to_help(request.user, series, day)
    form = DropForm(request.POST)
    if form.is_valid():
        label, into = form.cleaned_data["label"], form.cleaned_data["into"]
        try:
            sort_actions.drop_question(find_user(request), chat, label, into=into)
        except Declined as declined:
            messages.error(request, tell_declined(declined))
        else:
            messages.success(request, _("Q%(label)s is gone.") % {"label": label})
    return redirect("questions", series, day)


def tell_decision(
    request: HttpRequest, chat: Chat, said: str, *, status: int = 200, change: Change | None = None
) -> HttpResponse:
    """Say what became of a decision: on the page that was looked at, or as JSON where asked."""
    if request.accepts("text/html"):
        (messages.success if status == HTTPStatus.OK else messages.error)(request, said)
        address = reverse("sort", args=[chat.series.slug, chat.slug])
        return redirect(f"{address}?{request.POST.get('query', '')}#posts")
    told: dict[str, object] = {"said": said}
    if change:
        told["take_back"] = reverse("take_back", args=[chat.series.slug, chat.slug, change.pk])
    return JsonResponse(told, status=status)
