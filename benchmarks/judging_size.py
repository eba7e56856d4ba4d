"""How much of the judging rooms is listed by hand: regex alternatives, words, numbers?

Counted in `text`, `steps/reading`, `judging`, `kinds`, `questions`, `placing` and `summarise`:
alternatives (the choices of every regular expression), listed words (those of every string of
eight words or more that is no docstring, and every phrase of `phrases/`), and numbers (every one
but 0, 1, 2 and -1; learned weights, which `learn.py` makes, are no hand-set numbers).

    python benchmarks/judging_size.py            # this checkout, then one line of JSON
    python benchmarks/judging_size.py --at DIR   # another one's `src/chinwag`
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src" / "chinwag"
ROOMS = (
    "text",
    "steps/reading",
    "steps/judging",
    "steps/kinds",
    "steps/questions",
    "steps/placing",
    "steps/summarise",
    "steps/place",
)
LISTED = 8  # words in a string from which it is a list
PLAIN = (0, 1, 2, -1)
_PATTERN = re.compile(r"\\[bswdWSD]|\(\?[:=!<i]|\[\^?[^\]]+\]|\|")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def count_room(folder: Path) -> Counter[str]:
    """Return the counts of one room, its phrases included."""
    counts: Counter[str] = Counter()
    for path in sorted(folder.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        counts["lines"] += source.count("\n")
        counts += count_source(ast.parse(source))
    for path in sorted(folder.rglob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        counts["words"] += sum(len(phrases.split()) for phrases in table.values())
    return counts


def count_source(tree: ast.Module) -> Counter[str]:
    """Return the counts of one file."""
    counts: Counter[str] = Counter()
    docs = {id(node) for node in _find_docstrings(tree)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in docs:
            continue
        value = node.value
        if isinstance(value, str):
            is_pattern = "|" in value or len(_PATTERN.findall(value)) > 1
            counts["alternatives"] += value.count("|") + 1 if is_pattern else 0
            words = _WORD.findall(value)
            counts["words"] += len(words) if len(words) >= LISTED else 0
        elif isinstance(value, int | float) and not isinstance(value, bool):
            counts["numbers"] += value not in PLAIN
    return counts


def _find_docstrings(tree: ast.Module) -> Iterator[ast.Constant]:
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(tree):
        if isinstance(node, holders) and node.body and isinstance(node.body[0], ast.Expr):
            first = node.body[0].value
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first


def main() -> None:
    """Count, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--at", type=Path, default=SOURCE)
    options = parser.parse_args()
    rooms = {room: count_room(options.at / room) for room in ROOMS if (options.at / room).is_dir()}
    rooms["all"] = sum(rooms.values(), Counter[str]())
    names = ("lines", "alternatives", "words", "numbers")
    print("".join(["".ljust(18), *(name.rjust(14) for name in names)]))
    for room, counts in rooms.items():
        print("".join([room.ljust(18), *(str(counts[name]).rjust(14) for name in names)]))
    print(json.dumps({"benchmark": "judging_size", **{k: dict(v) for k, v in rooms.items()}}))


if __name__ == "__main__":
    main()
