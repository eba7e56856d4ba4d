"""From Close to the draft: how long a host waits for the write-up of a chat that was captured.

    python benchmarks/close.py [--posts N] [--runs N] [--data DIR] [--quick]

A site runs as people run it, in processes of its own, and captures a chat of 800 posts from a
stand-in for a Mastodon server on this machine, by its stream and its pages. The first run hears the
posts as they are said, the others find them there: what is in memory at the close is the same. Then
the host presses *End the capture*; the clock runs from that request until *Write* shows the draft.
Every second run ("at_once") presses when one more post has just been placed, the others ("calm")
when nothing has come for a while and the draft was worked out ahead. The parts are seconds since
the press: the journal sealed and imported, posts placed, the summary written, the draft on the page
(`draft_s`, what counts), the story's files, the end of the capture; `busy_s` is the processor time
of all the site's processes until the draft. Beside it the same folder written up cold, by
`chinwag recap` in a process of its own, wall and processor seconds. Medians; what else the machine
does shows in the wall seconds most (`load`). The posts are real ones where there are some, else
invented; the encoder is at work where it is installed. `--quick` says 80 posts, in two runs.

On a quiet machine of two cores the draft is on the page 0.8 s after the press of a calm chat, and
2.2 s after it where a post was placed just before (medians of two each): there placing takes 0.7 s,
summing up 0.5, the points beside the draft 0.4 and the page itself 0.4. A cold recap takes 3.2 s.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.web.hosting import Host, Town, found_site, open_town, point_to
from tests.web.processes import Served, make_own_site

from chinwag.engines.universal_encoder import is_installed
from chinwag.stores.folder import ChatFolder
from recap import CHINWAG, DATA, read_rows, run_cold

A_SECOND = 10  # posts, forty times as many as in an hour of 800
MOST_BEHIND = 40  # posts that wait to be placed before the next one is said
_HOUR = timedelta(minutes=60)
_LONGEST = 1800.0  # seconds until a chat is placed, on a machine that does much else
_LOOK = 0.05  # seconds between two looks at Write
_AHEAD = "worked out ahead"  # what the capture's log says when it has the draft
_PARTS = {
    "sealed_s": "posts.jsonl",
    "placed_s": "placements.jsonl",
    "summary_s": "summary.json",
    "story_s": "story/index.html",
}


class Said(NamedTuple):
    """What somebody says in the chat."""

    author: str
    text: str


class Captured(NamedTuple):
    """A chat that is being captured: the address of its desk, and its folder."""

    desk: str
    root: Path

    def count_placed(self) -> int:
        """Return how many posts stand in the folder and do not wait to be placed."""
        if not (self.root / "placements.jsonl").exists():
            return 0
        placed = ChatFolder.at(self.root).read_placements()
        return sum(one.reason.code != "not-placed-yet" for one in placed)


def read_said(data: Path, number: int) -> list[Said]:
    """Return real posts of one community, else invented ones, as one chat of so many."""
    if not data.is_dir():
        return [
            Said(f"person{turn % 60}", f"A{1 + turn * 8 // number}: word{turn % 97} and word{turn}")
            for turn in range(number)
        ]
    rows = read_rows(data)
    return [
        Said(f"{row['author']}{turn // len(rows) or ''}", str(row["text"]))
        for turn, row in ((turn, rows[turn % len(rows)]) for turn in range(number))
    ]


def wait_until(is_so: Callable[[], Any], pause: float = 0.5) -> None:
    """Wait for something that the site brings about."""
    until = time.monotonic() + _LONGEST
    while not is_so():
        if time.monotonic() > until:
            sys.exit("What was waited for did not come.")
        time.sleep(pause)


def begin(host: Host, chats: Path, begun: datetime) -> Captured:
    """Plan a chat that began an hour ago, and have it captured."""
    before = list_days(host)
    at = (begun - timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M")
    host.fill_in("/desk/inkchat/new", title="Rooms", topic="", starts_at=at, minutes="300")
    (day,) = list_days(host) - before
    desk = f"/desk/inkchat/{day}/"
    both = {"read-mastodon": "on", "grace": "30"}
    host.fill_in(f"{desk}capture", f"{desk}capture/start", **both)
    root = chats / "inkchat" / day
    wait_until((root / "chat.toml").exists)
    return Captured(desk, root)


def list_days(host: Host) -> set[str]:
    """Return the addresses of the chats on the desk."""
    return set(re.findall(r"/desk/inkchat/([0-9-]+)/", host.read("/desk/")))


def say_all(town: Town, said: Sequence[Said], chat: Captured, begun: datetime) -> None:
    """Say everything, a few at a time, as fast as it is placed."""
    for turn, (author, text) in enumerate(said):
        at = begun + _HOUR * turn / len(said)
        town.write(text, author=author, at=at.replace(microsecond=0))
        if turn % (A_SECOND // 2) == 0:
            time.sleep(0.5)
            wait_until(lambda: chat.count_placed() >= turn - MOST_BEHIND)  # noqa: B023 - waited for


def close(host: Host, served: Served, chat: Captured) -> dict[str, float]:
    """End a capture; return the seconds of each part since the press, and what was busy."""
    capture, write = f"{chat.desk}capture", f"{chat.desk}write"
    token = host.read_token(capture)
    busy, pressed = read_busy(served.process.pid), time.time()
    host.send(f"{capture}/stop", csrfmiddlewaretoken=token)
    wait_until(lambda: 'id="blocks"' in host.read(write), _LOOK)
    found = {"draft_s": time.time() - pressed}
    found["busy_s"] = read_busy(served.process.pid) - busy
    wait_until(lambda: "The capture has ended." in host.read(capture), _LOOK)
    found["ended_s"] = time.time() - pressed
    for part, name in _PARTS.items():
        found[part] = (chat.root / name).stat().st_mtime - pressed
    return found


def read_busy(pid: int) -> float:
    """Return the processor seconds of a process and of all below it, those that ended included."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    own = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return own + sum(map(read_busy, map(int, children)))


