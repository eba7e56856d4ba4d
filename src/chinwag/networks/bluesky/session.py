"""Signing in to an account with an app password, and staying signed in.

`com.atproto.server.createSession` returns a token for minutes and one to renew it. Servers limit
signing in most (30 times in five minutes, 300 a day), so a session is made once and renewed.
"""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable, Mapping
from types import TracebackType
from typing import Any, Self

from chinwag.errors import InputError, NetworkError, Refused
from chinwag.http.bodies import decode_json
from chinwag.http.client import Answer, Client
from chinwag.http.clock import Clock
from chinwag.http.server_names import find_host
from chinwag.model import Secret

_CREATE = "/xrpc/com.atproto.server.createSession"
_REFRESH = "/xrpc/com.atproto.server.refreshSession"
_SOON = 60.0  # seconds before its end a token counts as ended


class Session:
    """An account on a server: `async with Session("https://bsky.social", handle, password, clock)`.

    `did` is the account's, known once something has been asked. Raises InputError where handle or
    password is missing, and for a password that would travel unencrypted.
    """

    def __init__(
        self, server: str, handle: str, password: Secret, clock: Clock, *, operator: str = ""
    ) -> None:
        if not handle or not password:
            raise InputError(
                "Nobody is signed in to Bluesky: the handle or the app password is missing.",
                code="bluesky-account-missing",
            )
        self._handle = handle.strip().removeprefix("@")
        self._password = password
        self._clock = clock
        self._client = Client(server, operator=operator, bearer=password)  # it refuses plain http
        self._client.bearer = Secret()
        self._renewing = Secret()
        self._ends = 0.0
        self.server = self._client.server
        self.did = ""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._client.close()

    @property
    def handle(self) -> str:
        """The account's handle, as the server said last."""
        return self._handle

    async def sign_in(self) -> None:
        """Sign in once, and renew a session that ends soon.

        Raises NetworkError, final where handle or password are wrong.
        """
        if not self.did:
            await self._create()
        elif self._clock.now().timestamp() > self._ends - _SOON:
            await self._renew()

    async def get(self, path: str, params: Mapping[str, str | int] | None = None) -> Any:
        """Return the JSON that answers a GET request as this account. Raises NetworkError."""
        return await self._ask(lambda: self._client.get(self._clock, path, params))

    async def send(self, path: str, json: Any) -> Any:
        """Send JSON as this account, and return the answer's. Raises NetworkError."""
        return await self._ask(lambda: self._client.send(self._clock, "POST", path, json=json))

    async def upload(self, path: str, data: bytes, media_type: str) -> Any:
        """Send bytes as this account, and return the answer's JSON. Raises NetworkError."""
        headers = {"Content-Type": media_type}
        return await self._ask(
            lambda: self._client.send(self._clock, "POST", path, content=data, headers=headers)
        )

    async def _ask(self, asking: Callable[[], Awaitable[Answer]]) -> Any:
        await self.sign_in()
        try:
            answer = await asking()
        except Refused as refused:
            if not _is_ended(refused):
                raise
            await self._renew()
            answer = await asking()
        return answer.read_json() if answer.body else {}

    async def _create(self) -> None:
        self._client.bearer = Secret()
        said = {"identifier": self._handle, "password": self._password.reveal()}
        try:
            answer = await self._client.send(self._clock, "POST", _CREATE, json=said)
        except Refused as refused:
            if refused.status in (400, 401):
                raise Refused(
                    "{host} does not let {handle} sign in: {said}",
                    code="bluesky-sign-in-refused",
                    status=refused.status,
                    is_final=True,
                    host=find_host(self.server),
                    handle=self._handle,
                    said=self._take_out(str(refused)),
                ) from None
            raise
        self._take(answer.read_json())

    async def _renew(self) -> None:
        """Renew the session; sign in again where that is no longer possible."""
        self._client.bearer = self._renewing
        try:
            answer = await self._client.send(self._clock, "POST", _REFRESH)
        except Refused as refused:
            if refused.status not in (400, 401):
                raise
            await self._create()
            return
        self._take(answer.read_json())

    def _take(self, said: Any) -> None:
        try:
            access, renewing = str(said["accessJwt"]), str(said["refreshJwt"])
            self.did, self._handle = str(said["did"]), str(said["handle"])
        except (KeyError, TypeError):
            raise NetworkError(
                "{host} answered with no session.",
                code="bluesky-session-missing",
                host=find_host(self.server),
            ) from None
        self._client.bearer, self._renewing = Secret(access), Secret(renewing)
        self._ends = _read_end(access)

    def _take_out(self, said: str) -> str:
        return said.replace(self._password.reveal(), "***")


def _is_ended(refused: Refused) -> bool:
    """Return whether a refusal means that the token has ended: 400 ExpiredToken, or 401."""
    return refused.status == 401 or (refused.status == 400 and "expired" in refused.said.lower())


def _read_end(token: str) -> float:
    """Return when a token ends (JWT, RFC 7519: `exp`), in seconds since 1970; far off if unsaid."""
    part = token.split(".")[1] if token.count(".") == 2 else ""
    try:
        claims = decode_json(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        return float(claims["exp"])
    except (ValueError, KeyError, TypeError):
        return float("inf")
