"""A site in processes of its own, as a person runs it: `chinwag ...` and `chinwag serve`."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

_LONGEST = 180.0  # seconds that a process may take on a machine that is busy with other tests


class OwnSite:
    """A site of its own: `folder` is where it keeps everything, `environment` its settings."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.environment = environment

    def run(self, *words: str, status: int = 0) -> Any:
        """Run a command on the site, and return what it answers as JSON."""
        command = [
            sys.executable,
            "-m",
            "chinwag.cli",
            *words,
            "--site",
            str(self.folder),
            "--json",
        ]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=_LONGEST
        )
        assert done.returncode == status, done.stdout + done.stderr
        return json.loads(done.stdout or done.stderr)

    @contextmanager
    def serve(self, *words: str) -> Iterator[Served]:
        """Serve the site, or a part of it, until the end of the block."""
        command = [sys.executable, "-m", "chinwag.cli", "serve", "--site", str(self.folder), *words]
        with (self.folder.parent / f"said-{len(words)}-{'-'.join(words[-1:])}").open("w+") as said:
            process = subprocess.Popen(command, env=self.environment, stdout=said, stderr=said)
            try:
                yield Served(process, Path(said.name))
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(timeout=_LONGEST)


class Served:
    """A running site."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process = process
        self._log = log

    def read_log(self) -> str:
        """Return what it has said so far."""
        return self._log.read_text()

    def wait_for(self, pattern: str) -> str:
        """Return the first group of what it says, once it says it."""
        until = time.monotonic() + _LONGEST
        while not (found := re.search(pattern, self.read_log())):
            assert time.monotonic() < until and self.process.poll() is None, self.read_log()
            time.sleep(0.05)
        return found[1]

    def find_address(self) -> str:
        """Return its address, without the slash at the end."""
        return self.wait_for(r"The site is at (http://\S+)/ ")

    def fetch(self, path: str) -> tuple[int, str]:
        """Return the status and the page at a path, once it answers at all."""
        until = time.monotonic() + _LONGEST
        while True:
            try:
                with urllib.request.urlopen(self.find_address() + path, timeout=_LONGEST) as page:
                    return page.status, page.read().decode()
            except HTTPError as refused:
                with refused:
                    return refused.code, refused.read().decode()
            except (URLError, ConnectionError):
                assert time.monotonic() < until, self.read_log()
                time.sleep(0.05)


def make_own_site(folder: Path, database: str = "") -> OwnSite:
    """Return a site in a folder, with a database of its own where one is named."""
    source = str(Path(__file__).parents[2] / "src")
    told = ("CHINWAG_", "DJANGO_")
    named = {name: value for name, value in os.environ.items() if not name.startswith(told)}
    environment = named | {"PYTHONPATH": source, "PYTHONWARNINGS": "default"}
    environment["CHINWAG_CONFIG"] = str(folder.parent / f"{folder.name}.toml")
    Path(environment["CHINWAG_CONFIG"]).touch()
    if database:
        environment["CHINWAG_SITE_DATABASE"] = database
    return OwnSite(folder, environment)


@contextmanager
def lend_database(server: str, like: str = "") -> Iterator[str]:
    """Lend the address of a new database on a server of PostgreSQL; "" where there is no server.

    It is empty, or holds what the database at the address `like` does.
    """
    if not server:
        yield ""
        return
    import psycopg

    name = f"own_{os.getpid()}_{time.monotonic_ns()}"
    with psycopg.connect(server, autocommit=True) as connection:
        template = f" TEMPLATE {urlsplit(like).path[1:]}" if like else ""
        connection.execute(f"CREATE DATABASE {name}{template}")
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
