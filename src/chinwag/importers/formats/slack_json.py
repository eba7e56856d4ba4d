"""A day of a Slack channel, as Slack's own export holds it: a list of messages.

`ts` is a message's id and time, `thread_ts` the id of the message that opened the thread. Names
stand in `user_profile`, and in the text as `<@U100>`. The form is that of exports in common use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from chinwag.importers.json_values import split_json
from chinwag.importers.source import Source
from chinwag.model import AsideRow, Post, RawPost, Sighting
from chinwag.records.contract import ReadOptions, RowError
from chinwag.records.json_access import as_dict, as_dicts, as_text, dig, find_text
from chinwag.records.repairs import undo_entities
from chinwag.records.times import parse_time
from chinwag.text.hashtags import find_hashtags
from chinwag.text.links import find_links

_ROUTE = "slack"
_SIGNS = re.compile(r'"(ts|user_profile|client_msg_id|subtype|thread_ts|user_team|blocks)"\s*:')
_TS = re.compile(r'"ts"\s*:\s*"\d{10}\.\d{6}"')
_MARKUP = re.compile(r"<(?P<sign>[@#!]?)(?P<inside>[^<>|]+)(?:\|(?P<label>[^<>]*))?>")
# Messages of these kinds are written by people; others tell who joined, or what a channel is for.
_WRITTEN_SIGNS = {"@": "@", "#": "#", "!": "@"}
_WRITTEN = ("", "bot_message", "thread_broadcast", "file_share", "me_message")


class SlackJson:
    """Messages of a channel; keeps the promise of `contract.Importer`."""

    name = "slack-json"
    title = "Slack export (JSON)"
    about = (
        "A day's file out of the export of a Slack workspace, such as general/2024-03-05.json. "
        "Its form is read as it is commonly known, not confirmed from Slack."
    )

    def sniff(self, head: Source) -> float:
        """Return how sure it is, by Slack's times that are ids, and its keys."""
        text = head.peek()
        if not text.lstrip("\ufeff \t\r\n").startswith(("[", "{")) or not _TS.search(text):
            return 0.0
        keys = set(_SIGNS.findall(text))
        return 0.95 if len(keys) >= 3 else 0.4

    def split(
        self,
        source: Source,
        options: ReadOptions,  # noqa: ARG002 - part of the promise
    ) -> Iterator[RawPost | AsideRow]:
        """Yield each message, with the names of the people in it."""
        names: dict[str, str] = {}
        for _, message in _list_messages(source):
            names |= _name_author(message)
        source.take_aside()
        for line, message in _list_messages(source):
            payload = {"message": message, "names": _choose_names(message, names)}
            yield RawPost(route=_ROUTE, address=source.name, line=line, payload=payload)

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post]:
        """Return a message as a post, in the names that people go by; an event gives none."""
        message, names = as_dict(raw.payload["message"]), as_dict(raw.payload["names"])
        if as_text(message.get("subtype")) not in _WRITTEN:
            return ()
        user = find_text(message, "user", "bot_id")
        author = as_text(names.get(user)) or find_text(message, "username") or user
        if not author:
            raise RowError("it has no author", code="no-author")
        identifier = as_text(message.get("ts"))
        if not identifier:
            raise RowError("it has no id", code="no-id")
        text = _read_text(as_text(message.get("text")), names)
        return (
            Post(
                id=identifier,
                author=author,
                text=text,
                created_at=parse_time(identifier, options),
                reply_to=_find_parent(message),
                url="",
                source=_ROUTE,
                author_name=as_text(dig(message, "user_profile", "real_name")),
                author_id=user,
                thread=as_text(message.get("thread_ts")),
                hashtags=find_hashtags(text),
                mentions=tuple(_list_mentions(as_text(message.get("text")), names)),
                links=find_links(text),
                sightings=(Sighting(route=raw.route, address=raw.address, line=raw.line),),
            ),
        )


def _list_messages(source: Source) -> Iterator[tuple[int, dict[str, Any]]]:
    for line, value in split_json(source):
        inside = as_dicts(as_dict(value).get("messages"))
        yield from ((line, message) for message in inside or [as_dict(value)])


def _name_author(message: dict[str, Any]) -> dict[str, str]:
    """Return the author's id with the name that the message shows, nothing where it shows none."""
    profile = as_dict(message.get("user_profile"))
    user, name = as_text(message.get("user")), find_text(profile, "display_name", "name")
    name = name or as_text(profile.get("real_name"))
    return {user: name} if user and name else {}


def _choose_names(message: dict[str, Any], names: dict[str, str]) -> dict[str, str]:
    """Return the names of the author and of those whom the text names."""
    users = [as_text(message.get("user"))]
    users += [found["inside"] for found in _MARKUP.finditer(as_text(message.get("text")))]
    return {user: names[user] for user in users if user in names}


def _find_parent(message: dict[str, Any]) -> str | None:
    """Return the message that opened the thread, None for that message itself."""
    thread = as_text(message.get("thread_ts"))
    return None if thread in ("", message.get("ts")) else thread


def _read_text(text: str, names: dict[str, Any]) -> str:
    """Return a text with people, channels and addresses written out."""
    written = _MARKUP.sub(lambda found: _write_out(found, names), text)
    return undo_entities(written)[0].strip()


def _write_out(found: re.Match[str], names: dict[str, Any]) -> str:
    """Return a person, a channel, a call to all or an address as people read it."""
    sign, inside, label = found.group("sign", "inside", "label")
    if not sign:
        is_address = not label or label in inside
        return inside if is_address else f"{label} ({inside})"
    name = label or as_text(names.get(inside)) or inside
    return _WRITTEN_SIGNS[sign] + name.lstrip("@")


def _list_mentions(text: str, names: dict[str, Any]) -> Iterator[str]:
    for found in _MARKUP.finditer(text):
        if found["sign"] == "@":
            yield as_text(names.get(found["inside"])) or found["inside"]


IMPORTER = SlackJson()
