"""What people wrote is kept by the run that reads it, never by the process."""

from __future__ import annotations

import re
from pathlib import Path

import chinwag

ROOMS = ("steps", "text", "capture")
CACHE = re.compile(r"^\s*@(?:functools\.)?(?:lru_cache|cache)\b", re.MULTILINE)


def test_no_function_of_the_steps_keeps_texts_or_posts_for_the_whole_process() -> None:
    root = Path(chinwag.__file__).parent
    files = [path for room in ROOMS for path in (root / room).rglob("*.py")]
    assert len(files) > 80
    keeping = [path.name for path in files if CACHE.search(path.read_text(encoding="utf-8"))]
    assert keeping == []
