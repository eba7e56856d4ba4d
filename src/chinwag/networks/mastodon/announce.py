"""Posting a host's announcements on Mastodon, each once.

Mastodon remembers an `Idempotency-Key` for an hour and answers the same key with the same post: for
an hour a retry is safe after an answer was lost.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote

import msgspec

from chinwag.errors import InputError, NetworkError, Refused
from chinwag.http.client import Client
from chinwag.http.clock import Clock
from chinwag.networks.contract import Announced, Announcement, Picture
from chinwag.networks.mastodon.server import (
    MastodonServer,
    Status,
    name_number,
    read_instance,
    read_moment,
    read_status,
)
from chinwag.records.json_access import dig
from chinwag.text.html import read_html

EARLIEST = timedelta(minutes=5, seconds=30)  # Mastodon schedules from 5 minutes ahead on
FRESH = timedelta(seconds=5)  # a post that is older than its answer by more was there before
TRIES = 30  # requests for a picture, a second apart, until it is ready

_URL = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)
_MENTION = re.compile(r"(?<![\w/])(@\w(?:[\w.-]*\w)?)@[\w.-]+\w")
_SUFFIXES = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp"}
_WAITING = "scheduled/"


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What a server accepts: lengths in characters, sizes in bytes. The defaults are Mastodon's."""

    text: int = 500
    url: int = 23  # the length of every address
    description: int = 1500
    picture: int = 16 << 20
    types: tuple[str, ...] = tuple(_SUFFIXES)


