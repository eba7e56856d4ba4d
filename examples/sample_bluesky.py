"""Tell the sample chat as Bluesky's public API would: a search, threads, and feeds with reposts.

Facets count in bytes of UTF-8, record keys are TIDs of the post's own time, and content ids are
CIDv1 (dag-cbor, SHA-256) of something that is the same on every machine.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime, timedelta
from typing import Any

import msgspec

from sample_script import Entry, Person, Script, draw

_SORTABLE = "234567abcdefghijklmnopqrstuvwxyz"
_POST = "app.bsky.feed.post"


def make_did(person: Person) -> str:
    """Give somebody's account id."""
    digest = hashlib.sha256(person.handle.encode()).digest()
    return "did:plc:" + base64.b32encode(digest).decode().lower()[:24]


def make_uri(entry: Entry) -> str:
    """Give the at:// address of a post."""
    return f"at://{make_did(entry.person)}/{_POST}/{_make_tid(_exact(entry), entry.key)}"


def _make_tid(at: datetime, seed: str) -> str:
    number = (round(at.timestamp() * 1_000_000) << 10) + draw("clock", seed, below=1 << 10)
    return "".join(_SORTABLE[(number >> shift) & 31] for shift in range(60, -1, -5))


def _make_cid(seed: str) -> str:
    binary = b"\x01\x71\x12\x20" + hashlib.sha256(seed.encode()).digest()
    return "b" + base64.b32encode(binary).decode().lower().rstrip("=")


def _exact(entry: Entry) -> datetime:
    return entry.at + timedelta(milliseconds=draw("ms", entry.key, below=1000))