def write_up_cold(chat: Captured, folder: Path) -> tuple[float, float, bool]:
    """Write a closed chat up again; return wall and processor seconds, and whether it is equal."""
    cold = folder / "cold"
    shutil.copytree(chat.root, cold)
    (cold / "summary.json").unlink()
    shutil.rmtree(cold / "story")
    wall, busy, _ = run_cold([*CHINWAG, "recap", "--into", str(cold)], folder)
    names = ("posts.jsonl", "placements.jsonl", "summary.json", "story/index.html")
    is_same = all((cold / name).read_bytes() == (chat.root / name).read_bytes() for name in names)
    shutil.rmtree(cold)
    return wall, busy, is_same


def measure(data: Path, number: int, runs: int, folder: Path) -> dict[str, object]:
    """Capture and close so often, and write each up cold; return the medians."""
    site = make_own_site(folder / "site")
    parts: dict[str, list[dict[str, float]]] = {"calm": [], "at_once": []}
    cold: list[tuple[float, float, bool]] = []
    begun = datetime.now(UTC).replace(microsecond=0) - _HOUR
    with open_town() as town:
        point_to(site, town)
        with site.serve("--port", "0") as served:
            host = found_site(served)
            for run in range(runs):
                chat = begin(host, site.folder / "chats", begun)
                if not run:
                    say_all(town, read_said(data, number), chat, begun)
                wait_until(lambda: chat.count_placed() == len(town.written))  # noqa: B023
                wait_until(lambda: _count_ahead(served, chat) > 0)  # noqa: B023
                if run % 2:
                    town.write("A1: one more word of mine", author=f"late{run}", at=begun + _HOUR)
                    wait_until(lambda: chat.count_placed() == len(town.written), _LOOK)  # noqa: B023
                kind = "at_once" if run % 2 else "calm"
                parts[kind].append(close(host, served, chat))
                print(kind, parts[kind][-1])
                cold.append(write_up_cold(chat, folder))
    return {
        "posts": number,
        "encoder": is_installed(),
        "runs": runs,
        **{kind: _take_medians(rows) for kind, rows in parts.items() if rows},
        "cold_recap_s": [round(statistics.median(row[at] for row in cold), 2) for at in (0, 1)],
        "same_as_cold": all(row[2] for row in cold),
        "load": round(os.getloadavg()[0], 1),
    }


def _count_ahead(served: Served, chat: Captured) -> int:
    """Return how often the capture has worked the draft of a chat out before its end."""
    told = (line for line in served.read_log().splitlines() if _AHEAD in line)
    return sum(f"/{chat.root.name}:" in line for line in told)


def _take_medians(rows: Sequence[dict[str, float]]) -> dict[str, float]:
    return {name: round(statistics.median(row[name] for row in rows), 2) for name in rows[0]}


def main() -> None:
    """Measure, print, and end with one JSON line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--posts", type=int, default=800)
    parser.add_argument("--runs", type=int, default=6)
    parser.add_argument("--quick", action="store_true")
    said = parser.parse_args()
    posts, runs = (80, 2) if said.quick else (said.posts, said.runs)
    with tempfile.TemporaryDirectory(prefix="chinwag-close-") as folder:
        found = measure(said.data, posts, runs, Path(folder))
    print(json.dumps({"benchmark": "close"} | found))


if __name__ == "__main__":
    main()
