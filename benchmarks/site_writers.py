"""Five processes that write to a site's database at once: how often one is refused as locked.

    python benchmarks/site_writers.py [--seconds N] [--quick]

Each writes a line of the log and an event of one chat in a transaction, again and again, as web
processes, the keeper and its children do, while a sixth moves SQLite's log into its file. Beside it
the same with transactions that begin as Django's do unless told otherwise.
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
from typing import Any

WRITERS = 5


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--quick", action="store_true")
    asked.add_argument("--part", nargs=2, default=(), help=argparse.SUPPRESS)
    said = asked.parse_args()
    seconds = 3.0 if said.quick else said.seconds
    if said.part:
        print(json.dumps(do_part(said.part[0], said.part[1], said.seconds)))
        return
    found = {mode: measure(mode, seconds) for mode in ("IMMEDIATE", "DEFERRED")}
    load = round(os.getloadavg()[0], 1)
    print(json.dumps({"benchmark": "site_writers", "seconds": seconds, "load": load} | found))


def measure(mode: str, seconds: float) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="chinwag-writers-") as folder:
        run(folder, "make", mode, 0)
        doing = ["write"] * WRITERS + ["checkpoint"]
        parts = [start(folder, part, mode, seconds) for part in doing]
        ended = [json.loads(part.communicate()[0]) for part in parts]
        held = run(folder, "count", mode, 0)["events"]
    waits = sorted(wait for one in ended for wait in one.get("waits", ()))
    written = sum(one.get("written", 0) for one in ended)
    return {
        "locked": sum(one.get("locked", 0) for one in ended),
        "written": written,
        "lost": written - held,
        "ms": [
            round(1000 * statistics.median(waits), 1),
            round(1000 * waits[int(0.99 * (len(waits) - 1))], 1),
        ],
    }


def start(folder: str, part: str, mode: str, seconds: float) -> subprocess.Popen[str]:
    environment = os.environ | {"CHINWAG_SITE_FOLDER": folder, "CHINWAG_SITE_DATABASE": ""}
    environment["DJANGO_SETTINGS_MODULE"] = "chinwag.web.settings"
    command = [sys.executable, __file__, "--part", part, mode, "--seconds", str(seconds)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def run(folder: str, part: str, mode: str, seconds: float) -> dict[str, Any]:
    done = start(folder, part, mode, seconds)
    answer = done.communicate()[0]
    if done.returncode:
        sys.exit(done.returncode)
    made: dict[str, Any] = json.loads(answer)
    return made


def do_part(part: str, mode: str, seconds: float) -> dict[str, Any]:
    from chinwag.web.opening import open_site, prepare_database

    site = open_site()
    from django.db import connection

    connection.settings_dict["OPTIONS"]["transaction_mode"] = mode
    if part == "make":
        prepare_database(site)
        from site_archive import make_rows

        make_rows(["stackschat/2026-10-13"])
        return {}
    if part == "count":
        from chinwag.web.chats.models import Event

        return {"events": Event.objects.count()}
    return write(seconds) if part == "write" else move_log(seconds)


def write(seconds: float) -> dict[str, Any]:
    """Write for so long; return how often, how long each took, and how often it was refused."""
    from django.db import OperationalError, transaction

    from chinwag.web.chats.actions.note import note
    from chinwag.web.chats.models import Chat
    from chinwag.web.live.tell import tell

    waits: list[float] = []
    locked = 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        begun = time.monotonic()
        try:
            with transaction.atomic():
                chat = Chat.objects.select_related("series").get()
                note(None, "changed settings", chat.slug, chat=chat)
                tell(chat, "changed")
        except OperationalError as refused:
            if "locked" not in str(refused):
                raise
            locked += 1
        else:
            waits.append(time.monotonic() - begun)
        time.sleep(0.02)
    return {"written": len(waits), "locked": locked, "waits": waits}


def move_log(seconds: float) -> dict[str, Any]:
    from chinwag.web.keeper.bulk import checkpoint

    until = time.monotonic() + seconds
    while time.monotonic() < until:
        checkpoint()
        time.sleep(1)
    return {}


if __name__ == "__main__":
    main()