class MastodonAnnouncer:
    """Posts publicly with the account of the server's token.

    `open_announcer` makes one, and asks the server for its rules.
    """

    network = "mastodon"

    def __init__(self, server: MastodonServer, clock: Clock, rules: Rules) -> None:
        self._server = server
        self._clock = clock
        self._rules = rules
        self._numbers: dict[str, str] = {}  # id of a post: its number at the server
        self._pictures: dict[Picture, str] = {}  # what was uploaded already
        self._announced: set[str] = set()

    def check(self, announcement: Announcement) -> str:
        """Return what would go out. Raises InputError for what the server would not accept."""
        length = count_characters(announcement.text, self._rules.url)
        if not announcement.text.strip():
            raise InputError("There is nothing to announce.", code="announcement-empty")
        if length > self._rules.text:
            raise InputError(
                "The text has {length} characters; {host} takes {most}.",
                code="mastodon-text-too-long",
                length=length,
                host=self._server.host,
                most=self._rules.text,
            )
        shown = ""
        if announcement.picture is not None:
            self._check_picture(announcement.picture)
            shown = f" With a picture: {announcement.picture.alt}"
        return (
            f"On {self._server.host}, {length} of {self._rules.text} characters:"
            f" {announcement.text}{shown}"
        )

    async def check_rights(self) -> None:
        """Find out whether the token may post, by asking for a post without a text.

        A server looks at the token first, and then refuses what is empty. Raises NetworkError where
        the token may not post, or the server cannot be asked.
        """
        async with self._server.open_client() as client:
            try:
                await client.send(self._clock, "POST", "/api/v1/statuses", json={"status": ""})
            except Refused as refused:
                if refused.status in (400, 422):
                    return
                if refused.status not in (401, 403):
                    raise
                raise Refused(
                    "{host} does not let this token post.",
                    code="mastodon-token-may-not-post",
                    status=refused.status,
                    is_final=True,
                    host=self._server.host,
                ) from None

    async def announce(self, announcement: Announcement) -> Announced:
        """Post it, once, or let the server post it when it is due.

        An announcement that is due within five and a half minutes waits here; a later one is
        scheduled at the server, and its id says so until it is out. Raises InputError as `check`
        does, and NetworkError.
        """
        self.check(announcement)
        async with self._server.open_client() as client:
            body = await self._make_body(client, announcement)
            ahead = (announcement.at or self._clock.now()) - self._clock.now()
            if announcement.at is not None and ahead >= EARLIEST:
                # Pleroma and Akkoma pass over an offset: what is not UTC would go out hours off.
                body["scheduled_at"] = announcement.at.astimezone(UTC).isoformat()
            elif ahead > timedelta():
                await self._clock.pause(ahead.total_seconds())
            key = hashlib.sha256(f"chinwag {announcement.key}".encode()).hexdigest()
            answer = await client.send(
                self._clock, "POST", "/api/v1/statuses", json=body, headers={"Idempotency-Key": key}
            )
        status = _read_object(answer.read_json(), self._server)
        is_new = announcement.key not in self._announced and _is_fresh(status, answer.headers)
        self._announced.add(announcement.key)
        return self._describe(status, is_new=is_new)

    async def look_up(self, id: str, text: str, at: datetime) -> Announced | None:
        """Return what has become of an announcement that was scheduled at the server.

        When it is due, Mastodon makes a post of it under a new id and forgets the schedule, so that
        the post is looked for by its text among the account's own. Raises NetworkError.
        """
        async with self._server.open_client() as client:
            if await self._is_scheduled(client, id):
                return Announced(id=id, url="", is_new=False)
            for status in await self._list_own(client):
                made = read_moment(status)
                is_due = made is not None and made >= at - FRESH
                if is_due and _read_words(status) == _plain(text):
                    return self._describe(status, is_new=False)
        return None

    async def edit(self, id: str, announcement: Announcement) -> Announced:
        """Replace a post's text; its picture stays unless another is given.

        Raises InputError as `check` does, and for a post that is not out yet, and NetworkError.
        """
        self.check(announcement)
        async with self._server.open_client() as client:
            number = await self._find_number(client, id)
            if number.startswith(_WAITING):
                raise InputError(
                    "That announcement is not out yet and cannot be changed.",
                    code="announcement-waits",
                )
            body = await self._make_body(client, announcement)
            if announcement.picture is None:
                body["media_ids"] = await self._list_pictures(client, number)
            answer = await client.send(self._clock, "PUT", _path(number), json=body)
        return self._describe(_read_object(answer.read_json(), self._server), is_new=False)

    async def delete(self, id: str) -> None:
        """Delete a post, or one that is scheduled; it may be gone already. Raises NetworkError."""
        async with self._server.open_client() as client:
            try:
                number = await self._find_number(client, id)
                await client.send(self._clock, "DELETE", _path(number))
            except Refused as refused:
                if refused.status not in (404, 410):
                    raise

    async def _is_scheduled(self, client: Client, id: str) -> bool:
        number = self._server.find_number(id)
        if not number.startswith(_WAITING):
            return False
        try:
            await client.get(self._clock, _path(number))
        except Refused as refused:
            if refused.status not in (404, 410):
                raise
            return False
        return True

    async def _list_own(self, client: Client) -> list[Status]:
        """Return the account's last posts, the latest first."""
        answer = await client.get(self._clock, "/api/v1/accounts/verify_credentials")
        own = name_number(_read_object(answer.read_json(), self._server))
        path = f"/api/v1/accounts/{quote(own, safe='')}/statuses"
        answer = await client.get(self._clock, path, {"limit": "40", "exclude_reblogs": "true"})
        listed = answer.read_json()
        return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []

    def _check_picture(self, picture: Picture) -> None:
        if not picture.alt.strip():
            raise InputError("The picture has no description.", code="picture-without-description")
        if len(picture.alt) > self._rules.description:
            raise InputError(
                "The picture's description has {length} characters; {host} takes {most}.",
                code="mastodon-description-too-long",
                length=len(picture.alt),
                host=self._server.host,
                most=self._rules.description,
            )
        if picture.media_type not in self._rules.types:
            raise InputError(
                "{host} takes no pictures of the type {type}.",
                code="mastodon-picture-type",
                host=self._server.host,
                type=picture.media_type,
                known=self._rules.types,
            )
        if len(picture.data) > self._rules.picture:
            raise InputError(
                "The picture has {size:,} bytes; {host} takes {most:,}.",
                code="mastodon-picture-too-large",
                size=len(picture.data),
                host=self._server.host,
                most=self._rules.picture,
            )

    async def _make_body(self, client: Client, announcement: Announcement) -> dict[str, Any]:
        body: dict[str, Any] = {
            "status": announcement.text,
            "language": announcement.lang,
            "visibility": "public",
        }
        if announcement.reply_to:
            body["in_reply_to_id"] = await self._find_number(client, announcement.reply_to)
        if announcement.picture is not None:
            body["media_ids"] = [await self._upload(client, announcement.picture)]
        return body

    async def _upload(self, client: Client, picture: Picture) -> str:
        """Upload a picture with its description, and wait until the server is ready with it."""
        if picture in self._pictures:
            return self._pictures[picture]
        name = f"picture.{_SUFFIXES.get(picture.media_type, 'bin')}"
        answer = await client.send(
            self._clock,
            "POST",
            "/api/v2/media",
            files={"file": (name, picture.data, picture.media_type)},
            fields={"description": picture.alt},
        )
        number = name_number(_read_object(answer.read_json(), self._server))
        tries = 0
        while answer.status in (202, 206):
            tries += 1
            if tries > TRIES or not number:
                raise NetworkError(
                    "{host} does not finish its work on the picture.",
                    code="mastodon-picture-unfinished",
                    host=self._server.host,
                )
            await self._clock.pause(1.0)
            answer = await client.get(self._clock, f"/api/v1/media/{quote(number, safe='')}")
        self._pictures[picture] = number
        return number

    async def _list_pictures(self, client: Client, number: str) -> list[str]:
        status = await read_status(client, self._clock, number)
        if isinstance(status, Refused):
            raise status
        media = status.get("media_attachments")
        return [name_number(one) for one in media or () if isinstance(one, dict)]

    async def _find_number(self, client: Client, id: str) -> str:
        """Return a post's number at our server; a post of another server is looked up."""
        number = self._server.find_number(id) or self._numbers.get(id, "")
        if number:
            return number
        guess = id.rpartition("/")[2]
        if id.startswith(self._server.address + "/") and guess:
            status = await read_status(client, self._clock, guess)
            if isinstance(status, Refused):
                raise status
            if status.get("uri") == id:
                return self._remember(status)
        answer = await client.get(
            self._clock, "/api/v2/search", {"q": id, "type": "statuses", "resolve": "true"}
        )
        found = dig(answer.read_json(), "statuses")
        for status in found if isinstance(found, list) else ():
            if id in (dig(status, "uri"), dig(status, "url")):
                return self._remember(status)
        raise InputError(
            "{host} does not know the post {id}.",
            code="mastodon-post-unknown",
            host=self._server.host,
            id=id,
        )

    def _remember(self, status: Status) -> str:
        number, uri = name_number(status), status.get("uri")
        if isinstance(uri, str):
            self._numbers[uri] = number
        return number

    def _describe(self, status: Status, *, is_new: bool) -> Announced:
        number = self._remember(status)
        if "scheduled_at" in status and "uri" not in status:
            id_ = self._server.name_alias(f"{_WAITING}{number}")
            return Announced(id=id_, url="", is_new=is_new)
        uri, url = status.get("uri"), status.get("url")
        id_ = uri if isinstance(uri, str) else self._server.name_alias(number)
        return Announced(id=id_, url=url if isinstance(url, str) else id_, is_new=is_new)


