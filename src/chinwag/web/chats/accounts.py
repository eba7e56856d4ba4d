"""How people get an account: by an invitation alone."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

INVITED = "invited"  # the key in the session of the invitation that somebody followed


class AccountAdapter(DefaultAccountAdapter):
    """Lets in whoever was invited."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return whether this browser has followed an invitation."""
        return bool(request.session.get(INVITED))
