"""People on a local AT Protocol network: they post, reply, pass on, change and delete.

They speak plain XRPC by themselves, so that what Chinwag sends and what it is tested against are
not the same code.
"""

from __future__ import annotations

import re
import secrets
from datetime import UTC, datetime
from typing import Any, Self

import httpx2

POST = "app.bsky.feed.post"


class Person:
    """An account, made on the PDS: `Person(addresses["pds"], "ana")` is @ana.test, three letters or more."""

    def __init__(self, pds: str, name: str, display_name: str = "") -> None:
        self._http = httpx2.Client(base_url=pds, timeout=30)
        self.handle = f"{name}.test"
        self.password = f"password-of-{name}"
        account = {
            "handle": self.handle,
            "email": f"{name}@chat.example",
            "password": self.password,
        }
        try:
            made = self.call("com.atproto.server.createAccount", account)
        except httpx2.HTTPStatusError:
            self.close()
            raise
        self.did: str = made["did"]
        self._http.headers["Authorization"] = f"Bearer {made['accessJwt']}"
        self.set_profile(displayName=display_name or name.title())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fault: object) -> None:
        self.close()

    def call(self, method: str, said: Any) -> dict[str, Any]:
        """Call a procedure of the PDS; raises httpx2.HTTPStatusError for what it refuses."""
        answer = self._http.post(f"/xrpc/{method}", json=said)
        if answer.is_error:
            raise httpx2.HTTPStatusError(
                answer.text, request=answer.request, response=answer
            ) from None
        told: dict[str, Any] = answer.json() if answer.content else {}
        return told

    def set_profile(self, **fields: Any) -> None:
        """Say who one is; `labels=["!no-unauthenticated"]` asks not to be shown to strangers."""
        if "labels" in fields:
            values = [{"val": value} for value in fields["labels"]]
            fields["labels"] = {"$type": "com.atproto.label.defs#selfLabels", "values": values}
        record = {"$type": "app.bsky.actor.profile", **fields}
        self.put("app.bsky.actor.profile", "self", record)

    def post(
        self,
        text: str,
        reply_to: dict[str, Any] | None = None,
        quoting: dict[str, Any] | None = None,
        **fields: Any,
    ) -> dict[str, Any]:
        """Post; gives {"uri", "cid", "record"}, to be given as `reply_to` and `quoting`."""
        record: dict[str, Any] = {
            "$type": POST,
            "text": text,
            "createdAt": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
            "langs": ["en"],
            "facets": find_tags(text),
            **fields,
        }
        if reply_to:
            root = reply_to["record"].get("reply", {}).get("root", refer(reply_to))
            record["reply"] = {"root": root, "parent": refer(reply_to)}
        if quoting:
            record["embed"] = {"$type": "app.bsky.embed.record", "record": refer(quoting)}
        return {**self.create(POST, record), "record": record}

    def repost(self, post: dict[str, Any]) -> dict[str, Any]:
        """Pass a post on."""
        return self._point("app.bsky.feed.repost", post)

    def like(self, post: dict[str, Any]) -> dict[str, Any]:
        """Like a post."""
        return self._point("app.bsky.feed.like", post)

    def change(self, post: dict[str, Any], text: str) -> None:
        """Write other words into a post's record."""
        record = {**post["record"], "text": text, "facets": find_tags(text)}
        self.put(POST, post["uri"].rpartition("/")[2], record)

    def delete(self, post: dict[str, Any]) -> None:
        """Take a record back."""
        _, _, _, collection, rkey = post["uri"].split("/")
        where = {"repo": self.did, "collection": collection, "rkey": rkey}
        self.call("com.atproto.repo.deleteRecord", where)

    def rename(self, name: str) -> None:
        """Take another handle."""
        self.handle = f"{name}.test"
        self.call("com.atproto.identity.updateHandle", {"handle": self.handle})

    def read(self, id: str) -> str:
        """Give what one's post says, "" where it is gone."""
        _, _, did, collection, rkey = id.split("/")
        query = {"repo": did, "collection": collection, "rkey": rkey}
        answer = self._http.get("/xrpc/com.atproto.repo.getRecord", params=query)
        return str(answer.json()["value"]["text"]) if answer.is_success else ""

    def make_app_password(self) -> str:
        """Give a password for a program."""
        name = {"name": f"chinwag {secrets.token_hex(4)}"}
        made = self.call("com.atproto.server.createAppPassword", name)
        return str(made["password"])

    def create(self, collection: str, record: dict[str, Any]) -> dict[str, Any]:
        """Make a record; gives its {"uri", "cid"}."""
        where = {"repo": self.did, "collection": collection}
        return self.call("com.atproto.repo.createRecord", {**where, "record": record})

    def put(self, collection: str, rkey: str, record: dict[str, Any]) -> None:
        """Make or replace a record."""
        where = {"repo": self.did, "collection": collection, "rkey": rkey}
        self.call("com.atproto.repo.putRecord", {**where, "record": record})

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def _point(self, collection: str, post: dict[str, Any]) -> dict[str, Any]:
        at = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        record = {"$type": collection, "subject": refer(post), "createdAt": at}
        return {**self.create(collection, record), "record": record}


def refer(post: dict[str, Any]) -> dict[str, str]:
    """Give what records use to point at a record."""
    return {"uri": post["uri"], "cid": post["cid"]}


def find_tags(text: str) -> list[dict[str, Any]]:
    """Give a facet for each hashtag, counted in bytes of UTF-8."""
    return [
        {
            "index": {
                "byteStart": len(text[: found.start()].encode()),
                "byteEnd": len(text[: found.end()].encode()),
            },
            "features": [{"$type": "app.bsky.richtext.facet#tag", "tag": found[1]}],
        }
        for found in re.finditer(r"#(\w+)", text)
    ]
