"""Bringing in files, seeing what was found in them, and keeping it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from chinwag.web.chats import access
from chinwag.web.chats.actions import imports as import_actions
from chinwag.web.chats.actions.declined import Declined
from chinwag.web.chats.forms.imports import ImportForm, KeepForm, LookForm
from chinwag.web.chats.models import Chat, Import, Role, Series, WorkState
from chinwag.web.chats.queries.imports import FoundChat, is_going, list_found, list_made
from chinwag.web.chats.queries.problems import tell_problem
from chinwag.web.chats.views.frame import find_user
from chinwag.web.chats.views.words import tell_declined

_LATEST = 20  # imports that are listed


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def bring_files(request: HttpRequest, series: str) -> HttpResponse:
    """Bring in files of any chat of a series."""
    found = access.find_series_to_help(request.user, series)
    return _bring(request, found, None)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def bring_files_of_chat(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Bring in files of one chat."""
    chat = access.find_chat_to_help(request.user, series, day)
    return _bring(request, chat.series, chat)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def show_import(request: HttpRequest, series: str, import_id: int) -> HttpResponse:
    """Show how it goes with files, what was found in them, and take a decision about it."""
    team = access.find_series_to_help(request.user, series)
    brought = access.find_import(request.user, team, import_id)
    found = list_found(brought, get_language() or "en")
    keep = KeepForm(_read_post(request, "keep"), found=found)
    look = _make_look_form(brought, _read_post(request, "again"))
    if request.method == "POST" and _decide(request, brought, keep, look):
        return redirect("import", series, import_id)
    return render(request, "desk/import.html", _describe(request, brought, found, keep, look))


def _bring(request: HttpRequest, series: Series, chat: Chat | None) -> HttpResponse:
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*data, series=series)
    if chat:
        del form.fields["each"]
    if request.method == "POST" and form.is_valid():
        brought = import_actions.bring_files(
            find_user(request),
            series,
            chat,
            form.list_files(),
            form.read_details(),
            settings.SITE.uploads,
        )
        return redirect("import", series.slug, brought.pk)
    imports = access.list_imports(request.user, series)
    shown = {
        "series": series,
        "chat": chat,
        "is_owner": access.find_role(request.user, series) == Role.OWNER,
        "tab": "imports",
        "form": form,
        "imports": (imports.filter(chat=chat) if chat else imports)[:_LATEST],
    }
    return render(request, "desk/imports.html", shown)


def _decide(request: HttpRequest, brought: Import, keep: KeepForm, look: LookForm) -> bool:
    """Do what the post says; return False where a form is to be shown again."""
    user = find_user(request)
    try:
        match request.POST.get("do"):
            case "keep" if keep.is_valid():
                import_actions.keep_found(user, brought, keep.read_chosen())
            case "again" if look.is_valid():
                import_actions.look_again(user, brought, look.read_details())
            case "aside":
                import_actions.set_aside(user, brought)
                messages.success(request, _("Nothing is kept of these files."))
            case _:
                return False
    except Declined as declined:
        messages.error(request, tell_declined(declined))
    return True


def _describe(
    request: HttpRequest,
    brought: Import,
    found: list[FoundChat],
    keep: KeepForm,
    look: LookForm,
) -> dict[str, Any]:
    made = list_made(brought)
    return {
        "series": brought.series,
        "chat": brought.chat,
        "is_owner": access.find_role(request.user, brought.series) == Role.OWNER,
        "tab": "imports",
        "brought": brought,
        "is_going": is_going(brought),
        "is_found": brought.state == WorkState.FOUND,
        "found": keep.list_fields(),
        "can_keep": any(chat.choices for chat in found),
        "made": made,
        "problem": tell_problem(brought.problem, get_language() or "en"),
        "look": look,
    }


def _read_post(request: HttpRequest, do: str) -> Any:
    """Return what was posted, where it is for this form."""
    return request.POST if request.POST.get("do") == do else None


def _make_look_form(brought: Import, data: Any) -> LookForm:
    said = brought.details
    initial = said | {name: said[name][:16] for name in ("start", "end") if name in said}
    form = LookForm(data, initial=initial, series=brought.series, prefix="look")
    if brought.chat:
        del form.fields["each"]
    return form
