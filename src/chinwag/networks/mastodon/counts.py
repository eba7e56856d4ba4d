"""How many replies each status has, as a server says beside the status (`replies_count`).

A page of a hashtag shows it for forty statuses at once. So one request tells which threads have
changed, and only those are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec

from chinwag.records.json_access import as_text


class Count(msgspec.Struct, frozen=True):
    """A number of replies, and when the server said it."""

    replies: int
    at: datetime


class ReplyCounts:
    """The counts of a server's statuses, and what they were when each thread was last read."""

    def __init__(self) -> None:
        self._counts: dict[str, Count] = {}
        self._read: dict[str, int] = {}

    @property
    def is_empty(self) -> bool:
        """Whether the server has counted nothing yet."""
        return not self._counts

    def note(self, statuses: Iterable[Mapping[str, Any]], now: datetime) -> None:
        """Note the counts of statuses; a server of the Misskey family may send none."""
        for status in statuses:
            replies = status.get("replies_count")
            if type(replies) is int:
                self._counts[as_text(status.get("id"))] = Count(replies, now)

    def settle(self, numbers: Iterable[str]) -> None:
        """Note that the replies to these statuses are read, as far as they were counted."""
        for number in numbers:
            if count := self._counts.get(number):
                self._read[number] = count.replies

    def has_changed(self, number: str) -> bool:
        """Return whether the number of replies to a status has changed since they were read."""
        count = self._counts.get(number)
        return count is not None and count.replies != self._read.get(number, 0)

    def list_changed(self) -> list[str]:
        """Return the statuses whose number of replies has changed since they were read."""
        return list(filter(self.has_changed, self._counts))

    def find_time(self, number: str) -> datetime | None:
        """Return when the replies to a status were last counted, None where they never were."""
        count = self._counts.get(number)
        return count.at if count is not None else None
