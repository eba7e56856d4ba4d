"""Secrets at rest: sealed by a key that lies beside the database, never in it.

Whoever gets hold of the database alone, or of a backup, cannot read them. The file `sealing-keys`
holds a key a line, the newest first: the first one seals, all of them open.
"""

from __future__ import annotations

from collections.abc import Iterable

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from chinwag.model import Secret


def make_key() -> str:
    """Return a new key."""
    return Fernet.generate_key().decode()


class Seal:
    """Seals and opens secrets by the keys of a site, of which there is at least one."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = MultiFernet([Fernet(key) for key in keys])

    def seal(self, secret: Secret) -> str:
        """Return a secret as it may be kept; "" for none."""
        return self._keys.encrypt(secret.reveal().encode()).decode() if secret else ""

    def open(self, sealed: str) -> Secret | None:
        """Return the secret; an empty one for "", None where no key of the site opens it."""
        if not sealed:
            return Secret()
        try:
            return Secret(self._keys.decrypt(sealed.encode()).decode())
        except InvalidToken:
            return None

    def renew(self, sealed: str) -> str:
        """Return what was sealed by any key, sealed by the newest; "" where no key opens it."""
        opened = self.open(sealed)
        return self.seal(opened) if opened else ""
