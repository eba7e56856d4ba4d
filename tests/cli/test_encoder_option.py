"""`chinwag summarise --encoder`: who says the same is confirmed by what was asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from chinwag.cli.main import main

LINES = "\n".join(
    f'{{"id": "{at}", "author": "{author}", "text": "{text}", "created_at": "2026-10-13T18:{at:02}:00Z"}}'
    for at, (author, text) in enumerate(
        [
            ("host", "Q1: What keeps people out of the library? #nightchat"),
            ("ann", "A1: Evening buses stop running before the reading room closes. #nightchat"),
            ("ben", "A1: The lift is switched off after supper for everybody. #nightchat"),
        ]
    )
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    chat = tmp_path / "chat.jsonl"
    chat.write_text(LINES + "\n", encoding="utf-8")
    made = CliRunner().invoke(main, ["recap", str(chat), "--into", str(tmp_path / "chat")])
    assert made.exit_code == 0, made.output
    return tmp_path / "chat"


def test_words_alone_need_no_encoder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chinwag.workflows.encoders.is_installed", lambda: pytest.fail("asked"))
    done = CliRunner().invoke(main, ["summarise", str(folder), "--encoder", "words"])
    assert (done.exit_code, done.stderr) == (0, "")


def test_an_address_that_the_settings_do_not_have_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CHINWAG_EMBEDDINGS_ADDRESS", raising=False)
    done = CliRunner().invoke(main, ["summarise", str(folder), "--encoder", "address"])
    assert done.exit_code == 2
    assert "embeddings_address" in done.stderr
