"""What the one polite client does with whatever a server may answer."""

from __future__ import annotations

import asyncio
import base64
import gzip
import json
import logging
import re
import traceback
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest
from tests.networks.fake_server import START, FakeClock, FakeServer, Heard, answer, run_server

from chinwag import __version__
from chinwag.errors import InputError, NetworkError, Refused
from chinwag.http.addresses import Names
from chinwag.http.bodies import decode_json
from chinwag.http.client import LARGEST_ANSWER, LONGEST_LINE, Client, name_agent
from chinwag.http.limits import Limits, find_wait
from chinwag.http.login import Login
from chinwag.http.server_names import name_server
from chinwag.model import Secret

TOKEN = Secret("tok-7f3a-never-shown")


def ask(say: bytes, *, bearer: Secret | None = None, patience: float = 30.0) -> object:
    """Ask a server that says this, and give the JSON of its answer."""

    async def run() -> object:
        async with (
            run_server(lambda _: say) as server,
            Client(server.address, bearer=bearer, patience=patience) as client,
        ):
            got = await client.get(FakeClock(), "/api")
            return got.read_json()

    return asyncio.run(run())


def refuse(say: bytes, *, patience: float = 30.0) -> NetworkError:
    with pytest.raises(NetworkError) as caught:
        ask(say, bearer=TOKEN, patience=patience)
    return caught.value


def strip_port(error: NetworkError) -> str:
    words = (
        word.split(":")[0] if word.startswith("127.0.0.1:") else word for word in str(error).split()
    )
    return " ".join(words)


def test_it_says_who_asks_and_gives_the_token_in_a_header_alone() -> None:
    async def run() -> list[Heard]:
        async with (
            run_server(lambda _: answer({"ok": True})) as server,
            Client(server.address, operator="https://chat.example/about", bearer=TOKEN) as client,
        ):
            await client.get(FakeClock(), "/api", {"limit": 40})
            await client.send(FakeClock(), "POST", "/api", json={"a": 1}, headers={"X-Key": "k"})
            return server.heard

    got, sent = asyncio.run(run())
    assert (got.method, got.path, got.query) == ("GET", "/api", {"limit": "40"})
    assert got.headers["user-agent"] == f"Chinwag/{__version__} (+https://chat.example/about)"
    assert got.headers["authorization"] == "Bearer tok-7f3a-never-shown"
    assert (sent.method, json.loads(sent.body), sent.headers["x-key"]) == ("POST", {"a": 1}, "k")


LOGIN = Login(user="ana", password=Secret("abcd efgh ijkl mnop"))
SHOWN = base64.b64encode(b"ana:abcd efgh ijkl mnop").decode()


def ask_as_user(*said: bytes, method: str = "GET") -> list[Heard]:
    """Ask as a user, by a client that stays; give what the server heard."""
    answers = iter(said)

    async def run() -> list[Heard]:
        async with run_server(lambda _: next(answers)) as server:
            async with Client(server.address, login=LOGIN, stays=True) as client:
                got = await client.send(FakeClock(), method, "/api", json={"a": 1})
            assert got.status == 200
            return server.heard

    return asyncio.run(run())


def test_a_user_and_a_password_go_in_a_header_and_are_hidden_in_answers() -> None:
    (heard,) = ask_as_user(answer({"ok": True}))
    assert heard.headers["authorization"] == f"Basic {SHOWN}"
    echo = answer({"message": f"{SHOWN} abcd efgh ijkl mnop abcdefghijklmnop"}, status="401 No")
    with pytest.raises(Refused, match=r"It said: \(secret\) \(secret\) \(secret\)\.$"):
        ask_as_user(echo)
    with pytest.raises(InputError, match="would travel unencrypted"):
        Client("http://blog.example", login=LOGIN)


@pytest.mark.parametrize("user", ["", "a:b", "a\r\nX: y"])
def test_a_name_that_no_header_can_hold_is_refused(user: str) -> None:
    with pytest.raises(InputError, match="is not a user's name"):
        Login(user=user, password=Secret("x")).make_header()


