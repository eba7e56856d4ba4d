"""No judgement falls under its floor: see `benchmarks/floors.py`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GRADES = ROOT.parent / "shared" / "data" / "editors"


def run_floors(*options: str) -> None:
    script = ROOT / "benchmarks" / "floors.py"
    done = subprocess.run([sys.executable, script, *options], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_sample_chat_is_judged_as_well_as_when_the_floors_were_set() -> None:
    run_floors("--sample")


@pytest.mark.slow
def test_real_chats_are_judged_as_well_as_when_the_floors_were_set() -> None:
    if not GRADES.is_dir():
        pytest.skip(f"The graded chats are not here ({GRADES} does not exist).")
    run_floors()
