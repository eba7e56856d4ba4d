"""One process of the site, by its part: `python -m chinwag.web.run web|keeper|KIND ...`.

KIND is a kind of work (`keeper.kinds`). A process ends with the one that started it.
"""

from __future__ import annotations

import resource
import signal
import socket
import sys
import threading

import django

from chinwag.web.environment import name_settings
from chinwag.web.lifeline import TIED, end_with_parent
from chinwag.web.site import Site


def main(*given: str) -> None:
    """Run one part of the site until it is done or asked to end."""
    if given[0] == TIED:
        end_with_parent()
        given = given[1:]
    part, *more = given
    name_settings()
    if part == "web":
        run_web(*more)
        return
    django.setup()
    from django.conf import settings  # noqa: PLC0415 (Django must be set up)

    if part == "keeper":
        _run_keeper(settings.SITE)
    else:
        _run_work(part, int(more[0]), settings.SITE)


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
    _open_many_files()
    with socket.socket(fileno=int(handle)) as listening:
        uvicorn.Server(config).run(sockets=[listening])


def _open_many_files() -> None:
    """Let the process have as many open connections as the system allows it."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _run_keeper(site: Site) -> None:
    from chinwag.web.keeper.loop import Keeper  # noqa: PLC0415 (Django must be set up)

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    Keeper(site).run(stop)


def _run_work(name: str, id_: int, site: Site) -> None:
    from chinwag.web.keeper.holding import hold  # noqa: PLC0415 (Django must be set up)
    from chinwag.web.keeper.kinds import KINDS  # noqa: PLC0415

    with hold(site.folder, f"{name}-{id_}"):  # an earlier child may still be dying
        KINDS[name].run(id_, site)


if __name__ == "__main__":
    main(*sys.argv[1:])
