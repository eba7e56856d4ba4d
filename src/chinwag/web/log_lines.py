"""The site's log: one JSON line an event, for a program to read; never what anybody wrote."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import msgspec


class LineFormatter(logging.Formatter):
    """Writes a record as one line: when, how grave, by whom, what."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "by": record.name,
            "what": record.getMessage(),
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["trace"] = self.formatException(record.exc_info)
        return msgspec.json.encode(line).decode()
