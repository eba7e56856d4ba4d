"""The socket of a site's pages: opened once, and kept while web processes change."""

from __future__ import annotations

import socket

from chinwag.errors import InputError

_BACKLOG = 2048  # visitors who may wait while the web process is started again
_MORE_PORTS = 20


def open_socket(host: str, port: int, *, may_move: bool) -> socket.socket:
    """Return a listening socket on a port, 0 for any; where it may move, on one of the next, too.

    Raises InputError where none of them is free.
    """
    last = port + _MORE_PORTS - 1 if may_move and port else port
    for candidate in range(port, last + 1):
        try:
            return _listen(host, candidate)
        except OSError:
            continue
    raise InputError(
        "No port from {first} to {last} is free.", code="no-free-port", first=port, last=last
    )


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((host, port))
        opened.listen(_BACKLOG)
    except BaseException:
        opened.close()
        raise
    return opened
