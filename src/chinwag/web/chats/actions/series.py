"""Making and changing series, and who is of their teams."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from chinwag.web.chats import access
from chinwag.web.chats.actions.declined import Declined
from chinwag.web.chats.actions.note import note
from chinwag.web.chats.models import Invitation, Membership, OldAddress, Role, Series, User

INVITATION_LASTS = timedelta(days=14)
FIRST_CODE_LASTS = timedelta(days=7)
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without characters that look like others


@transaction.atomic
def make_series(user: User, series: Series) -> Series:
    """Keep a new series; whoever makes it owns it."""
    series.save()
    Membership.objects.create(series=series, user=user, role=Role.OWNER)
    note(user, "made series", series.slug, series=series)
    return series


@transaction.atomic
def change_series(user: User, series: Series, changed: list[str]) -> None:
    """Keep a series' changed settings, and note which they are; an old address leads to the new."""
    before = Series.objects.select_for_update().get(pk=series.pk)
    if before.slug != series.slug:
        series.old_addresses.filter(chat=None, slug=series.slug).delete()
        OldAddress.objects.create(series=series, slug=before.slug)
    series.save()
    note(user, "changed settings", series.slug, series=series, settings=changed)


@transaction.atomic
def invite(
    user: User, series: Series, role: str, *, until: datetime | None = None, words: str = ""
) -> tuple[Invitation, str]:
    """Return a new invitation and its secret, which is kept nowhere."""
    secret = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        series=series,
        role=role,
        until=until,
        note=words,
        secret_hash=access.hash_secret(secret),
        made_by=user,
        expires_at=timezone.now() + INVITATION_LASTS,
    )
    note(user, "invited", role, series=series)
    return invitation, secret


@transaction.atomic
def make_first_code() -> str:
    """Return a new one-time code by which the site's owner is made; earlier codes end."""
    Invitation.objects.filter(series=None, used_at=None).delete()
    code = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    Invitation.objects.create(
        role=Role.OWNER,
        secret_hash=access.hash_secret(code),
        expires_at=timezone.now() + FIRST_CODE_LASTS,
    )
    return code


@transaction.atomic
def accept(user: User, invitation: Invitation, *, name: str = "") -> None:
    """Make the user a member, or the site's owner, as the invitation says; it is used up.

    Whoever has no name yet is given this one. A higher role stays. Raises Declined where somebody
    else has used it meanwhile.
    """
    is_free = Invitation.objects.filter(pk=invitation.pk, used_at=None)
    if not is_free.update(used_at=timezone.now()):
        raise Declined("invitation-used")
    if name and not user.name:
        user.name = name
        user.save(update_fields=["name"])
    if invitation.series is None:
        user.is_site_owner = True
        user.save(update_fields=["is_site_owner"])
        note(user, "became the site's owner")
        return
    _join(user, invitation)
    note(user, "joined", invitation.role, series=invitation.series)


@transaction.atomic
def change_role(user: User, member: Membership, role: str) -> None:
    """Give a member another role. Raises Declined where the series would have no owner left."""
    _refuse_without_owner(member, still_owner=role == Role.OWNER)
    member.role = role
    member.save(update_fields=["role"])
    note(user, "changed a role", role, series=member.series)


@transaction.atomic
def remove_member(user: User, member: Membership) -> None:
    """Take a member off the team. Raises Declined where the series would have no owner left."""
    _refuse_without_owner(member, still_owner=False)
    member.delete()
    note(user, "took a member off the team", member.role, series=member.series)


@transaction.atomic
def withdraw(user: User, invitation: Invitation) -> None:
    """Make an invitation useless."""
    note(user, "withdrew an invitation", invitation.role, series=invitation.series)
    invitation.delete()


def _join(user: User, invitation: Invitation) -> None:
    more = list(Role.values)
    member, is_new = Membership.objects.get_or_create(
        series=invitation.series,
        user=user,
        defaults={"role": invitation.role, "until": invitation.until},
    )
    if not is_new and more.index(invitation.role) < more.index(member.role):
        member.role, member.until = invitation.role, invitation.until
        member.save(update_fields=["role", "until"])


def _refuse_without_owner(member: Membership, *, still_owner: bool) -> None:
    owners = Membership.objects.select_for_update().filter(series=member.series, role=Role.OWNER)
    others = [owner for owner in owners if owner.pk != member.pk and owner.until is None]
    if member.role == Role.OWNER and not still_owner and not others:
        raise Declined("last-owner")
