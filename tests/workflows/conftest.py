"""What several tests of workflows share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.workflows.evening import Evening


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Evening]:
    """Set up an evening; nothing has been said yet."""
    made = Evening(tmp_path / "chat")
    yield made
    made.close()
