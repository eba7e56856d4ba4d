"""How a workflow tells how far it has got, without knowing who listens."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called with what is being done, how much of it is done, and how much there is in all."""

    def __call__(self, doing: str, done: int, total: int) -> None:
        """Take note. `total` is 0 where nobody can say how much there is."""


def say_nothing(doing: str, done: int, total: int) -> None:
    """Ignore the progress."""
