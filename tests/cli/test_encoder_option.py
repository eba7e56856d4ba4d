"""`chinwag summarise --encoder`: who says the same is confirmed by what was asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from chinwag.cli.main import main
from chinwag.errors import EngineError

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

DOUBTFUL = "\n".join(
    f'{{"id": "m{at}", "author": "{author}", "text": "{text}", "created_at": "2026-10-13T18:{at}:00Z"}}'
    for at, author, text in [
        (14, "host", "Q2: What would it cost to mend that? #nightchat"),
        (15, "cat", "A1: Guards ask for proof of an address #nightchat"),
        (16, "dan", "A1: A long walk home in the dark #nightchat"),
        (17, "eve", "Nobody is there to show the way around #nightchat"),
        (18, "flo", "A1: Children are not welcome after supper #nightchat"),
    ]
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


def test_placing_by_words_alone_needs_no_encoder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chinwag.workflows.encoders.is_installed", lambda: pytest.fail("asked"))
    done = CliRunner().invoke(main, ["place", str(folder), "--encoder", "words"])
    assert (done.exit_code, done.stderr) == (0, "")


def test_placing_asks_the_encoder_that_is_installed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise EngineError("The encoder gave no answer.", code="no-answer")

    monkeypatch.setattr("chinwag.workflows.encoders.is_installed", lambda: True)
    monkeypatch.setattr("chinwag.engines.universal_encoder.UniversalEncoder.encode", refuse)
    sure = CliRunner().invoke(main, ["place", str(folder)])
    assert (sure.exit_code, sure.stderr) == (0, "")
    (folder / "more.jsonl").write_text(DOUBTFUL + "\n", encoding="utf-8")
    added = ["import", str(folder / "more.jsonl"), "--into", str(folder)]
    assert CliRunner().invoke(main, added).exit_code == 0
    doubtful = CliRunner().invoke(main, ["place", str(folder)])
    assert (doubtful.exit_code, doubtful.stderr.splitlines()[0]) == (
        5,
        "Error: The encoder gave no answer.",
    )
