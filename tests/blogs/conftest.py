"""A real WordPress, and a small chat to publish on it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.blogs.local_wordpress import LocalWordPress, find_lacking
from tests.cli.snug_chat import CHAT, write_csv

from chinwag.workflows.recap_files import recap_files


@pytest.fixture(scope="session")
def wordpress(request: pytest.FixtureRequest) -> Iterator[LocalWordPress]:
    """Give a WordPress, or skip with a sentence where its packages are not here.

    Where tests are dealt out to several processes, each of them would start one of its own.
    """
    if hasattr(request.config, "workerinput"):
        pytest.skip("WordPress is for one process: scripts/test-networks.")
    if lacking := find_lacking():
        pytest.skip(f"No WordPress can be started here (scripts/test-networks): {lacking}.")
    with LocalWordPress() as blog:
        yield blog


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("made") / "snug"
    recap_files([write_csv(into.parent / "snug.csv", CHAT)], into=into)
    return into


@pytest.fixture
def snug(made: Path, tmp_path: Path) -> Path:
    """Give a folder of the small chat to change."""
    return Path(shutil.copytree(made, tmp_path / "snug"))
