"""Posts a second of a whole import and of reading alone, beside twarc-csv on the same files.

    python benchmarks/import_speed.py [--peer PYTHON] [--runs N] [--quick]

`whole` is `chinwag import` with everything that it keeps (the raw copy, posts, ledger, checksums);
`reading` goes only as far as twarc-csv does: from the file to rows on the disk. Each is a process
of its own, run in turn on real tweets that are repeated under other ids: 6,000 that are hardly
spread; 20,000 of one hour, which are all archived; 200,000 of 50 weekly chats, of which one is
cut out. Ratios are those of processor seconds, which other work on the machine disturbs least;
wall seconds stand beside them. PYTHON is an interpreter with twarc-csv, if this one has it not.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from recap import CHINWAG, DATA, run_cold

_IDS = ("id", "conversation_id")
_SPREAD = timedelta(minutes=50)  # over which the copies that make one chat begin


class Case(NamedTuple):
    """A file: how often it repeats the tweets, in how many weekly chats (0: as they are)."""

    name: str
    copies: int
    chats: int


CASES = (Case("6,000", 60, 0), Case("20,000", 200, 1), Case("200,000", 2000, 50))


def make_tweets(data: Path, case: Case, target: Path) -> int:
    """Write real v2 tweets over and over under other ids; give how many."""
    lines = (data / "raw" / "twarc-v2" / "flat.jsonl").read_text(encoding="utf-8").splitlines()
    tweets = [json.loads(line) for line in lines]
    with target.open("w", encoding="utf-8") as file:
        for copy in range(case.copies):
            for tweet in repeat_tweets(tweets, copy, case):
                file.write(json.dumps(tweet) + "\n")
    return case.copies * len(tweets)


def repeat_tweets(tweets: list[Any], copy: int, case: Case) -> Iterator[Any]:
    """Yield the tweets of one copy under other ids; in chats, what they refer to is other too."""
    for tweet in tweets:
        if case.chats:
            size = case.copies // case.chats
            late = timedelta(weeks=copy // size) + _SPREAD * (copy % size) / size
            yield shift_tweet(tweet, copy, late)
        else:
            yield {**tweet, "id": str(int(tweet["id"]) + 1000 * copy)}


def shift_tweet(tweet: Any, copy: int, late: timedelta) -> Any:
    """Return a tweet, with those in it that it refers to, under other ids and later."""
    changes: dict[str, Any] = {
        name: str(int(tweet[name]) + 1000 * copy) for name in _IDS if name in tweet
    }
    if "created_at" in tweet:
        at = datetime.fromisoformat(tweet["created_at"].replace("Z", "+00:00")) + late
        changes["created_at"] = at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    if "referenced_tweets" in tweet:
        changes["referenced_tweets"] = [
            shift_tweet(one, copy, late) for one in tweet["referenced_tweets"]
        ]
    return {**tweet, **changes}


def measure(data: Path, case: Case, peer: str, runs: int, root: Path) -> dict[str, Any]:
    """Import one file beside twarc-csv, all cold, in turn; give medians and the ratios."""
    tweets, few = root / "tweets.jsonl", root / "few.jsonl"
    number = make_tweets(data, case, tweets)
    make_tweets(data, Case("100", 1, 0), few)
    for command in list_commands(few, peer, root).values():
        run_cold(command, root)  # unmeasured, so that Python has compiled all it needs
    commands = list_commands(tweets, peer, root)
    taken: dict[str, list[tuple[float, float, float]]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            shutil.rmtree(root / "imported", ignore_errors=True)
            taken[name].append(run_cold(command, root))
    told: dict[str, Any] = {"tweets": number, "megabytes": tweets.stat().st_size >> 20}
    for name, figures in taken.items():
        wall, busy, memory = (statistics.median(column) for column in zip(*figures, strict=True))
        told[name] = {"wall_s": round(wall, 2), "s": round(busy, 2), "mb": round(memory)}
        print(f"{case.name} tweets, {name}: {told[name]}, {number / busy:,.0f} posts a second")
    for name in ("whole", "reading"):
        times = statistics.median(
            peer[1] / own[1] for own, peer in zip(taken[name], taken["twarc_csv"], strict=True)
        )
        told[f"{name}_times_twarc_csv"] = round(times, 1)
    return told


def list_commands(tweets: Path, peer: str, root: Path) -> dict[str, list[str]]:
    """Give what is run on a file, by name."""
    return {
        "whole": [*CHINWAG, "import", str(tweets), "--into", str(root / "imported")],
        "reading": [sys.executable, "-c", READ, str(tweets), str(root / "posts.jsonl")],
        "twarc_csv": [peer, "-W", "ignore", "-c", TWARC, str(tweets), str(root / "t.csv")],
    }


READ = """
import sys
from pathlib import Path
import msgspec
from chinwag.importers import read_file
from chinwag.records.contract import ReadOptions
with open(sys.argv[2], "wb") as target:
    for post in read_file(Path(sys.argv[1]), ReadOptions()):
        target.write(msgspec.json.encode(post) + b"\\n")
"""
TWARC = """
import sys
from twarc_csv import csv
csv([sys.argv[1], sys.argv[2], "--hide-progress", "--hide-stats"])
"""


def main() -> None:
    """Measure, print, and end with one JSON line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--peer", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--most", type=int, default=200_000, help="tweets of the largest file")
    parser.add_argument("--quick", action="store_true")
    said = parser.parse_args()
    if not said.data.is_dir():
        print(f"Nothing to measure on: there are no real tweets at {said.data}.")
        return
    cases = (
        (Case("500", 5, 0),)
        if said.quick
        else [one for one in CASES if one.copies * 100 <= said.most]
    )
    told: dict[str, Any] = {"benchmark": "import_speed", "runs": 1 if said.quick else said.runs}
    for case in cases:
        with tempfile.TemporaryDirectory() as folder:
            told[case.name] = measure(said.data, case, said.peer, told["runs"], Path(folder))
    print(json.dumps(told))


if __name__ == "__main__":
    main()
