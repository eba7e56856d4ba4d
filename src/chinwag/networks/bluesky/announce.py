"""Posting a host's announcements on Bluesky, each once, from an account of the host's.

The record's key is made from the announcement's key, and the record is written only where there is
none. So a retry, even days later and from another machine, finds what the first try wrote.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from chinwag.errors import InputError, NetworkError, Refused
from chinwag.http.clock import Clock
from chinwag.networks.bluesky.record import (
    LARGEST_PICTURE,
    MENTION,
    MOST_BYTES,
    MOST_GRAPHEMES,
    PICTURE_TYPES,
    count_graphemes,
    make_record,
    name_record,
    show_picture,
)
from chinwag.networks.bluesky.session import Session
from chinwag.networks.bluesky.views import list_views
from chinwag.networks.contract import Announced, Announcement, Picture
from chinwag.records.ids import BLUESKY_POST
from chinwag.records.json_access import as_dict, as_text, dig
from chinwag.text.hashtags import find_hashtags, fold_tag

_XRPC = "/xrpc/com.atproto"


class BlueskyAnnouncer:
    """Posts with the account of a session, which the caller closes."""

    network = "bluesky"

    def __init__(self, session: Session, clock: Clock) -> None:
        self._session = session
        self._clock = clock
        self._blobs: dict[str, Any] = {}  # by an announcement's key: its uploaded picture

    def check(self, announcement: Announcement) -> str:
        """Return what would go out. Raises InputError for what Bluesky would not accept."""
        text = announcement.text
        length, size = count_graphemes(text), len(text.encode("utf-8", "replace"))
        if not text.strip():
            raise InputError("There is nothing to announce.", code="announcement-empty")
        if length > MOST_GRAPHEMES or size > MOST_BYTES:
            raise InputError(
                "The text has {length} characters and {size} bytes; Bluesky takes {most} and"
                " {most_bytes}.",
                code="bluesky-text-too-long",
                length=length,
                size=size,
                most=MOST_GRAPHEMES,
                most_bytes=MOST_BYTES,
            )
        if fold_tag(announcement.hashtag) not in map(fold_tag, find_hashtags(text)):
            raise InputError(
                "The text does not have the hashtag #{hashtag}.",
                code="announcement-without-hashtag",
                hashtag=announcement.hashtag,
            )
        shown = ""
        if announcement.picture is not None:
            _check_picture(announcement.picture)
            shown = f" With a picture: {announcement.picture.alt}"
        return f"On Bluesky, {length} of {MOST_GRAPHEMES} characters: {text}{shown}"

    async def check_rights(self) -> None:
        """Sign in: an app password may always post. Raises NetworkError where that fails."""
        await self._session.sign_in()

    async def announce(self, announcement: Announcement) -> Announced:
        """Post it, once, and wait until it is due: Bluesky schedules nothing.

        Raises InputError as `check` does, and NetworkError.
        """
        self.check(announcement)
        session = self._session
        await session.sign_in()
        rkey = name_record(announcement.key, session.did)
        if await self._find_own(rkey) is not None:
            return self._describe(rkey, is_new=False)
        if announcement.at is not None:
            wait = (announcement.at - self._clock.now()).total_seconds()
            await self._clock.pause(max(0.0, wait))
        record = await self._write(announcement, self._clock.now())
        record_put = {"record": record, "swapRecord": None}  # written only where there is none
        try:
            await session.send(f"{_XRPC}.repo.putRecord", {**self._locate(rkey), **record_put})
        except NetworkError:
            if await self._find_own(rkey) is None:
                raise
            return self._describe(rkey, is_new=False)  # an earlier try succeeded
        return self._describe(rkey, is_new=True)

    async def look_up(
        self,
        id: str,
        text: str,  # noqa: ARG002 - nothing waits at Bluesky
        at: datetime,  # noqa: ARG002
    ) -> Announced | None:
        """Return the post, None where it is gone. Raises InputError as `edit`, and NetworkError."""
        rkey = await self._find_key(id)
        found = await self._find_own(rkey)
        return self._describe(rkey, is_new=False) if found is not None else None

    async def edit(self, id: str, announcement: Announcement) -> Announced:
        """Replace a post's text; its time, its picture and the post that it answers stay.

        Bluesky does not mark edits: readers see only the new words, and the search may still find
        the old ones. Raises InputError as `check` does, and for another account's post,
        NetworkError where the post is gone.
        """
        self.check(announcement)
        rkey = await self._find_key(id)
        kept = await self._find_own(rkey)
        if kept is None:
            raise NetworkError(
                "That post is not on Bluesky any more.", code="bluesky-post-gone", is_final=True
            )
        old = as_dict(kept.get("value"))
        record = await self._write(announcement, self._clock.now())
        kept_parts = ["createdAt", "reply"] + ([] if announcement.picture else ["embed"])
        record |= {part: old[part] for part in kept_parts if part in old}
        changed = {**self._locate(rkey), "record": record, "swapRecord": kept.get("cid")}
        await self._session.send(f"{_XRPC}.repo.putRecord", changed)
        return self._describe(rkey, is_new=False)

    async def delete(self, id: str) -> None:
        """Delete a post; it may be gone already.

        Raises InputError for another account's post, and NetworkError.
        """
        rkey = await self._find_key(id)
        await self._session.send(f"{_XRPC}.repo.deleteRecord", self._locate(rkey))

    async def _write(self, announcement: Announcement, at: datetime) -> dict[str, Any]:
        picture, embed = announcement.picture, None
        if picture is not None:
            blob = await self._upload(announcement.key, picture)
            embed = show_picture(blob, picture.alt, picture.data)
        reply = await self._find_thread(announcement.reply_to) if announcement.reply_to else None
        people = await self._find_people(MENTION.findall(announcement.text))
        return make_record(
            announcement.text,
            lang=announcement.lang,
            at=at,
            people=people,
            reply=reply,
            embed=embed,
        )

    async def _upload(self, key: str, picture: Picture) -> Any:
        if key not in self._blobs:
            answer = await self._session.upload(
                f"{_XRPC}.repo.uploadBlob", picture.data, picture.media_type
            )
            self._blobs[key] = answer.get("blob") if isinstance(answer, dict) else None
        return self._blobs[key]

    async def _find_thread(self, id: str) -> dict[str, Any]:
        """Return root and parent of a reply. Raises NetworkError where the post is gone."""
        answered = await self._find_post(id)
        if answered is None:
            raise NetworkError(
                "The post that it continues, {id}, is not on Bluesky.",
                code="bluesky-parent-missing",
                id=id,
            )
        parent = {"uri": id, "cid": answered["cid"]}
        record = as_dict(answered.get("value")) or as_dict(answered.get("record"))
        return {"root": dig(record, "reply", "root") or parent, "parent": parent}

    async def _find_post(self, id: str) -> dict[str, Any] | None:
        """Return a post: this account's from its server, another's from the app view."""
        if id.startswith(f"at://{self._session.did}/"):
            return await self._find_own(id.rpartition("/")[2])
        answer = await self._session.get(f"/xrpc/app.bsky.feed.getPosts?{urlencode({'uris': id})}")
        return next(iter(list_views(answer, "posts")), None)

    async def _find_own(self, rkey: str) -> dict[str, Any] | None:
        """Return a record of this account, or None where there is none."""
        query = urlencode(self._locate(rkey))
        try:
            found = await self._session.get(f"{_XRPC}.repo.getRecord?{query}")
        except Refused as refused:
            if refused.status in (400, 404) and "locate" in refused.said.lower():
                return None
            raise
        return found if isinstance(found, dict) and found.get("cid") else None

    async def _find_people(self, handles: Iterable[str]) -> dict[str, str]:
        """Return the DID of each handle that exists."""
        people: dict[str, str] = {}
        for handle in dict.fromkeys(handle.lower() for handle in handles):
            if did := await self._find_did(handle):
                people[handle] = did
        return people

    async def _find_did(self, handle: str) -> str:
        """Return the DID of a handle, "" where nobody has it."""
        query = urlencode({"handle": handle})
        try:
            answer = await self._session.get(f"{_XRPC}.identity.resolveHandle?{query}")
        except Refused as refused:
            if refused.status not in (400, 404):
                raise
            return ""
        return as_text(dig(answer, "did"))

    async def _find_key(self, id: str) -> str:
        """Return the record key of this account's post. Raises InputError for another's."""
        await self._session.sign_in()
        own = f"at://{self._session.did}/{BLUESKY_POST}/"
        if not id.startswith(own):
            raise InputError(
                "{id!r} is not a post of {handle}.",
                code="bluesky-post-of-another",
                id=id,
                handle=self._session.handle,
            )
        return id.removeprefix(own)

    def _locate(self, rkey: str) -> dict[str, str]:
        return {"repo": self._session.did, "collection": BLUESKY_POST, "rkey": rkey}

    def _describe(self, rkey: str, *, is_new: bool) -> Announced:
        return Announced(
            id=f"at://{self._session.did}/{BLUESKY_POST}/{rkey}",
            url=f"https://bsky.app/profile/{self._session.handle}/post/{rkey}",
            is_new=is_new,
        )


def _check_picture(picture: Picture) -> None:
    if not picture.alt.strip():
        raise InputError("The picture has no description.", code="picture-without-description")
    if picture.media_type not in PICTURE_TYPES:
        raise InputError(
            "Bluesky takes no pictures of the type {type}.",
            code="bluesky-picture-type",
            type=picture.media_type,
            known=PICTURE_TYPES,
        )
    if len(picture.data) > LARGEST_PICTURE:
        raise InputError(
            "The picture has {size:,} bytes; Bluesky takes {most:,}.",
            code="bluesky-picture-too-large",
            size=len(picture.data),
            most=LARGEST_PICTURE,
        )
