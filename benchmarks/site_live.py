"""How late what is said reaches open pages: 2,000 listeners on one chat, 5 posts a second.

    python benchmarks/site_live.py [--listeners N] [--seconds N] [--quick]

A site runs in processes of its own (`chinwag serve`): on SQLite whole, on PostgreSQL as two web
processes and a keeper. A process at nice 10 keeps posts in the index and tells them, as a capture
does; listeners are one compiled program (listeners.c, built by `cc`), each connection from an
address of its own, and a page is asked for beside them, twice a second. Everything shares this
machine, and `load` says what else ran on it. `delay_ms` is from before the transaction that tells a
post to its arrival; `alone_ms` the same with one listener; `bare_ms` is what as many listeners wait
for a hub that does nothing else, by the same server: no database, no post to render, no page;
`own_us` are the web processes' own microseconds for each delivery; memory is theirs, before and
with the listeners.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from site_archive import make_folders
from site_pages import lend_postgresql

CHAT = "/stackschat/2026-10-13"
A_SECOND = 5.0
_AFTER = 5.0  # seconds that are waited for what was told last
_PATIENCE = 300.0  # seconds until a process has begun


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--listeners", type=int, default=2000)
    asked.add_argument("--seconds", type=int, default=30)
    asked.add_argument("--quick", action="store_true")
    asked.add_argument("--part", nargs=2, default=(), help=argparse.SUPPRESS)
    said = asked.parse_args()
    if said.part:
        parts = {"rows": make_site_rows, "post": post, "hub": serve_bare_hub}
        parts[said.part[0]](said.part[1])
        return
    number, seconds = (50, 5) if said.quick else (said.listeners, said.seconds)
    found: dict[str, Any] = {"benchmark": "site_live", "listeners": number, "posts_a_second": 5}
    with tempfile.TemporaryDirectory(prefix="chinwag-live-") as kept:
        folder = Path(kept)
        client = build_client(folder)
        if client is None:
            print(json.dumps(found | {"skipped": "no C compiler"}))
            return
        found["load"] = round(os.getloadavg()[0], 1)
        found["bare_ms"] = measure_bare_hub(client, number, seconds)
        found["sqlite"] = measure(folder / "one", "", 1, client, number, seconds)
        with lend_postgresql(folder / "pg") as address:
            if address:
                two = measure(folder / "two", address, 2, client, number, seconds)
                found["postgresql, two web processes"] = two
    print(json.dumps(found))


def build_client(folder: Path) -> str | None:
    """Return the compiled listeners, None where there is no compiler."""
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    source, made = Path(__file__).with_name("listeners.c"), folder / "listeners"
    subprocess.run([compiler, "-O2", "-o", str(made), str(source)], check=True)
    return str(made)


def measure(
    folder: Path, database: str, webs: int, client: str, number: int, seconds: int
) -> dict[str, Any]:
    """Return what listeners of one site heard, and what it took."""
    (folder / "chats").mkdir(parents=True)
    make_folders(folder / "chats", 1)
    environment = os.environ | {
        "CHINWAG_SITE_FOLDER": str(folder),
        "CHINWAG_SITE_DATABASE": database,
        "CHINWAG_SITE_PROXIES": "1",
        "DJANGO_SETTINGS_MODULE": "chinwag.web.settings",
    }
    subprocess.run([sys.executable, __file__, "--part", "rows", "-"], env=environment, check=True)
    with ExitStack() as running:
        parts = [["--only", "keeper"], *[["--only", "web"]] * webs] if webs > 1 else [[]]
        sites = [running.enter_context(serve(folder, part, environment)) for part in parts]
        ports = [port for _, port in sites if port]
        web = [pid for site, _ in sites for pid in list_web(site)]
        before = sum(map(read_memory, web))
        alone = listen(client, ports[:1], 1, min(seconds, 10), environment)
        heard = listen(client, ports, number, seconds, environment, web)
    grown = heard.pop("memory_kb", 0) - before
    return {
        "alone_ms": [alone["p50"], alone["p99"]],
        "delay_ms": [heard["p50"], heard["p99"], heard["max"]],
        "page_ms": heard["page_ms"],
        "own_us": round(1e6 * heard["used"] / max(1, heard["heard"]), 1),
        "heard_share": round(heard["heard"] / max(1, number * heard["posted"]), 4),
        "lost_connections": heard["lost"],
        "memory_mb": round(before / 1000, 1),
        "kb_a_listener": round(grown / number, 1),
    }


@contextmanager
def serve(
    folder: Path, part: list[str], environment: dict[str, str]
) -> Iterator[tuple[int, int | None]]:
    """Serve a site or a part of it; yield the process and the port of its pages."""
    command = [sys.executable, "-m", "chinwag.cli", "serve", "--site", str(folder), "--port", "0"]
    with tempfile.NamedTemporaryFile("w") as said:
        process = subprocess.Popen([*command, *part], env=environment, stdout=said, stderr=said)
        try:
            words = wait_for(Path(said.name), "Press Ctrl-C", process)
            found = re.search(r"http://[^/]+:(\d+)/ and", words)
            port = int(found[1]) if found else None
            if port:
                wait_for_page(port)
            yield process.pid, port
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()


def wait_for(said: Path, words: str, process: subprocess.Popen[bytes]) -> str:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        if words in (text := said.read_text()):
            return text
        time.sleep(0.2)
    sys.exit(said.read_text())


def wait_for_page(port: int) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            fetch(port, "/ready")
            return
        except OSError:
            time.sleep(0.2)
    sys.exit("The site does not answer.")


def fetch(port: int, path: str) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as page:
        page.read()


def list_web(pid: int) -> list[int]:
    """Return the web processes below a served site."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [
        int(child)
        for child in children
        if b"\0web\0" in Path(f"/proc/{child}/cmdline").read_bytes()
    ]


