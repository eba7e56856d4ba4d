"""The files for a server are read by the programs that they are for, and do what they say."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError

import pytest
import yaml
from tests.web.processes import OwnSite, Served

DEPLOY = Path(__file__).parents[2] / "deploy"
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
CHAT = "/stackschat/2026-10-13"


def find_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def write_nginx(folder: Path, port: int, behind: str) -> Path:
    """Write deploy/nginx.conf for this machine: without a certificate, on ports that are free."""
    server = (DEPLOY / "nginx.conf").read_text()
    server = server.replace("127.0.0.1:8000", behind)
    server = re.sub(r"    ssl_certificate.*\n", "", server)
    server = server.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};")
    server = server.replace("chats.example.org", "127.0.0.1")
    server = server[: server.rindex("server {")]
    main = folder / "nginx.conf"
    main.write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"events {{}} http {{ access_log off; client_body_temp_path {folder}/body;\n"
        f"proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u;\n"
        f"scgi_temp_path {folder}/s;\n{server}}}\n"
    )
    return main


@contextmanager
def run_nginx(folder: Path, port: int, behind: Served) -> Iterator[str]:
    main = write_nginx(folder, port, behind.find_address().removeprefix("http://"))
    process = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(main), "-e", "stderr"])
    try:
        behind.fetch("/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.mark.slow
@pytest.mark.skipif(not Path(NGINX).exists(), reason="nginx is not installed")
def test_nginx_hands_on_pages_streams_and_headers(
    own_site: OwnSite, sample_folder: Path, tmp_path: Path
) -> None:
    port = find_port()
    own_site.environment |= {
        "CHINWAG_SITE_ADDRESS": f"http://127.0.0.1:{port}",
        "CHINWAG_SITE_PROXIES": "1",
    }
    own_site.run("admin", "add", str(sample_folder), "--publish")
    with own_site.serve("--port", "0") as served, run_nginx(tmp_path, port, served) as address:
        with urllib.request.urlopen(f"{address}{CHAT}/story/") as page:
            assert b"<details" in page.read()
            policy = page.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy and page.headers["X-Frame-Options"] == "DENY"
        packed = urllib.request.Request(f"{address}{CHAT}/", headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(packed) as page:
            assert page.headers["Content-Encoding"] == "gzip"
        # The stream begins at once, although it goes on for minutes: nothing is held back.
        with urllib.request.urlopen(f"{address}{CHAT}/live", timeout=60) as stream:
            assert stream.headers["Content-Type"] == "text/event-stream; charset=utf-8"
            assert stream.readline().startswith(b"retry: ")
        too_much = urllib.request.Request(f"{address}/search", data=b"", method="POST")
        too_much.add_unredirected_header("Content-Length", str(300_000_000))
        with pytest.raises(HTTPError) as refused:
            urllib.request.urlopen(too_much, timeout=60)
        with refused.value as answer:
            assert answer.code == 413


def test_the_parts_of_the_compose_file_are_those_of_the_command() -> None:
    composed = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    parts = {name: one.get("command") for name, one in composed["services"].items()}
    web = ["serve", "--site", "/site", "--only", "web", "--host", "0.0.0.0", "--port", "8000"]  # noqa: S104
    keeper = ["serve", "--site", "/site", "--only", "keeper"]
    assert parts == {
        "database": None,
        "keeper": keeper,
        "web1": web,
        "web2": web,
        "caddy": None,
    }


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
@pytest.mark.parametrize("name", ["chinwag.service", "chinwag-backup.service"])
def test_systemd_can_read_its_units(name: str, tmp_path: Path) -> None:
    unit = (DEPLOY / name).read_text().replace("/opt/chinwag/bin/chinwag", "/bin/true")
    (tmp_path / name).write_text(unit)
    said = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / name)],
        capture_output=True,
        text=True,
    )
    own = [line for line in said.stderr.splitlines() if name in line]
    assert own == []


@pytest.mark.skipif(not shutil.which("caddy"), reason="Caddy is not installed")
def test_caddy_can_read_its_file(tmp_path: Path) -> None:
    composed = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    (tmp_path / "Inside").write_text(composed["configs"]["caddy"]["content"])
    for path in (DEPLOY / "Caddyfile", tmp_path / "Inside"):
        command = ["caddy", "adapt", "--adapter", "caddyfile", "--config", str(path)]
        said = subprocess.run(command, capture_output=True, text=True)
        assert said.returncode == 0, said.stderr
