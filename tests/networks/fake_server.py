"""A server on 127.0.0.1 that says, byte for byte, what a test tells it to, and notes what it hears."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import msgspec

START = datetime(2026, 3, 5, 19, 0, tzinfo=UTC)


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """One request."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


Say = Callable[[Heard], "bytes | AsyncIterator[bytes]"]


class FakeServer:
    """Answers by `say`; `heard` lists the requests."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.heard: list[Heard] = []
        self.address = ""
        self._serving: set[asyncio.Task[Any]] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        try:
            while heard := await _read_request(reader):
                self.heard.append(heard)
                said = self.say(heard)
                if isinstance(said, bytes):
                    writer.write(said)
                else:
                    async for part in said:
                        writer.write(part)
                        await writer.drain()
                await writer.drain()
                if not isinstance(said, bytes) or b"connection: close" in said.lower():
                    return
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            self._serving.discard(task)
            writer.close()

    async def stop(self) -> None:
        """Break every connection."""
        for task in list(self._serving):
            task.cancel()
        await asyncio.gather(*self._serving)


async def _read_request(reader: asyncio.StreamReader) -> Heard | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.strip().split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)}
    parsed = urlsplit(target)
    return Heard(
        method=method,
        path=parsed.path,
        query=dict(parse_qsl(parsed.query)),
        headers=headers,
        body=await reader.readexactly(int(headers.get("content-length", 0))),
    )


@asynccontextmanager
async def run_server(say: Say) -> AsyncIterator[FakeServer]:
    """Run a server on a free port as long as the block lasts."""
    fake = FakeServer(say)
    server = await asyncio.start_server(fake.serve, "127.0.0.1", 0)
    fake.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield fake
    finally:
        server.close()
        await server.wait_closed()
        await fake.stop()


def answer(
    value: Any = None, *, status: str = "200 OK", headers: Mapping[str, str] | None = None
) -> bytes:
    """Give an answer's bytes: bytes as they are, text as HTML, anything else as JSON."""
    kind = "application/json"
    if isinstance(value, bytes):
        body = value
    elif isinstance(value, str):
        body, kind = value.encode(), "text/html; charset=utf-8"
    else:
        body = json.dumps(value).encode()
    said = {"Content-Type": kind, "Content-Length": str(len(body)), **(headers or {})}
    lines = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


class FakeClock:
    """A clock that stands still until somebody pauses; `pauses` lists for how long."""

    def __init__(self, start: datetime = START) -> None:
        self.time = start
        self.pauses: list[float] = []

    def now(self) -> datetime:
        return self.time

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.time += timedelta(seconds=seconds)
        await asyncio.sleep(0)
