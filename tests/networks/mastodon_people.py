"""People with accounts on a Mastodon-compatible server on this machine, who post as anybody would."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx2

from chinwag.model import Secret


class MastodonPeople:
    """Signs people up at a server when they first speak; ids are those that posts get there."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.host = urlsplit(address).netloc
        self._client = httpx2.AsyncClient(base_url=address, timeout=20.0)
        self._mark = uuid4().hex[:6]  # others may have people of the same names there
        self._tokens: dict[str, str] = {}
        self._owners: dict[str, str] = {}
        self.numbers: dict[str, str] = {}  # id of a post: its number there

    async def close(self) -> None:
        await self._client.aclose()

    async def sign_up(self, name: str) -> Secret:
        """Give a token of somebody's, who gets an account if need be."""
        if name not in self._tokens:
            form = {
                "username": f"{name}_{self._mark}",
                "email": f"{name}@people.example",
                "password": "long enough",  # the server is a test's, and gone with it
                "agreement": "true",
                "locale": "en",
            }
            answer = await self._client.post("/api/v1/accounts", data=form)
            answer.raise_for_status()
            self._tokens[name] = answer.json()["access_token"]
        return Secret(self._tokens[name])

    async def post(self, author: str, text: str, answers: str = "", **more: Any) -> str:
        said = {"status": text, "visibility": "public", "language": "en", **more}
        if answers:
            said["in_reply_to_id"] = self.numbers[answers]
        status = await self._say("POST", "/api/v1/statuses", author, said)
        self.numbers[status["uri"]] = status["id"]
        self._owners[status["uri"]] = author
        return str(status["uri"])

    async def edit(self, id: str, text: str) -> None:
        await self._say("PUT", self._path(id), self._owners[id], {"status": text})

    async def delete(self, id: str) -> None:
        await self._say("DELETE", self._path(id), self._owners[id])

    async def find(self, id: str) -> dict[str, Any]:
        """Give a status as it stands, an empty one where it is gone."""
        answer = await self._client.get(self._path(id))
        return {} if answer.status_code == 404 else dict(answer.json())

    async def break_down(self, **rule: Any) -> None:
        """Make the server's answers fail, by a rule of its fault injection."""
        (await self._client.post("/api/v1/_mock/faults", json=rule)).raise_for_status()

    async def mend(self) -> None:
        """Let it answer as it should again."""
        (await self._client.delete("/api/v1/_mock/faults")).raise_for_status()

    def _path(self, id: str) -> str:
        number = self.numbers.get(id, id.rpartition("/")[2])
        return f"/api/v1/statuses/{number}"

    async def _say(self, method: str, path: str, author: str, said: Any = None) -> dict[str, Any]:
        token = (await self.sign_up(author)).reveal()
        answer = await self._client.request(
            method, path, json=said, headers={"Authorization": f"Bearer {token}"}
        )
        answer.raise_for_status()
        return dict(answer.json())
