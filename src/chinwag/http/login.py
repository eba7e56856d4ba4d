"""A user's name with a password, as a server wants them in a header (RFC 7617)."""

from __future__ import annotations

import base64

import msgspec

from chinwag.errors import InputError
from chinwag.model import Secret


class Login(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks: a user's name and a password, such as one that was made for a program."""

    user: str
    password: Secret

    def make_header(self) -> str:
        """Return the header's value. Raises InputError for a name that no header can hold."""
        if not self.user or ":" in self.user or not self.user.isprintable():
            raise InputError(
                "{user!r} is not a user's name.", code="login-user-invalid", user=self.user
            )
        return f"Basic {self._encode()}"

    def hide_in(self, body: bytes) -> bytes:
        """Return what somebody sent, without the password, however it is written there."""
        password = self.password.reveal()
        for written in (self._encode(), password, password.replace(" ", "")):
            body = Secret(written).hide_in(body, shortest=8)
        return body

    def _encode(self) -> str:
        return base64.b64encode(f"{self.user}:{self.password.reveal()}".encode()).decode()
