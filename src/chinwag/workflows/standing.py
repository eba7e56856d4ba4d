"""How a chat folder stands, after a command that worked on it was stopped."""

from __future__ import annotations

from pathlib import Path

import msgspec

from chinwag.errors import ChinwagError
from chinwag.stores.folder import ChatFolder, layout

_MADE = (layout.PLACEMENTS, layout.SUMMARY, layout.STORY)


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What truly stands: whether there is a chat, what is not made yet, what is out of date."""

    is_made: bool = False
    is_captured: bool = False
    missing: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()


def find_standing(into: Path) -> Standing | None:
    """Return how the folder stands, None where it cannot be read.

    A change that was cut off after it counted is finished first.
    """
    if not into.is_dir():
        return Standing()
    try:
        folder = ChatFolder.at(into)
        if not folder.is_made:
            return Standing()
        outdated = () if folder.is_captured else tuple(folder.find_outdated())
        return Standing(
            is_made=True,
            is_captured=folder.is_captured,
            missing=tuple(name for name in _MADE if not folder.has(name)),
            outdated=outdated,
        )
    except ChinwagError:
        return None
