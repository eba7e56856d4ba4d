"""A server of the fediverse on 127.0.0.1, for what the one that others wrote cannot show.

It holds statuses in the order of their numbers, gives pages as Mastodon does, and can answer in
the manner of Pleroma or of the Misskey family, close its tag pages, or break off.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

from tests.networks.fake_server import START, Heard, answer

GONE = answer({"error": "Record not found"}, status="404 Not Found")
CLOSED = answer({"error": "This method requires an authenticated user"}, status="401 Unauthorized")


class FakeMastodon:
    """Give its `say` to a `FakeServer`. `refusals` are answers by path, in place of the real one."""

    def __init__(self, host: str = "shelf.example", flavour: str = "mastodon") -> None:
        self.host = host
        self.flavour = flavour
        self.statuses: dict[str, dict[str, Any]] = {}
        self.history: dict[str, list[dict[str, Any]]] = {}
        self.instance: dict[str, Any] = {}
        self.refusals: dict[str, bytes] = {}
        self.listeners: list[asyncio.Queue[bytes | None]] = []
        self.pages = 0  # of a hashtag, that were asked for
        self._next = 100

    def post(
        self,
        text: str,
        at: datetime = START,
        *,
        author: str = "ana",
        number: str = "",
        answers: str | None = None,
        visibility: str = "public",
        home: str = "",
    ) -> str:
        """Post something, and tell whoever listens. `home` is the host of an author elsewhere."""
        self._next += 1
        number = number or self._name(self._next)
        home_host, at_home = home or self.host, number if not home else f"9{self._next}"
        self.statuses[number] = {
            "id": number,
            "created_at": at.isoformat().replace("+00:00", ".000Z"),
            "in_reply_to_id": answers,
            "visibility": visibility,
            "uri": f"https://{home_host}/users/{author}/statuses/{at_home}",
            "url": f"https://{home_host}/@{author}/{at_home}",
            "content": f"<p>{text}</p>",
            "edited_at": None,
            "reblogs_count": 0,
            "replies_count": 0,
            "spoiler_text": "",
            "account": {
                "id": author,
                "acct": f"{author}@{home}" if home else author,
                "url": f"https://{home_host}/@{author}",
            },
            "tags": [{"name": tag} for tag in ("inkchat",) if tag in text.lower()],
            "media_attachments": [],
            "mentions": [],
        }
        if answers in self.statuses and "replies_count" in self.statuses[answers]:
            self.statuses[answers]["replies_count"] += 1
        if self.flavour == "misskey":
            for key in ("visibility", "tags", "replies_count"):
                del self.statuses[number][key]
        self.tell("update", self.statuses[number])
        return number

    def edit(self, number: str, text: str, at: datetime) -> None:
        """Change what a status says, and keep what it said."""
        status = self.statuses[number]
        before = {"content": status["content"], "created_at": status["created_at"]}
        kept = self.history.setdefault(number, [before])
        said = at.isoformat().replace("+00:00", ".000Z")
        tags = [{"name": tag} for tag in ("inkchat",) if tag in text.lower()]
        status.update(content=f"<p>{text}</p>", edited_at=said, tags=tags)
        kept.append({"content": status["content"], "created_at": said})
        self.tell("status.update", status)

    def delete(self, number: str) -> None:
        """Take a status away."""
        answered = self.statuses.pop(number)["in_reply_to_id"]
        if "replies_count" in self.statuses.get(answered, {}):
            self.statuses[answered]["replies_count"] -= 1
        self.tell("delete", number)

    def tell(self, event: str, payload: Any) -> None:
        """Say something to whoever listens, as server-sent events do."""
        said = payload if isinstance(payload, str) else json.dumps(payload)
        for listener in self.listeners:
            listener.put_nowait(f"event: {event}\ndata: {said}\n\n".encode())

    def whisper(self, raw: bytes | None) -> None:
        """Send bytes to whoever listens; None breaks the connection."""
        for listener in self.listeners:
            listener.put_nowait(raw)

    def say(self, heard: Heard) -> bytes | AsyncIterator[bytes]:
        """Answer a request."""
        for path, refusal in self.refusals.items():
            if heard.path.startswith(path):
                return refusal
        parts = heard.path.strip("/").split("/")
        match parts[2:]:
            case ["instance"]:
                return answer(self.instance) if self.instance else GONE
            case ["timelines", "tag", tag]:
                return answer(self._list_page(tag, heard.query))
            case ["streaming", "hashtag"]:
                return self._stream()
            case ["statuses", number, *rest] if number in self.statuses:
                return self._show(number, rest)
        return GONE

    def _show(self, number: str, rest: list[str]) -> bytes:
        if rest == ["context"]:
            found = {number}
            for id_, status in self.statuses.items():
                if status["in_reply_to_id"] in found:
                    found.add(id_)
            replies = [self.statuses[id_] for id_ in sorted(found - {number})]
            return answer({"ancestors": [], "descendants": replies})
        if rest == ["history"]:
            return answer(self.history.get(number, [])) if self.flavour != "misskey" else GONE
        return answer(self.statuses[number])

    def _list_page(self, tag: str, query: dict[str, str]) -> list[dict[str, Any]]:
        self.pages += 1
        most = int(query["limit"])
        tagged = [
            status
            for _, status in sorted(self.statuses.items())
            if f"#{tag.lower()}" in status["content"].lower()
            and status.get("visibility", "public") != "unlisted"
        ]
        if "min_id" in query:
            page = [one for one in tagged if one["id"] > query["min_id"]][:most]
            return page if self.flavour == "misskey" else page[::-1]
        below = [one for one in tagged if one["id"] < query.get("max_id", "~")]
        return below[-most:][::-1]

    async def _stream(self) -> AsyncIterator[bytes]:
        queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        self.listeners.append(queue)
        try:
            yield b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n:)\n"
            while (said := await queue.get()) is not None:
                yield said
        finally:
            self.listeners.remove(queue)

    def _name(self, number: int) -> str:
        return {"pleroma": f"AbC{number}xyz", "misskey": f"9h{number}k"}.get(
            self.flavour, f"{number:018}"
        )


def after(seconds: float) -> datetime:
    """Give the time so many seconds after the beginning."""
    return START + timedelta(seconds=seconds)
