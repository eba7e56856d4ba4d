"""Serving the site: one web process and one keeper, each started again when it ends."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from chinwag.config import read_settings
from chinwag.web.environment import use_address, use_folder
from chinwag.web.lifeline import let_go, start_tied
from chinwag.web.listening import open_socket
from chinwag.web.opening import open_site, prepare_database, prepare_styles, wait_until_prepared
from chinwag.web.site import Site

PARTS = ("web", "keeper")
_PAUSE = 0.2  # seconds between two looks at the children
_LONGEST_WAIT = 30.0  # seconds before a child that dies at once is started again


class Opened(NamedTuple):
    """A site that is ready to be served.

    `listening` is where pages are asked for, None where only the keeper is served. `code` is the
    one-time code for the owner, None where there is an owner, or where the keeper tells it.
    """

    site: Site
    listening: socket.socket | None
    code: str | None

    @property
    def address(self) -> str:
        """The address at which this machine answers, "" where only the keeper is served."""
        if self.listening is None:
            return ""
        host, port = self.listening.getsockname()[:2]
        if host == "127.0.0.1":
            return f"http://localhost:{port}/"
        return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def open_to_serve(folder: Path | None, host: str, port: int, only: str | None = None) -> Opened:
    """Return the site of a folder, ready to be served: whole, or one of its PARTS alone.

    A site for this machine alone takes the next free port where its own is taken. The web part
    alone waits until the keeper has prepared the database. Raises InputError where no port is
    free, SettingsError for settings that cannot be, OSError where the folder cannot be written,
    and what the database says where it is not there.
    """
    if folder is not None:
        use_folder(folder)
    site = Site.of(read_settings())
    listening = None
    if only != "keeper":
        listening = open_socket(host, port, may_move=site.is_local)
        if site.is_local and not site.proxies:
            # By its name: a browser makes passkeys for names alone.
            use_address(f"http://localhost:{listening.getsockname()[1]}")
    site = open_site()
    if only == "web":
        wait_until_prepared()
        return Opened(site, listening, None)
    prepare_database(site)
    prepare_styles()
    return Opened(site, listening, _make_first_code())


def _make_first_code() -> str | None:
    from chinwag.web.chats import access  # noqa: PLC0415 (Django must be set up)
    from chinwag.web.chats.actions.series import make_first_code  # noqa: PLC0415

    return None if access.has_owner() else make_first_code()


class Child:
    """A process of the site that is started again whenever it ends."""

    def __init__(self, *part: str, keep_open: Sequence[int] = ()) -> None:
        self._part = part
        self._keep_open = keep_open
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
            let_go(self._process)
            _say(f"The {self._part[0]} process ended; it is started again.")
        self._starts = [*recent, now]
        self._process = start_tied(*self._part, keep_open=self._keep_open)

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
        let_go(self._process)


def serve_site(opened: Opened, only: str | None, tell: Callable[[], None]) -> None:
    """Serve a site until Ctrl-C or SIGTERM; `tell` is called once it begins."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    children = [_make_child(part, opened) for part in PARTS if only in (None, part)]
    tell()
    try:
        while not stop.is_set():
            for child in children:
                child.keep_running()
            stop.wait(_PAUSE)
    finally:
        for child in children:
            child.end()
        if opened.listening:
            opened.listening.close()


def _make_child(part: str, opened: Opened) -> Child:
    if part == "keeper" or opened.listening is None:
        return Child(part)
    handle = opened.listening.fileno()
    return Child(part, str(handle), keep_open=[handle])


def _say(words: str) -> None:
    at = datetime.now(UTC).isoformat(timespec="seconds")
    print(f"{at} {words}", file=sys.stderr, flush=True)  # noqa: T201 (the supervisor's only voice)
