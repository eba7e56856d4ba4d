"""A series' team, its settings and its log, and how somebody joins."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chinwag.web.chats import access
from chinwag.web.chats.accounts import INVITED
from chinwag.web.chats.actions import series as series_actions
from chinwag.web.chats.actions.declined import Declined
from chinwag.web.chats.actions.tags import set_categories
from chinwag.web.chats.forms.desk import InvitationForm, JoinForm, RoleForm, SettingsForm
from chinwag.web.chats.models import Role, Series
from chinwag.web.chats.views.frame import find_user
from chinwag.web.chats.views.words import tell_declined

_LINES_A_PAGE = 50


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def show_team(request: HttpRequest, series: str) -> HttpResponse:
    """Show the team; POST makes an invitation, whose address is shown once."""
    found = access.find_series_to_own(request.user, series)
    form = InvitationForm(request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        _invitation, secret = series_actions.invite(
            find_user(request), found, said["role"], until=said["until"], words=said["words"]
        )
        form = InvitationForm()
    shown = {
        "series": found,
        "is_owner": True,
        "tab": "team",
        "members": access.list_members(request.user, found),
        "invitations": access.list_invitations(request.user, found),
        "roles": Role.choices,
        "form": form,
        "secret": request.build_absolute_uri(reverse("join", args=[secret])) if secret else "",
    }
    return render(request, "desk/team.html", shown)


@require_POST
@login_required
def change_member(request: HttpRequest, series: str, user_id: int) -> HttpResponse:
    """Give a member another role, or take them off the team."""
    found = access.find_series_to_own(request.user, series)
    member = access.find_member(request.user, found, user_id)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            if form.cleaned_data["do"] == "remove":
                series_actions.remove_member(find_user(request), member)
            else:
                series_actions.change_role(find_user(request), member, form.cleaned_data["role"])
        except Declined as declined:
            messages.error(request, tell_declined(declined))
        else:
            messages.success(request, _("The team is changed."))
    return redirect("team", series)


@require_POST
@login_required
def withdraw(request: HttpRequest, series: str, invitation_id: int) -> HttpResponse:
    """Make an open invitation useless."""
    found = access.find_series_to_own(request.user, series)
    invitation = access.find_open_invitation(request.user, found, invitation_id)
    series_actions.withdraw(find_user(request), invitation)
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("team", series)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change_settings(request: HttpRequest, series: str) -> HttpResponse:
    """Show and keep a series' settings."""
    found = access.find_series_to_own(request.user, series)
    form = SettingsForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        changed = [name for name in form.changed_data if name != "categories"]
        kept = form.save(commit=False)
        series_actions.change_series(find_user(request), kept, changed)
        set_categories(find_user(request), kept, form.cleaned_data["categories"])
        messages.success(request, _("The settings are kept."))
        return redirect("series_settings", kept.slug)
    shown = {
        "series": Series(slug=series, name=form.initial["name"]),
        "is_owner": True,
        "tab": "settings",
        "form": form,
        "heading": _("Settings"),
        "button": _("Keep the settings"),
    }
    return render(request, "desk/form.html", shown)


@require_safe
@login_required
def show_log(request: HttpRequest, series: str) -> HttpResponse:
    """Show who did what when."""
    found = access.find_series_to_own(request.user, series)
    lines = access.list_log(request.user, found)
    page = Paginator(lines, _LINES_A_PAGE).get_page(request.GET.get("page"))
    shown = {"series": found, "is_owner": True, "tab": "log", "page": page}
    return render(request, "desk/log.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Show an invitation, and let whoever is signed in accept it."""
    invitation = access.find_invitation(secret)
    request.session[INVITED] = True
    form = None
    if request.user.is_authenticated:
        said = request.POST if request.method == "POST" else None
        form = JoinForm(said, user=find_user(request))
    if form and form.is_valid():
        try:
            named = form.cleaned_data.get("name", "")
            series_actions.accept(find_user(request), invitation, name=named)
        except Declined as declined:
            messages.error(request, tell_declined(declined))
            return redirect("site")
        request.session.pop(INVITED, None)
        messages.success(request, _("Welcome to the team."))
        return redirect("desk")
    return render(request, "chats/join.html", {"invitation": invitation, "form": form})
