"""What is published of the numbers set by hand is what runs: see `benchmarks/settings.py`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "benchmarks" / "settings.py"


def test_every_number_set_by_hand_is_published_as_it_runs() -> None:
    done = subprocess.run([sys.executable, SCRIPT, "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
