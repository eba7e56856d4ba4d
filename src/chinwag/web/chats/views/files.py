"""The pictures of a story and the files of a chat: showing, keeping and changing them."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chinwag.model import FILES, PICTURES
from chinwag.web.chats import access
from chinwag.web.chats.actions import files as file_actions
from chinwag.web.chats.actions.declined import Declined
from chinwag.web.chats.forms.files import FileForm, ReplacementForm, WordsForm
from chinwag.web.chats.models import Chat, ChatFile
from chinwag.web.chats.queries.files import (
    find_kept,
    is_in_story,
    list_files,
    list_not_kept,
)
from chinwag.web.chats.views.frame import find_user, frame_desk
from chinwag.web.chats.views.words import tell_declined


@require_safe
def show_picture(request: HttpRequest, series: str, day: str, picture: str) -> HttpResponse:
    """Show a picture: to everybody where the published story has it, else to the team."""
    chat = access.find_chat_with_story(request.user, series, day)
    file = access.find_file(request.user, chat, f"{PICTURES}/{picture}")
    is_of_team = access.find_role(request.user, chat.series) in access.HELPERS
    path = find_kept(settings.SITE, file) if is_of_team or is_in_story(file) else None
    if path is None:
        raise Http404
    return _show(request, file, path)


@require_safe
def hand_out_file(request: HttpRequest, series: str, day: str, file: str) -> HttpResponse:
    """Hand out a file of a chat, to be saved: what it holds is never shown as a page."""
    chat = access.find_chat(request.user, series, day)
    kept = access.find_file(request.user, chat, f"{FILES}/{file}")
    path = find_kept(settings.SITE, kept)
    if path is None:
        raise Http404
    answer = HttpResponse(path.read_bytes(), content_type=kept.media_type)
    answer["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=kept.shown_name
    )
    answer["Cache-Control"] = "private, no-cache"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def show_files(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Show the files of a chat to its team; POST keeps another."""
    chat = access.find_chat_to_help(request.user, series, day)
    may_show = access.may_host(request.user, chat)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FileForm(*data, may_show=may_show)
    if request.method == "POST" and form.is_valid():
        words, is_public = form.read_said()
        brought = form.read_brought(words, is_public=is_public)
        try:
            file_actions.keep_file(find_user(request), chat, brought, settings.SITE.uploads)
        except Declined as declined:
            form.add_error("file", tell_declined(declined))
        else:
            messages.success(request, _("The file is kept."))
            return redirect("files", series, day)
    shown = frame_desk(chat, "files") | {
        "form": form,
        "files": [_describe(one, may_host=may_show) for one in list_files(chat)],
        "failed": list_not_kept(chat, get_language() or "en"),
    }
    return render(request, "desk/files.html", shown)


@require_POST
@login_required
def change_file(request: HttpRequest, series: str, day: str, file_id: int) -> HttpResponse:
    """Change the description of a file, put another in its place, or take it out."""
    chat = access.find_chat_to_help(request.user, series, day)
    file = access.find_file_to_change(request.user, chat, file_id)
    do = request.POST.get("do")
    if do == "out":
        file_actions.take_out_file(find_user(request), file)
        messages.success(request, _("It is taken out, and leaves every copy within seconds."))
    elif do == "replace":
        _replace(request, file)
    else:
        _say_anew(request, chat, file)
    return redirect("files", series, day)


def _replace(request: HttpRequest, file: ChatFile) -> None:
    form = ReplacementForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(str(one) for one in form.errors["file"]))
        return
    brought = form.read_brought(file.words, is_public=file.is_public)
    try:
        file_actions.replace_file(find_user(request), file, brought, settings.SITE.uploads)
    except Declined as declined:
        messages.error(request, tell_declined(declined))
    else:
        messages.success(request, _("The new file has taken its place."))


def _say_anew(request: HttpRequest, chat: Chat, file: ChatFile) -> None:
    form = WordsForm(request.POST, may_show=access.may_host(request.user, chat))
    if not form.is_valid():
        messages.error(request, _("Say what the file is."))
        return
    words, is_public = form.read_said()
    file_actions.describe_file(find_user(request), file, words, is_public=is_public)
    messages.success(request, _("It is noted."))


def _describe(file: ChatFile, *, may_host: bool) -> dict[str, object]:
    """Return a file with its forms; only hosts change what everybody may have."""
    may_change = may_host or not file.is_public
    initial = {"words": file.words, "is_public": file.is_public}
    words = WordsForm(may_show=may_host, initial=initial, auto_id=f"id_{file.pk}_%s")
    replacement = ReplacementForm(auto_id=f"id_{file.pk}_%s")
    return {
        "file": file,
        "words": words if may_change else None,
        "replacement": replacement if may_change else None,
    }


def _show(request: HttpRequest, file: ChatFile, path: Path) -> HttpResponse:
    """Return a picture, or that the browser's is still the one: its name tells its content."""
    tag = f'"{file.sha256}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified()
    answer = HttpResponse(path.read_bytes(), content_type=file.media_type)
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"  # one that is taken out is shown nowhere
    answer["Content-Disposition"] = f'inline; filename="{file.shown_name}"'
    return answer