def read_memory(pid: int) -> int:
    """Return the resident memory of a process in kB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0])


def listen(
    client: str,
    ports: list[int],
    number: int,
    seconds: int,
    environment: dict[str, str],
    web: list[int] | None = None,
) -> dict[str, Any]:
    """Let listeners hear posts for so long, and a page be asked for beside them."""
    share = number // len(ports)
    listeners = [begin_listening(client, port, share) for port in ports]
    for one in listeners:
        wait_until_open(one)
    poster = subprocess.Popen(
        [sys.executable, __file__, "--part", "post", str(seconds)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    used = sum(map(read_processor, web or []))
    taken = [time_page(ports[0])]
    while poster.poll() is None:
        taken.append(time_page(ports[0]))
    posted = int(poster.communicate()[0])
    time.sleep(_AFTER)
    memory = sum(map(read_memory, web or []))
    used = sum(map(read_processor, web or [])) - used
    told = [end_listening(one) for one in listeners]
    ordered = sorted(taken)
    return {
        "heard": sum(one["heard"] for one in told),
        "lost": sum(one["lost"] for one in told),
        "p50": max(one["p50"] for one in told),
        "p99": max(one["p99"] for one in told),
        "max": max(one["max"] for one in told),
        "posted": posted,
        "used": used,
        "memory_kb": memory,
        "page_ms": [
            round(1000 * statistics.median(taken), 1),
            round(1000 * ordered[int(0.99 * (len(ordered) - 1))], 1),
        ],
    }


def begin_listening(client: str, port: int, number: int) -> subprocess.Popen[str]:
    """Open so many streams of a server, each heard by the compiled program."""
    command = [client, "127.0.0.1", str(port), f"{CHAT}/live", str(number)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def wait_until_open(listener: subprocess.Popen[str]) -> None:
    if listener.stdout and listener.stdout.readline() != "ready\n":
        sys.exit("Not every stream was opened.")


def end_listening(listener: subprocess.Popen[str]) -> dict[str, Any]:
    listener.terminate()
    heard: dict[str, Any] = json.loads(listener.communicate()[0])
    return heard


def measure_bare_hub(client: str, number: int, seconds: int) -> list[float]:
    """Return p50, p99 and the most that listeners wait for a hub that does nothing else."""
    command = [sys.executable, __file__, "--part", "hub", "-"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as hub:
        assert hub.stdout
        listener = begin_listening(client, int(hub.stdout.readline()), number)
        wait_until_open(listener)
        time.sleep(seconds)
        heard = end_listening(listener)
        hub.terminate()
    return [heard["p50"], heard["p99"], heard["max"]]


def serve_bare_hub(_: str) -> None:
    """Send everybody who comes the same piece, five times a second; print the port."""
    import asyncio

    import uvicorn

    bell, piece = asyncio.Event(), b""

    async def tick() -> None:
        nonlocal bell, piece
        while True:
            await asyncio.sleep(1 / A_SECOND)
            said = f'{{"key": "post-{time.monotonic_ns()}", "html": "{"x" * 1500}"}}'
            piece = f"event: post\ndata: {said}\n\n".encode()
            rung, bell = bell, asyncio.Event()
            rung.set()

    async def tell(scope: Any, _: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        await send({"type": "http.response.start", "status": 200, "headers": []})
        body = b"retry: 2000\n\n"
        while True:
            await send({"type": "http.response.body", "body": body, "more_body": True})
            await bell.wait()
            body = piece

    async def serve_all() -> None:
        config = uvicorn.Config(
            tell, log_level="error", lifespan="off", timeout_graceful_shutdown=1
        )
        ticking = asyncio.ensure_future(tick())
        with socket.socket() as listening:
            listening.bind(("127.0.0.1", 0))
            listening.listen(2048)
            print(listening.getsockname()[1], flush=True)
            await uvicorn.Server(config).serve(sockets=[listening])
        ticking.cancel()

    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    asyncio.run(serve_all())


def read_processor(pid: int) -> float:
    """Return the seconds of the processor that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def time_page(port: int) -> float:
    """Ask for the archive once, and return the seconds; a half second goes by in all."""
    begun = time.perf_counter()
    fetch(port, f"{CHAT}/archive/")
    taken = time.perf_counter() - begun
    time.sleep(max(0.0, 0.5 - taken))
    return taken


