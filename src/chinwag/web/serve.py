"""Serving the site: one web process and one keeper, each started again when it ends."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

import django

from chinwag.web.environment import name_settings
from chinwag.web.site import Site, prepare_folder

_PAUSE = 0.2  # seconds between two looks at the children
_LONGEST_WAIT = 30.0  # seconds before a child that dies at once is started again


def prepare_site(site: Site) -> str | None:
    """Make the site's folder, database and static files as this version needs them.

    Returns the one-time code for the owner, None where there is one. Raises OSError where the
    folder cannot be written, and what the database says where it is not there.
    """
    prepare_folder(site)
    name_settings()
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 (Django must be set up)

    from chinwag.web.chats import access  # noqa: PLC0415
    from chinwag.web.chats.actions.series import make_first_code  # noqa: PLC0415

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    return None if access.has_owner() else make_first_code()


class Child:
    """A process of the site that is started again whenever it ends."""

    def __init__(self, *part: str) -> None:
        self._part = part
        self._process: subprocess.Popen[bytes] | None = None
        self._starts: list[float] = []

    def keep_running(self) -> None:
        """Start it where it does not run; one that dies at once waits longer each time."""
        if self._process is not None and self._process.poll() is None:
            return
        now = time.monotonic()
        recent = [at for at in self._starts if now - at < _LONGEST_WAIT]
        if recent and now - recent[-1] < min(_LONGEST_WAIT, 0.5 * 2 ** len(recent)):
            return
        if self._process is not None:
            _say(f"The {self._part[0]} process ended; it is started again.")
        self._starts = [*recent, now]
        command = [sys.executable, "-m", "chinwag.web.run", *self._part]
        self._process = subprocess.Popen(command)  # noqa: S603 (our own program)

    def end(self) -> None:
        """Ask it to end, and see to it that it does."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def serve_site(host: str, port: int, tell: Callable[[], None]) -> None:
    """Serve the prepared site until Ctrl-C or SIGTERM; `tell` is called once it begins."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    children = (Child("web", host, str(port)), Child("keeper"))
    tell()
    try:
        while not stop.is_set():
            for child in children:
                child.keep_running()
            stop.wait(_PAUSE)
    finally:
        for child in children:
            child.end()


def _say(words: str) -> None:
    at = datetime.now(UTC).isoformat(timespec="seconds")
    print(f"{at} {words}", file=sys.stderr, flush=True)  # noqa: T201 (the supervisor's only voice)
