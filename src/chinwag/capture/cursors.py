"""Up to where each route has been read, and how much of that is safe on the disk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from chinwag.stores.folder import ChatFolder

_EVERY = timedelta(seconds=1)  # the file is written so often while no records come


class Cursors:
    """The cursors of a capture's routes, kept in a file.

    `reached` is where a route goes on from after a break: its records up to there at least wait
    for the disk.
    """

    def __init__(self, folder: ChatFolder, now: datetime) -> None:
        """Read the cursors of the last capture. Raises DamagedFolder where that cannot be."""
        self.reached: dict[str, str] = folder.read_cursors()
        self._safe = dict(self.reached)  # up to where records are on the disk
        self._kept = dict(self.reached)  # what the file says
        self._kept_at = now
        self._folder = folder

    def reach(self, name: str, cursor: str | None) -> None:
        """Note that a route has been read up to a cursor; None leaves it where it was."""
        if cursor is not None:
            self.reached[name] = cursor

    def note_safe(self, cursors: Mapping[str, str]) -> None:
        """Note that records up to these cursors are on the disk."""
        self._safe |= cursors

    def is_due(self, now: datetime) -> bool:
        """Return whether the file has not been written for a while."""
        return now - self._kept_at >= _EVERY

    def write(self, now: datetime) -> None:
        """Write the file where it is behind. Raises OSError where the disk refuses."""
        if self._safe != self._kept:
            self._folder.write_cursors(self._safe)
            self._kept = dict(self._safe)
            self._kept_at = now
