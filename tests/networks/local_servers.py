"""Real servers on this machine, for tests and benchmarks: started, stopped and started again.

`scripts/test-networks` installs them. From the shell, `python tests/networks/local_servers.py`
starts them, prints their addresses as JSON, takes orders a line ("restart mastodon") and stops
them at the end of its input.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[2]
PYTHON = CHECKOUT / ".networks" / "venv" / "bin" / "python"
RUN = Path(__file__).parent / "servers" / "run.py"
ALL = ("atproto", "mastodon")


def are_installed() -> bool:
    """Say whether `scripts/test-networks` has installed the servers."""
    return (CHECKOUT / ".networks" / ".installed").exists()


class LocalServers:
    """The servers named, from `with LocalServers() as servers:` to its end.

    `addresses` has "plc", "pds", "appview" and "jetstream" for "atproto" (its accounts are made on
    the PDS, with handles that end in `.test`), and "mastodon". Raises RuntimeError where a server
    does not start.
    """

    def __init__(self, names: Sequence[str] = ALL) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="chinwag-networks-")
        self._process = subprocess.Popen(
            [str(PYTHON), str(RUN), self._folder.name, *names],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.addresses: dict[str, str] = {}

    def __enter__(self) -> LocalServers:
        self.addresses = self._hear()["ready"]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def stop(self, name: str) -> None:
        """Kill "mastodon" or "jetstream", as a crash would."""
        self.order(f"stop {name}")

    def start(self, name: str) -> None:
        """Start it again: on the same port, with what it had kept."""
        self.order(f"start {name}")

    def restart(self, name: str) -> None:
        """Stop and start "mastodon", "jetstream" or "pds"."""
        self.order(f"restart {name}")

    def settle(self) -> None:
        """Wait until the app view has seen all that the PDS holds."""
        self.order("settle")

    def order(self, words: str) -> None:
        """Give an order to the servers; raises RuntimeError with their words if it fails."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{words}\n")
        self._process.stdin.flush()
        self._hear()

    def close(self) -> None:
        """Stop every server and remove what they kept."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait(timeout=60)
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._folder.cleanup()

    def _hear(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        heard: dict[str, Any] = json.loads(line) if line else {"why": self._read_logs()}
        if "why" in heard:
            raise RuntimeError(heard["why"])
        return heard

    def _read_logs(self) -> str:
        logs = sorted(Path(self._folder.name).glob("*.log"))
        said = "\n".join(f"{log.name}: {log.read_text()[-2000:]}" for log in logs)
        return f"the servers ended\n{said}"


def main() -> None:
    """Start all servers, say where they are, pass orders on, stop them at the end of input."""
    with LocalServers(sys.argv[1:] or ALL) as servers:
        sys.stdout.write(json.dumps(servers.addresses) + "\n")
        sys.stdout.flush()
        for line in sys.stdin:
            servers.order(line.strip())


if __name__ == "__main__":
    main()
