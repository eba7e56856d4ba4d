"""What one post of 10 MB costs, beside the same characters as ordinary posts.

    python benchmarks/long_post.py            one JSON line
    python benchmarks/long_post.py --mb 2     the same with 2 MB
    python benchmarks/long_post.py --quick    with 0.1 MB

A post repeats one short piece of text: words, mentions, links, sentences, open brackets. Told are
the seconds of the processor and the peak memory of each step from the import to the story, each in
a process of its own; the peer is an import of the same characters as posts of 240 characters.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

SHAPES = {
    "words": "word ",
    "mentions": "@u ",
    "links": "https://x.example/a?b=c ",
    "sentences": "a. ",
    "brackets": "<",
}
ORDINARY = 240  # characters
BEGINS = datetime(2026, 10, 13, 18, 0, tzinfo=UTC)


def write_posts(path: Path, texts: list[str]) -> None:
    """Write a chat in JSON lines: a question, and the texts through the hour after it."""
    rows = [{"id": "q1", "author": "host", "text": "Q1: What do you keep? #advchat"}]
    rows += [{"id": f"p{at}", "author": f"u{at % 90}", "text": one} for at, one in enumerate(texts)]
    step = timedelta(hours=1) / len(rows)
    with path.open("w", encoding="utf-8") as file:
        for at, row in enumerate(rows):
            file.write(json.dumps({**row, "created_at": (BEGINS + at * step).isoformat()}) + "\n")


def run(*words: str) -> dict[str, float]:
    """Run one command; return its status, seconds of the processor and peak memory in MB."""
    command = [sys.executable, "-m", "chinwag.cli", *words]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _pid, status, used = os.wait4(process.pid, 0)
    seconds = used.ru_utime + used.ru_stime
    return {"status": status, "s": round(seconds, 1), "mb": used.ru_maxrss >> 10}


def measure(texts: list[str], work: Path, *, whole: bool) -> dict[str, dict[str, float]]:
    """Return what importing texts costs and, with `whole`, what the rest of a write-up does."""
    file, folder = work / "chat.jsonl", work / "chat"
    write_posts(file, texts)
    told = {"import": run("import", str(file), "--into", str(folder), "--hashtag", "advchat")}
    if whole:
        for step in ("place", "summarise", "publish"):
            told[step] = run(step, str(folder))
    return told


def main() -> None:
    """Print one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mb", type=float, default=10.0)
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    length = int((0.1 if given.quick else given.mb) * 1_000_000)
    told: dict[str, object] = {}
    for name, piece in SHAPES.items():
        text = (f"A1 #advchat {piece}" + piece * (length // len(piece)))[:length]
        with tempfile.TemporaryDirectory() as work:
            told[name] = measure([text], Path(work), whole=True)
    ordinary = ("A1 #advchat " + "word " * ORDINARY)[:ORDINARY]
    with tempfile.TemporaryDirectory() as work:
        peer = measure([ordinary] * (length // ORDINARY), Path(work), whole=False)
    print(json.dumps({"benchmark": "long_post", "mb": length / 1e6, **told, "as_posts": peer}))


if __name__ == "__main__":
    main()
