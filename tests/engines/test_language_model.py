"""A language model behind an address: what is sent, and every way in which no answer comes."""

from __future__ import annotations

import gzip
import socket
from typing import Any

import pytest
from tests.engines.chat_server import ChatServer, Reply, say, serve_chat

from chinwag.engines.language_model import MOST_BYTES, SEED, LanguageModel
from chinwag.errors import EngineError, SettingsError
from chinwag.model import ModelAnswer, Secret

SCHEMA = {"type": "object"}


def ask(server: ChatServer, **more: Any) -> ModelAnswer:
    model = LanguageModel(server.address, "small", **more)
    return model.answer("Be brief.", "Say yes.", SCHEMA, 50)


def test_a_message_is_sent_with_temperature_nought_a_seed_and_the_schema() -> None:
    with serve_chat(say("yes", prompt_tokens=7, completion_tokens=1)) as server:
        assert ask(server, key=Secret("sk-1")) == ModelAnswer(text="yes", tokens_in=7, tokens_out=1)
    assert server.keys == ["Bearer sk-1"]
    assert server.asked == [
        {
            "model": "small",
            "messages": [
                {"role": "system", "content": "Be brief."},
                {"role": "user", "content": "Say yes."},
            ],
            "temperature": 0,
            "seed": SEED,
            "max_tokens": 50,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "sentences", "strict": True, "schema": SCHEMA},
            },
        }
    ]


def test_without_a_key_none_is_sent_and_tokens_may_be_uncounted() -> None:
    with serve_chat(say("yes")) as server:
        assert ask(server) == ModelAnswer(text="yes")
    assert server.keys == [None]


def test_what_a_server_does_not_know_is_left_out_once_and_for_all() -> None:
    def choosy(body: dict[str, Any]) -> Reply:
        for name in ("response_format", "seed", "temperature", "max_tokens"):
            if name in body:
                told = f'{{"error": {{"message": "Unsupported parameter: {name}"}}}}'
                return Reply(400, told)
        return say(f"{body['max_completion_tokens']}")

    with serve_chat(choosy) as server:
        model = LanguageModel(server.address, "small")
        assert model.answer("", "", SCHEMA, 50).text == "50"
        before = len(server.asked)
        assert model.answer("", "", SCHEMA, 60).text == "60"
        assert len(server.asked) == before + 1


def test_a_server_that_knows_an_older_form_of_json_gets_that_even_if_it_says_so_with_500() -> None:
    def older(body: dict[str, Any]) -> Reply:
        if body["response_format"]["type"] == "json_schema":
            return Reply(500, "response_format: Input should be 'text' or 'json_object'")
        return say("{}")

    with serve_chat(older) as server:
        assert ask(server).text == "{}"
    assert server.asked[-1]["response_format"] == {"type": "json_object", "schema": SCHEMA}


def test_a_busy_server_is_asked_again_when_it_says() -> None:
    waited: list[float] = []
    busy = Reply(429, "slow down", (("Retry-After", "7"),))
    with serve_chat(busy, Reply(503, ""), say("yes")) as server:
        assert ask(server, wait=waited.append, jitter=lambda: 0.5).text == "yes"
    assert waited == [7.0, 4.0]


def test_a_server_that_wants_a_long_rest_is_left_alone() -> None:
    with (
        serve_chat(Reply(429, "", (("Retry-After", "3600"),))) as server,
        pytest.raises(EngineError) as raised,
    ):
        ask(server, wait=lambda _: None)
    assert raised.value.is_final
    assert "asks to wait 3600 s" in str(raised.value)


@pytest.mark.parametrize(
    ("reply", "told", "final"),
    [
        (Reply(401, '{"error": "bad key"}'), 'status 401: {"error": "bad key"}', True),
        (Reply(403, ""), "status 403: nothing more", True),
        (Reply(404, '{"error": "model not found"}'), 'status 404: {"error": "model not', True),
        (Reply(500, "boom"), "status 500: boom", True),
        (Reply(302, "", (("Location", "https://elsewhere.example/"),)), "status 302", True),
        (Reply(413, ""), "status 413: nothing more", False),
        (Reply(200, "<html>Hello</html>"), "gave no chat answer, but '<html>Hello", False),
        (Reply(200, b"\xff\xfe{"), "gave no chat answer", False),
        (Reply(200, '{"choices": [{"message": {"conte'), "gave no chat answer", False),
        (Reply(200, '{"choices": []}'), "gave an empty answer", False),
        (say(None), "gave an empty answer", False),
        (say("  \n"), "gave an empty answer", False),
        (
            Reply(200, '{"choices": [{"message": {"refusal": "I would rather not."}}]}'),
            "refuses to answer: it says 'I would rather not.'",
            False,
        ),
    ],
)
def test_whatever_else_comes_is_said_in_a_sentence(reply: Reply, told: str, final: bool) -> None:
    with serve_chat(reply) as server, pytest.raises(EngineError) as raised:
        ask(server, wait=lambda _: None)
    assert told in str(raised.value)
    assert raised.value.is_final == final