def test_a_client_that_stays_follows_its_own_server_alone() -> None:
    def send_to(place: str, status: str) -> bytes:
        return answer("", status=status, headers={"Location": place})

    heard = ask_as_user(send_to("/b?x=1", "307 Moved"), answer({}), method="POST")
    assert [(one.method, one.path) for one in heard] == [("POST", "/api"), ("POST", "/b")]
    for place, status, method in (
        ("http://blog.example/new?secret=1", "301 Moved", "GET"),
        ("http://localhost/", "307 Moved", "POST"),
        ("/b", "301 Moved", "POST"),
    ):
        with pytest.raises(NetworkError) as caught:
            ask_as_user(send_to(place, status), method=method)
        assert caught.value.code == "server-sends-elsewhere"
        assert "secret" not in str(caught.value)


def test_an_agent_name_takes_nothing_that_would_break_a_header() -> None:
    assert name_agent("me@chat.example\r\nX-Evil: 1") == (
        f"Chinwag/{__version__} (+me@chat.exampleX-Evil: 1)"
    )
    assert name_agent() == f"Chinwag/{__version__}"


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("mastodon.example", "https://mastodon.example"),
        (" https://Mastodon.Example/ ", "https://mastodon.example"),
        ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
    ],
)
def test_a_server_is_known_by_its_name(said: str, address: str) -> None:
    assert name_server(said) == address


@pytest.mark.parametrize("said", ["", "ftp://a.example", "https://u:p@a.example", "a.example/tags"])
def test_what_is_no_server_is_said_to_be_none(said: str) -> None:
    with pytest.raises(InputError, match="is not the address of a server"):
        name_server(said)


def test_a_token_never_travels_unencrypted() -> None:
    with pytest.raises(InputError, match="would travel unencrypted"):
        Client("http://mastodon.example", bearer=TOKEN)


