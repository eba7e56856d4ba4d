"""What is too large is refused before it is kept anywhere; the rest comes through whole."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from chinwag.web import intake

FILES = "/desk/stackschat/import"


class Site:
    """Takes a request as Django does, and answers with what it brought."""

    def __init__(self) -> None:
        self.brought = 0
        self.sent: list[Mapping[str, Any]] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        while (message := await receive())["type"] != "http.disconnect":
            self.brought += len(message["body"])
            if not message["more_body"]:
                await send({"type": "http.response.start", "status": 200, "headers": []})
                await send({"type": "http.response.body", "body": b""})
                return

    async def send(self, message: Mapping[str, Any]) -> None:
        self.sent.append(message)


def bring(path: str, pieces: Sequence[bytes], length: bytes | None = None) -> tuple[int, int]:
    """Return the status of a request, and how much of it came through."""
    site = Site()
    waiting = list(pieces)

    async def receive() -> Mapping[str, Any]:
        body = waiting.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(waiting)}

    headers = [] if length is None else [(b"content-length", length)]
    scope = {"type": "http", "path": path, "headers": headers}
    asyncio.run(intake.serve_within(site, scope, receive, site.send))
    (status,) = [one["status"] for one in site.sent if "status" in one]
    return status, site.brought


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MOST_BYTES", 10)
    monkeypatch.setattr(intake, "MOST_FILES_BYTES", 100)


@pytest.mark.parametrize(("path", "most"), [("/account/login/", 10), (FILES, 100)])
def test_as_much_as_is_taken_comes_through(path: str, most: int) -> None:
    assert bring(path, [b"x" * (most - 1), b"x"], str(most).encode()) == (200, most)


@pytest.mark.parametrize(("path", "most"), [("/account/login/", 10), (FILES, 100)])
def test_what_says_that_it_is_too_large_is_not_read(path: str, most: int) -> None:
    assert bring(path, [b"x" * (most + 1)], str(most + 1).encode()) == (413, 0)


@pytest.mark.parametrize("length", [None, b"5", b"-3", b"9" * 40])
def test_what_says_nothing_or_lies_is_cut_off(length: bytes | None) -> None:
    assert bring("/search", [b"x" * 8, b"x" * 8, b"x" * 8], length) == (413, 8)