async def open_announcer(server: MastodonServer, clock: Clock) -> MastodonAnnouncer:
    """Return an announcer that keeps to the server's rules.

    Raises InputError without a token, NetworkError where the server cannot be asked or rejects the
    token.
    """
    if not server.token:
        raise InputError(
            "There is no token for {host}.", code="mastodon-token-missing", host=server.host
        )
    async with server.open_client() as client:
        await _check_token(client, clock, server.host)
        rules = read_rules(await read_instance(client, clock))
    return MastodonAnnouncer(server, clock, rules)


async def _check_token(client: Client, clock: Clock, host: str) -> None:
    try:
        await client.get(clock, "/api/v1/accounts/verify_credentials")
    except Refused as refused:
        if refused.status not in (401, 403):
            raise
        raise Refused(
            "{host} does not accept the token.",
            code="mastodon-token-refused",
            status=refused.status,
            is_final=True,
            host=host,
        ) from None


def read_rules(instance: Mapping[str, Any]) -> Rules:
    """Return a server's rules (v2, and v1 of Pleroma, which has them elsewhere)."""
    said = instance.get("configuration")
    media = dig(said, "media_attachments")
    types = dig(media, "supported_mime_types")
    kept = [one for one in types if isinstance(one, str)] if isinstance(types, list) else []
    own = Rules()
    return Rules(
        text=_find_number(dig(said, "statuses", "max_characters"), instance, "max_toot_chars")
        or own.text,
        url=_find_number(dig(said, "statuses", "characters_reserved_per_url")) or own.url,
        description=_find_number(dig(media, "description_limit"), instance, "description_limit")
        or own.description,
        picture=_find_number(dig(media, "image_size_limit"), instance, "upload_limit")
        or own.picture,
        types=tuple(one for one in kept if one.startswith("image/")) or own.types,
    )


def _find_number(value: Any, instance: Mapping[str, Any] | None = None, key: str = "") -> int:
    """Return a number of a server's rules, here or under its older name; 0 for none."""
    for one in (value, (instance or {}).get(key)):
        if isinstance(one, int) and one > 0:
            return one
    return 0


def count_characters(text: str, url: int = 23) -> int:
    """Return a text's length as Mastodon counts: an address as `url`, a handle without its host.

    Mastodon counts graphemes; here, marks and joiners do not count, and other joined signs (flags)
    count singly, so that the length is hardly ever too short.
    """
    plain = _MENTION.sub(r"\1", _URL.sub("x" * url, unicodedata.normalize("NFC", text)))
    return sum(unicodedata.category(char) not in ("Mn", "Me", "Cf") for char in plain)


def _path(number: str) -> str:
    if number.startswith(_WAITING):
        waiting = quote(number.removeprefix(_WAITING), safe="")
        return f"/api/v1/scheduled_statuses/{waiting}"
    return f"/api/v1/statuses/{quote(number, safe='')}"


def _read_words(status: Status) -> str:
    content = status.get("content")
    return _plain(read_html(content).text) if isinstance(content, str) else ""


def _plain(text: str) -> str:
    return " ".join(text.split())


def _read_object(value: Any, server: MastodonServer) -> Status:
    if not isinstance(value, dict):
        raise NetworkError(
            "{host} answered with something other than a post.",
            code="mastodon-answer-no-post",
            host=server.host,
        )
    return value


def _is_fresh(status: Status, headers: Mapping[str, str]) -> bool:
    """Return whether the request that a post answers made it, by the server's clock."""
    made, said = read_moment(status), headers.get("date", "")
    try:
        now: datetime | None = parsedate_to_datetime(said)
    except ValueError:
        now = None
    return made is None or now is None or now.tzinfo is None or now - made <= FRESH
