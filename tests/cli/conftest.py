"""The command line, run as a user would run it, and a small chat to run it on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.cli.snug_chat import CHAT, write_csv

from chinwag.cli.main import main


@pytest.fixture
def chat_csv(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "snug.csv", CHAT)


@pytest.fixture
def chinwag() -> Callable[..., Result]:
    """Give the command line: chinwag("recap", path, "--into", folder)."""

    def run(*words: object) -> Result:
        return CliRunner().invoke(main, [str(word) for word in words])

    return run
