"""The site's first minutes, and its health, for its owner."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from chinwag.web.chats import access
from chinwag.web.chats.actions import people as people_actions
from chinwag.web.chats.actions import series as series_actions
from chinwag.web.chats.actions.declined import Declined
from chinwag.web.chats.forms.desk import FirstForm, NewSeriesForm
from chinwag.web.chats.queries.health import list_health
from chinwag.web.chats.views.frame import find_user
from chinwag.web.chats.views.words import tell_declined

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def make_owner(request: HttpRequest) -> HttpResponse:
    """Make the owner by the code of the terminal, sign them in and offer a passkey."""
    if not access.may_become_owner():
        raise Http404
    form = FirstForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            invitation = access.find_invitation(said["code"], of_site=True)
            owner = people_actions.make_owner(invitation, said["email"], said["name"])
        except Http404:
            form.add_error("code", _("This is not the code. The terminal shows it."))
        except Declined as declined:
            form.add_error(None, tell_declined(declined))
        else:
            login(request, owner, backend=_BACKEND)
            record_authentication(request, owner, "code")
            messages.success(request, _("You own this site. Make a passkey to sign in with."))
            return redirect("desk" if access.list_own_series(owner) else "new_series")
    return render(request, "chats/first.html", {"form": form})


@require_safe
@login_required
def show_site_desk(request: HttpRequest) -> HttpResponse:
    """Show the site's health and its series."""
    access.require_site_owner(request.user)
    shown = {
        "health": list_health(settings.SITE.folder),
        "series": access.list_own_series(request.user),
    }
    return render(request, "desk/site.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def make_series(request: HttpRequest) -> HttpResponse:
    """Make a series."""
    access.require_site_owner(request.user)
    form = NewSeriesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = series_actions.make_series(find_user(request), form.save(commit=False))
        messages.success(request, _("The series is made. Plan its next chat, or bring old files."))
        return redirect("new_chat", made.slug)
    return render(request, "desk/new_series.html", {"form": form})
