"""Files that say who is at work: released by the system when a process ends, however it ends."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LOCKS = "locks"  # the folder of the site in which they lie


class TwoKeepers(Exception):
    """Another keeper works on this site's folder."""


@contextmanager
def hold_site(folder: Path) -> Iterator[None]:
    """Hold the site's folder for one keeper. Raises TwoKeepers where another holds it."""
    with (folder / "keeper.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            raise TwoKeepers(str(folder)) from fault
        yield


@contextmanager
def hold(folder: Path, name: str) -> Iterator[None]:
    """Wait until nobody else of this site holds that name, and hold it."""
    locks = folder / _LOCKS
    locks.mkdir(mode=0o700, exist_ok=True)
    with (locks / name).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
