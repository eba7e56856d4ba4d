"""A socket's log tells what is wrong, and neither a token nor anybody's words."""

from __future__ import annotations

import asyncio
import logging

import pytest
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve

from chinwag.networks.socket_log import open_socket_log

NAME = "chinwag.networks.test.socket"


async def _say_hello(connection: ServerConnection) -> None:
    await connection.send("what ann said")


async def _listen(log: logging.Logger) -> str | bytes:
    headers = {"Authorization": "Bearer t0k-nobody-may-see"}
    async with serve(_say_hello, "127.0.0.1", 0) as server:
        (socket,) = server.sockets
        address = f"ws://127.0.0.1:{socket.getsockname()[1]}"
        async with connect(address, additional_headers=headers, logger=log) as client:
            return await client.recv()


def list_logged(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == NAME]


def test_nothing_that_goes_over_a_socket_is_logged_whatever_level_is_set(
    caplog: pytest.LogCaptureFixture,
) -> None:
    log = open_socket_log(NAME)
    caplog.set_level(logging.DEBUG, NAME)
    assert asyncio.run(_listen(log)) == "what ann said"
    assert list_logged(caplog) == []


def test_a_warning_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    open_socket_log(NAME).warning("The connection broke.")
    assert list_logged(caplog) == ["The connection broke."]
