"""Tell the sample chat as two Mastodon servers would, in the words of their API (version 4.5).

A post has one `uri` everywhere and a different local id on each server. A server that is not the
author's own knows the time of a post to the second alone.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import msgspec

from sample_script import TAG, Entry, Person, Piece, Script, draw

GLAM = "glam.example"
SOCIAL = "social.example"


def make_uri(entry: Entry) -> str:
    """Give the address by which every server knows a Mastodon post."""
    return f"https://{entry.person.host}/users/{entry.person.user}/statuses/{_home_id(entry)}"


def _snowflake(at: datetime, *seeds: str) -> str:
    """Give an id as Mastodon makes it: milliseconds, then sixteen bits that tell nothing."""
    return str((round(at.timestamp() * 1000) << 16) + draw("id", *seeds, below=1 << 16))


def _home_id(entry: Entry) -> str:
    return _snowflake(_exact(entry), entry.person.host, entry.key)


def _exact(entry: Entry) -> datetime:
    return entry.at + timedelta(milliseconds=draw("ms", entry.key, below=1000))


def _stamp(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z"


class Server:
    """One server's view of the chat: the ids and the addresses that it alone uses."""

    def __init__(self, host: str, script: Script) -> None:
        self.host = host
        self.script = script

    def local_id(self, entry: Entry) -> str:
        """Give the id that this server gives to a post: its author's own, or one of arrival."""
        if entry.person.host == self.host:
            return _home_id(entry)
        waited = timedelta(milliseconds=900 + draw("wait", self.host, entry.key, below=4000))
        return _snowflake(_exact(entry) + waited, self.host, entry.key)

    def status(self, entry: Entry, *, before: bool = False, bare: bool = False) -> dict[str, Any]:
        """Give a post as this server answers it; `before` its edit; `bare` without its quote."""
        parent = self.script.entry(entry.parent) if entry.parent else None
        pieces = self._pieces(entry, entry.before if before else entry.text)
        own = entry.person.host == self.host
        edited = None if before or not entry.edited_at else _stamp(entry.edited_at)
        quoted = self.script.entry(entry.quote) if entry.quote and not bare else None
        return {
            "id": self.local_id(entry),
            "created_at": _stamp(_exact(entry) if own else entry.at),
            "in_reply_to_id": self.local_id(parent) if parent else None,
            "in_reply_to_account_id": self._account_id(parent.person) if parent else None,
            "sensitive": bool(entry.warning),
            "spoiler_text": entry.warning,
            "visibility": "private" if entry.private else "public",
            "language": entry.lang,
            "uri": make_uri(entry),
            "url": f"https://{entry.person.host}/@{entry.person.user}/{_home_id(entry)}",
            "replies_count": len(self.script.answers(entry.key)),
            "reblogs_count": len(entry.reposts),
            "favourites_count": draw("likes", entry.key, below=19),
            "edited_at": edited,
            "content": f"<p>{''.join(self._html(entry, piece) for piece in pieces)}</p>",
            "reblog": None,
            "account": self.account(entry.person),
            "media_attachments": [
                self._picture(entry, number, alt) for number, alt in enumerate(entry.pictures)
            ],
            "mentions": [self._mention(piece) for piece in pieces if piece.kind == "mention"],
            "tags": [
                {"name": piece.value.lower(), "url": f"https://{self.host}/tags/{piece.value}"}
                for piece in pieces
                if piece.kind == "tag"
            ],
            "emojis": [],
            "quote": {"state": "accepted", "quoted_status": self.status(quoted, bare=True)}
            if quoted
            else None,
            "card": None,
            "poll": self._poll(entry),
        }

    def reblog(self, entry: Entry, who: Person, at: datetime) -> dict[str, Any]:
        """Give a repost: an empty status by whoever passed it on, with the original inside."""
        number = _snowflake(at, self.host, "reblog", entry.key, who.key)
        original = self.status(entry)
        wrapper = {
            "id": number,
            "created_at": _stamp(at),
            "in_reply_to_id": None,
            "in_reply_to_account_id": None,
            "visibility": "public",
            "uri": f"https://{who.host}/users/{who.user}/statuses/{number}/activity",
            "url": f"https://{who.host}/users/{who.user}/statuses/{number}/activity",
            "edited_at": None,
            "reblog": original,
            "account": self.account(who),
            "quote": None,
            "card": None,
            "poll": None,
        }
        return {**original, **wrapper}

    def account(self, person: Person) -> dict[str, Any]:
        """Give the account, with the fields that somebody may read."""
        return {
            "id": self._account_id(person),
            "username": person.user,
            "acct": person.user if person.host == self.host else person.handle,
            "display_name": person.name,
            "locked": False,
            "bot": False,
            "created_at": "2023-02-07T00:00:00.000Z",
            "url": f"https://{person.host}/@{person.user}",
            "uri": f"https://{person.host}/users/{person.user}",
        }

    def _account_id(self, person: Person) -> str:
        return str(109_000_000_000_000_000 + draw("account", self.host, person.key, below=10**15))

    def _pieces(self, entry: Entry, text: str) -> list[Piece]:
        """Cut the text, with the mention before it that Mastodon's apps put before a reply."""
        parent = self.script.entry(entry.parent).person if entry.parent else entry.person
        pieces = self.script.pieces(entry, text)
        if parent == entry.person or f"@{parent.key}" in text:
            return pieces
        return [Piece("mention", f"@{parent.user}", parent.key), Piece("words", " "), *pieces]

    def _html(self, entry: Entry, piece: Piece) -> str:
        if piece.kind == "tag":
            home = f"https://{entry.person.host}/tags/{piece.value}"
            return (
                f'<a href="{home}" class="mention hashtag" rel="tag">'
                f"#<span>{html.escape(piece.value)}</span></a>"
            )
        if piece.kind == "mention":
            person = self.script.people[piece.value]
            return (
                f'<span class="h-card" translate="no"><a href="https://{person.host}/@{person.user}"'
                f' class="u-url mention">@<span>{person.user}</span></a></span>'
            )
        if piece.kind == "link":
            return _shorten(piece.value)
        said = html.escape(piece.shown, quote=True).replace("&#x27;", "&#39;")
        return said.replace("\n\n", "</p><p>").replace("\n", "<br />")

    def _mention(self, piece: Piece) -> dict[str, str]:
        whole = self.account(self.script.people[piece.value])
        return {name: whole[name] for name in ("id", "username", "url", "acct")}

    def _picture(self, entry: Entry, number: int, alt: str) -> dict[str, Any]:
        place = f"https://files.{entry.person.host}/media/{entry.key.replace(':', '')}-{number}"
        return {
            "id": _snowflake(entry.at, self.host, "picture", entry.key, str(number)),
            "type": "image",
            "url": f"{place}.jpg",
            "preview_url": f"{place}-small.jpg",
            "remote_url": None,
            "description": alt or None,
            "blurhash": None,
        }

    def _poll(self, entry: Entry) -> dict[str, Any] | None:
        if not entry.poll:
            return None
        votes = sum(count for _, count in entry.poll)
        return {
            "id": str(draw("poll", self.host, entry.key, below=10**6)),
            "expires_at": _stamp(entry.at + timedelta(hours=1)),
            "expired": True,
            "multiple": False,
            "votes_count": votes,
            "voters_count": votes,
            "options": [{"title": title, "votes_count": count} for title, count in entry.poll],
            "emojis": [],
        }


