"""The reason for which a row was kept aside, in English."""

from __future__ import annotations

from chinwag.messages import open_catalogue
from chinwag.model import AsideRow


def say_reason(row: AsideRow) -> str:
    """Return the reason as a clause."""
    return open_catalogue().word_note(row.reason)
