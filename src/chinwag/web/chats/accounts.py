"""How people get an account, by an invitation alone, and how their second steps are kept."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest

from chinwag.model import Secret

INVITED = "invited"  # the key in the session of the invitation that somebody followed


class AccountAdapter(DefaultAccountAdapter):
    """Lets in whoever was invited."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return whether this browser has followed an invitation."""
        return bool(request.session.get(INVITED))


class SecondStepAdapter(DefaultMFAAdapter):
    """Keeps the secrets of authenticators and recovery codes sealed."""

    def encrypt(self, text: str) -> str:
        """Return a secret as the database holds it."""
        return settings.SEAL.seal(Secret(text))

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret; "", by which no code is right, where the key to it is lost."""
        opened = settings.SEAL.open(encrypted_text)
        return opened.reveal() if opened else ""
