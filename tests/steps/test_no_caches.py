"""What people wrote is kept by the run that reads it, never by the process."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import chinwag

ROOMS = ("steps", "text", "capture")
CACHES = ("cache", "lru_cache")
# These keep what the package's own files say, by the names of the files and of their classes.
OF_THE_PACKAGE = {
    ("judging/model.py", "_list_known"),
    ("judging/model.py", "read_models"),
    ("judging/same.py", "read_same"),
    ("publish/html.py", "_open_templates"),
    ("reading/inferred_replies.py", "load_weights"),
    ("summarise/relevance.py", "load_learned"),
    ("judging/phrase_classes.py", "read_phrases"),
    ("judging/phrase_classes.py", "list_class"),
}


def list_keeping(path: Path) -> Iterator[str]:
    """Yield the functions of a file whose results the process keeps."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            for one in node.decorator_list:
                called = one.func if isinstance(one, ast.Call) else one
                name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
                if name in CACHES:
                    yield node.name


def test_no_function_of_the_steps_keeps_texts_or_posts_for_the_whole_process() -> None:
    root = Path(chinwag.__file__).parent
    files = [path for room in ROOMS for path in (root / room).rglob("*.py")]
    assert len(files) > 80
    keeping = {
        (f"{path.parent.name}/{path.name}", name) for path in files for name in list_keeping(path)
    }
    assert keeping == OF_THE_PACKAGE