def make_site_rows(_: str) -> None:
    """Make the database of the site, and index its one chat."""
    from chinwag.web.opening import open_site, prepare_database

    site = open_site()
    prepare_database(site)
    from chinwag.web.keeper.compare import make_index_anew
    from chinwag.workflows.progress import say_nothing
    from site_archive import make_rows

    make_rows([f"stackschat/{path.name}" for path in (site.chats / "stackschat").iterdir()])
    make_index_anew(site, say_nothing)


def post(seconds: str) -> None:
    """Keep and tell posts for so long, as a capture does; print how many."""
    os.nice(10)
    from chinwag.web.opening import open_site

    open_site()
    from django.db import transaction

    from chinwag.web.chats.models import Chat, Entry, EntryKind, name_public
    from chinwag.web.live.tell import tell

    chat = Chat.objects.select_related("series").get()
    like = Entry.objects.filter(chat=chat, kind=EntryKind.POST).exclude(text="").first()
    assert like
    number = int(A_SECOND * int(seconds))
    begun = time.monotonic()
    for place in range(number):
        time.sleep(max(0.0, begun + place / A_SECOND - time.monotonic()))
        key = f"post-{time.monotonic_ns()}"
        like.pk, like.key, like.public = None, key, name_public(chat, EntryKind.POST, key)
        like.body["post"]["id"] = key
        with transaction.atomic():
            like.save(force_insert=True)
            tell(chat, "post", key)
    print(number)


if __name__ == "__main__":
    main()
