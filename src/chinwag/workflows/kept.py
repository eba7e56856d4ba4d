"""Say what has been kept where a later part of the work fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from chinwag.errors import ChinwagError, Kept


@contextmanager
def tell_kept(kept: Kept) -> Iterator[None]:
    """Let an error raised inside say that this is kept, whatever it says by itself."""
    try:
        yield
    except ChinwagError as error:
        error.kept = kept
        raise
