"""Working ahead: what is asked for when a capture ends is worked out while nothing comes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from chinwag.capture.threads import run_to_end

QUIET = timedelta(seconds=2)  # without anything new, after which work is done ahead
MOST_SHARE = 0.25  # of the time may go into it: in a large chat it takes long, and may be in vain

_log = logging.getLogger(__name__)


class Ahead(Protocol):
    """What can be worked out of a folder before anybody asks for it."""

    def list_steps(self) -> Sequence[Callable[[], None]]:
        """Return the pieces of the work in their order, each for a thread."""
        ...

    def forget(self) -> None:
        """Keep nothing of what was worked out: the folder says something else by now."""
        ...


class WorkAhead:
    """Has the work done when a chat has been quiet for a while, and forgotten when it changes.

    Nothing of the capture rests on it: where it fails, whoever asks for the result works it out.
    """

    def __init__(self, ahead: Ahead | None, now: Callable[[], datetime], name: str = "") -> None:
        """Begin with nothing worked out. Without `ahead` there is nothing to do.

        `name` is what the log calls the chat.
        """
        self._name = name
        self._ahead = ahead
        self._now = now
        self._is_done = False
        self._due = now() + QUIET
        self._rests_until = now()

    def note_written(self) -> None:
        """Take note that the folder has been written."""
        if self._ahead is not None:
            self._ahead.forget()
        self._is_done = False
        self._due = self._now() + QUIET

    async def run_if_quiet(self, has_news: Callable[[], bool]) -> None:
        """Work, where nothing has come for a while; stop between two pieces where `has_news`."""
        begun = self._now()
        if self._ahead is None or self._is_done or begun < max(self._due, self._rests_until):
            return
        try:
            for step in self._ahead.list_steps():
                if has_news():
                    return
                await run_to_end(step)
            self._is_done = True
            taken = (self._now() - begun).total_seconds()
            _log.info("%s: worked out ahead what its end asks for, in %.2f s", self._name, taken)
        except Exception:  # noqa: BLE001 (no work that nobody waits for may end a capture)
            _log.exception("What is asked for at the end could not be worked out ahead.")
            self._is_done = True
        finally:
            ended = self._now()
            self._rests_until = ended + (ended - begun) * (1 / MOST_SHARE)
