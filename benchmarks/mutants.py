"""Do the tests notice when a judgement changes? One small change at a time, in copies of the code.

Changes ("mutants") are drawn by a seed, as many from each judging room and spread over its files: a
comparison turned, a number doubled, halved or one more, a branch never or always taken, "and" for
"or", "not" left out, a constant returned. The tests of the room run for each change, those of the
changed file first, then those that noticed most a second, until one fails. Only what the repository
holds is used: tests of real chats skip, since the copies have no `shared/data` beside them.

    python benchmarks/mutants.py                      # 96 changes, a table, then one line of JSON
    python benchmarks/mutants.py --seed 2 --number 40 --rooms steps/placing text
    python benchmarks/mutants.py --files pace.py      # only in files whose path ends so
    python benchmarks/mutants.py --seed 2 --at pace.py:40:12     # of those drawn, what stands there
    python benchmarks/mutants.py --list               # what would be changed, without running

A change that survives is either noticed by no test, or changes nothing: read it, and write a test
of the behaviour that it changes, or take out what nothing needs.
"""

from __future__ import annotations

import argparse
import ast
import compileall
import json
import multiprocessing
import os
import py_compile
import random
import re
import resource
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = Path("src/chinwag")
# The tests of each judging room; a file of `text` is what the rooms above it read by, too.
ROOMS = {
    "text": ("tests/text", "tests/steps/reading", "tests/steps/questions", "tests/steps/kinds"),
    "steps/reading": ("tests/steps/reading", "tests/steps/questions", "tests/steps/placing"),
    "steps/judging": ("tests/steps/judging", "tests/steps/kinds", "tests/steps/summarise"),
    "steps/kinds": ("tests/steps/kinds", "tests/steps/questions"),
    "steps/questions": ("tests/steps/questions", "tests/steps/placing"),
    "steps/placing": ("tests/steps/placing",),
    "steps/summarise": ("tests/steps/summarise",),
    "steps/tracing": ("tests/steps/tracing",),
}
NEEDED = ("src", "tests", "examples", "docs", "benchmarks", "pyproject.toml")
TURNED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
EMPTY = {"bool": "False", "str": "''", "float": "0.0", "int": "0", "list": "[]", "tuple": "()"}
EMPTY |= {"dict": "{}", "set": "set()", "frozenset": "frozenset()"}
IGNORED = shutil.ignore_patterns("__pycache__")
# What the tests import besides Chinwag, and pytest with its plugins, is loaded once.
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(
    [
        "pytest",
        "hypothesis",
        "hypothesis.strategies",
        "pytest_django.plugin",
        "xdist.plugin",
        "msgspec",
        "babel.dates",
        "ftfy",
        "rapidfuzz.fuzz",
        "jinja2",
        "httpx2",
        "markdown_it",
    ]
)
MINUTES = 5  # of processor time after which tests that go round in circles are stopped


class Mutant(NamedTuple):
    """One change: the file, where in it what stands, and what is put there instead."""

    room: str
    path: str
    line: int
    column: int  # from 1, in bytes
    start: int  # in bytes of the file
    end: int
    old: str
    new: str
    kind: str

    @property
    def place(self) -> str:
        """Where it is: the file, the line and the column."""
        return f"{self.path}:{self.line}:{self.column}"

    def describe(self) -> str:
        """Return the change on one line."""
        return f"{self.place}: {_shorten(self.old)} -> {_shorten(self.new)}"


def list_mutants(room: str) -> list[Mutant]:
    """Return every change that can be made in the files of a room."""
    folder = ROOT / PACKAGE / room
    return [one for path in sorted(folder.rglob("*.py")) for one in _list_in_file(room, path)]


def _list_in_file(room: str, path: Path) -> Iterator[Mutant]:
    source = path.read_bytes()
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    learned = _find_learned(source)
    for node, new, kind in _list_changes(ast.parse(source)):
        if node.lineno in learned:
            continue
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        old = source[start:end].decode()
        name = str(path.relative_to(ROOT))
        column = node.col_offset + 1
        yield Mutant(room, name, node.lineno, column, start, end, old, new, kind)


