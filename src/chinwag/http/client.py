"""One polite HTTP client for everybody who asks a server.

It says who is asking, waits as long as servers tell it to, and reads no more than it can hold.
Whatever goes wrong becomes a NetworkError in a plain sentence. A client speaks to one server. Its
token goes to that server alone, in a header alone: it is in no address, message, log or traceback.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from importlib.metadata import version
from types import TracebackType
from typing import Any, Self

import httpx2
import msgspec

from chinwag.errors import InputError, NetworkError, Refused
from chinwag.http.addresses import NAMES, Names
from chinwag.http.bodies import clean_words, decode_json, describe_body, read_object
from chinwag.http.clock import Clock
from chinwag.http.faults import word_fault
from chinwag.http.limits import Limits, find_wait
from chinwag.http.login import Login
from chinwag.http.server_names import find_host, is_loopback, name_origin, name_server
from chinwag.http.transport import JudgedTransport
from chinwag.model import Secret

LARGEST_ANSWER = 16 << 20  # bytes, unpacked; a page of 40 posts has about 200 kB
LONGEST_LINE = 2 << 20  # bytes of a line of a stream
LONGEST_PAUSE = 60.0  # seconds; a longer wait that a server asks for is an error

MOST_REDIRECTS = 3

_log = logging.getLogger(__name__)
_SILENCE = 90.0  # seconds; a stream that is alive sends at least a comment every 15 or 30
_FINAL = frozenset({400, 401, 402, 403, 404, 405, 410, 413, 415, 422})


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A server's answer with a status below 400. The names of `headers` are in lower case."""

    address: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    def read_json(self) -> Any:
        """Return the body as JSON. Raises NetworkError for anything else, such as an HTML page."""
        try:
            return decode_json(self.body)
        except ValueError:
            raise NetworkError(
                "{host} gave an answer that cannot be read: {said}.",
                code="answer-unreadable",
                host=find_host(self.address),
                said=describe_body(self.headers, self.body) or "nothing",
            ) from None


class Client:
    """Asks one server, politely.

    `server` is its address, or its name alone ("mastodon.example" means https). `operator` is who
    runs this Chinwag, an address that the server is told. `bearer` may be changed while the
    client is open. Clients of one server may share `limits`. `patience` is how many seconds an
    answer may take, from its first byte to its last. `login` is a user's name and password, in the
    place of a token. A client that `stays` follows no redirect to another server. `names` tells
    where hosts lead. Raises InputError
    for an invalid address, and for a token or password that would travel unencrypted.
    """

    def __init__(
        self,
        server: str,
        *,
        operator: str = "",
        bearer: Secret | None = None,
        login: Login | None = None,
        stays: bool = False,
        limits: Limits | None = None,
        patience: float = 30.0,
        names: Names = NAMES,
    ) -> None:
        self.server = name_server(server)
        self.bearer = bearer or Secret()
        self._login = login
        self._stays = stays
        is_open = self.server.startswith("http:") and not is_loopback(self.server)
        if (self.bearer or login) and is_open:
            raise InputError(
                "A token for {server} would travel unencrypted.",
                code="token-unencrypted",
                server=self.server,
            )
        self._patience = patience
        self._limits = limits or Limits()
        self._client = httpx2.AsyncClient(
            base_url=self.server,
            headers={"User-Agent": name_agent(operator), "Accept": "application/json"},
            timeout=httpx2.Timeout(patience, connect=min(patience, 15.0)),
            transport=JudgedTransport(
                self.server, names, httpx2.Limits(max_connections=8, keepalive_expiry=30.0)
            ),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def get(
        self,
        clock: Clock,
        path: str,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Return the answer to a GET request, without our token where the server repeats it.

        Redirects to another server are followed without the token, and none into a private network
        or, where the client stays, to any other server.
        Raises Refused for a status from 400 on, NetworkError where the server cannot be reached,
        is too slow or answers too much.
        """
        answer = await self._ask(clock, "GET", path, params=params, headers=headers)
        return msgspec.structs.replace(answer, body=self._hide_in(answer.body))

    async def send(
        self,
        clock: Clock,
        method: str,
        path: str,
        *,
        params: Mapping[str, str | int] | None = None,
        json: Any = None,
        content: bytes | None = None,
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
        fields: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send JSON, bytes, or a form with files (name: file name, bytes, type); return the answer.

        Raises the same errors as `get`.
        """
        body = {"json": json, "content": content, "files": files, "data": fields}
        given = {name: value for name, value in body.items() if value is not None}
        return await self._ask(clock, method, path, params=params, headers=headers, **given)

    @asynccontextmanager
    async def open_stream(
        self, clock: Clock, path: str, params: Mapping[str, str | int] | None = None
    ) -> AsyncIterator[AsyncIterator[str]]:
        """Open an answer that goes on, as lines without their ends, as they come.

        The lines end when the server ends them. Raises Refused, and NetworkError where the
        connection breaks, or nothing comes for 90 seconds.
        """
        async with self._open(
            clock, "GET", path, params=params, timeout=httpx2.Timeout(15.0, read=_SILENCE)
        ) as response:
            if response.status_code >= 400:
                raise self._refuse(response, await self._read(response))
            yield _split_lines(response, self.bearer)

    async def _ask(self, clock: Clock, method: str, path: str, **request: Any) -> Answer:
        try:
            async with (
                asyncio.timeout(self._patience + LONGEST_PAUSE),
                self._open(clock, method, path, **request) as response,
                asyncio.timeout(self._patience),
            ):
                body = await self._read(response)
        except TimeoutError:
            raise NetworkError(
                "{host} had not finished its answer after {seconds:g} s.",
                code="answer-too-slow",
                host=find_host(self.server),
                seconds=self._patience,
            ) from None
        if response.status_code >= 400:
            raise self._refuse(response, body)
        return Answer(
            address=str(response.url),
            status=response.status_code,
            headers=dict(response.headers),
            body=body,
        )

    @asynccontextmanager
    async def _open(
        self, clock: Clock, method: str, path: str, **request: Any
    ) -> AsyncIterator[httpx2.Response]:
        """Wait until the server may be asked, send a request, and open the answer."""
        await self._wait_for_leave(clock, method)
        headers = dict(request.pop("headers", None) or {})
        if self._login:
            headers["Authorization"] = self._login.make_header()
        elif self.bearer:
            headers["Authorization"] = make_bearer(self.bearer)
        try:
            asked = self._client.build_request(method, path, headers=headers, **request)
            response = await self._send(asked)
            self._limits.note(method, response.headers, clock.now())
            try:
                yield response
            finally:
                await response.aclose()
        except httpx2.HTTPError as failure:
            raise _make_failure(failure, find_host(self.server)) from None
        except httpx2.InvalidURL:
            raise InputError(
                "{address} is not an address.",
                code="address-invalid",
                address=f"{self.server}{path}",
            ) from None

    async def _send(self, request: httpx2.Request) -> httpx2.Response:
        """Return the answer to a request, its body unread; a GET request follows redirects."""
        for _ in range(MOST_REDIRECTS + 1):
            response = await self._client.send(request, stream=True)
            if response.next_request is None or not (self._stays or request.method == "GET"):
                return response
            await response.aclose()
            self._refuse_leaving(request, response.next_request)
            request = response.next_request
        raise NetworkError(
            "{host} redirects from one address to another without end.",
            code="redirects-without-end",
            host=find_host(self.server),
        )

    def _refuse_leaving(self, asked: httpx2.Request, following: httpx2.Request) -> None:
        """Raise NetworkError where this client stays, and a redirect leads elsewhere."""
        is_same = name_origin(following.url) == name_origin(asked.url)
        if self._stays and not (is_same and asked.method == following.method):
            raise NetworkError(
                "{host} redirects to {target}.",
                code="server-sends-elsewhere",
                is_final=True,
                host=find_host(self.server),
                target=clean_words(str(following.url.copy_with(query=None, fragment=None))),
            )

    def _hide_in(self, body: bytes) -> bytes:
        body = self._login.hide_in(body) if self._login else body
        return self.bearer.hide_in(body)

    async def _wait_for_leave(self, clock: Clock, method: str) -> None:
        """Wait until the server may be asked. Raises NetworkError if that would take long."""
        seconds = self._limits.find_wait(method, clock.now())
        if seconds > LONGEST_PAUSE:
            raise NetworkError(
                "{host} allows no more requests for {seconds:.0f} s.",
                code="rate-limit-reached",
                wait=seconds,
                host=find_host(self.server),
                seconds=seconds,
            )
        if seconds:
            _log.info("Waiting %.1f s for the rate limit of %s.", seconds, find_host(self.server))
            await clock.pause(seconds)

    async def _read(self, response: httpx2.Response) -> bytes:
        parts: list[bytes] = []
        size = 0
        async for part in response.aiter_bytes():
            parts.append(part)
            size += len(part)
            if size > LARGEST_ANSWER:
                raise NetworkError(
                    "{host} answered with more than {megabytes} MB.",
                    code="answer-too-large",
                    host=find_host(self.server),
                    megabytes=LARGEST_ANSWER >> 20,
                )
        return b"".join(parts)

    def _refuse(self, response: httpx2.Response, body: bytes) -> Refused:
        """Return the error for a refusal: the server's own words, without our token."""
        status, reason = response.status_code, response.reason_phrase
        body = self.bearer.hide_parts_in(self._hide_in(body))
        said = describe_body(response.headers, body)
        now = self._limits.noted_at
        wait = None if status in _FINAL else find_wait(response.headers, now)
        refused = _make_refusal(
            find_host(self.server), f"{status} {reason}".rstrip(), said, status=status, wait=wait
        )
        refused.told = read_object(body)
        return refused


def _make_refusal(host: str, answer: str, said: str, *, status: int, wait: float | None) -> Refused:
    is_final = status in _FINAL
    if not said:
        return Refused(
            "{host} refused with {answer}.",
            code="server-refused-without-reason",
            status=status,
            wait=wait,
            is_final=is_final,
            host=host,
            answer=answer,
        )
    return Refused(
        "{host} refused with {answer}. It said: {said}.",
        code="server-refused",
        status=status,
        wait=wait,
        is_final=is_final,
        host=host,
        answer=answer,
        said=said,
    )


def _make_failure(failure: httpx2.HTTPError, host: str) -> NetworkError:
    """Return the error for a request that got no answer."""
    if isinstance(failure, httpx2.ConnectTimeout | httpx2.PoolTimeout):
        return _make_unreached("no connection within the time allowed", host)
    if isinstance(failure, httpx2.TimeoutException):
        return NetworkError("{host} stopped answering.", code="server-stopped-answering", host=host)
    if isinstance(failure, httpx2.ConnectError):
        return _make_unreached(
            word_fault(failure) or clean_words(str(failure)) or "no connection", host
        )
    if isinstance(failure, httpx2.DecodingError):
        return NetworkError(
            "{host} answered with something that cannot be unpacked.",
            code="answer-not-unpacked",
            host=host,
        )
    return NetworkError(
        "The connection to {host} broke: {fault}.",
        code="connection-broke",
        host=host,
        fault=clean_words(str(failure)) or type(failure).__name__,
    )


def _make_unreached(fault: str, host: str) -> NetworkError:
    return NetworkError(
        "{host} cannot be reached: {fault}.", code="server-not-reached", host=host, fault=fault
    )


async def _split_lines(response: httpx2.Response, token: Secret) -> AsyncIterator[str]:
    """Yield the lines of an answer as they come; text after the last line end is no line."""
    held: list[bytes] = []  # the parts of a line that has not ended
    size = 0
    async for part in response.aiter_bytes():
        first, *ends = part.split(b"\n")
        held.append(first)
        size += len(first)
        for following in ends:
            line = b"".join(held).removesuffix(b"\r")
            yield token.hide_in(line).decode("utf-8", "replace")
            held, size = [following], len(following)
        if size > LONGEST_LINE:
            raise NetworkError(
                "{host} sent a line of more than {megabytes} MB.",
                code="line-too-long",
                host=find_host(str(response.url)),
                megabytes=LONGEST_LINE >> 20,
            )


def make_bearer(token: Secret) -> str:
    """Return the header that shows a token. Raises InputError for a token that no header can hold.

    Otherwise the library below would refuse it with a message that holds the whole token.
    """
    if not re.fullmatch(r"[\x21-\x7e]+", token.reveal()):
        raise InputError(
            "A token has characters in it that no token has, such as spaces.", code="token-invalid"
        )
    return f"Bearer {token.reveal()}"


def name_agent(operator: str = "") -> str:
    """Return the user agent: Chinwag, and where to reach the person who runs it."""
    shown = "".join(char for char in operator if char.isascii() and char.isprintable()).strip()
    name = f"Chinwag/{version('chinwag')}"
    return f"{name} (+{shown})" if shown else name


def is_status(error: NetworkError, statuses: Collection[int]) -> bool:
    """Return whether an error is a refusal with one of these statuses."""
    return isinstance(error, Refused) and error.status in statuses
