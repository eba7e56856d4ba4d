"""Who is let in to a live stream: whoever asks this site, under its own name."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from chinwag.web.live.hub import Hub


def ask(*headers: tuple[bytes, bytes]) -> int:
    """Return the status of the answer to a request for the stream of a chat that is not there."""
    said: list[Mapping[str, Any]] = []

    async def receive() -> Mapping[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: Mapping[str, Any]) -> None:
        said.append(message)

    scope = {
        "type": "http", "method": "GET", "path": "/nowhere/2026-10-13/live", "query_string": b"",
        "headers": list(headers), "client": ("127.0.0.1", 4711),
    }  # fmt: skip
    asyncio.run(Hub().serve(scope, receive, send))
    return int(said[0]["status"])


@pytest.mark.parametrize(
    "host", [b"evil.example", b"evil.example:8000", b"127.0.0.1.evil.example", b"", b"a b", b"[::"]
)
def test_a_stream_is_not_served_under_another_name(host: bytes) -> None:
    assert ask((b"host", host)) == 421
    assert ask() == 421


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("cookie", [b"", b"a,b=c", b"=;;=\xff\x00", b"sessionid=../../x"])
def test_a_stream_is_looked_for_under_its_own_name_whatever_cookies_come(cookie: bytes) -> None:
    assert ask((b"host", b"127.0.0.1:8000"), (b"cookie", cookie)) == 404
