"""Making the site's owner."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from chinwag.web.chats.actions.series import accept
from chinwag.web.chats.models import Invitation, User


@transaction.atomic
def make_owner(invitation: Invitation, email: str, name: str) -> User:
    """Make somebody the site's owner by the terminal's code, and return them.

    Whoever can read the terminal can read the database as well, so the address needs no other
    proof. Whoever has an account there already keeps it, without its passkeys and second steps: the
    code is also for people who have lost them. Raises Declined where the code was used meanwhile.
    """
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email, name=name)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    else:
        Authenticator.objects.filter(user=user).delete()
    accept(user, invitation, name=name)
    return user
