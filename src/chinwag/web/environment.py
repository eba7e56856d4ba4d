"""What the site's processes are told through the environment: children inherit it."""

from __future__ import annotations

import os
from pathlib import Path

from chinwag.config import PREFIX


def use_folder(folder: Path) -> None:
    """Let this process and its children keep the site in this folder, whatever is set elsewhere."""
    os.environ[f"{PREFIX}SITE_FOLDER"] = str(folder.resolve())


def use_address(address: str) -> None:
    """Let this process and its children give the site this address, whatever is set elsewhere."""
    os.environ[f"{PREFIX}SITE_ADDRESS"] = address


def name_settings() -> None:
    """Tell Django where its settings are, unless somebody has said so."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chinwag.web.settings")