def test_a_server_that_does_not_answer_in_time_is_not_waited_for() -> None:
    with serve_chat(Reply(hold=True)) as server, pytest.raises(EngineError) as raised:
        ask(server, timeout=0.05)
    assert str(raised.value) == (
        f"The language model at {server.address} did not answer within 0.05 s."
    )


def test_a_server_that_is_not_there_is_named() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    with pytest.raises(EngineError) as raised:
        LanguageModel(address, "small").answer("", "", SCHEMA, 50)
    assert raised.value.is_final
    assert f"at {address} cannot be reached" in str(raised.value)


def test_an_answer_without_end_is_given_up_before_it_fills_the_memory() -> None:
    bomb = gzip.compress(b" " * (MOST_BYTES + 1))
    packed = Reply(200, bomb, (("Content-Encoding", "gzip"),))
    for reply in (Reply(200, b" " * (MOST_BYTES + 1)), packed):
        with serve_chat(reply) as server, pytest.raises(EngineError) as raised:
            ask(server)
        assert str(raised.value) == (
            f"The language model at {server.address} answered with more than 8 MB."
        )


def test_an_answer_that_drips_is_given_up_when_its_time_is_over() -> None:
    times = iter((0.0, 60.0, 121.0))
    with serve_chat(Reply(200, b" " * (1 << 20))) as server, pytest.raises(EngineError) as raised:
        ask(server, now=lambda: next(times, 121.0))
    assert str(raised.value) == (
        f"The language model at {server.address} did not answer within 120 s."
    )


LONG_KEY = "sk-123-as-long-as-real-ones"


def test_a_key_that_a_model_repeats_is_in_no_sentence_and_no_error() -> None:
    with serve_chat(say(f"The key is {LONG_KEY}.")) as server:
        assert ask(server, key=Secret(LONG_KEY)).text == "The key is (secret)."
    with serve_chat(Reply(200, "x" * 110 + LONG_KEY)) as server:
        with pytest.raises(EngineError) as raised:
            ask(server, key=Secret(LONG_KEY))
        assert "sk-" not in f"{raised.value!r}{raised.value}"


@pytest.mark.parametrize(
    ("key", "said", "shown"),
    [
        ("sk-123", "the key sk-123 is wrong", "the key (secret) is wrong"),
        ("sk-abcdefghijkl", "cdefghijkl is wrong", "(secret) is wrong"),
        ("sk-abcdefghijkl", "sk-abcde, or sk-abcdef", "(secret), or (secret)"),
        ("sk-abcdefghijkl", "efghijklsk-abcde", "(secret)"),
        ("sk-abcdefghijkl", "abcdefg is short", "abcdefg is short"),
    ],
)
def test_no_error_shows_the_key_or_a_part_of_it(key: str, said: str, shown: str) -> None:
    with serve_chat(Reply(401, said)) as server:
        with pytest.raises(EngineError) as raised:
            ask(server, key=Secret(key))
        assert f"status 401: {shown}." in str(raised.value)


@pytest.mark.parametrize(
    ("address", "key", "told"),
    [
        ("", "", "No model_address is set"),
        ("localhost:8080", "", "'localhost:8080', which is not the address of a server"),
        ("ftp://models.example/v1", "", "which is not the address of a server"),
        ("http://me:sk-1@models.example/v1", "", "has a name or a password in it"),
        ("http://models.example/v1", "sk-1", "would cross the open network unencrypted"),
    ],
)
def test_an_address_that_cannot_be_is_refused_before_anything_is_sent(
    address: str, key: str, told: str
) -> None:
    with pytest.raises(SettingsError) as raised:
        LanguageModel(address, "small", Secret(key))
    assert told in str(raised.value)
    assert "sk-1" not in str(raised.value)


@pytest.mark.parametrize(
    "address",
    ["https://models.example/v1", "http://127.0.0.1:1/v1", "http://localhost/v1",
     "http://[::1]:8080/v1", "http://192.168.1.7:11434/v1", "http://nas.local/v1"],
)  # fmt: skip
def test_a_key_may_go_encrypted_or_to_a_machine_nearby(address: str) -> None:
    assert LanguageModel(address, "small", Secret("sk-1")).address == address