@pytest.mark.parametrize(
    ("say", "what", "wait", "is_final"),
    [
        (
            answer({"error": "Too many requests"}, status="429 Too Many Requests", headers={"Retry-After": "120"}),
            "127.0.0.1 refused with 429 Too Many Requests. It said: Too many requests.",
            120.0,
            False,
        ),
        (
            answer("<html><head><title>502 Bad\n Gateway</title></head></html>", status="502 Bad Gateway"),
            "127.0.0.1 refused with 502 Bad Gateway. It said: an HTML page, “502 Bad Gateway”.",
            None,
            False,
        ),
        (
            answer({"error": "invalid_token", "error_description": "tok-7f3a-never-shown \x1b[2J"}, status="401 Unauthorized"),
            "127.0.0.1 refused with 401 Unauthorized. It said: (secret) [2J.",
            None,
            True,
        ),
        (
            answer({"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}, status="429 Too Many Requests", headers={"RateLimit-Remaining": "0", "RateLimit-Reset": str(int(START.timestamp()) + 90)}),
            "127.0.0.1 refused with 429 Too Many Requests. It said: Rate Limit Exceeded.",
            90.0,
            False,
        ),
    ],
)  # fmt: skip
def test_a_refusal_is_said_in_the_servers_words_and_no_secret(
    say: bytes, what: str, wait: float | None, is_final: bool
) -> None:
    error = refuse(say)

    assert isinstance(error, Refused)
    assert (strip_port(error), error.wait, error.is_final) == (what, wait, is_final)
    assert TOKEN.reveal() not in "".join(traceback.format_exception(error))


@pytest.mark.parametrize(
    ("say", "what"),
    [
        (answer("<!doctype html><p>hello"), "gave an answer that cannot be read: an HTML page."),
        (answer(b'[{"id": "1"'), "gave an answer that cannot be read: “[{\"id\": \"1\"”."),
        (answer(b""), "gave an answer that cannot be read: nothing."),
        (answer(b"[" * 100_000), f"gave an answer that cannot be read: “{'[' * 80}”."),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\nConnection: close\r\n\r\n[1,2 ", "peer closed connection without sending complete message body (received 5 bytes, expected 90)."),
        (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", "illegal status line: bytearray(b'SSH-2.0-OpenSSH_9.2')."),
        (answer(b"no gzip", headers={"Content-Encoding": "gzip"}), "answered with something that cannot be unpacked."),
    ],
)  # fmt: skip
def test_an_answer_that_is_no_use_is_an_error_and_no_crash(say: bytes, what: str) -> None:
    assert str(refuse(say)).endswith(what)


def test_no_answer_is_larger_than_it_can_hold_even_unpacked() -> None:
    bomb = gzip.compress(b"0" * (LARGEST_ANSWER + 1))

    assert str(refuse(answer(bomb, headers={"Content-Encoding": "gzip"}))).endswith(
        "answered with more than 16 MB."
    )


def test_a_server_that_never_ends_its_answer_is_left() -> None:
    async def dribble() -> AsyncIterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"
        while True:
            yield b" "
            await asyncio.sleep(0)

    async def run() -> None:
        async with (
            run_server(lambda _: dribble()) as server,
            Client(server.address, patience=0.2) as client,
        ):
            await client.get(FakeClock(), "/api")

    with pytest.raises(NetworkError, match=r"had not finished its answer after 0\.2 s"):
        asyncio.run(run())


def test_a_server_that_is_not_there_is_said_to_be_unreachable() -> None:
    async def run() -> None:
        async with run_server(lambda _: b"") as server:
            address = server.address
        async with Client(address) as client:
            await client.get(FakeClock(), "/api")

    with pytest.raises(NetworkError, match=r"127\.0\.0\.1:\d+ cannot be reached: .*\."):
        asyncio.run(run())


def test_half_a_surrogate_pair_or_a_broken_byte_costs_no_page() -> None:
    assert decode_json(rb'{"a": "x\ud83d", "b": "\ud83d\ude00"}') == {"a": "x\ufffd", "b": "😀"}
    assert decode_json(b'["caf\xe9"]') == ["caf\ufffd"]


@pytest.mark.parametrize("token", ["two\nlines", "caf\u00e9", "a b", "\x00"])
def test_a_token_that_no_header_can_hold_is_refused_without_showing_it(token: str) -> None:
    async def run() -> None:
        async with Client("http://127.0.0.1:9", bearer=Secret(token)) as client:
            await client.get(FakeClock(), "/api")

    with pytest.raises(InputError) as caught:
        asyncio.run(run())
    assert token not in "".join(traceback.format_exception(caught.value))


# Waiting as told


def spend(headers: dict[str, str]) -> list[float]:
    """Give the pauses before a second request, after an answer with these headers."""

    async def run() -> list[float]:
        clock = FakeClock()
        async with (
            run_server(lambda _: answer([], headers=headers)) as server,
            Client(server.address) as client,
        ):
            await client.get(clock, "/api")
            await client.send(clock, "POST", "/api")  # what is said of writing holds for writing
            await client.get(clock, "/api")
        return clock.pauses

    return asyncio.run(run())


IN_40_SECONDS = (START + timedelta(seconds=40)).isoformat().replace("+00:00", ".000000Z")


@pytest.mark.parametrize(
    ("headers", "pauses"),
    [
        ({}, []),
        ({"X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "299", "X-RateLimit-Reset": IN_40_SECONDS}, []),
        ({"X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": IN_40_SECONDS}, [40.0]),
        ({"X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "3", "X-RateLimit-Reset": IN_40_SECONDS}, [10.0]),
        ({"RateLimit-Limit": "100", "RateLimit-Remaining": "0", "RateLimit-Reset": "30"}, [30.0]),
        ({"X-Rate-Limit-Limit": "9", "X-Rate-Limit-Remaining": "0", "X-Rate-Limit-Reset": str(int(START.timestamp()) + 20)}, [20.0]),
        ({"X-RateLimit-Remaining": "none", "X-RateLimit-Reset": "soon"}, []),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "soon"}, []),
    ],
)  # fmt: skip
def test_the_next_request_waits_until_the_server_allows_it(
    headers: dict[str, str], pauses: list[float]
) -> None:
    assert spend(headers) == pauses


def test_a_long_wait_is_told_and_not_sat_through() -> None:
    with pytest.raises(NetworkError) as caught:
        spend({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "250"})

    assert strip_port(caught.value) == ("127.0.0.1 allows no more requests for 250 s.")
    assert caught.value.wait == 250.0


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("30", 30.0),
        ("Thu, 05 Mar 2026 19:02:00 GMT", 120.0),
        ("Thu, 05 Mar 2026 18:00:00 GMT", 0.0),
        ("later", None),
        ("-1", None),
        ("", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(said: str, seconds: float | None) -> None:
    assert find_wait({"retry-after": said}, START) == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 5.0),
        ({"x-ratelimit-limit": "9", "x-ratelimit-remaining": "8", "x-ratelimit-reset": "300"}, 0.0),
    ],
)
def test_a_limit_holds_until_an_answer_says_otherwise(
    headers: dict[str, str], seconds: float
) -> None:
    limits = Limits()
    limits.note("GET", {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "5"}, START)
    limits.note("GET", headers, START)  # without: a page of the server's front, say

    assert limits.find_wait("GET", START) == seconds
    assert limits.find_wait("POST", START) == 0.0
    assert limits.find_wait("GET", START + timedelta(seconds=6)) == 0.0


def test_waiting_for_a_rate_limit_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="chinwag.http.client"):
        spend({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "30"})

    (record,) = [one for one in caplog.records if one.name == "chinwag.http.client"]
    assert re.sub(r":\d+", "", record.getMessage()) == (
        "Waiting 30.0 s for the rate limit of 127.0.0.1."
    )


# Redirects


def send_elsewhere(address: str) -> bytes:
    return answer(b"", status="302 Found", headers={"Location": address})


def follow(say: Callable[[Heard], bytes]) -> tuple[object, list[Heard]]:
    """Ask a server of this machine, which counts as outside every private network."""

    async def run() -> tuple[object, list[Heard]]:
        names = Names(is_inside=lambda _: False)
        async with (
            run_server(say) as server,
            Client(server.address, bearer=TOKEN, names=names) as client,
        ):
            try:
                return (await client.get(FakeClock(), "/old")).read_json(), server.heard
            except NetworkError as error:
                return error, server.heard

    return asyncio.run(run())


def test_a_redirect_to_another_server_is_followed_without_the_token() -> None:
    def say(heard: Heard) -> bytes:
        port = heard.headers["host"].rpartition(":")[2]
        to = f"http://localhost:{port}/new"
        return send_elsewhere(to) if heard.path == "/old" else answer({"ok": True})

    got, (old, new) = follow(say)

    assert got == {"ok": True}
    assert (old.headers.get("authorization"), new.headers.get("authorization")) == (
        "Bearer tok-7f3a-never-shown",
        None,
    )


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("/old", "redirects-without-end"),
        ("file:///etc/passwd", "connection-broke"),
        ("gopher://127.0.0.1/x", "connection-broke"),
        ("http://[", "server-not-reached"),
    ],
)
def test_a_redirect_that_leads_nowhere_is_an_error(to: str, code: str) -> None:
    error, _ = follow(lambda _: send_elsewhere(to))

    assert isinstance(error, NetworkError)
    assert error.code == code


def test_a_token_that_a_server_repeats_is_in_no_answer_and_no_line() -> None:
    token = TOKEN.reveal()
    assert ask(answer({"content": f"you said {token}"}), bearer=TOKEN) == {
        "content": "you said (secret)"
    }
    assert read_stream(f"data: {token}\n".encode(), bearer=TOKEN) == ["data: (secret)"]
    assert "(secret)" in str(refuse(answer({"error": f"bad token {token}"}, status="401 No")))


# Streams


async def collect_lines(server: FakeServer, bearer: Secret | None = None) -> list[str]:
    opened = Client(server.address, bearer=bearer)
    async with opened as client, client.open_stream(FakeClock(), "/s") as stream:
        return [line async for line in stream]


def read_stream(*parts: bytes, bearer: Secret | None = None) -> list[str]:
    async def say() -> AsyncIterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
        for part in parts:
            yield part
            await asyncio.sleep(0)

    async def run() -> list[str]:
        async with run_server(lambda _: say()) as server:
            return await collect_lines(server, bearer)

    return asyncio.run(run())


def test_a_stream_is_lines_however_it_is_cut_and_half_a_line_is_none() -> None:
    assert read_stream(b"data: caf\xc3", b"\xa9\r\n\ndata", b": b\nhalf") == [
        "data: café",
        "",
        "data: b",
    ]


def test_a_stream_that_is_refused_says_so() -> None:
    async def run() -> list[str]:
        say = answer({"error": "This method requires an authenticated user"}, status="401 No")
        async with run_server(lambda _: say) as server:
            return await collect_lines(server)

    with pytest.raises(Refused, match="requires an authenticated user"):
        asyncio.run(run())


def test_a_line_without_end_is_no_flood() -> None:
    with pytest.raises(NetworkError, match="sent a line of more than 2 MB"):
        read_stream(*[b"x" * 65_536] * (LONGEST_LINE // 65_536 + 2))


def test_no_log_shows_a_token(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        ask(answer({}), bearer=TOKEN)

    assert caplog.records
    assert TOKEN.reveal() not in caplog.text