def _find_learned(source: bytes) -> range:
    """Return the lines of weights that a benchmark learned: benchmarks judge those."""
    marks = [
        number
        for number, line in enumerate(source.splitlines(), 1)
        if line.startswith(b"# learned:")
    ]
    return range(marks[0], marks[-1]) if marks else range(0)


def _list_changes(tree: ast.Module) -> Iterator[tuple[ast.expr, str, str]]:
    """Yield what may be changed, what to put in its place, and the kind of change."""
    skipped = set(_find_skipped(tree))
    constants = dict(_find_constants(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield from _change_returns(node, constants)
        elif isinstance(node, ast.If | ast.IfExp | ast.While):
            if ast.unparse(node.test) == "TYPE_CHECKING":
                continue  # what is imported for types alone changes nothing
            yield from ((node.test, value, "branch") for value in ("False", "True"))
        elif isinstance(node, ast.comprehension):
            yield from ((test, "True", "branch") for test in node.ifs)
        elif isinstance(node, ast.expr) and id(node) not in skipped:
            yield from _change_expression(node)


def _find_skipped(tree: ast.Module) -> Iterator[int]:
    """Yield the parts in which nothing is changed: types, and indices (`[0]`, `[:1]`)."""
    for node in ast.walk(tree):
        inside: ast.AST | None = None
        if isinstance(node, ast.Subscript):
            inside = node.slice
        elif isinstance(node, ast.AnnAssign | ast.arg):
            inside = node.annotation
        elif isinstance(node, ast.FunctionDef):
            inside = node.returns
        if inside is not None:
            yield from map(id, ast.walk(inside))


def _find_constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the names that a file gives to plain values, and the values: `UNKNOWN = ""`."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            for name in node.targets:
                yield ast.unparse(name), ast.unparse(node.value)


def _change_expression(node: ast.expr) -> Iterator[tuple[ast.expr, str, str]]:
    if isinstance(node, ast.Compare):
        for turned in TURNED[type(node.ops[0])]:
            changed = ast.Compare(node.left, [turned(), *node.ops[1:]], node.comparators)
            yield node, f"({ast.unparse(changed)})", "comparison"
    elif isinstance(node, ast.BoolOp):
        swapped = ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        yield node, f"({ast.unparse(swapped)})", "and/or"
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node, f"({ast.unparse(node.operand)})", "not"
    elif (
        isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
    ):
        moved = {2 * node.value, node.value + 1, node.value / 2} - {node.value}
        whole = isinstance(node.value, int)
        yield from (
            (node, repr(new), "number") for new in moved if isinstance(new, int) or not whole
        )


def _change_returns(
    function: ast.FunctionDef, constants: Mapping[str, str]
) -> Iterator[tuple[ast.expr, str, str]]:
    """Yield the returns of a function with a constant of its type in their place.

    What returns that value already, by a name of `constants` or as it is, stays.
    """
    kind = ast.unparse(function.returns).split("[")[0] if function.returns else ""
    values = [EMPTY[kind]] if kind in EMPTY else []
    values = ["None"] if "None" in (ast.unparse(function.returns or ast.Constant(0))) else values
    for node in ast.walk(function):
        if isinstance(node, ast.Return) and node.value is not None:
            returned = ast.unparse(node.value)
            for value in (*values, *(["True"] if kind == "bool" else [])):
                if value not in (returned, constants.get(returned)):
                    yield node.value, value, "return"


def draw(rooms: Sequence[str], number: int, seed: int, ending: str = "") -> list[Mutant]:
    """Return so many changes: as many from each room, spread over its files and the kinds."""
    chance = random.Random(seed)
    drawn: list[Mutant] = []
    for place, room in enumerate(rooms):
        share = (number * (place + 1)) // len(rooms) - (number * place) // len(rooms)
        found = [one for one in list_mutants(room) if one.path.endswith(ending)]
        drawn += _spread(found, share, chance)
    return drawn


def _spread(found: Sequence[Mutant], number: int, chance: random.Random) -> list[Mutant]:
    """Return changes of each file and kind in turn, each place changed once."""
    piles: dict[tuple[str, str], list[Mutant]] = defaultdict(list)
    for one in chance.sample(found, len(found)):
        piles[one.path, one.kind].append(one)
    drawn: list[Mutant] = []
    changed: set[tuple[str, int, int]] = set()
    files: dict[str, int] = defaultdict(int)
    while len(drawn) < number and any(piles.values()):
        keys = [key for key, pile in piles.items() if pile]
        fewest = min(files[path] for path, _ in keys)
        one = piles[chance.choice([key for key in keys if files[key[0]] == fewest])].pop()
        if (one.path, one.start, one.end) not in changed:
            changed.add((one.path, one.start, one.end))
            drawn.append(one)
        files[one.path] += 1
    return drawn


def copy_repository(into: Path) -> Path:
    """Return a folder with a copy of what the tests need."""
    into.mkdir()
    for name in NEEDED:
        there = ROOT / name
        if there.is_dir():
            shutil.copytree(there, into / name, symlinks=True, ignore=IGNORED)
        else:
            shutil.copy2(there, into / name)
    compile_copy(into)
    return into


def run_tests(copied: Path, tests: Sequence[str], write: bool = False) -> tuple[int, str]:
    """Return the exit status of pytest on some tests, and what it printed.

    Each run is forked from a process that has what the tests import besides Chinwag, which saves
    more than most of them take. `write` keeps what was compiled, for the runs that follow.
    """
    printed = copied / "printed.txt"
    process = FORKS.Process(target=_run_in_copy, args=(copied, tests, printed, write))
    process.start()
    process.join()
    status = process.exitcode
    assert status is not None
    return status, printed.read_text(errors="replace")


def _run_in_copy(copied: Path, tests: Sequence[str], printed: Path, write: bool) -> None:
    """End this process as pytest does on tests of a copy; `printed` gets what it prints."""
    with printed.open("w") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    resource.setrlimit(resource.RLIMIT_CPU, (MINUTES * 60, MINUTES * 60))
    # What starts other processes starts them on the copy, too.
    os.environ |= {"PYTHONPATH": str(copied / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    sys.dont_write_bytecode = not write
    ours = {str(ROOT), str(ROOT / "src"), str(ROOT / "benchmarks")}
    sys.path[:] = [str(copied / "src"), *(name for name in sys.path if name not in ours)]
    os.chdir(copied)
    import pytest

    # Plugins that are loaded already warn that pytest cannot rewrite their asserts.
    quiet = ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
    options = [*quiet, "-x", "-q", "-n", "0", "--durations=0", "-vv", "-p", "no:cacheprovider"]
    status = pytest.main([*options, *tests])
    sys.stdout.flush()
    os._exit(status)  # without waiting for what the tests have left


def compile_copy(copied: Path) -> None:
    """Compile the code of a copy, so that it is read anew only where it was changed.

    Each compiled file holds a digest of its source: a change of the same size and second counts.
    """
    mode = py_compile.PycInvalidationMode.CHECKED_HASH
    compileall.compile_dir(copied / "src", quiet=1, invalidation_mode=mode)


def time_tests(copied: Path, rooms: Sequence[str]) -> dict[str, float]:
    """Return the seconds of each file of tests, all of which pass before anything is changed."""
    folders = sorted({folder for room in rooms for folder in ROOMS[room]})
    status, printed = run_tests(copied, folders, write=True)
    assert status == 0, f"The tests fail before anything is changed:\n{printed[-3000:]}"
    files = {
        str(path.relative_to(copied)): 0.0
        for folder in folders
        for path in (copied / folder).rglob("test_*.py")
    }
    for line in printed.splitlines():
        parts = line.split()
        name = parts[2].split("::")[0] if len(parts) > 2 else ""
        if name in files and parts[0].endswith("s"):
            files[name] += float(parts[0].removesuffix("s"))
    return files


class Order:
    """In which order the files of tests run: what is likeliest to notice soon runs first."""

    def __init__(self, seconds: dict[str, float]) -> None:
        self.seconds = seconds
        self.noticed: dict[str, int] = defaultdict(int)

    def list(self, mutant: Mutant) -> list[str]:
        """Return the files for a change: of its own file first, then by noticings a second."""
        folders = tuple(f"{folder}/" for folder in ROOMS[mutant.room])
        stem = Path(mutant.path).stem
        return sorted(
            (name for name in self.seconds if name.startswith(folders)),
            key=lambda name: (stem not in name, self._tell_cost(name), name),
        )

    def learn(self, printed: str) -> None:
        """Count the file whose test failed."""
        for name in re.findall(r"^(?:FAILED|ERROR) ([^\s:]+)", printed, re.MULTILINE)[:1]:
            self.noticed[name] += 1

    def _tell_cost(self, name: str) -> float:
        return (self.seconds[name] + 0.05) / (self.noticed[name] + 0.2)


def is_killed(copied: Path, mutant: Mutant, order: Order) -> bool:
    """Make one change in a copy, and return whether a test fails; the copy is as before then."""
    path = copied / mutant.path
    source = path.read_bytes()
    path.write_bytes(source[: mutant.start] + mutant.new.encode() + source[mutant.end :])
    try:
        status, printed = run_tests(copied, order.list(mutant))
    finally:
        path.write_bytes(source)
    assert status not in (3, 4, 5), printed[-3000:]
    order.learn(printed)
    return status != 0


def measure(mutants: Sequence[Mutant], workers: int) -> list[Mutant]:
    """Return the changes that no test noticed."""
    with tempfile.TemporaryDirectory(prefix="chinwag-mutants-") as folder:
        copies: SimpleQueue[Path] = SimpleQueue()
        first = copy_repository(Path(folder) / "0")
        for number in range(1, workers):
            copies.put(Path(shutil.copytree(first, Path(folder) / str(number), symlinks=True)))
        order = Order(time_tests(first, sorted({one.room for one in mutants})))
        copies.put(first)

        def judge(mutant: Mutant) -> bool:
            copied = copies.get()
            try:
                killed = is_killed(copied, mutant, order)
            finally:
                copies.put(copied)
            print("killed  " if killed else "SURVIVES", mutant.describe(), flush=True)
            return killed

        with ThreadPoolExecutor(workers) as pool:
            verdicts = list(pool.map(judge, mutants))
    return [one for one, killed in zip(mutants, verdicts, strict=True) if not killed]


def tabulate(mutants: Sequence[Mutant], survivors: Sequence[Mutant]) -> dict[str, dict[str, int]]:
    """Return how many changes were tried and noticed in each room."""
    rooms = dict.fromkeys(one.room for one in mutants)
    return {
        room: {
            "tried": sum(one.room == room for one in mutants),
            "survive": sum(one.room == room for one in survivors),
        }
        for room in rooms
    }


def _shorten(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 70 else f"{plain[:69]}…"


def main() -> None:
    """Read the options, change, test, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--number", type=int, default=96, help="how many changes to try")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rooms", nargs="+", choices=list(ROOMS), default=list(ROOMS))
    parser.add_argument("--files", default="", help="only files whose path ends so")
    parser.add_argument("--at", nargs="+", default=[], help="of those drawn: FILE.py:LINE:COLUMN")
    parser.add_argument("--workers", type=int, default=1, help="changes tried side by side")
    parser.add_argument("--list", action="store_true", help="show the changes, run nothing")
    parser.add_argument("--quick", action="store_true", help="three changes of one room")
    options = parser.parse_args()
    rooms, number = (["steps/kinds"], 3) if options.quick else (options.rooms, options.number)
    mutants = draw(rooms, number, options.seed, options.files)
    if options.at:
        mutants = [one for one in mutants if one.place.endswith(tuple(options.at))]
    if options.list:
        for one in mutants:
            print(one.describe())
        return
    started = time.perf_counter()
    survivors = measure(mutants, options.workers)
    for room, row in tabulate(mutants, survivors).items():
        print(f"{room:18}{row['tried'] - row['survive']:>4} of {row['tried']:>3} noticed")
    figures = {
        "benchmark": "mutants",
        "seed": options.seed,
        "tried": len(mutants),
        "killed": len(mutants) - len(survivors),
        "share": round(1 - len(survivors) / max(1, len(mutants)), 3),
        "survivors": [one.describe() for one in survivors],
        "rooms": tabulate(mutants, survivors),
        "seconds": round(time.perf_counter() - started),
        "beside": "the same tests with nothing changed, which pass",
    }
    print(json.dumps(figures, ensure_ascii=False))


if __name__ == "__main__":
    main()
