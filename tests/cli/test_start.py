"""A command loads what it needs: reading a short file waits for nothing that draws or compares."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SLOW = ("rich", "rapidfuzz", "email.utils", "importlib.metadata", "secrets", "numpy")
OWN = ("text.openings", "text.words", "steps.reading.read_post", "steps.publish", "networks")
LOADED = f"""
import sys
before = set(sys.modules)  # whatever this machine's Python loads by itself
from chinwag.cli.main import main
main(sys.argv[1:], standalone_mode=False)
slow = {(*SLOW, *(f"chinwag.{name}" for name in OWN))!r}
print("loaded:", sorted(name for name in slow if name in sys.modules.keys() - before))
"""
AGENDA = "1. What did the flood take?\n2. Who dried the books?\n"
POSTS = """\
id,created_at,author,text
1,2026-10-13T19:00:00Z,ann,"Q1 What did the flood take? #dampbooks"
2,2026-10-13T19:02:00Z,ben,"A1 The atlases, all of them. #dampbooks"
3,2026-10-13T19:03:00Z,cleo,"RT @ben: A1 The atlases, all of them. #dampbooks"
"""


def list_loaded(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *words], capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()[-1]


@pytest.fixture
def chat(tmp_path: Path) -> Path:
    path = tmp_path / "chat.csv"
    path.write_text(POSTS.replace("RT @ben: ", ""), encoding="utf-8")
    return path


def test_an_import_loads_nothing_that_it_does_not_use(chat: Path, tmp_path: Path) -> None:
    assert list_loaded("import", str(chat), "--into", str(tmp_path / "made")) == "loaded: []"


def test_what_a_chat_needs_is_loaded_then(chat: Path, tmp_path: Path) -> None:
    chat.write_text(POSTS, encoding="utf-8")  # with a repost that only its words tell
    agenda = tmp_path / "agenda.md"
    agenda.write_text(AGENDA, encoding="utf-8")
    loaded = list_loaded(
        "import", str(chat), "--into", str(tmp_path / "made"), "--agenda", str(agenda)
    )
    assert loaded == (
        "loaded: ['chinwag.steps.reading.read_post', 'chinwag.text.openings',"
        " 'chinwag.text.words', 'rapidfuzz']"
    )
