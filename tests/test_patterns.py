"""No text makes a pattern of the library work more than in step with its length.

Steps are counted by a matcher of ours (`counting_matcher`), so that nothing hangs on a clock. Each
pattern is tried, with the methods by which the library uses it, on repeats of the signs that it
looks for, at two lengths, one four times the other. Where the longer takes more than six times the
steps, it is tried again at 250 and 1,000 signs: repeats that a pattern bounds ("{1,200}") grow no
more by then. The rooms of `steps` take minutes: they are tried with the profile `thorough`.
"""

from __future__ import annotations

import ast
import importlib
import itertools
import os
import pkgutil
import re
import sys
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from tests.counting_matcher import CountingMatcher, TooManySteps, list_signs

import chinwag

SOURCE = Path(chinwag.__file__).parent
METHODS = {"match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split"}
LENGTHS = ((30, 120), (250, 1000))
TIMES = 6  # times the steps for four times the length, at most: linear, and some to begin with
SOME = 1500  # steps that any text may take
MOST = 400_000  # steps of the shorter text, at most
THOROUGH = os.environ.get("CHINWAG_TEST_PROFILE") == "thorough"
OTHERS = ("steps/reading", "steps/kinds", "steps/questions", "steps/summarise")
ROOMS = ("text", "records", "importers", "networks", *(OTHERS if THOROUGH else ()))
STACK = 256 * 1024 * 1024


def list_modules(room: str) -> list[str]:
    name = f"chinwag.{room.replace('/', '.')}"
    found = pkgutil.walk_packages([str(SOURCE / room)], f"{name}.")
    return [name, *(module.name for module in found)]


def find_methods(name: str, module: str) -> set[str]:
    """Return by which methods the library uses a name: one with `_` in its own module alone."""
    own = SOURCE.parent / f"{module.replace('.', '/')}.py"
    files = [own] if name.startswith("_") and own.is_file() else list(USES)
    return set().union(*(USES[file].get(name, set()) for file in files))


def read_uses(path: Path) -> Mapping[str, set[str]]:
    """Return the names in a file that may be patterns, with the methods that are called of each."""
    used: dict[str, set[str]] = defaultdict(set)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in METHODS:
            for one in ast.walk(node.value):
                if isinstance(one, ast.Name):
                    used[one.id].add(node.attr)
    return used


USES = {path: read_uses(path) for path in SOURCE.rglob("*.py")}


def list_patterns(module: str) -> Iterator[tuple[str, re.Pattern[str], str]]:
    """Yield the patterns that stand in a module, each with a method by which it is used."""
    for name, value in vars(importlib.import_module(module)).items():
        if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
            for method in sorted(find_methods(name, module)):
                yield f"{module}.{name}", value, method


def write_hostile(pattern: re.Pattern[str], length: int) -> Iterator[str]:
    """Yield texts of repeats of what a pattern looks for, with a tail that nearly fits."""
    signs = list(list_signs(CountingMatcher(pattern).tree))
    example = "".join(signs)[:40]
    likely = list(dict.fromkeys(signs))[:8]
    pairs = ["".join(pair) for pair in itertools.pairwise(likely)][:5]
    for unit in dict.fromkeys([*likely, *pairs, example, " ", "a"]):
        if unit:
            body = (unit * length)[:length]
            yield body + "\0"
            yield (example[: len(example) // 2] + body)[:length]


def count_most(pattern: re.Pattern[str], method: str, length: int, most: int) -> int:
    """Return the steps of the text that takes most, `most` and one where one takes more."""
    matcher = CountingMatcher(pattern)
    try:
        return max(matcher.count(method, text, most) for text in write_hostile(pattern, length))
    except TooManySteps:
        return most + 1


def grows_in_step(pattern: re.Pattern[str], method: str) -> bool:
    for short, long in LENGTHS:
        few = count_most(pattern, method, short, MOST)
        most = TIMES * few + SOME
        if few <= MOST and count_most(pattern, method, long, most) <= most:
            return True
    return False


def find_growing(room: str) -> list[str]:
    """Return the patterns of a room whose work grows faster than the text."""
    found: list[str] = []
    tried: set[tuple[str, int, str]] = set()

    def look() -> None:
        for module in list_modules(room):
            for name, pattern, method in list_patterns(module):
                same = pattern.pattern, pattern.flags, method
                if same not in tried and not grows_in_step(pattern, method):
                    found.append(f"{name}.{method}")
                tried.add(same)

    before, size = sys.getrecursionlimit(), threading.stack_size(STACK)
    sys.setrecursionlimit(200_000)  # a matcher calls itself for each repeat
    try:
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    finally:
        sys.setrecursionlimit(before)
        threading.stack_size(size)
    return sorted(set(found))


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
