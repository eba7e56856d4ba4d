"""Measure a cold recap: wall and processor time, peak memory.

Recaps run as a user would run them, each in a new process, on real posts of one community put
into one hour; placing and summarising, which are most of a recap, also in a process of their own.
Figures are medians of `--runs` runs, taken in turn. `import_speed.py` measures the import alone.

    python benchmarks/recap.py [--data DIR] [--runs N] [--quick]
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
CHINWAG = [sys.executable, "-m", "chinwag.cli"]


def run_cold(command: list[str], folder: Path) -> tuple[float, float, float]:
    """Run a command in a new process; give wall and processor seconds, and its peak MB.

    Python may keep what it compiled, as it does for whatever is installed.
    """
    kept = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    started = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, cwd=folder, env={**os.environ, **kept}
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if status:
        raise SystemExit(f"{' '.join(command)} failed with status {status}.")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def read_rows(data: Path) -> list[dict[str, object]]:
    """Give real posts of one community, without reposts, chat after chat, in time order."""
    rows = []
    for path in sorted((data / "chats").glob("critlib-*.jsonl")):
        rows += [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if not row["is_rt"]]


def make_chat(rows: list[dict[str, object]], size: int, target: Path) -> None:
    """Write a chat of `size` posts inside one hour: real posts, said again by others if need be."""
    with target.open("w", encoding="utf-8") as file:
        for number in range(size):
            row = dict(rows[number % len(rows)])
            turn = number // len(rows)
            second = number * 3600 // size
            row["id"] = f"{row['id']}{turn or ''}"
            row["author"] = f"{row['author']}{turn or ''}"
            row["created_at"] = f"2015-04-08T01:{second // 60:02}:{second % 60:02}Z"
            for key in ("chat", "a_labels", "q_labels", "seq", "dup_of"):
                row.pop(key, None)
            file.write(json.dumps(row) + "\n")


def measure_recaps(
    rows: list[dict[str, object]], sizes: list[int], runs: int, root: Path
) -> dict[str, dict[str, float]]:
    """Recap a chat of each size `runs` times, and place and summarise it; give medians of each."""
    found: dict[str, dict[str, float]] = {}
    for size in sizes:
        chat = root / f"chat-{size}.jsonl"
        make_chat(rows, size, chat)
        into = root / f"recap-{size}"
        commands = {
            f"recap {size}": [*CHINWAG, "recap", str(chat), "--into", str(into)],
            f"place and summarise {size}": [sys.executable, "-c", PLACE, str(into)],
        }
        figures: dict[str, list[tuple[float, float, float]]] = {name: [] for name in commands}
        for _ in range(runs):
            for name, command in commands.items():  # the second finds what the first imported
                figures[name].append(run_cold(command, root))
            shutil.rmtree(into)
        found |= {name: _take_medians(name, rows) for name, rows in figures.items()}
    return found


def _take_medians(name: str, figures: list[tuple[float, float, float]]) -> dict[str, float]:
    wall, own, memory = (statistics.median(column) for column in zip(*figures, strict=True))
    print(
        f"{name + ' posts:':32} {wall:6.2f} s, {own:6.2f} s of a processor,"
        f" {memory:5.0f} MB at the most"
    )
    return {
        "seconds": round(wall, 2),
        "processor_seconds": round(own, 2),
        "megabytes": round(memory),
    }


PLACE = """
import sys
from pathlib import Path
from chinwag.workflows.place_chat import place_chat
from chinwag.workflows.summarise_chat import summarise_chat
place_chat(Path(sys.argv[1]))
summarise_chat(Path(sys.argv[1]))
"""


def main() -> None:
    """Measure, print, and end with one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--quick", action="store_true")
    said = parser.parse_args()
    if not said.data.is_dir():
        print(f"Nothing to measure on: there are no real chats at {said.data}.")
        return
    runs, sizes = (1, [300]) if said.quick else (said.runs, [300, 800, 5000])
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        recaps = measure_recaps(read_rows(said.data), sizes, runs, root)
    result = {"benchmark": "recap", "runs": runs, "recap": recaps}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
