"""What the tests of editing share."""

from __future__ import annotations

import pytest
from tests.steps.conftest import Talk
from tests.steps.editing.desk import Desk


@pytest.fixture
def desk(begin_talk: type[Talk]) -> Desk:
    return Desk(begin_talk())
