"""One server of the fediverse: how to ask it, and what its routes tell each other.

What is asked here keeps to the part of Mastodon's API that Pleroma, Akkoma, GoToSocial and the
Misskey family answer as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from chinwag.errors import NetworkError, Refused
from chinwag.model import RawPost, Secret
from chinwag.networks.contract import Clock, Watch
from chinwag.networks.http import Client, find_host, make_bearer, name_server
from chinwag.networks.limits import Limits

PAGE = 40  # statuses; the most that Mastodon gives at once
PUBLIC = ("public",)
REACHED = ("public", "unlisted")  # what may be kept of a reply that was followed

Status = dict[str, Any]


class MastodonServer:
    """One server. `address` is its name or address, `token` a user's access token for it.

    `contact` is where its keepers reach whoever runs this Chinwag. Raises InputError for what is
    no server, or a token that would travel unencrypted.
    """

    def __init__(self, address: str, *, token: Secret | None = None, contact: str = "") -> None:
        self.address = name_server(address)
        self.host = find_host(self.address)
        self.token = token or Secret()
        self.listening = Listening()
        self.contact = contact
        self._limits = Limits()

    def open_client(self) -> Client:
        """Give a client for the server, to be closed by whoever asked for it."""
        return Client(self.address, contact=self.contact, bearer=self.token, limits=self._limits)

    def make_headers(self) -> dict[str, str]:
        """Give the headers that show the token, for a connection that is no plain request."""
        return {"Authorization": make_bearer(self.token)} if self.token else {}

    def name_alias(self, number: str) -> str:
        """Give the alias of a post that has this number here."""
        return f"mastodon:{self.host}:{number}"

    def find_number(self, alias: str) -> str:
        """Give the number here of a post by its alias, "" where it is no alias of this server's."""
        prefix = self.name_alias("")
        return alias.removeprefix(prefix) if alias.startswith(prefix) else ""

    def make_raw(self, way: str, watch: Watch, **payload: Any) -> RawPost:
        """Give what the server said as a record; `way` is how it came: "stream", "poll" ..."""
        return RawPost(
            route=f"mastodon:{way}",
            address=self.address,
            at=watch.now(),
            payload={"server": self.host, **payload},
        )


class Listening:
    """What the stream of a server tells its polling: whether it runs, and what it has brought."""

    def __init__(self) -> None:
        self.is_open = False
        self.is_silent = False  # polling found what the stream did not bring
        self.opening = 0  # how often it was opened
        self.heard: set[str] = set()

    def begin(self) -> None:
        """Note that a stream runs."""
        self.is_open, self.is_silent = True, False
        self.opening += 1

    def end(self) -> None:
        """Note that it runs no more."""
        self.is_open = False


async def read_tag(client: Client, clock: Clock, tag: str, **bound: str) -> list[Status]:
    """Give a page of a hashtag's public statuses, newest first as a rule.

    `bound` is max_id (older than), min_id (the page right after) or neither. Raises NetworkError.
    """
    path = f"/api/v1/timelines/tag/{quote(tag, safe='')}"
    return _list_statuses(
        client, (await client.get(clock, path, {"limit": PAGE, **bound})).read_json()
    )


async def read_replies(client: Client, clock: Clock, number: str) -> list[Status]:
    """Give the replies to a status, and those to them, as far as the server tells."""
    answer = await client.get(clock, f"/api/v1/statuses/{quote(number, safe='')}/context")
    value = answer.read_json()
    return _list_statuses(client, value.get("descendants") if isinstance(value, dict) else value)


async def read_status(client: Client, clock: Clock, number: str) -> Status | Refused:
    """Give a status as it stands, or the refusal where it is not there for us any more."""
    try:
        answer = await client.get(clock, f"/api/v1/statuses/{quote(number, safe='')}")
    except Refused as refused:
        if refused.is_final:
            return refused
        raise
    value = answer.read_json()
    if not isinstance(value, dict):
        raise NetworkError(
            "{host} answered what is no post.",
            code="mastodon-answer-no-post",
            host=find_host(client.server),
        )
    return value


async def read_history(client: Client, clock: Clock, number: str) -> list[Status]:
    """Give what a status said, version by version; nothing where the server keeps no history."""
    try:
        answer = await client.get(clock, f"/api/v1/statuses/{quote(number, safe='')}/history")
        value = answer.read_json()
    except Refused as refused:
        if refused.is_final:
            return []
        raise
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


async def read_instance(client: Client, clock: Clock) -> Mapping[str, Any]:
    """Give what a server says of itself (v2, else v1); nothing where it says neither."""
    for path in ("/api/v2/instance", "/api/v1/instance"):
        try:
            value = (await client.get(clock, path)).read_json()
        except Refused as refused:
            if not refused.is_final:
                raise
            continue
        if isinstance(value, dict):
            return value
    return {}


def look_up(value: Any, *path: str) -> Any:
    """Give what stands at a path in an answer, None where nothing does."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def name_number(status: Status) -> str:
    """Give a status's number at the server that answered."""
    number = status.get("id")
    return str(number) if isinstance(number, str | int) else ""


def read_moment(status: Status) -> datetime | None:
    """Give when a status was posted; None where it does not say so in a readable way."""
    said = status.get("created_at")
    try:
        moment = datetime.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None


def is_shown(status: Status, allowed: tuple[str, ...]) -> bool:
    """Say whether a status may be kept. A server that names no visibility shows public ones."""
    visibility = status.get("visibility")
    return visibility is None or visibility in allowed


def is_in_time(status: Status, watch: Watch) -> bool:
    """Say whether a status lies in the time that is wanted, or tells no time."""
    moment = read_moment(status)
    if moment is None:
        return True
    return watch.since <= moment and (watch.until is None or moment <= watch.until)


def is_over(watch: Watch) -> bool:
    """Say whether nothing new can come that is wanted."""
    return watch.until is not None and watch.now() > watch.until


def _list_statuses(client: Client, value: Any) -> list[Status]:
    if not isinstance(value, list):
        raise NetworkError(
            "{host} answered what is no list of posts.",
            code="mastodon-answer-no-list",
            host=find_host(client.server),
        )
    return [one for one in value if isinstance(one, dict) and name_number(one)]
