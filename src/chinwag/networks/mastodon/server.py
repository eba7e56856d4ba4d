"""One server of the fediverse: asking it, and what its routes share.

Requests keep to the part of Mastodon's API that Pleroma, Akkoma, GoToSocial and the Misskey family
answer as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from chinwag.errors import NetworkError, Refused
from chinwag.http.client import Client, make_bearer
from chinwag.http.clock import Clock
from chinwag.http.limits import Limits
from chinwag.http.server_names import find_host, name_server
from chinwag.model import RawPost, Secret
from chinwag.networks.contract import Watch, covers
from chinwag.networks.mastodon.counts import ReplyCounts
from chinwag.records.json_access import as_dict, as_dicts, as_text, dig

PAGE = 40  # statuses; the most that Mastodon sends at once
PUBLIC = ("public",)
REACHED = ("public", "unlisted")  # a reply that was found by following threads may also be unlisted

Status = dict[str, Any]


class MastodonServer:
    """One server. `address` is its name or address, `token` a user's access token for it.

    `operator` is who runs this Chinwag, an address that it is told. Raises InputError for
    an invalid address, and for a token that would travel unencrypted.
    """

    def __init__(self, address: str, *, token: Secret | None = None, operator: str = "") -> None:
        self.address = name_server(address)
        self.host = find_host(self.address)
        self.token = token or Secret()
        self.listening = Listening()
        self.counts = ReplyCounts()
        self.operator = operator
        self._limits = Limits()

    def open_client(self) -> Client:
        """Return a client for the server, which the caller closes."""
        return Client(self.address, operator=self.operator, bearer=self.token, limits=self._limits)

    def make_headers(self) -> dict[str, str]:
        """Return the headers that show the token, for a web socket."""
        return {"Authorization": make_bearer(self.token)} if self.token else {}

    def name_alias(self, number: str) -> str:
        """Return the alias of a post that has this number here."""
        return f"mastodon:{self.host}:{number}"

    def find_number(self, alias: str) -> str:
        """Return a post's number here, "" where the alias is not one of this server."""
        prefix = self.name_alias("")
        return alias.removeprefix(prefix) if alias.startswith(prefix) else ""

    def make_raw(self, way: str, watch: Watch, **payload: Any) -> RawPost:
        """Return a record of what the server said; `way` is how it came: "stream", "poll" ..."""
        return RawPost(
            route=f"mastodon:{way}",
            address=self.address,
            at=watch.now(),
            payload={"server": self.host, **payload},
        )


class Listening:
    """Whether the stream of a server runs and what it has brought, for the polling to know."""

    def __init__(self) -> None:
        self.is_open = False
        self.is_silent = False  # polling found posts that the stream did not bring
        self.opening = 0  # how often it was opened
        self.heard: set[str] = set()

    def begin(self) -> None:
        """Note that a stream was opened."""
        self.is_open, self.is_silent = True, False
        self.opening += 1

    def end(self) -> None:
        """Note that it has ended."""
        self.is_open = False


async def read_tag(client: Client, clock: Clock, tag: str, **bound: str) -> list[Status]:
    """Return a page of a hashtag's public statuses, newest first as a rule.

    `bound` is max_id (older than), min_id (the page right after) or neither. Raises NetworkError.
    """
    path = f"/api/v1/timelines/tag/{quote(tag, safe='')}"
    return _list_statuses(
        client, (await client.get(clock, path, {"limit": PAGE, **bound})).read_json()
    )


async def read_replies(client: Client, clock: Clock, number: str) -> list[Status]:
    """Return the replies to a status, and the replies to those, as far as the server shows them."""
    answer = await client.get(clock, f"/api/v1/statuses/{quote(number, safe='')}/context")
    value = answer.read_json()
    return _list_statuses(client, dig(value, "descendants") if isinstance(value, dict) else value)


async def read_status(client: Client, clock: Clock, number: str) -> Status | Refused:
    """Return a status, or the refusal where the server does not show it any more."""
    try:
        answer = await client.get(clock, f"/api/v1/statuses/{quote(number, safe='')}")
    except Refused as refused:
        if refused.is_final:
            return refused
        raise
    value = answer.read_json()
    if not isinstance(value, dict):
        raise NetworkError(
            "{host} answered with something other than a post.",
            code="mastodon-answer-no-post",
            host=find_host(client.server),
        )
    return value


async def read_history(client: Client, clock: Clock, number: str) -> list[Status]:
    """Return the versions of a status; nothing where the server keeps no history."""
    try:
        answer = await client.get(clock, f"/api/v1/statuses/{quote(number, safe='')}/history")
    except Refused as refused:
        if refused.is_final:
            return []
        raise
    return list(filter(None, as_dicts(answer.read_json())))


async def read_instance(client: Client, clock: Clock) -> Mapping[str, Any]:
    """Return how a server describes itself (v2, else v1); nothing where it does not."""
    for path in ("/api/v2/instance", "/api/v1/instance"):
        try:
            answer = await client.get(clock, path)
        except Refused as refused:
            if not refused.is_final:
                raise
            continue
        if described := as_dict(answer.read_json()):
            return described
    return {}


def name_number(status: Status) -> str:
    """Return a status's number at the server that answered."""
    return as_text(status.get("id"))


def read_moment(status: Status) -> datetime | None:
    """Return when a status was posted; None where it does not say so in a readable way."""
    try:
        moment = datetime.fromisoformat(as_text(status.get("created_at")))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def is_shown(status: Status, allowed: tuple[str, ...]) -> bool:
    """Return whether a status may be kept. One without a visibility is public."""
    visibility = status.get("visibility")
    return visibility is None or visibility in allowed


def is_in_time(status: Status, watch: Watch) -> bool:
    """Return whether a status is of the chat's time, or has no time."""
    moment = read_moment(status)
    return moment is None or covers(watch, moment)


def _list_statuses(client: Client, value: Any) -> list[Status]:
    if not isinstance(value, list):
        raise NetworkError(
            "{host} answered with something other than a list of posts.",
            code="mastodon-answer-no-list",
            host=find_host(client.server),
        )
    return list(filter(name_number, as_dicts(value)))
