"""Where a WordPress has its REST API, asking it, and what its refusals mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from chinwag.errors import InputError, NetworkError, Refused
from chinwag.http.client import Answer, Client
from chinwag.http.clock import Clock
from chinwag.http.login import Login
from chinwag.http.server_names import find_host
from chinwag.model import Secret

_INSIDE = ("/wp-json", "/wp-admin", "/wp-login.php", "/index.php")  # of an address as copied
_GONE = frozenset({404, 410})


class Api:
    """The REST API of one WordPress. `base` is its address, with a path where it has one."""

    def __init__(self, client: Client, clock: Clock, path: str) -> None:
        self.base = f"{client.server}{path}"
        self.host = find_host(client.server)
        self._client = client
        self._clock = clock
        self._path = path
        self._has_plain_links: bool | None = None

    async def find(self) -> Mapping[str, Any]:
        """Find the API, with pretty links or plain ones; return what it says of itself.

        Raises NetworkError where no WordPress with an API is at the address.
        """
        found: NetworkError | None = None
        for is_plain in (False, True):
            self._has_plain_links = is_plain
            try:
                answer = await self._client.get(self._clock, *self._write("/", {}))
                told = answer.read_json()
            except NetworkError as error:
                if not _is_no_api(error):
                    raise
                found = error
                continue
            if isinstance(told, dict) and "wp/v2" in told.get("namespaces", ()):
                return told
        self._has_plain_links = None
        said = str(found.fields.get("said", "")) if found else ""
        raise NetworkError(
            "No REST interface of a WordPress answers at {address}; what came was: {said}.",
            code="wordpress-not-found",
            is_final=True,
            address=self.base,
            said=said or "something else",
        )

    async def get(self, path: str, **query: str | int) -> Any:
        """Return the JSON of an answer. Raises NetworkError, in WordPress's own words."""
        return (await self._send("GET", path, query)).read_json()

    async def count(self, path: str, **query: str | int) -> int:
        """Return how long a whole list is. Raises NetworkError where WordPress does not say."""
        answer = await self._send("GET", path, query)
        told = answer.headers.get("x-wp-total", "")
        if not (told.isascii() and told.isdecimal()):
            raise _make_unusable(answer)
        return int(told)

    async def find_one(self, path: str, **query: str | int) -> Any:
        """Return the JSON of an answer, None where there is no such thing."""
        try:
            return await self.get(path, **query)
        except Refused as refused:
            if refused.status in _GONE:
                return None
            raise

    async def post(self, path: str, value: Mapping[str, Any]) -> dict[str, Any]:
        """Send JSON; return what was made or changed, with its text as its editor has it."""
        return _read_object(await self._send("POST", path, {"context": "edit"}, json=value))

    async def post_file(self, path: str, name: str, kind: str, data: bytes) -> dict[str, Any]:
        """Send a file; return what was made of it."""
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Type": kind}
        return _read_object(await self._send("POST", path, {}, content=data, headers=headers))

    async def delete(self, path: str) -> None:
        """Delete something for good; it may be gone already."""
        try:
            await self._send("DELETE", path, {"force": "true"})
        except Refused as refused:
            if refused.status not in _GONE:
                raise

    async def _send(
        self, method: str, path: str, query: Mapping[str, str | int], **body: Any
    ) -> Answer:
        if self._has_plain_links is None:
            await self.find()
        where, params = self._write(f"/wp/v2{path}", query)
        try:
            if method == "GET":
                return await self._client.get(self._clock, where, params)
            return await self._client.send(self._clock, method, where, params=params, **body)
        except Refused as refused:
            raise explain(refused, self.host) from None

    def _write(
        self, route: str, query: Mapping[str, str | int]
    ) -> tuple[str, dict[str, str | int]]:
        if self._has_plain_links:
            return f"{self._path}/", {"rest_route": route, **query}
        return f"{self._path}/wp-json{route}", dict(query)


def open_client(address: str, user: str, password: Secret, operator: str) -> tuple[Client, str]:
    """Return a client for the server of a WordPress, and the path where that lies.

    Raises InputError where a setting is missing or not valid.
    """
    given = (("address", address.strip()), ("user", user.strip()), ("password", password))
    if missing := [f"wordpress_{name}" for name, value in given if not value]:
        raise InputError(
            "{missing} must be set.", code="wordpress-not-set", missing=" and ".join(missing)
        )
    scheme, divider, rest = address.strip().rpartition("://")
    host, _, path = rest.partition("/")
    path = f"/{path}".rstrip("/")
    for inside in _INSIDE:
        path = path.partition(inside)[0]
    login = Login(user=user.strip(), password=password)
    server = f"{scheme}{divider}{host}"
    client = Client(server, operator=operator, login=login, stays=True, patience=60.0)
    login.make_header()
    return client, path.rstrip("/")


def explain(refused: Refused, host: str) -> Refused:
    """Return a refusal in words for somebody who publishes, or as it is where there are none."""
    make = _MEANING.get(str(refused.told.get("code")))
    if make is None and refused.status in (401, 403):
        make = _forbid
    if make is None:
        return refused
    meant = make(refused.status, host, refused.said or "it said nothing")
    meant.told = refused.told
    return meant


def _refuse_sign_in(status: int, host: str, said: str) -> Refused:
    return Refused(
        "{host} refuses the user or the application password: {said}.",
        code="wordpress-sign-in-refused",
        status=status,
        is_final=True,
        host=host,
        said=said,
    )


def _miss_sign_in(status: int, host: str, said: str) -> Refused:
    return Refused(
        "{host} answers as if nobody had signed in: {said}.",
        code="wordpress-sign-in-unseen",
        status=status,
        is_final=True,
        host=host,
        said=said,
    )


def _refuse_publishing(status: int, host: str, said: str) -> Refused:
    return Refused(
        "The user may not make posts public on {host}: {said}.",
        code="wordpress-may-not-publish",
        status=status,
        is_final=True,
        host=host,
        said=said,
    )


def _refuse_writing(status: int, host: str, said: str) -> Refused:
    return Refused(
        "The user may not write that on {host}: {said}.",
        code="wordpress-may-not-write",
        status=status,
        is_final=True,
        host=host,
        said=said,
    )


def _forbid(status: int, host: str, said: str) -> Refused:
    return Refused(
        "{host} forbids it: {said}.",
        code="wordpress-forbids",
        status=status,
        is_final=True,
        host=host,
        said=said,
    )


_MEANING: Mapping[str, Callable[[int, str, str], Refused]] = {
    **dict.fromkeys(
        (
            "incorrect_password",
            "invalid_username",
            "invalid_email",
            "invalid_application_password",
            "application_passwords_disabled",
            "application_passwords_disabled_for_user",
        ),
        _refuse_sign_in,
    ),
    "rest_not_logged_in": _miss_sign_in,
    "rest_cannot_publish": _refuse_publishing,
    "rest_cannot_create": _refuse_writing,
    "rest_cannot_edit": _refuse_writing,
}


def _is_no_api(error: NetworkError) -> bool:
    """Return whether an error means that no API is there, and not that it fails for now."""
    return error.code == "answer-unreadable" or (isinstance(error, Refused) and error.is_final)


def _read_object(answer: Answer) -> dict[str, Any]:
    value = answer.read_json()
    if not isinstance(value, dict) or "id" not in value:
        raise _make_unusable(answer)
    return value


def _make_unusable(answer: Answer) -> NetworkError:
    return NetworkError(
        "{host} does not answer as a WordPress does.",
        code="wordpress-answer-unusable",
        host=find_host(answer.address),
    )
