"""Sharing a story, and the accounts by which a series does so."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chinwag.web.chats import access
from chinwag.web.chats.actions import share as share_actions
from chinwag.web.chats.actions.declined import Declined
from chinwag.web.chats.forms.captures import NAMES
from chinwag.web.chats.forms.share import AccountForm, LetterForm, PostForm
from chinwag.web.chats.models import Chat, Role
from chinwag.web.chats.queries.downloads import list_downloads
from chinwag.web.chats.queries.problems import tell_problem
from chinwag.web.chats.queries.share import Told, list_targets, write_told
from chinwag.web.chats.views.frame import find_user, frame_desk
from chinwag.web.chats.views.sharing import count_speech, write_address
from chinwag.web.chats.views.story import choose_page
from chinwag.web.chats.views.words import tell_declined


@require_safe
@login_required
def show_share(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Show where the story is, and what became of it there."""
    chat = access.find_chat_to_host(request.user, series, day)
    language = get_language() or "en"
    address = write_address(reverse("story", args=[series, day]))
    words = _("You are quoted in the write-up of #%(tag)s.") % {"tag": chat.series.hashtag}
    shown = frame_desk(chat, "share") | {
        "address": address,
        "files": list_downloads(settings.SITE.stories, chat),
        "targets": list_targets(chat, language),
        "post": PostForm(initial={"tags": chat.series.hashtag}),
        "letter": LetterForm(initial=_draft_letter(chat, address)),
        "letters": [(one, tell_problem(one.problem, language)) for one in chat.letters.all()],
        "told": _name_networks(write_told(chat, words, address)) if chat.is_published else [],
        "draft": getattr(chat, "draft", None),
        "is_owner": access.find_role(request.user, chat.series) == Role.OWNER,
    }
    return render(request, "desk/share.html", shown)


@require_safe
@login_required
def preview(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Show the story as it would be read, were it published now."""
    chat = access.find_chat_to_help(request.user, series, day)
    is_draft = chat.story_pages.filter(is_draft=True).exists()
    shown = {
        "chat": chat,
        "series": chat.series,
        "tab": "",
        "page": choose_page(chat, is_draft=is_draft),
    }
    return render(request, "chats/story.html", shown)


@require_POST
@login_required
def publish_on_blog(request: HttpRequest, series: str, day: str, account_id: int) -> HttpResponse:
    """Have the story put on a blog, or edited again there."""
    chat = access.find_chat_to_host(request.user, series, day)
    account = access.find_account_to_use(request.user, chat.series, account_id)
    form = PostForm(request.POST)
    if form.is_valid():
        archive = write_address(reverse("archive", args=[series, day]))
        try:
            share_actions.want_publication(
                find_user(request), chat, account, form.read_wishes(archive)
            )
        except Declined as declined:
            messages.error(request, tell_declined(declined))
        else:
            messages.success(
                request, _("It is being put there. This page tells what became of it.")
            )
    return redirect("share", series, day)


@require_POST
@login_required
def read_comments(request: HttpRequest, series: str, day: str, account_id: int) -> HttpResponse:
    """Have the comments under the chat's post on a blog counted."""
    chat = access.find_chat_to_host(request.user, series, day)
    account = access.find_account_to_use(request.user, chat.series, account_id)
    publication = access.find_publication(request.user, chat, account)
    try:
        share_actions.want_comments(publication)
    except Declined as declined:
        messages.error(request, tell_declined(declined))
    else:
        messages.success(request, _("The blog is being asked. Look again in a moment."))
    return redirect("share", series, day)


@require_POST
@login_required
def write_letter(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Keep a letter, and show it as it will arrive."""
    chat = access.find_chat_to_host(request.user, series, day)
    form = LetterForm(request.POST)
    if not form.is_valid():
        shown = frame_desk(chat, "share") | {"form": form}
        return render(request, "desk/letter.html", shown)
    said = form.cleaned_data
    letter = share_actions.write_letter(
        find_user(request), chat, to=said["to"], subject=said["subject"], text=said["text"]
    )
    return redirect("letter", series, day, letter.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def show_letter(request: HttpRequest, series: str, day: str, letter_id: int) -> HttpResponse:
    """Show a letter as it will arrive; POST sends it, once."""
    chat = access.find_chat_to_host(request.user, series, day)
    letter = access.find_letter(request.user, chat, letter_id)
    if request.method == "POST":
        try:
            share_actions.send_letter(find_user(request), letter)
        except Declined as declined:
            messages.error(request, tell_declined(declined))
        else:
            messages.success(request, _("The letter is being sent."))
        return redirect("share", series, day)
    shown = frame_desk(chat, "share") | {"letter": letter}
    return render(request, "desk/letter.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def show_accounts(request: HttpRequest, series: str) -> HttpResponse:
    """Show the series' accounts on blogs; POST connects one."""
    found = access.find_series_to_own(request.user, series)
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            share_actions.connect_account(
                find_user(request),
                found,
                address=said["address"],
                name=said["user"],
                secret=said["password"],
            )
        except Declined as declined:
            form.add_error("address", tell_declined(declined))
        else:
            messages.success(request, _("The blog is being asked. Look again in a moment."))
            return redirect("accounts", series)
    accounts = access.list_accounts(request.user, found)
    language = get_language() or "en"
    shown = {
        "series": found,
        "is_owner": True,
        "tab": "accounts",
        "form": form,
        "accounts": [(one, tell_problem(one.problem, language)) for one in accounts],
    }
    return render(request, "desk/accounts.html", shown)


@require_POST
@login_required
def change_account(request: HttpRequest, series: str, account_id: int) -> HttpResponse:
    """Test an account again, or forget it."""
    found = access.find_series_to_own(request.user, series)
    account = access.find_account(request.user, found, account_id)
    if request.POST.get("do") == "remove":
        share_actions.remove_account(find_user(request), account)
        messages.success(request, _("The account is forgotten; what is published there stays."))
    else:
        share_actions.want_test(find_user(request), account)
        messages.success(request, _("The blog is being asked. Look again in a moment."))
    return redirect("accounts", series)


def _name_networks(told: list[Told]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the texts by the names under which people know the networks."""
    return [(str(NAMES.get(one.network, one.network)), one.texts) for one in told]


def _draft_letter(chat: Chat, address: str) -> dict[str, str]:
    """Return a letter to begin with."""
    tag = chat.series.hashtag
    text = _(
        "The write-up of the #%(tag)s chat “%(title)s” is out:\n\n%(address)s\n\n"
        "%(people)s wrote %(posts)s. Everything that was said can be read there."
    )
    people, posts = count_speech(chat)
    said = {
        "tag": tag,
        "title": chat.title,
        "address": address,
        "people": people,
        "posts": posts,
    }
    return {"subject": f"#{tag}: {chat.title}", "text": text % said}
