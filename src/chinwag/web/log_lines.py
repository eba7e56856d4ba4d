"""The site's log: one JSON line an event, for a program to read; never what anybody wrote."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec


class LineFormatter(logging.Formatter):
    """Writes a record as one line: when, how serious, from where, what."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "by": record.name,
            "what": record.getMessage(),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["trace"] = list(_trace(record.exc_info[1]))
        return msgspec.json.encode(line).decode()


def _trace(error: BaseException | None) -> Iterator[str]:
    """Yield where an error and its causes came from, and of which kind each is.

    What an error says is left out: a database repeats in it what somebody wrote.
    """
    while error is not None:
        for frame in traceback.extract_tb(error.__traceback__):
            yield f"{frame.filename}:{frame.lineno} {frame.name}"
        yield getattr(error, "code", "") or type(error).__name__
        error = error.__cause__ or error.__context__
