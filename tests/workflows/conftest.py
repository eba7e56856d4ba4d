"""What several tests of workflows share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.snug_chat import CHAT, write_csv
from tests.workflows.evening import Evening

import chinwag


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Evening]:
    """Set up an evening; nothing has been said yet."""
    made = Evening(tmp_path / "chat")
    yield made
    made.close()


@pytest.fixture
def snug(tmp_path: Path) -> Path:
    """Return the folder of a small chat, with its story."""
    chinwag.recap_files([write_csv(tmp_path / "snug.csv", CHAT)], tmp_path / "snug")
    return tmp_path / "snug"
