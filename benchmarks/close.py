"""From Close to the draft: how long a captured chat waits for its write-up.

    python benchmarks/close.py [--posts N] [--data DIR] [--quick]

A chat of 800 posts is said to a stand-in for a Mastodon server on this machine, ten posts a second
or as fast as they are placed, and captured by its stream and its pages as the site captures it.
When all of it stands in the folder and the capture has nothing left to do, the host closes: wall
and processor seconds count until the story is made, and then until the site's database holds it
and the draft to edit. What the machine does beside shows in the wall seconds most. Beside it the
same posts written up cold, by `chinwag recap` in a process of its own. The posts are real ones
where there are some, else invented; the encoder is at work where it is installed. `--quick` says
80 posts.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.networks.fake_mastodon import FakeMastodon
from tests.networks.fake_server import run_server

from chinwag.capture.state import ChatState
from chinwag.capture.view import CaptureView
from chinwag.engines.universal_encoder import is_installed
from chinwag.model import Note, Secret
from chinwag.networks.mastodon.poll import MastodonPoll
from chinwag.networks.mastodon.server import MastodonServer
from chinwag.networks.mastodon.stream import MastodonStream
from chinwag.setup.clock import SystemClock
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.capture_chat import capture_chat
from chinwag.workflows.chat_details import ChatDetails
from recap import CHINWAG, DATA, read_rows, run_cold

TAG = "inkchat"
A_SECOND = 10  # posts, forty times as many as in an hour of 800
MOST_BEHIND = 40  # posts that wait to be placed before the next one is said
IDLE = 0.2  # share of a processor below which the capture has caught up
_HOUR = timedelta(minutes=60)
_SERIES = "Ink chat"


class Said(NamedTuple):
    """What somebody says in the chat."""

    author: str
    text: str


class Ear:
    """Knows how many posts stand in the folder, and that the capture listens."""

    def __init__(self) -> None:
        self.written = 0
        self.placed = 0
        self.view: CaptureView | None = None

    def hear_kept(self, posts: Sequence[str], at: datetime) -> None:
        """Wait for the folder."""

    def hear_notice(self, route: str, kind: str, note: Note) -> None:
        """Wait for the folder."""

    def hear_written(self, state: ChatState) -> None:
        """Count what the folder holds."""
        waiting = sum(one.reason.code == "not-placed-yet" for one in state.placements)
        self.written, self.placed = len(state.posts), len(state.posts) - waiting

    def see(self, view: CaptureView) -> None:
        """Keep what the capture shows."""
        self.view = view


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


async def say_all(fake: FakeMastodon, said: Sequence[Said], ear: Ear, begun: datetime) -> None:
    """Post everything, a few at a time, and wait until all of it is placed in the folder."""
    await wait_until(lambda: bool(fake.listeners) and ear.view is not None)
    for turn, (author, text) in enumerate(said):
        at = begun + _HOUR * turn / len(said)
        fake.post(f"{text} #{TAG}", at.replace(microsecond=0), author=author)
        await asyncio.sleep(1 / A_SECOND)
        await wait_until(lambda: ear.placed >= turn - MOST_BEHIND)  # noqa: B023 - waited for here
    await wait_until(lambda: ear.placed == len(said))
    await wait_until_idle()


async def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for something that another task brings about."""
    while not is_so():
        await asyncio.sleep(0.05)


async def wait_until_idle() -> None:
    """Wait until this process has had little to do for two seconds, as before a host closes."""
    quiet = 0
    while quiet < 2:
        wall, busy = time.perf_counter(), time.process_time()
        await asyncio.sleep(1)
        share = (time.process_time() - busy) / (time.perf_counter() - wall)
        quiet = quiet + 1 if share < IDLE else 0


