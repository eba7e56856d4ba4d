"""The time, as an argument of whoever needs it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The time, and a way to wait."""

    def now(self) -> datetime:
        """Return the time, in aware UTC."""
        ...

    async def pause(self, seconds: float) -> None:
        """Wait."""
        ...
