"""What a web socket may log: that something is wrong, and nothing of what it carries."""

from __future__ import annotations

import logging


def open_socket_log(name: str) -> logging.Logger:
    """Return the logger `name` for a web socket, which lets warnings and errors through alone.

    What websockets logs below them are headers, with a token among them, and frames, with people's
    words in them. No log level that a program sets lets these through.
    """
    log = logging.getLogger(name)
    log.setLevel(logging.WARNING)  # saves websockets the work of writing details up

    log.addFilter(_is_warning)
    return log


def _is_warning(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING
