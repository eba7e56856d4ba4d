"""One question to an engine's server and its answer, which is counted while it is read.

A server may answer without end, or in a few bytes that unpack to gigabytes: an answer that is too
large or takes too long is given up before it fills the memory.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from chinwag.model import Secret

if TYPE_CHECKING:
    import httpx2


class AnswerTooLarge(Exception):
    """An answer has more bytes than it may, unpacked."""


class AnswerTooSlow(Exception):
    """An answer was not there in time, or not all of it."""


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """A server's answer, with (secret) wherever it repeats the key."""

    status: int
    headers: Mapping[str, str]  # their names in lower case
    body: bytes

    @property
    def text(self) -> str:
        """The body as text; bytes that are no UTF-8 become U+FFFD."""
        return self.body.decode(errors="replace")


def post_json(
    client: httpx2.Client,
    address: str,
    asked: Mapping[str, Any],
    *,
    key: Secret,
    most: int,
    seconds: float,
    now: Callable[[], float],
) -> Reply:
    """Post JSON, and return the answer, which may have `most` bytes and take so many seconds.

    `now` counts seconds from anywhere. Raises AnswerTooLarge and AnswerTooSlow, and httpx2's
    HTTPError and InvalidURL where the server cannot be asked.
    """
    import httpx2  # noqa: PLC0415 - slow to load

    until = now() + seconds
    parts: list[bytes] = []
    size = 0
    try:
        with client.stream("POST", address, json=asked) as answer:
            for part in answer.iter_bytes():
                parts.append(part)
                size += len(part)
                if size > most:
                    raise AnswerTooLarge
                if now() > until:
                    raise AnswerTooSlow
    except httpx2.TimeoutException as error:
        raise AnswerTooSlow from error
    return Reply(
        status=answer.status_code,
        headers=dict(answer.headers),
        body=key.hide_in(b"".join(parts)),
    )
