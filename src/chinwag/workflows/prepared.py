"""What a run has worked out already, used again where it would be worked out of the very same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from chinwag.model import Bullet, Chat, Placement, Summary
from chinwag.steps.reading import Readings

Made = TypeVar("Made")


class LastMade(Generic[Made]):
    """The last result of a piece of work, with what it was made of."""

    def __init__(self) -> None:
        """Begin with nothing made."""
        self._last: tuple[object, Made] | None = None

    def make(self, given: object, work: Callable[[], Made]) -> Made:
        """Return what `work` makes of `given`: what it made before, where that was of the same."""
        if self._last is None or self._last[0] != given:
            self._last = given, work()
        return self._last[1]

    def forget(self) -> None:
        """Keep nothing of it."""
        self._last = None


class Prepared:
    """What one run has read of the posts of one chat, and what it last made of them.

    `find_readings` gives the readings of whoever reads the posts meanwhile; without it the run has
    its own. One thread at a time may use it.
    """

    def __init__(self, find_readings: Callable[[], Readings] | None = None) -> None:
        """Begin with nothing made."""
        self._own = Readings()
        self._find_readings = find_readings
        self.placed: LastMade[tuple[Chat, tuple[Placement, ...]]] = LastMade()
        self.drafted: LastMade[Summary] = LastMade()
        self.candidates: LastMade[dict[str, tuple[Bullet, ...]]] = LastMade()

    @property
    def readings(self) -> Readings:
        """What has been read of the posts."""
        return self._find_readings() if self._find_readings else self._own

    def forget(self) -> None:
        """Keep nothing of what was made: it holds people's words, and they may have gone."""
        for made in (self.placed, self.drafted, self.candidates):
            made.forget()