def _stamp(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z"


class Teller:
    """Says the posts of a script in the words of the app.bsky lexicons."""

    def __init__(self, script: Script) -> None:
        self.script = script

    def author(self, person: Person) -> dict[str, Any]:
        """Give a profile view, with the fields that somebody may read."""
        return {
            "did": make_did(person),
            "handle": person.handle,
            "displayName": person.name,
            "labels": [],
            "createdAt": "2024-11-12T19:20:21.000Z",
        }

    def view(self, entry: Entry) -> dict[str, Any]:
        """Give a post view: the record as its author wrote it, and what the network counts."""
        embed = self._show_embed(entry)
        return {
            "uri": make_uri(entry),
            "cid": _make_cid(entry.key),
            "author": self.author(entry.person),
            "record": self._record(entry),
            **({"embed": embed} if embed else {}),
            "replyCount": len(self.script.answers(entry.key)),
            "repostCount": len(entry.reposts),
            "likeCount": draw("likes", entry.key, below=23),
            "quoteCount": sum(other.quote == entry.key for other in self.script.entries),
            "indexedAt": _stamp(_exact(entry) + timedelta(milliseconds=310)),
            "labels": [],
        }

    def _record(self, entry: Entry) -> dict[str, Any]:
        text, facets = self._facets(entry)
        record: dict[str, Any] = {"$type": _POST, "createdAt": _stamp(_exact(entry))}
        embed = self._embed(entry)
        if embed:
            record["embed"] = embed
        if facets:
            record["facets"] = facets
        record["langs"] = [entry.lang]
        if entry.parent:
            parent = self.script.entry(entry.parent)
            record["reply"] = {
                "parent": self._strong(parent),
                "root": self._strong(self.script.root(entry)),
            }
        record["text"] = text
        return record

    def _strong(self, entry: Entry) -> dict[str, str]:
        return {"cid": _make_cid(entry.key), "uri": make_uri(entry)}

    def _facets(self, entry: Entry) -> tuple[str, list[dict[str, Any]]]:
        text = ""
        facets: list[dict[str, Any]] = []
        for piece in self.script.pieces(entry, entry.text):
            start = len(text.encode())
            text += piece.shown
            feature = self._feature(piece.kind, piece.value)
            if feature:
                index = {"byteEnd": len(text.encode()), "byteStart": start}
                facets.append({"features": [feature], "index": index})
        return text, facets

    def _feature(self, kind: str, value: str) -> dict[str, str] | None:
        name = f"app.bsky.richtext.facet#{kind}"
        if kind == "mention":
            return {"$type": name, "did": make_did(self.script.people[value])}
        if kind == "words":
            return None
        return {"$type": name, {"link": "uri", "tag": "tag"}[kind]: value}

    def _embed(self, entry: Entry) -> dict[str, Any] | None:
        """Give the embed of the record, as its author's app wrote it."""
        if entry.pictures:
            images = [
                {"alt": alt, "image": self._blob(entry, number)}
                for number, alt in enumerate(entry.pictures)
            ]
            return {"$type": "app.bsky.embed.images", "images": images}
        if entry.quote:
            quoted = self._strong(self.script.entry(entry.quote))
            return {"$type": "app.bsky.embed.record", "record": quoted}
        if entry.card:
            return {"$type": "app.bsky.embed.external", "external": self._card(entry)}
        return None

    def _show_embed(self, entry: Entry) -> dict[str, Any] | None:
        """Give the embed as the app view shows it, addresses filled in."""
        if entry.pictures:
            place = f"https://cdn.bsky.example/img/{entry.key.replace(':', '')}"
            images = [
                {
                    "thumb": f"{place}-{number}-small.jpg",
                    "fullsize": f"{place}-{number}.jpg",
                    "alt": alt,
                }
                for number, alt in enumerate(entry.pictures)
            ]
            return {"$type": "app.bsky.embed.images#view", "images": images}
        if entry.quote:
            quoted = self.script.entry(entry.quote)
            record = {
                "$type": "app.bsky.embed.record#viewRecord",
                **self._strong(quoted),
                "author": self.author(quoted.person),
                "value": self._record(quoted),
                "labels": [],
                "indexedAt": _stamp(_exact(quoted)),
            }
            return {"$type": "app.bsky.embed.record#view", "record": record}
        if entry.card:
            return {"$type": "app.bsky.embed.external#view", "external": self._card(entry)}
        return None

    def _blob(self, entry: Entry, number: int) -> dict[str, Any]:
        seed = f"picture/{entry.key}/{number}"
        return {
            "$type": "blob",
            "ref": {"$link": _make_cid(seed)},
            "mimeType": "image/jpeg",
            "size": 90_000 + draw(seed, below=300_000),
        }

    def _card(self, entry: Entry) -> dict[str, str]:
        uri, title, description = entry.card
        return {"uri": uri, "title": title, "description": description}

    def thread(self, entry: Entry) -> dict[str, Any]:
        """Give a thread view: a post with the answers under it that still stand."""
        answers = [answer for answer in self.script.answers(entry.key) if not answer.deleted_at]
        return {
            "$type": "app.bsky.feed.defs#threadViewPost",
            "post": self.view(entry),
            "replies": [self.thread(answer) for answer in answers],
            "threadContext": {},
        }

    def repost(self, entry: Entry, who: Person, at: datetime) -> dict[str, Any]:
        """Give a repost as somebody's feed shows it: the original, and the reason for it."""
        seed = f"repost/{entry.key}/{who.key}"
        reason = {
            "$type": "app.bsky.feed.defs#reasonRepost",
            "by": self.author(who),
            "uri": f"at://{make_did(who)}/app.bsky.feed.repost/{_make_tid(at, seed)}",
            "cid": _make_cid(seed),
            "indexedAt": _stamp(at),
        }
        return {"post": self.view(entry), "reason": reason}


def _bluesky(script: Script) -> list[Entry]:
    return [
        entry for entry in script.entries if entry.person.network == "b" and not entry.deleted_at
    ]


def _page(name: str, items: list[dict[str, Any]], **more: object) -> str:
    """Give one answer of the API with an item a line, so that a change shows as a line."""
    rows = ",\n".join(msgspec.json.encode(item).decode() for item in items)
    rest = "".join(f',"{key}":{msgspec.json.encode(value).decode()}' for key, value in more.items())
    return f'{{"{name}":[\n{rows}\n]{rest}}}\n'


def tell_search(script: Script) -> str:
    """Give the search for the hashtag the next day, newest first, in one page."""
    teller = Teller(script)
    found = [teller.view(entry) for entry in reversed(_bluesky(script)) if entry.tagged]
    return _page("posts", found, hitsTotal=len(found))


def tell_threads(script: Script) -> str:
    """Give the threads that hold what a search does not find, one getPostThread answer a line.

    An answer to a post that is gone stands in a thread of its own, under a post not found.
    """
    teller = Teller(script)
    lines: list[dict[str, Any]] = []
    for entry in _bluesky(script):
        parent = script.entry(entry.parent) if entry.parent else None
        if parent and parent.deleted_at:
            lost = {
                "$type": "app.bsky.feed.defs#notFoundPost",
                "uri": make_uri(parent),
                "notFound": True,
            }
            lines.append({"thread": {**teller.thread(entry), "parent": lost}})
        elif not parent and _has_untagged(script, entry):
            lines.append({"thread": teller.thread(entry)})
    return "".join(msgspec.json.encode(line).decode() + "\n" for line in lines)


def _has_untagged(script: Script, entry: Entry) -> bool:
    return any(
        not answer.tagged or _has_untagged(script, answer) for answer in script.answers(entry.key)
    )


def tell_feed(script: Script) -> str:
    """Give the reposts, newest first, as a feed of everybody who took part shows them."""
    teller = Teller(script)
    passed = [(at, entry.key, who) for entry in _bluesky(script) for who, at in entry.reposts]
    passed.sort(key=lambda one: one[:2], reverse=True)
    return _page("feed", [teller.repost(script.entry(key), who, at) for at, key, who in passed])
