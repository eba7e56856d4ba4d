"""Who sends a request, and how much it may bring: more is refused before it fills the disk."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

MOST_FILES_BYTES = 200_000_000  # of files that are brought in at a time
MOST_FILE_BYTES = 51_000_000  # of a file that is kept with a chat
MOST_BYTES = 20_000_000  # of any other request
_BRINGING = "/import"  # how the addresses end to which files are brought
_KEEPING = re.compile(r"/desk/[^/]+/[^/]+/files(?:/\d+)?")

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


def find_sender(client: str, forwarded: str, proxies: int) -> str:
    """Return where a request comes from: behind proxies, what the outermost of ours saw.

    `client` is the other end of the connection, `forwarded` what X-Forwarded-For says.
    """
    told = forwarded.split(",")
    if proxies and len(told) >= proxies and told[-proxies].strip():
        return told[-proxies].strip()
    return client


async def serve_within(
    application: Application, scope: Scope, receive: Receive, send: Send
) -> None:
    """Serve a request by an ASGI application, unless it brings more than the site takes."""
    most = _find_most(scope["path"])
    if _read_length(scope) > most:
        await _refuse(send, most)
        return
    brought = 0

    async def receive_some() -> Mapping[str, Any]:
        nonlocal brought
        message = await receive()
        brought += len(message.get("body", b""))
        return message if brought <= most else {"type": "http.disconnect"}

    await application(scope, receive_some, send)
    if brought > most:
        await _refuse(send, most)


def _find_most(path: str) -> int:
    if path.endswith(_BRINGING):
        return MOST_FILES_BYTES
    return MOST_FILE_BYTES if _KEEPING.fullmatch(path) else MOST_BYTES


def _read_length(scope: Scope) -> int:
    said = dict(scope["headers"]).get(b"content-length", b"0")
    return int(said) if said.isdigit() and len(said) < 19 else 0


async def _refuse(send: Send, most: int) -> None:
    words = f"The site takes {most // 1_000_000} MB at a time. Go back, and send less at once.\n"
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": words.encode()})
