"""Making the site's owner."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction

from chinwag.web.chats.actions.declined import Declined
from chinwag.web.chats.actions.series import accept
from chinwag.web.chats.models import Invitation, User


@transaction.atomic
def make_owner(invitation: Invitation, email: str, name: str) -> User:
    """Return the site's owner, made by the code of the terminal.

    Whoever can read the terminal can read the database as well, so the address needs no other
    proof. Raises Declined where the code was used meanwhile or the address has an account.
    """
    if User.objects.filter(email__iexact=email).exists():
        raise Declined("address-taken")
    user = User.objects.create_user(email, name=name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    accept(user, invitation)
    return user
