"""A real WordPress on this machine, of Debian's packages: started for tests and thrown away.

`scripts/test-networks` sees to the packages. `python tests/blogs/local_wordpress.py` starts one,
prints its address and its users as JSON, and stops it at the end of its input.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

SOURCE = Path("/usr/share/wordpress")
THEMES = (SOURCE / "wp-content" / "themes", Path("/var/lib/wordpress/wp-content/themes"))
SETTING_UP = Path(__file__).with_name("set_up.php")
NEEDED = ("mariadbd", "mariadb-install-db", "php")
PATIENCE = 120.0  # seconds for the database or the server to answer for the first time

_CONFIG = """<?php
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:%(socket)s');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('WP_ENVIRONMENT_TYPE', 'local');  // application passwords without https
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('DISABLE_WP_CRON', true);
define('WP_DEBUG', false);
define('AUTH_SALT', 'for tests alone');
if (isset($_SERVER['HTTP_HOST'])) {
    define('WP_HOME', 'http://' . $_SERVER['HTTP_HOST']);
    define('WP_SITEURL', 'http://' . $_SERVER['HTTP_HOST']);
}
$table_prefix = 'wp_';
if (!defined('ABSPATH')) { define('ABSPATH', __DIR__ . '/'); }
require_once ABSPATH . 'wp-settings.php';
"""


def find_lacking() -> list[str]:
    """Give what of the packages is not here."""
    places = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    lacking = [name for name in NEEDED if not shutil.which(name, path=places)]
    return lacking if (SOURCE / "wp-load.php").exists() else [*lacking, "wordpress"]


class LocalWordPress:
    """A blog, from `with LocalWordPress() as blog:` to its end.

    `users` has an application password for each role: {"editor": "abcd efgh ...", ...}; a user is
    called as the role. Raises RuntimeError with the logs where something does not start.
    """

    def __init__(self) -> None:
        self._holder = tempfile.TemporaryDirectory(prefix="chinwag-wp-", dir="/tmp")
        self._folder = Path(self._holder.name)
        self._running: list[subprocess.Popen[bytes]] = []
        self.site = self._folder / "site"
        self.address = ""
        self.users: dict[str, str] = {}

    def __enter__(self) -> LocalWordPress:
        try:
            self._start_database()
            self._lay_out_site()
            self.users = json.loads(self.run_php(SETTING_UP))
            self._start_server()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop everything and remove it."""
        for process in reversed(self._running):
            _end(process, signal.SIGTERM)
            process.wait(timeout=60)
            _end(process, signal.SIGKILL)  # PHP's workers outlive whoever started them
        self._running.clear()
        self._holder.cleanup()

    def run_php(self, script: Path, *arguments: str) -> str:
        """Run a script that has WordPress at hand; give what it prints."""
        done = subprocess.run(
            ["php", str(script), str(self.site), *arguments], capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"{script.name} failed: {done.stdout}{done.stderr}")
        return done.stdout

    def _start_database(self) -> None:
        data, user = self._folder / "data", "--user=root" if os.getuid() == 0 else ""
        common = ["--no-defaults", f"--datadir={data}", *filter(None, [user])]
        made = subprocess.run(
            ["mariadb-install-db", *common, "--auth-root-authentication-method=normal"],
            capture_output=True,
            text=True,
        )
        if made.returncode:
            raise RuntimeError(f"mariadb-install-db failed: {made.stdout}{made.stderr}")
        reach = self._folder / "db"
        self._run(
            [
                shutil.which("mariadbd", path="/usr/sbin:/usr/bin:/usr/local/sbin") or "mariadbd",
                *common,
                f"--socket={reach}",
                "--skip-networking",
                f"--pid-file={self._folder / 'pid'}",
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-buffer-pool-size=32M",
                "--performance-schema=OFF",
            ],
            "database",
        )
        self._wait("the database", lambda: _connects(reach))

    def _lay_out_site(self) -> None:
        skipped = shutil.ignore_patterns("wp-config.php", "languages", "plugins", "themes")
        shutil.copytree(SOURCE, self.site, ignore=skipped)
        content = self.site / "wp-content"
        for name in ("plugins", "uploads", "mu-plugins"):
            (content / name).mkdir(parents=True, exist_ok=True)
        for themes in THEMES:
            if themes.exists():
                shutil.copytree(themes, content / "themes", dirs_exist_ok=True)
        config = _CONFIG % {"socket": self._folder / "db"}
        (self.site / "wp-config.php").write_text(config, encoding="utf-8")

    def _start_server(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        workers = {**os.environ, "PHP_CLI_SERVER_WORKERS": "3"}
        served = ["-d", "upload_max_filesize=64M", "-d", "post_max_size=64M"]
        where = ["-S", f"127.0.0.1:{port}", "-t", str(self.site)]
        self._run(["php", *served, *where], "server", workers)
        self._wait("the server", lambda: _answers(f"{self.address}/?rest_route=/"))

    def _run(self, words: list[str], name: str, environment: Any = None) -> None:
        with (self._folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                words,
                stdout=log,
                stderr=log,
                env=environment,
                cwd=self._folder,
                start_new_session=True,  # so that a server ends with all its workers
            )
        self._running.append(process)

    def _wait(self, what: str, is_there: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not is_there():
            if time.monotonic() > end or self._running[-1].poll() is not None:
                raise RuntimeError(f"{what} did not start\n{self._read_logs()}")
            time.sleep(0.05)

    def _read_logs(self) -> str:
        logs = sorted(self._folder.glob("*.log"))
        return "\n".join(f"{log.name}: {log.read_text('utf-8', 'replace')[-2000:]}" for log in logs)


def _end(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    """Send a signal to a process and to all that it has started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, how)


def _connects(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            return False
        return True


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=30).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def main() -> None:
    """Start a blog, say where it is, stop it at the end of input."""
    with LocalWordPress() as blog:
        told = {"address": blog.address, "site": str(blog.site), "users": blog.users}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
