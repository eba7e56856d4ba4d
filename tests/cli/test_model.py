"""`--model`: what is said before and after, what is asked first, and what happens when it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import Result
from tests.engines.chat_server import ChatServer, Reply, say, serve_chat
from tests.steps.rewording.chat import say_for_each

SAID = {
    "Night-shift nurses use our study rooms": "The study rooms are used by night-shift nurses.",
}
Chinwag = Callable[..., Result]


def answer(body: dict[str, Any]) -> Reply:
    write = say_for_each(lambda words: SAID.get(words, "Everybody agrees with the library."))
    text = write(msgspec.json.decode(body["messages"][1]["content"]))
    return say(text, prompt_tokens=400, completion_tokens=100)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[ChatServer]:
    """Give a server that answers, set as the one to ask, with prices."""
    with serve_chat(answer) as server:
        monkeypatch.setenv("CHINWAG_CONFIG", "")
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
        monkeypatch.setenv("CHINWAG_MODEL_ADDRESS", server.address)
        monkeypatch.setenv("CHINWAG_MODEL_PRICE_IN", "10")
        monkeypatch.setenv("CHINWAG_MODEL_PRICE_OUT", "50")
        yield server


def test_a_recap_with_a_model_says_what_it_sends_and_what_it_cost(
    chinwag: Chinwag, chat_csv: Path, tmp_path: Path, server: ChatServer
) -> None:
    result = chinwag("recap", chat_csv, "--into", tmp_path / "chat", "--model", "small")
    assert result.exit_code == 0, result.output
    assert "without names, to small at " + server.address in result.stderr
    said = " ".join(result.stdout.split())
    assert "It took 800 tokens and gave 200, for 0.0180 USD." in said
    assert "1 point stands in a model's words" in said
    page = (tmp_path / "chat" / "story" / "index.html").read_text("utf-8")
    assert page.count("<i>worded by a language model</i>") == 1
    markdown = (tmp_path / "chat" / "story" / "story.md").read_text("utf-8")
    assert "- The study rooms are used by night-shift nurses. (" in markdown


def test_above_the_limit_nothing_is_sent_unless_agreed(
    chinwag: Chinwag, chat_csv: Path, tmp_path: Path, server: ChatServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("CHINWAG_MODEL_LIMIT_TOKENS", "10")
    folder = tmp_path / "chat"
    chinwag("recap", chat_csv, "--into", folder)
    result = chinwag("summarise", folder, "--model", "small")
    assert (result.exit_code, server.asked) == (0, [])
    assert "over the limit in the settings, so nothing was sent: add --yes." in result.stderr
    assert chinwag("summarise", folder, "--model", "small", "--yes").exit_code == 0
    assert len(server.asked) == 2


def test_a_server_that_fails_leaves_the_write_up_and_ends_with_status_5(
    chinwag: Chinwag, chat_csv: Path, tmp_path: Path, server: ChatServer
) -> None:
    server.answers = lambda _: Reply(401, "no")
    result = chinwag("recap", chat_csv, "--into", tmp_path / "chat", "--model", "small")
    assert result.exit_code == 5
    assert "status 401: no. Check that model_key is the key" in " ".join(result.stdout.split())
    assert (tmp_path / "chat" / "story" / "index.html").exists()
    assert chinwag("check", tmp_path / "chat").exit_code == 0


def test_without_an_address_nothing_begins(
    chinwag: Chinwag, chat_csv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("CHINWAG_MODEL_ADDRESS", raising=False)
    result = chinwag("recap", chat_csv, "--into", tmp_path / "chat", "--model", "small")
    assert result.exit_code == 2
    assert "No model_address is set" in result.stderr
    assert not (tmp_path / "chat").exists()


def test_without_a_model_nothing_is_sent(
    chinwag: Chinwag, chat_csv: Path, tmp_path: Path, server: ChatServer
) -> None:
    folder = tmp_path / "chat"
    for words in (
        ("recap", chat_csv, "--into", folder), ("summarise", folder), ("publish", folder),
        ("check", folder), ("summarise", folder, "--own-words"),
    ):  # fmt: skip
        assert chinwag(*words).exit_code == 0
    assert server.asked == []


def test_the_report_is_json_where_asked_for(
    chinwag: Chinwag, chat_csv: Path, tmp_path: Path, server: ChatServer
) -> None:
    folder = tmp_path / "chat"
    chinwag("recap", chat_csv, "--into", folder)
    result = chinwag("summarise", folder, "--model", "small", "--json")
    worded = msgspec.json.decode(result.stdout)
    assert (worded["cost"], worded["currency"]) == (0.018, "USD")
    assert (worded["report"]["accepted"], worded["report"]["machine"]) == (1, 1)


def test_the_settings_are_listed_with_their_place_and_without_their_secrets(
    chinwag: Chinwag, server: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHINWAG_MODEL_KEY", "sk-123")
    monkeypatch.setenv("CHINWAG_MASTODON_TOKENS", "glam.example=abc-token")
    result = chinwag("settings")
    assert result.exit_code == 0
    said = " ".join(result.stdout.split())
    assert f"model_address = {server.address} (set by CHINWAG_MODEL_ADDRESS)" in said
    assert "model_key = (secret) (set by CHINWAG_MODEL_KEY)" in said
    assert "mastodon_tokens = glam.example (secret) (set by" in said
    assert "model_timeout = 120.0 Seconds that the language model may take to answer." in said
    assert "embeddings_key = (not set)" in said
    order = ("mastodon_tokens =", "model_timeout =")  # what is set stands first
    assert said.index(order[0]) < said.index(order[1])
    listed = msgspec.json.decode(chinwag("settings", "--json").stdout)
    assert {"name": "model_key", "value": "(secret)"}.items() <= next(
        one for one in listed if one["name"] == "model_key"
    ).items()
    assert "sk-123" not in f"{result.output}{listed}"
    assert "abc-token" not in f"{result.output}{listed}"
