"""The page on the house names the rooms that there are, and files that are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
PACKAGE = ROOT / "src" / "chinwag"
WORDS = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"(?:[a-z_]+/)+(?:[a-z_]+\.(?:py|md))?|(?:[a-z_]+/)*[a-z_]+\.py")
OF_A_CHAT_FOLDER = {"raw/"}


def list_paths() -> set[str]:
    """Return every file and folder by each end of its path, as the page shortens them."""
    ends = set()
    for top in ("src", "docs", "benchmarks", "tests"):
        for path in (ROOT / top).rglob("*"):
            parts = path.relative_to(ROOT).parts
            mark = "/" if path.is_dir() else ""
            ends |= {"/".join(parts[start:]) + mark for start in range(len(parts))}
    return ends


def test_every_path_that_it_names_is_there() -> None:
    named = {path for words in WORDS.findall(PAGE) for path in PATH.findall(words)}
    assert len(named) > 50
    assert sorted(named - OF_A_CHAT_FOLDER - list_paths()) == []


def test_every_room_has_its_line() -> None:
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    lines = set(re.findall(r"^\| `(\w+)/` \|", PAGE, re.MULTILINE))
    assert lines == rooms


def test_every_step_has_its_place() -> None:
    steps = {path.parent.name for path in (PACKAGE / "steps").glob("*/__init__.py")}
    assert {step for step in steps if f"`{step}/`" not in PAGE} == set()
