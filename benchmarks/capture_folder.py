"""How long a running capture needs for a post and for writing its folder anew, as a chat grows.

Notes of an invented noticeboard (`networks/example`) are taken in as a capture takes them: sifted,
written to the journal and flushed, merged, placed; now and then the folder's files are written.
Then a real capture runs on that folder by the clock of this machine, a correction is noted in the
folder three times, and the seconds count until the folder and the view show it, the pause between
two looks included.

    .venv/bin/python benchmarks/capture_folder.py [--quick]

Prints a table and, last, one JSON line, with an import of the same journal beside.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from chinwag.capture.decisions import DecisionReader
from chinwag.capture.live_chat import LiveChat
from chinwag.capture.state import ChatState, build_state, write_state
from chinwag.capture.view import CaptureView
from chinwag.model import Note, Placement, RawPost, quote_note
from chinwag.networks.example.board import Board
from chinwag.networks.example.routes import BoardStream
from chinwag.setup.clock import SystemClock
from chinwag.stores.folder import ChatFolder
from chinwag.stores.folder.journal import Journal
from chinwag.workflows.capture_chat import capture_chat, open_folder
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.import_files import import_files
from chinwag.workflows.place_chat import place_chat

LAST = 100  # posts that are placed one by one
START = datetime(2026, 11, 24, 18, tzinfo=UTC)
WORDS = ("quiet", "room", "chairs", "books", "people", "door", "carpet", "lamp", "week", "card")


def make_raws(number: int, chance: random.Random) -> list[RawPost]:
    """Return so many notes: a question now and then, answers to it, replies to answers."""
    raws = []
    asked, label = 1, 0
    for place in range(1, number + 1):
        at = START + timedelta(seconds=place)
        words = " ".join(chance.choice(WORDS) for _ in range(18))
        if place % max(1, number // 8) == 1:
            label, asked = label + 1, place
            note = {"number": place, "by": "host", "says": f"Q{label}: {words}? #inkchat"}
        else:
            under = chance.choice((asked, max(1, place - chance.randrange(1, 20))))
            opening = f"A{label} " if chance.random() < 0.5 else ""
            who = f"person{chance.randrange(120)}"
            note = {
                "number": place,
                "by": who,
                "says": f"{opening}{words} #inkchat",
                "under": under,
            }
        payload = {"event": "pinned", "note": note | {"at": at.isoformat()}}
        raws.append(RawPost(route="example:stream", address="board://x", payload=payload, at=at))
    return raws


def measure(number: int, root: Path) -> dict[str, float]:
    """Take notes in, in batches of ten; return the seconds for a batch and for a refresh."""
    folder = open_folder(root, ChatDetails(hashtag="inkchat"))
    chat = LiveChat(folder, DecisionReader(folder).read())
    journal = Journal.begin(root, START)
    raws = make_raws(number, random.Random(3))
    batches = [raws[at : at + 10] for at in range(0, number, 10)]
    times, placing = [], []
    for batch in batches:
        begun = time.perf_counter()
        fresh = chat.sift(batch)
        journal.append([one.raw for one in fresh])
        chat.add(fresh)
        times.append(time.perf_counter() - begun)
        if (
            batch[0].payload["note"]["number"] > number - LAST
        ):  # those before at once, as at a start
            begun = time.perf_counter()
            chat.placing.place(chat.take_work())
            placing.append(time.perf_counter() - begun)
    refreshes = []
    for _ in range(3):
        begun = time.perf_counter()
        write_state(folder, build_state(chat.take_snapshot()))
        refreshes.append(time.perf_counter() - begun)
    journal.close()
    begun = time.perf_counter()
    import_files([], root, ChatDetails())
    place_chat(root)
    whole = time.perf_counter() - begun
    assert len(ChatFolder.open(root).read_posts()) == number
    last, placed = sorted(times[-20:]), sorted(placing[1:])
    return {
        "post_ms": round(1_000 * last[len(last) // 2] / 10, 2),
        "place_ms": round(1_000 * placed[len(placed) // 2] / 10, 2),
        "refresh_s": round(sorted(refreshes)[1], 3),
        "import_and_place_s": round(whole, 2),
    }


class Watcher:
    """Keeps the last view that a capture shows."""

    view: CaptureView | None = None

    def hear_kept(self, posts: Sequence[str], at: datetime) -> None:
        """Wait for the view."""

    def hear_notice(self, route: str, kind: str, note: Note) -> None:
        """Wait for the view."""

    def hear_written(self, state: ChatState) -> None:
        """Wait for the view."""

    def see(self, view: CaptureView) -> None:
        """Keep it."""
        self.view = view

    def count_unplaced(self) -> int:
        """Return how many posts the last view shows under no question."""
        return self.view.unplaced if self.view else 0

    def has_more_unplaced_than(self, number: int) -> bool:
        """Return whether more posts stand under no question than before."""
        return self.count_unplaced() > number


async def measure_corrections(root: Path) -> dict[str, float]:
    """Correct three posts of a running capture; return the median seconds until it shows.

    The folder holds the imported and placed chat of `measure`.
    """
    watcher, stop = Watcher(), asyncio.Event()
    capture = asyncio.create_task(
        capture_chat(
            root,
            ChatDetails(),
            [BoardStream(Board("quiet"))],
            clock=SystemClock(),
            listener=watcher,
            stop=stop,
            jitter=random.random,
        )
    )
    await _until(lambda: watcher.view is not None)
    folder = ChatFolder.open(root)
    placed = [one for one in folder.read_placements() if one.question and one.kind == "answer"]
    in_folder, in_view = [], []
    for answer in placed[len(placed) // 2 :][:3]:
        unplaced = watcher.count_unplaced()
        noted = time.perf_counter()
        _note_correction(folder, answer.post)
        await _until(partial(_stands, folder, answer.post))
        in_folder.append(time.perf_counter() - noted)
        await _until(partial(watcher.has_more_unplaced_than, unplaced))
        in_view.append(time.perf_counter() - noted)
    stop.set()
    await capture
    return {
        "correction_in_folder_s": round(sorted(in_folder)[1], 2),
        "correction_in_view_s": round(sorted(in_view)[1], 2),
    }


def _note_correction(folder: ChatFolder, post: str) -> None:
    made = Placement(
        post=post, question=None, reason=quote_note("a joke"), confidence=1.0, by="person"
    )
    with folder.change(patience=5.0) as change:
        change.write_corrections((*folder.read_corrections(), made))


def _stands(folder: ChatFolder, post: str) -> bool:
    return any(one.post == post and one.by == "person" for one in folder.read_placements())


async def _until(is_so: Callable[[], bool]) -> None:
    while not is_so():
        await asyncio.sleep(0.02)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true")
    sizes = (200,) if parser.parse_args().quick else (500, 900, 5_000)
    results = {}
    for number in sizes:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "chat"
            results[str(number)] = measure(number, root)
            results[str(number)] |= asyncio.run(measure_corrections(root))
        print(f"{number:>6} posts: {results[str(number)]}")
    said = {"benchmark": "capture_folder", "against": "an import of the same journal"}
    print(json.dumps(said | {"by_posts": results}))


if __name__ == "__main__":
    main()
