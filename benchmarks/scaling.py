"""Does the cost of placing and summarising grow no faster than n log n?

Chats of 100 to 50,000 posts (real posts of one community put into one hour, said again by others
where there are not so many) are imported, then placed and summarised by the commands a user would
run, each in a new process. Seconds are of the processor, so that a busy machine changes little.
Drawn beside them is n log n through the middle of the sizes: what grows faster stands above it on
the right. The growth is given as the slope of the line fitted to the logarithms of size and
seconds less the start-up of an empty run; n log n itself has a slope of about 1.1 there.

    python benchmarks/scaling.py [--data DIR] [--sizes N ...] [--out DIR] [--quick]
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from recap import CHINWAG, DATA, make_chat, read_rows

SIZES = (100, 200, 400, 800, 1600, 3200, 5000, 10_000, 20_000, 50_000)
OUT = Path(__file__).resolve().parents[1] / "out"
WIDTH, HEIGHT, EDGE = 760, 460, 70  # of the drawing, in its own units


class Cost(NamedTuple):
    """What a cold command took: processor seconds, and megabytes at its largest."""

    seconds: float
    megabytes: float


def run_cold(command: Sequence[str], folder: Path) -> Cost:
    """Run a command in a new process and give what it took."""
    process = subprocess.Popen([*command], stdout=subprocess.DEVNULL, cwd=folder)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed with status {status}.")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def measure_size(rows: list[dict[str, object]], size: int, root: Path) -> dict[str, Cost]:
    """Give what placing and summarising a chat of so many posts take, both from cold."""
    chat, folder = root / f"chat-{size}.jsonl", root / f"chat-{size}"
    make_chat(rows, size, chat)
    run_cold([*CHINWAG, "import", str(chat), "--into", str(folder)], root)
    return {
        "place": run_cold([*CHINWAG, "place", str(folder)], root),
        "summarise": run_cold([*CHINWAG, "summarise", str(folder)], root),
    }


def find_slope(seconds: Mapping[int, float]) -> float:
    """Give the slope of the logarithm of seconds over that of size (least squares)."""
    points = [(math.log(size), math.log(max(taken, 1e-3))) for size, taken in seconds.items()]
    middle = sum(x for x, _ in points) / len(points)
    level = sum(y for _, y in points) / len(points)
    across = sum((x - middle) ** 2 for x, _ in points)
    return sum((x - middle) * (y - level) for x, y in points) / across


def draw_plot(seconds: Mapping[int, float], start: float) -> str:
    """Give an SVG of seconds over posts, both axes logarithmic, with n log n beside."""
    sizes = sorted(seconds)
    anchor = sizes[len(sizes) // 2]
    scale = (seconds[anchor] - start) / (anchor * math.log(anchor))
    expected = {size: start + max(0.0, scale) * size * math.log(size) for size in sizes}
    values = [*seconds.values(), *expected.values()]
    across = _make_axis(sizes[0], sizes[-1], EDGE, WIDTH - 20)
    up = _make_axis(min(values) / 1.3, max(values) * 1.3, HEIGHT - EDGE, 20)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        ' font-family="sans-serif" font-size="13">',
        "<title>Processor seconds of placing and summarising, by posts</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        _draw_line(expected, across, up, 'stroke="#777" stroke-dasharray="6 5"'),
        _draw_line(seconds, across, up, 'stroke="#0b5394" stroke-width="2.5"'),
    ]
    for size in sizes:
        x, y = across(size), up(seconds[size])
        parts += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#0b5394"/>',
            f'<text x="{x:.1f}" y="{y - 9:.1f}" text-anchor="middle">{seconds[size]:.1f}</text>',
            f'<text x="{x:.1f}" y="{HEIGHT - EDGE + 22}" text-anchor="end"'
            f' transform="rotate(-35 {x:.1f} {HEIGHT - EDGE + 22})">{size:,}</text>',
        ]
    parts += [
        f'<text x="{WIDTH // 2}" y="{HEIGHT - 6}" text-anchor="middle">posts in the chat</text>',
        f'<text x="{EDGE}" y="24">processor seconds, cold: measured (blue),'
        " start-up and n log n (dashed)</text>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _make_axis(low: float, high: float, first: float, last: float) -> Callable[[float], float]:
    """Give where a value stands on a logarithmic axis."""
    span = math.log(high / low)
    return lambda value: first + (last - first) * math.log(value / low) / span


def _draw_line(
    points: Mapping[int, float],
    across: Callable[[float], float],
    up: Callable[[float], float],
    style: str,
) -> str:
    path = " ".join(f"{across(size):.1f},{up(points[size]):.1f}" for size in sorted(points))
    return f'<polyline points="{path}" fill="none" {style}/>'


def main() -> None:
    """Measure, print a table, draw the plot, and end with one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--quick", action="store_true", help="three small sizes only")
    said = parser.parse_args()
    if not said.data.is_dir():
        print(f"Nothing to measure on: there are no real chats at {said.data}.")
        return
    sizes = [100, 200, 400] if said.quick else said.sizes
    rows = read_rows(said.data)
    costs: dict[int, dict[str, Cost]] = {}
    with tempfile.TemporaryDirectory() as folder:
        start = sum(cost.seconds for cost in measure_size(rows, 20, Path(folder)).values())
        for size in sizes:
            costs[size] = measure_size(rows, size, Path(folder))
            placed, summarised = costs[size]["place"], costs[size]["summarise"]
            print(
                f"{size:>7,} posts: placed {placed.seconds:7.2f} s,"
                f" summarised {summarised.seconds:7.2f} s,"
                f" {max(placed.megabytes, summarised.megabytes):5.0f} MB at the most",
                flush=True,
            )
    seconds = {size: sum(one.seconds for one in cost.values()) for size, cost in costs.items()}
    said.out.mkdir(exist_ok=True)
    plot = said.out / "scaling.svg"
    plot.write_text(draw_plot(seconds, start), encoding="utf-8")
    print(f"The plot is in {plot}.")
    net = {size: taken - start for size, taken in seconds.items() if taken > start}
    print(
        json.dumps(
            {
                "benchmark": "scaling",
                "compared_with": "n log n",
                "processor_seconds": {str(n): round(taken, 2) for n, taken in seconds.items()},
                "megabytes": {
                    str(n): round(max(one.megabytes for one in cost.values()))
                    for n, cost in costs.items()
                },
                "start_up": round(start, 2),
                "slope": round(find_slope(net), 3),
                "slope_of_n_log_n": round(find_slope({n: n * math.log(n) for n in net}), 3),
            }
        )
    )


if __name__ == "__main__":
    main()
