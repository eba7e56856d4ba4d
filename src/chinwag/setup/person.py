"""Who is at this machine, so that it can be seen later who corrected what."""

from __future__ import annotations

import os
import pwd

from chinwag.config import Settings


def find_person(settings: Settings, said: str = "") -> str:
    """Return the name that a person gave, else that of the settings, else that of the login.

    It is "" where the system knows no name for the login, as in some containers.
    """
    return said.strip() or settings.name.strip() or _find_login()


def _find_login() -> str:
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return ""
