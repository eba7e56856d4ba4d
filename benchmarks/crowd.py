"""Memory and time of reading a file of millions of posts, all of them in one hour or in a month.

    python benchmarks/crowd.py --rows 500000
    python benchmarks/crowd.py --rows 5000000 --days 30 --letters 330    (2 GB)

It writes a CSV file of invented posts and runs `chinwag recap` on it in a process of its own, as a
host would: without a time first, which ends with the hours asked for where no chat stands out;
then with an hour (`hour`; of a crowd of one hour, ten seconds), which ends with a story. Printed
are wall and processor time and peak memory, beside those of a loop that only reads the same rows
with Python's csv.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

START = datetime(2026, 10, 13, 18, tzinfo=UTC)
PEER = "import csv, sys; print(sum(1 for _ in csv.DictReader(open(sys.argv[1], encoding='utf-8'))))"


def write_rows(path: Path, rows: int, days: float, letters: int) -> None:
    """Write invented posts of so many letters, spread evenly over so many days, in time order."""
    step = timedelta(days=days) / rows
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(("id", "author", "created_at", "text"))
        for number in range(rows):
            at = (START + number * step).isoformat()
            text = f"Row {number} on kettles, shelves and lamps that come back mended #crowdchat"
            text += " and what they cost" * ((letters - len(text)) // 19)
            writer.writerow((10**17 + number, f"person{number * 7919 % 900_001}", at, text))


def run(*command: str) -> dict[str, object]:
    """Run a command; return how it ended, its seconds, and its peak memory in MB."""
    begun = time.perf_counter()
    measure = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run(sys.argv[1:], capture_output=True, text=True, check=False)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "said = (done.stderr or done.stdout).strip()[:300]\n"
        "print(done.returncode, used.ru_maxrss, used.ru_utime, said)"
    )
    done = subprocess.run(
        [sys.executable, "-c", measure, *command], capture_output=True, text=True, check=True
    )
    status, peak, busy, said = done.stdout.split(" ", 3)
    seconds = round(time.perf_counter() - begun, 1)
    return {
        "status": int(status),
        "seconds": seconds,
        "processor_seconds": round(float(busy), 1),
        "mb": round(int(peak) / 1024),
        "said": " ".join(said.split()),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--days", type=float, default=1 / 24)
    parser.add_argument("--letters", type=int, default=80, help="of a post's text")
    parser.add_argument("--quick", action="store_true", help="a small run, to see that it works")
    said = parser.parse_args()
    rows = 2_000 if said.quick else said.rows
    folder = Path(tempfile.mkdtemp(prefix="crowd-"))
    try:
        path = folder / "crowd.csv"
        write_rows(path, rows, said.days, said.letters)
        recap = (sys.executable, "-m", "chinwag.cli", "recap", str(path), "--into")
        start = START + timedelta(days=said.days / 2)
        end = start + timedelta(seconds=3600 if said.days >= 1 else 10)
        ours = run(*recap, str(folder / "chat"))
        hour = ("--from", start.isoformat(), "--to", end.isoformat())
        whole = run(*recap, str(folder / "hour"), *hour)
        peer = run(sys.executable, "-c", PEER, str(path))
        figures = {
            "benchmark": "crowd",
            "rows": rows,
            "days": round(said.days, 3),
            "mb_of_file": round(path.stat().st_size / 1e6),
            "recap": ours,
            "hour": whole,
            "csv_loop": peer,
        }
    finally:
        shutil.rmtree(folder)
    for name in ("recap", "hour", "csv_loop"):
        print(name, figures[name])
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
