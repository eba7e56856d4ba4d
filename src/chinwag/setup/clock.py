"""The clock of this machine, which workflows are given as an argument."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """Return the time, in aware UTC."""
        return datetime.now(UTC)

    async def pause(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(max(0.0, seconds))
