"""A gate before a server on this machine: while it is shut nobody gets through, nor stays in."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlsplit


class Gate:
    """Passes connections on to a server: `gate = await Gate.before("http://localhost:2583")`.

    `address` is where to ask instead, with the server's scheme.
    """

    def __init__(self, server: str) -> None:
        self._server = urlsplit(server)
        self._port = 0
        self._listening: asyncio.Server | None = None
        self._inside: set[asyncio.StreamWriter] = set()
        self._passing: set[asyncio.Task[Any]] = set()

    @classmethod
    async def before(cls, server: str) -> Gate:
        """Give an open gate before a server."""
        gate = cls(server)
        await gate.open()
        return gate

    @property
    def address(self) -> str:
        return f"{self._server.scheme}://127.0.0.1:{self._port}"

    async def open(self) -> None:
        """Let connections through, at the same address as before."""
        self._listening = await asyncio.start_server(self._let_in, "127.0.0.1", self._port)
        self._port = self._listening.sockets[0].getsockname()[1]

    async def shut(self) -> None:
        """Break every connection, and take no new one."""
        assert self._listening is not None
        self._listening.close()
        for writer in self._inside:
            writer.transport.abort()
        await asyncio.gather(*self._passing, return_exceptions=True)

    async def _let_in(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._passing.add(task)
        try:
            far, forth = await asyncio.open_connection(self._server.hostname, self._server.port)
            self._inside |= {back, forth}
            await asyncio.gather(_pass_on(near, forth), _pass_on(far, back))
            self._inside -= {back, forth}
        except OSError:
            back.transport.abort()
        finally:
            self._passing.discard(task)


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while said := await reader.read(1 << 16):
            writer.write(said)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()
