"""Two people who correct one chat at the same instant, and what noting a correction costs.

Two processes wait for a word and then both correct a post of one chat and make the rest again. A
correction counts as kept when it stands in the folder and its author was told so; as refused when
it does not and was told so; as told falsely when what was told and what stands differ. Beside it
the same with nobody waiting for anybody (a patience of 0 seconds). Then the time of noting alone,
beside that of making the rest again.

    .venv/bin/python benchmarks/corrections.py [--quick]

Prints a table and, last, one JSON line.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from chinwag.errors import ChinwagError, Kept
from chinwag.stores.folder import ChatFolder
from chinwag.stores.folder.change import open_change
from chinwag.workflows.correct_placement import Verdict, correct_placement, note_correction
from chinwag.workflows.make_again import make_again
from chinwag.workflows.recap_files import recap_files

START = datetime(2026, 10, 13, 18, tzinfo=UTC)
WORDS = ("quiet", "room", "chairs", "books", "people", "door", "carpet", "lamp", "week", "card")
QUESTIONS = 8
OUTCOMES = ("kept", "noted, the rest failed", "refused", "told falsely")


def make_chat(posts: int, root: Path) -> Path:
    """Write up an invented chat of so many posts; return its folder."""
    chance = random.Random(5)
    path = root / f"{posts}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(("id", "author", "created_at", "text"))
        for number in range(posts):
            at = START + timedelta(seconds=3_600 * number / posts)
            label, place = divmod(number, max(1, posts // QUESTIONS))
            words = " ".join(chance.choice(WORDS) for _ in range(14))
            opening = f"A{label + 1} " if chance.random() < 0.5 else ""
            says = f"Q{label + 1}: {words}?" if place == 0 else f"{opening}{words}"
            who = "host" if place == 0 else f"person{chance.randrange(90)}"
            rows.writerow((number, who, at.isoformat(), f"{says} #inkchat"))
    recap_files([path], root / f"chat-{posts}")
    return root / f"chat-{posts}"


def correct_when_told(folder: Path, patience: float | None) -> None:
    """Be one of the two: correct a post for each line on standard input, and say what was told."""
    if patience is not None:
        ChatFolder.change = lambda self, **_: open_change(  # type: ignore[method-assign]
            self.root, patience=patience
        )
    print("ready", flush=True)
    for line in sys.stdin:
        post, question, who = line.split()
        verdict = Verdict(question=question)
        try:
            correct_placement(folder, [post], verdict, at=datetime.now(UTC), who=who)
        except ChinwagError as error:
            print("noted, the rest failed" if error.kept == Kept.NOTED else "refused", flush=True)
        else:
            print("kept", flush=True)


def try_pairs(folder: Path, pairs: int, patience: float | None) -> Counter[str]:
    """Let two processes correct at the same instant, so many times; count what became of it."""
    words = [sys.executable, __file__, "--one-of-two", str(folder)]
    words += [] if patience is None else ["--patience", str(patience)]
    both = [
        subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert [hear(one) for one in both] == ["ready", "ready"]
    outcomes: Counter[str] = Counter()
    posts = [post.id for post in ChatFolder.open(folder).read_posts()]
    for pair in range(pairs):
        names = [f"{patience}-{pair}-{number}" for number in range(2)]
        for number, (one, who) in enumerate(zip(both, names, strict=True)):
            post = posts[(7 * pair + 3 * number + 1) % len(posts)]
            assert one.stdin is not None
            one.stdin.write(f"{post} {pair % QUESTIONS + 1} {who}\n")
            one.stdin.flush()
        told = [hear(one) for one in both]
        stands = {one.who for one in ChatFolder.open(folder).read_corrections()}
        for who, what in zip(names, told, strict=True):
            is_true = (who in stands) == (what != "refused")
            outcomes[what if is_true else "told falsely"] += 1
    for one in both:
        one.communicate()
    outcomes["out of date at the end"] = len(ChatFolder.open(folder).find_outdated())
    return outcomes


def hear(process: subprocess.Popen[str]) -> str:
    """Return the next line that a process prints."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def time_noting(folder: Path, times: int) -> tuple[list[float], list[float], list[float]]:
    """Return sorted milliseconds: of noting, of the processor in it, and of making the rest."""
    posts = [post.id for post in ChatFolder.open(folder).read_posts()]
    chance = random.Random(7)
    noting, working = [], []
    for _ in range(times):
        verdict = Verdict(question=str(chance.randrange(QUESTIONS) + 1))
        begun, worked = time.perf_counter(), time.process_time()
        note_correction(folder, [chance.choice(posts)], verdict, at=datetime.now(UTC), who="host")
        working.append(1_000 * (time.process_time() - worked))
        noting.append(1_000 * (time.perf_counter() - begun))
    making = []
    for _ in range(3):
        note_correction(folder, [posts[5]], Verdict(question="1"), at=datetime.now(UTC))
        begun = time.perf_counter()
        make_again(folder)
        making.append(1_000 * (time.perf_counter() - begun))
    return sorted(noting), sorted(working), sorted(making)


def find_percentiles(times: list[float]) -> tuple[float, float]:
    """Return the median and the 99th percentile of sorted times."""
    return statistics.median(times), times[int(0.99 * (len(times) - 1))]


def main() -> None:
    """Measure, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--one-of-two", type=Path)
    parser.add_argument("--patience", type=float)
    options = parser.parse_args()
    if options.one_of_two:
        correct_when_told(options.one_of_two, options.patience)
        return
    pairs, size, times = (5, 120, 50) if options.quick else (200, 120, 400)
    with tempfile.TemporaryDirectory() as place:
        waiting = try_pairs(make_chat(size, Path(place)), pairs, None)
        hasty = try_pairs(Path(place) / f"chat-{size}", pairs, 0.0)
        noting, working, making = time_noting(make_chat(900, Path(place)), times)
    print(f"{pairs} pairs of corrections at the same instant, {size} posts")
    print(f"{'':<28}{'waiting':>10}{'patience 0':>12}")
    for outcome in (*OUTCOMES, "out of date at the end"):
        print(f"{outcome:<28}{waiting[outcome]:>10}{hasty[outcome]:>12}")
    (p50, p99), (own_50, own_99) = find_percentiles(noting), find_percentiles(working)
    print(f"noting at 900 posts: p50 {p50:.1f} ms, p99 {p99:.1f} ms, most {noting[-1]:.1f} ms,")
    print(f"of it the processor's: p50 {own_50:.1f} ms, p99 {own_99:.1f} ms; the rest is the disk")
    print(f"making the rest again: {making[1]:.0f} ms")
    print(
        json.dumps(
            {
                "benchmark": "corrections",
                "pairs": pairs,
                "waiting": dict(waiting),
                "patience_0": dict(hasty),
                "noting_p50_ms": round(p50, 1),
                "noting_p99_ms": round(p99, 1),
                "noting_processor_p99_ms": round(own_99, 1),
                "remaking_ms": round(making[1]),
            }
        )
    )


if __name__ == "__main__":
    main()
