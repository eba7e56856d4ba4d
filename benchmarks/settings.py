"""Which numbers were set by hand in the judging rooms, and what does each say?

Read from the code: every named number, duration, row of numbers or table of them, with its comment.
Learned weights, which benchmarks write, are left out; `judging_size.py` counts the numbers that
bear no name. The list stands in docs/researchers/settings.md, and a test holds it to the code.

    python benchmarks/settings.py           # one line of JSON: how many, per room
    python benchmarks/settings.py --write   # write the page anew, where a setting was changed
    python benchmarks/settings.py --check   # fail where the page and the code differ
"""

from __future__ import annotations

import argparse
import ast
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "chinwag"
PAGE = ROOT / "docs" / "researchers" / "settings.md"
ROOMS = ("text", *(f"steps/{name}" for name in (
    "reading", "judging", "kinds", "questions", "placing", "summarise", "tracing"
)))  # fmt: skip
LONGEST = 800  # characters of a value that is shown; a longer one is a list of words
HEAD = (
    "# The numbers that were set by hand\n\n"
    "Every named number of the judging rooms, as it stands in the code, with what it says. What was"
    " *learned* is not here: the weights of `steps/judging/weights/`, of replies that are worked"
    " out, of words in a write-up. `python benchmarks/settings.py --write` writes this page, and"
    " a test holds it to the code, so that what is published is what runs. [The method](method.md)"
    " tells what they are for.\n\n"
)


class Setting(NamedTuple):
    """One named number: its file below `src/chinwag`, its name, its value and its comment."""

    path: str
    name: str
    value: str
    says: str


def list_settings(room: str) -> Iterator[Setting]:
    """Yield the settings of a room, file by file."""
    for path in sorted((SOURCE / room).rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        yield from _list_in_file(str(path.relative_to(SOURCE)), source)


def _list_in_file(path: str, source: str) -> Iterator[Setting]:
    lines = source.splitlines()
    learned = [at for at, line in enumerate(lines, 1) if line.startswith("# learned:")]
    for node in ast.parse(source).body:
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        if learned and learned[0] < node.lineno < learned[-1]:
            continue
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        value = ast.get_source_segment(source, node.value) or ""
        if _holds_numbers(node.value) and len(value) <= LONGEST:
            name, shown = ast.unparse(target), _strip_comments(value)
            yield Setting(path, name, shown, _find_comment(lines, node))


def _holds_numbers(value: ast.expr) -> bool:
    """Return whether a value is made of numbers, and is no pattern, list of words or look-up."""
    parts = list(ast.walk(value))
    if any(isinstance(part, ast.DictComp | ast.ListComp | ast.JoinedStr) for part in parts):
        return False
    calls = {ast.unparse(part.func) for part in parts if isinstance(part, ast.Call)}
    if not calls <= {"timedelta", "tuple", "range", "math.log", "math.sqrt", "math.exp", "sum"}:
        return False
    constants = [part.value for part in parts if isinstance(part, ast.Constant)]
    return any(isinstance(one, int | float) and not isinstance(one, bool) for one in constants)


def _strip_comments(value: str) -> str:
    return " ".join(line.partition("  #")[0].strip() for line in value.splitlines())


def _find_comment(lines: Sequence[str], node: ast.stmt) -> str:
    """Return the comment beside a setting, else the one right above it."""
    beside = [
        line.partition("# ")[2]
        for line in lines[node.lineno - 1 : node.end_lineno]
        if "  # " in line
    ]
    if beside:
        return " ".join(beside)
    above: list[str] = []
    for line in reversed(lines[: node.lineno - 1]):
        if not line.startswith("# ") or line.startswith("# learned:"):
            break
        above.insert(0, line.removeprefix("# "))
    return " ".join(above)


def write_page() -> str:
    """Return the page."""
    parts = [HEAD]
    for room in ROOMS:
        rows = list(list_settings(room))
        parts.append(f"## {room}\n\n| file | name | value | what it says |\n|---|---|---|---|\n")
        for one in rows:
            cells = (f"`{one.path.removeprefix(f'{room}/')}`", f"`{one.name}`", f"`{one.value}`")
            row = " | ".join(cell.replace("|", "\\|") for cell in (*cells, one.says))
            parts.append(f"| {row} |\n")
        parts.append("\n")
    return "".join(parts).rstrip() + "\n"


def main() -> None:
    """Read the options; count, write or check."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write the page anew")
    parser.add_argument("--check", action="store_true", help="fail where page and code differ")
    options = parser.parse_args()
    page = write_page()
    if options.write:
        PAGE.write_text(page, encoding="utf-8")
    counts = {room: len(list(list_settings(room))) for room in ROOMS}
    print(json.dumps({"benchmark": "settings", "named": counts, "all": sum(counts.values())}))
    if options.check and PAGE.read_text(encoding="utf-8") != page:
        sys.exit(
            "A setting of the judging rooms differs from docs/researchers/settings.md. Where it was"
            " meant to change: python benchmarks/settings.py --write"
        )


if __name__ == "__main__":
    main()
