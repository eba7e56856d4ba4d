"""Say truly what was kept where a person's change is noted and only what follows from it fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from chinwag.errors import ChinwagError, Kept


@contextmanager
def tell_noted() -> Iterator[None]:
    """Let an error raised inside say that the change is noted, whatever it says by itself."""
    try:
        yield
    except ChinwagError as error:
        error.kept = Kept.NOTED
        raise