def _shorten(link: str) -> str:
    """Give a link as Mastodon shows it: the scheme hidden, thirty characters, the rest hidden."""
    scheme, _, rest = link.partition("://")
    tail = f'<span class="invisible">{html.escape(rest[30:])}</span>'
    shown = "ellipsis" if rest[30:] else ""
    return (
        f'<a href="{html.escape(link)}" target="_blank" rel="nofollow noopener" translate="no">'
        f'<span class="invisible">{scheme}://</span>'
        f'<span class="{shown}">{html.escape(rest[:30])}</span>{tail}</a>'
    )


def _line(value: object) -> str:
    return msgspec.json.encode(value).decode() + "\n"


def _never_seen(entry: Entry) -> bool:
    """Say whether glam.example never heard of a post: nobody there follows its author yet."""
    return entry.person.key == "pooja" and not entry.reposts and not entry.parent


def tell_glam(script: Script) -> str:
    """Give the tag's timeline on glam.example the next day: one status a line, newest first."""
    server = Server(GLAM, script)
    seen = [
        entry
        for entry in _mastodon(script)
        if entry.tagged and not entry.deleted_at and not entry.private and not _never_seen(entry)
    ]
    return "".join(_line(server.status(entry)) for entry in reversed(seen))


def tell_social(script: Script) -> str:
    """Give what social.example told: the live stream, then the threads, then who passed it on."""
    server = Server(SOCIAL, script)
    return "".join(
        _line(value)
        for part in (_stream(server), _contexts(server), _reblogs(server))
        for value in part
    )


def _mastodon(script: Script) -> list[Entry]:
    return [entry for entry in script.entries if entry.person.network == "m"]


def _stream(server: Server) -> Iterable[dict[str, Any]]:
    """Give the tag's streaming events of the evening, in order, deletions among them.

    The stream was up from five to eight until eleven at night; social.example follows nobody on
    the Welsh and the Finnish server.
    """
    hour = [
        entry
        for entry in _mastodon(server.script)
        if entry.tagged
        and not entry.private
        and (17, 55) < (entry.at.hour, entry.at.minute) < (22, 0)
        and entry.person.host not in ("llyfr.example", "kirjasto.example")
    ]
    events: list[tuple[datetime, str, str]] = []
    for entry in hour:
        payload = msgspec.json.encode(server.status(entry, before=bool(entry.before))).decode()
        events.append((_exact(entry), "update", payload))
        if entry.deleted_at:
            events.append((entry.deleted_at, "delete", server.local_id(entry)))
    for _, name, payload in sorted(events):
        yield {"stream": ["hashtag", TAG], "event": name, "payload": payload}


def _contexts(server: Server) -> Iterable[dict[str, Any]]:
    """Give each thread that holds a reply without the hashtag: its first post, then its context."""
    threads: dict[str, list[Entry]] = {}
    for entry in _mastodon(server.script):
        threads.setdefault(server.script.root(entry).key, []).append(entry)
    for root, *descendants in threads.values():
        if any(not entry.tagged for entry in descendants) and not root.deleted_at:
            yield server.status(root)
            yield {
                "ancestors": [],
                "descendants": [server.status(entry) for entry in descendants],
            }


def _reblogs(server: Server) -> Iterable[dict[str, Any]]:
    """Give the reposts that passed through the home timeline of the account that collected."""
    passed = [
        (at, entry.key, who) for entry in _mastodon(server.script) for who, at in entry.reposts
    ]
    for at, key, who in sorted(passed, key=lambda one: one[:2]):
        yield server.reblog(server.script.entry(key), who, at)
