"""Ctrl-C: what is said to stand is what stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Chinwag = Callable[..., Result]


def stop(*_given: object, **_named: object) -> None:
    raise KeyboardInterrupt


def read(result: Result) -> str:
    assert result.exit_code == 130
    return re.sub(r"\s+", " ", result.output).strip()


@pytest.fixture
def snug(tmp_path: Path, chat_csv: Path, chinwag: Chinwag) -> Path:
    """Give the folder of the small chat."""
    assert chinwag("recap", chat_csv, "--into", tmp_path / "snug").exit_code == 0
    return tmp_path / "snug"


def test_a_folder_that_is_not_made(
    tmp_path: Path, chat_csv: Path, chinwag: Chinwag, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chinwag.workflows.import_files.cut_out_chat", stop)
    into = tmp_path / "new"
    words = read(chinwag("recap", chat_csv, "--into", into))
    assert words == f"Stopped. {into} was not made."
    assert not into.exists()


def test_a_chat_that_is_not_written_up_yet(
    tmp_path: Path, chat_csv: Path, chinwag: Chinwag, monkeypatch: pytest.MonkeyPatch
) -> None:
    into = tmp_path / "new"
    with monkeypatch.context() as patched:
        patched.setattr("chinwag.workflows.recap_files.summarise_chat", stop)
        words = read(chinwag("recap", chat_csv, "--into", into))
    assert words == (
        f"Stopped. Every file of {into} is whole; what this command had not finished is not in it. "
        f"Not made yet: summary.json and story. `chinwag recap --into {into}` makes that."
    )
    assert chinwag("recap", "--into", into).exit_code == 0
    assert chinwag("check", into).exit_code == 0


def test_a_correction_that_is_noted_and_nothing_more(
    snug: Path, chinwag: Chinwag, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("chinwag.workflows.make_again.place_chat", stop)
        words = read(chinwag("correct", snug, "11", "--question", "2"))
    assert words == (
        f"Stopped. Every file of {snug} is whole; what this command had not finished is not in it. "
        f"Out of date: placements.jsonl. `chinwag update {snug}` makes that again."
    )
    assert chinwag("update", snug).exit_code == 0
    assert chinwag("check", snug).exit_code == 0


def test_a_folder_in_which_nothing_changed(
    snug: Path, chinwag: Chinwag, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chinwag.workflows.correct_placement.find_post", stop)
    words = read(chinwag("correct", snug, "11", "--question", "2"))
    assert words == (
        f"Stopped. Every file of {snug} is whole; what this command had not finished is not in it. "
        "Nothing in it is out of date."
    )
    assert chinwag("check", snug).exit_code == 0
