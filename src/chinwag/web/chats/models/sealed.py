"""A field whose value the database holds sealed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from chinwag.model import Secret


class SealedField(models.TextField):
    """Holds a `Secret`; None where the key by which it was sealed is lost.

    It cannot be searched: the same secret is never sealed twice alike.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Return what a migration keeps: to the database it is text."""
        name, _path, given, named = super().deconstruct()
        return name, "django.db.models.TextField", list(given), named

    def from_db_value(self, value: str, *_: Any) -> Secret | None:
        """Open what the database holds."""
        return self.to_python(value)

    def to_python(self, value: Any) -> Secret | None:
        """Return a secret as it is, and what was sealed, opened."""
        return value if isinstance(value, Secret) else settings.SEAL.open(value or "")

    def get_prep_value(self, value: Any) -> str:
        """Return what the database is to hold; it refuses anything but a secret."""
        if value is not None and not isinstance(value, Secret):
            raise TypeError("A sealed field holds a Secret.")
        return settings.SEAL.seal(value) if value else ""

    def value_to_string(self, obj: models.Model) -> str:
        """Return what a backup holds: the secret, sealed."""
        return self.get_prep_value(self.value_from_object(obj))
