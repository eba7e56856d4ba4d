"""Only importers whose files may begin so are asked about a file, and none is missed by that."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from chinwag.errors import UnknownFormat
from chinwag.importers import list_formats
from chinwag.importers.registry import FEWEST, FORMATS, OF_ANY, SURE, list_candidates
from chinwag.importers.source import Source

PAYLOADS = sorted((Path(__file__).parents[1] / "payloads").glob("*/*.raw.*"))
BEFORE = ("", "\ufeff", "\n \t\n", "[", "[[ ")
LOADED = """
import sys
from pathlib import Path
from chinwag.importers.registry import list_candidates
from chinwag.importers.source import Source
list_candidates(Source.open(Path(sys.argv[1])))
place = "chinwag.importers.formats."
print(*sorted(name.removeprefix(place) for name in sys.modules if name.startswith(place)))
"""


def ask_all(source: Source) -> list[str]:
    """Return the formats that may be the file's, the surest first, with every importer asked."""
    scores = {one.name: one.sniff(source) for one in list_formats()}
    surest = max(scores.values())
    best = [name for name, score in scores.items() if score == surest >= FEWEST]
    if len(best) != 1 or surest >= SURE:
        return best
    likely = [name for name, score in scores.items() if score >= FEWEST]
    return sorted(likely, key=lambda name: -scores[name])


def ask_registry(source: Source) -> list[str]:
    """Return the same as the registry finds it; those between which it cannot choose, too."""
    try:
        return [one.name for one in list_candidates(source)]
    except UnknownFormat as error:
        return str(error.fields.get("names", "")).split(" or ") if "names" in error.fields else []


@pytest.mark.parametrize("path", PAYLOADS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_importer_that_may_read_a_file_is_passed_over(path: Path, tmp_path: Path) -> None:
    source = Source.open(path)
    assert ask_registry(source) == ask_all(source)
    for number, before in enumerate(BEFORE if source.peek() else ()):
        moved = tmp_path / f"{number}-{path.name}"
        moved.write_text(before + source.peek(), encoding="utf-8")
        assert ask_registry(Source.open(moved)) == ask_all(Source.open(moved)), before


@pytest.mark.parametrize(
    "said",
    [
        '{"nick": "ana"} opens the room\n[19:00] <ana> A1: maps\n[19:01] <bo> A1: globes\n',
        '[19:00] <ana> {"a": 1}\n[19:01] <bo> A1: globes\n',
        '{"a": 1}\n',
        "[]\n",
        "[13/10/2026, 19:00:01] Ana: A1: maps\n[13/10/2026, 19:00:07] Bo: globes\n",
    ],
)
def test_what_only_looks_like_json_is_read_as_what_it_is(said: str, tmp_path: Path) -> None:
    path = tmp_path / "room.txt"
    path.write_text(said, encoding="utf-8")
    source = Source.open(path)
    assert ask_registry(source) == ask_all(source)


def test_a_file_of_json_loads_no_importer_of_tables_or_texts() -> None:
    path = next(path for path in PAYLOADS if path.parent.name == "twitter-v2-jsonl")
    done = subprocess.run(
        [sys.executable, "-c", LOADED, str(path)], capture_output=True, text=True, check=True
    )
    loaded = {name.replace("_", "-") for name in done.stdout.split()}
    assert loaded >= {"twitter-v2-jsonl", *OF_ANY}
    assert loaded.isdisjoint({"generic-csv", "irc-log", "saved-chat", "feed-xml"})
    assert loaded < set(FORMATS)