async def capture(root: Path, said: Sequence[Said]) -> tuple[float, float]:
    """Capture the chat, close, and return wall and processor seconds until its story is made."""
    begun = datetime.now(UTC) - _HOUR
    details = ChatDetails(
        hashtag=TAG, series=_SERIES, start=begun - _HOUR, end=begun + 2 * _HOUR, time_zone="UTC"
    )
    fake, ear, stop = FakeMastodon(), Ear(), asyncio.Event()
    async with run_server(fake.say) as running:
        server = MastodonServer(running.address, token=Secret("t"))
        capturing = asyncio.create_task(
            capture_chat(
                root,
                details,
                (MastodonStream(server), MastodonPoll(server)),
                clock=SystemClock(),
                listener=ear,
                stop=stop,
                jitter=lambda: 0.5,
                writes_up=lambda: True,
            )
        )
        saying = asyncio.create_task(say_all(fake, said, ear, begun))
        await asyncio.wait((capturing, saying), return_when=asyncio.FIRST_COMPLETED)
        wall, busy = time.perf_counter(), time.process_time()
        stop.set()
        await capturing
        taken = time.perf_counter() - wall, time.process_time() - busy
        saying.cancel()
        with suppress(asyncio.CancelledError):
            await saying
    return taken


def take_up_draft(site_folder: Path, begun: datetime) -> tuple[float, float]:
    """Let a site index the folder and lay its draft out; return wall and processor seconds."""
    os.environ |= {
        "CHINWAG_SITE_FOLDER": str(site_folder),
        "CHINWAG_SITE_DATABASE": "",
        "DJANGO_SETTINGS_MODULE": "chinwag.web.settings",
    }
    from chinwag.web.opening import open_site, prepare_database

    site = open_site()
    prepare_database(site)
    from chinwag.web.chats.models import Chat, Series
    from chinwag.web.keeper.chats import take_up

    series = Series.objects.create(slug="ink", name=_SERIES, hashtag=TAG, time_zone="UTC")
    chat = Chat.objects.create(
        series=series,
        slug="one",
        title="",
        folder="ink/one",
        starts_at=begun,
        ends_at=begun + _HOUR,
    )
    wall, busy = time.perf_counter(), time.process_time()
    assert take_up(chat, site)
    return time.perf_counter() - wall, time.process_time() - busy


def measure(data: Path, number: int, folder: Path) -> dict[str, object]:
    """Capture and close once, then write the same posts up cold; return the figures."""
    root = folder / "chats" / "ink" / "one"
    root.parent.mkdir(parents=True)
    wall, busy = asyncio.run(capture(root, read_said(data, number)))
    posts = ChatFolder.open(root).read_posts()
    assert len(posts) == number, len(posts)
    assert (root / "story" / "index.html").is_file()
    cold = folder / "cold"
    shutil.copytree(root, cold)
    for name in ("summary.json", "story"):
        path = cold / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    command = [*CHINWAG, "recap", "--into", str(cold)]
    again = run_cold(command, folder)
    told = {
        "posts": len(posts),
        "encoder": is_installed(),
        "close_s": [round(wall, 2), round(busy, 2)],
        "cold_recap_s": [round(again[0], 2), round(again[1], 2)],
        "same_summary": (root / "summary.json").read_bytes()
        == (cold / "summary.json").read_bytes(),
        "load": round(os.getloadavg()[0], 1),
    }
    wall, busy = take_up_draft(folder, posts[0].created_at)
    return told | {"draft_on_site_s": [round(wall, 2), round(busy, 2)]}


def read_summary(root: Path) -> bytes:
    """Return the summary of a folder."""
    return (root / "summary.json").read_bytes()


def main() -> None:
    """Measure, print, and end with one JSON line: pairs of wall and processor seconds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--posts", type=int, default=800)
    parser.add_argument("--quick", action="store_true")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="chinwag-close-") as folder:
        found = measure(said.data, 80 if said.quick else said.posts, Path(folder))
    print(json.dumps({"benchmark": "close"} | found))


if __name__ == "__main__":
    main()
