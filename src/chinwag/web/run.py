"""One process of the site, by its part: `python -m chinwag.web.run PART`.

The parts are web, keeper, capture, import and follow.
"""

from __future__ import annotations

import signal
import socket
import sys
import threading

import django

from chinwag.web.environment import name_settings


def main(part: str, *given: str) -> None:
    """Run one part of the site until it is done or asked to end."""
    name_settings()
    if part == "web":
        run_web(*given)
        return
    django.setup()
    from django.conf import settings  # noqa: PLC0415 (Django must be set up)

    if part == "keeper":
        _run_keeper(settings.SITE)
    elif part == "capture":
        from chinwag.web.keeper.captures import run_capture  # noqa: PLC0415

        run_capture(int(given[0]), settings.SITE)
    elif part == "import":
        from chinwag.web.keeper.imports import run_import  # noqa: PLC0415

        run_import(int(given[0]), settings.SITE)
    elif part == "follow":
        from chinwag.web.keeper.changes import follow_changes  # noqa: PLC0415

        follow_changes(int(given[0]), settings.SITE)


def run_web(handle: str) -> None:
    """Serve pages and live streams on the listening socket of this number."""
    import uvicorn  # noqa: PLC0415 (only this part needs it)

    config = uvicorn.Config(
        "chinwag.web.asgi:application",
        log_config=None,
        timeout_graceful_shutdown=3,
        server_header=False,
        proxy_headers=False,
    )
    with socket.socket(fileno=int(handle)) as listening:
        uvicorn.Server(config).run(sockets=[listening])


def _run_keeper(site) -> None:
    from chinwag.web.keeper.loop import Keeper  # noqa: PLC0415 (Django must be set up)

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    Keeper(site).run(stop)


if __name__ == "__main__":
    main(*sys.argv[1:])
