"""A name that is answered otherwise from one look to the next, over real connections.

The numbers 127.0.0.2 and 127.0.0.3 are this machine's own, too: in these tests the last one counts
as inside a private network, and everything else as outside.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import websockets
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from tests.networks.fake_server import FakeClock, FakeServer, Heard, Say, answer
from websockets.asyncio.server import ServerConnection, serve

from chinwag.errors import NetworkError
from chinwag.http.addresses import Names
from chinwag.http.client import Client
from chinwag.http.transport import connect_socket

OUTSIDE, INSIDE = "127.0.0.2", "127.0.0.3"


class Resolver:
    """Answers a name by the next of its answers, and by the last one for ever."""

    def __init__(self, answers: Mapping[str, Sequence[Sequence[str]]]) -> None:
        self.answers = {name: list(some) for name, some in answers.items()}
        self.asked: list[str] = []

    async def __call__(self, host: str) -> Sequence[str]:
        self.asked.append(host)
        answers = self.answers.get(host, [[]])
        return answers.pop(0) if len(answers) > 1 else answers[0]


def name(**answers: Sequence[Sequence[str]]) -> tuple[Names, Resolver]:
    """Give names by their first word: `name(evil=[[OUTSIDE], [INSIDE]])` is evil.example."""
    resolver = Resolver({f"{word}.example": some for word, some in answers.items()})
    return Names(resolver, is_inside=lambda way: way == INSIDE), resolver


def say_yes(_: Heard) -> bytes:
    return answer({"ok": True})


class Hall:
    """A server on every number of this machine, which tells at which one it was asked."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._served: list[tuple[str, FakeServer]] = []
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer on one connection."""
        fake = FakeServer(self._say)
        self._served.append((writer.get_extra_info("sockname")[0], fake))
        await fake.serve(reader, writer)

    @property
    def asked_at(self) -> list[tuple[str, str]]:
        """The numbers at which it was asked, each with the host that was meant."""
        return [
            (number, heard.headers["host"].partition(":")[0])
            for number, fake in self._served
            for heard in fake.heard
        ]

    async def stop(self) -> None:
        """Break every connection."""
        for _, fake in self._served:
            await fake.stop()


@asynccontextmanager
async def run_hall(say: Say = say_yes, tls: ssl.SSLContext | None = None) -> AsyncIterator[Hall]:
    hall = Hall(say)
    server = await asyncio.start_server(hall.serve, "0.0.0.0", 0, ssl=tls)  # noqa: S104
    hall.port = server.sockets[0].getsockname()[1]
    try:
        yield hall
    finally:
        server.close()
        await server.wait_closed()
        await hall.stop()


def ask(names: Names, *hosts: str, say: Say = say_yes) -> list[Any]:
    """Ask hosts one after the other, each by a client of its own; give where each was asked.

    A NetworkError's code stands in the place of what could not be had.
    """

    async def run() -> list[Any]:
        async with run_hall(say) as hall:
            codes: list[Any] = []
            for host in hosts:
                try:
                    async with Client(f"http://{host}:{hall.port}", names=names) as client:
                        await client.get(FakeClock(), "/old")
                except NetworkError as error:
                    codes.append(error.code)
            return [*hall.asked_at, *codes]

    return asyncio.run(run())


def send_to(host: str) -> Say:
    """Give what a server says that sends whoever asks for /old to another host."""

    def say(heard: Heard) -> bytes:
        port = heard.headers["host"].rpartition(":")[2]
        there = {"Location": f"http://{host}:{port}/new"}
        old = answer(b"", status="302 Found", headers=there)
        return old if heard.path == "/old" else answer({"ok": True})

    return say


def test_a_redirect_is_followed_to_the_address_that_was_judged() -> None:
    names, resolver = name(good=[[OUTSIDE]], evil=[[OUTSIDE], [INSIDE]])
    asked = ask(names, "good.example", say=send_to("evil.example"))
    assert asked == [(OUTSIDE, "good.example"), (OUTSIDE, "evil.example")]
    assert resolver.asked == ["good.example", "evil.example"]


def test_a_redirect_to_a_name_that_leads_inside_is_not_followed() -> None:
    names, _ = name(good=[[OUTSIDE]], evil=[[INSIDE], [OUTSIDE]])
    asked = ask(names, "good.example", say=send_to("evil.example"))
    assert asked == [(OUTSIDE, "good.example"), "redirect-into-private-network"]


def test_a_server_inside_may_send_to_another_inside() -> None:
    names, _ = name(good=[[INSIDE]], evil=[[INSIDE]])
    asked = ask(names, "good.example", say=send_to("evil.example"))
    assert asked == [(INSIDE, "good.example"), (INSIDE, "evil.example")]


def test_a_server_with_one_address_inside_is_outside_and_sends_nobody_in() -> None:
    names, _ = name(good=[[INSIDE, OUTSIDE]], evil=[[INSIDE]])
    asked = ask(names, "good.example", say=send_to("evil.example"))
    assert asked == [(OUTSIDE, "good.example"), "redirect-into-private-network"]


def test_a_server_that_was_outside_leads_nobody_inside_later() -> None:
    names, _ = name(evil=[[OUTSIDE], [INSIDE]])
    asked = ask(names, "evil.example", "evil.example")
    assert asked == [(OUTSIDE, "evil.example"), "server-moved-inside"]


def test_a_server_that_has_to_stay_outside_does_from_the_first_request() -> None:
    names, _ = name(evil=[[OUTSIDE], [INSIDE]], home=[[INSIDE]])
    assert asyncio.run(names.stays_outside("evil.example"))
    assert not asyncio.run(names.stays_outside("home.example"))
    assert ask(names, "evil.example") == ["server-moved-inside"]
    assert ask(names, "home.example") == [(INSIDE, "home.example")]


def test_the_next_address_is_asked_where_one_does_not_answer() -> None:
    async def run() -> list[Any]:
        fake = FakeServer(say_yes)
        server = await asyncio.start_server(fake.serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        names, _ = name(good=[[OUTSIDE, "127.0.0.1"]])
        async with Client(f"http://good.example:{port}", names=names) as client:
            said = [(await client.get(FakeClock(), "/api")).read_json() for _ in "ab"]
        server.close()
        await fake.stop()
        return said

    assert asyncio.run(run()) == [{"ok": True}] * 2


def test_a_name_that_nobody_knows_is_said_to_be_none() -> None:
    async def run() -> None:
        async with Client("http://nobody.example", names=name()[0]) as client:
            await client.get(FakeClock(), "/api")

    with pytest.raises(NetworkError, match="no server of that name was found"):
        asyncio.run(run())


# Certificates are held against the name, not against the address


def certify(folder: Path, *hosts: str) -> ssl.SSLContext:
    """Give a server a certificate for these hosts, and have it trusted by whoever reads `ca.pem`."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, hosts[0])])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(map(x509.DNSName, hosts)), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    written = made.public_bytes(serialization.Encoding.PEM)
    (folder / "ca.pem").write_bytes(written)
    (folder / "server.pem").write_bytes(
        written
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    return context


def test_the_certificate_has_to_name_the_host(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls = certify(tmp_path, "good.example", "also.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    names, _ = name(good=[[OUTSIDE]], also=[[OUTSIDE]], evil=[[OUTSIDE]])

    def say(heard: Heard) -> bytes:
        host, _, port = heard.headers["host"].partition(":")
        there = {"Location": f"https://{heard.path[1:]}:{port}/"}
        is_there = heard.path == "/"
        return answer({"at": host}) if is_there else answer(b"", status="302 Found", headers=there)

    async def run() -> list[Any]:
        said: list[Any] = []
        async with run_hall(say, tls) as hall:
            for host, path in (
                ("good.example", "/"),
                ("evil.example", "/"),
                ("good.example", "/also.example"),
                ("good.example", "/evil.example"),  # at one address, and on its own connection
            ):
                async with Client(f"https://{host}:{hall.port}", names=names) as client:
                    try:
                        said.append((await client.get(FakeClock(), path)).read_json()["at"])
                    except NetworkError as error:
                        said.append(error.fields["fault"])
        return said

    assert asyncio.run(run()) == [
        "good.example",
        "its certificate is not valid",
        "also.example",
        "its certificate is not valid",
    ]


# Web sockets


def open_socket(names: Names, host: str, origin: str, redirect: str = "") -> list[Any]:
    """Open a web socket to a host that an origin has named; give where it led, or why it did not."""
    reached: list[Any] = []

    async def greet(socket: ServerConnection) -> None:
        reached.append(socket.local_address[0])
        await socket.send(
            socket.request.headers["Host"].partition(":")[0] if socket.request else ""
        )

    def send_on(socket: ServerConnection, request: websockets.Request) -> Any:
        if not redirect or request.path != "/":
            return None
        said = socket.respond(302, "")
        port = request.headers["Host"].partition(":")[2]
        said.headers["Location"] = f"ws://{redirect}:{port}/new"
        return said

    async def run() -> list[Any]:
        async with serve(greet, "0.0.0.0", 0, process_request=send_on) as server:  # noqa: S104
            port = next(iter(server.sockets)).getsockname()[1]
            try:
                address = f"ws://{host}:{port}/"
                async with await connect_socket(address, f"http://{origin}", names=names) as open_:
                    return [*reached, await open_.recv()]
            except (NetworkError, websockets.SecurityError) as error:
                return [*reached, getattr(error, "code", type(error).__name__)]

    return asyncio.run(run())


def test_a_socket_goes_to_the_address_that_was_judged() -> None:
    names, resolver = name(good=[[OUTSIDE]], evil=[[OUTSIDE], [INSIDE]])
    assert open_socket(names, "evil.example", "good.example") == [OUTSIDE, "evil.example"]
    assert resolver.asked == ["evil.example"]
    assert open_socket(names, "evil.example", "good.example") == ["server-moved-inside"]


def test_a_server_outside_leads_no_socket_inside() -> None:
    names, _ = name(good=[[OUTSIDE]], evil=[[INSIDE], [OUTSIDE]])
    assert open_socket(names, "evil.example", "good.example") == ["redirect-into-private-network"]


def test_a_socket_follows_no_redirect_to_another_host() -> None:
    names, _ = name(good=[[OUTSIDE]], evil=[[OUTSIDE]])
    for to, led in (
        ("evil.example", ["SecurityError"]),
        ("127.0.0.1", ["SecurityError"]),
        ("good.example", [OUTSIDE, "good.example"]),
    ):
        assert open_socket(names, "good.example", "good.example", redirect=to) == led


# Proxies


def test_a_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    names, _ = name(good=[[OUTSIDE]], evil=[[INSIDE]])

    async def run() -> list[Any]:
        async with run_hall() as hall:
            monkeypatch.setenv("http_proxy", f"127.0.0.1:{hall.port}")
            monkeypatch.setenv("no_proxy", "near.example")
            async with Client("http://good.example", names=names) as client:
                await client.get(FakeClock(), "/api")
            return hall.asked_at

    assert asyncio.run(run()) == [("127.0.0.1", "good.example")]


# All of the source


def test_nothing_else_in_the_source_opens_a_connection() -> None:
    root = Path(__file__).parents[2] / "src" / "chinwag"
    ways = (
        "AsyncClient(",
        "asyncio.client import",
        "urlopen",
        "open_connection",
        "create_connection",
    )
    found = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        if any(way in path.read_text() for way in ways)
    }
    assert found == {
        "http/client.py",  # by the transport that is tried here
        "http/transport.py",
        "networks/bluesky/jetstream.py",  # the type of a connection
        "networks/bluesky/stream.py",
    }
