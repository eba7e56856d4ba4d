"""Mastodon statuses as the API of any server of the fediverse answers them, saved to a file.

A file holds timelines, searches, contexts and streams, one after the other. Their statuses, and
the server that answered, are found here; `records/mastodon_statuses` reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from chinwag.importers.json_parsing import parse_json
from chinwag.importers.json_values import split_json
from chinwag.importers.source import Source
from chinwag.model import AsideRow, Deletion, Post, RawPost, note_error
from chinwag.records.contract import ReadOptions, make_reason
from chinwag.records.json_access import as_dict, as_list, as_text
from chinwag.records.mastodon_statuses import convert_record, find_hidden, find_host

_ROUTE = "mastodon"
_SURE = re.compile(
    r'\\?"(account|reblogs_count|spoiler_text|visibility|in_reply_to_id|favourites_count)\\?"\s*:'
)
_TAG_ADDRESS = re.compile(r'\\?"url\\?"\s*:\s*\\?"https?://([^/"\\]+)/tags?/')
_EMPTY = re.compile(r'\s*\{\s*"(accounts|ancestors|descendants|hashtags|statuses)"\s*:\s*\[')
_BEGINNING = re.compile(r"[\s\ufeff]*(?:[{\[]|:|event:|data:)")
_EVENT_KEYS = {"event", "payload"}
_PAGES = ("ancestors", "statuses", "descendants")
_SSE = re.compile(r"\s*(?::[^\n]*\n+)*(?:event|data):")
_NO_POST = make_reason("a streaming event that brings no post", code="event-brings-no-post")
_NO_EVENT = make_reason("it is not a streaming event", code="not-a-streaming-event")


class MastodonJson:
    """Statuses as a server's API answers them; keeps the promise of `contract.Importer`."""

    name = "mastodon-json"
    title = "Mastodon posts (JSON)"
    about = (
        "Saved from the API of any server of the fediverse: a timeline, a search, a thread or a "
        "stream."
    )

    def sniff(self, head: Source) -> float:
        """Return how sure it is, by keys that only Mastodon's API has."""
        text = head.peek()
        if not _BEGINNING.match(text):
            return 0.0
        keys = {found[1] for found in _SURE.finditer(text)}
        if len(keys) >= 4:
            return 0.95
        return 0.9 if _EMPTY.match(text) else 0.0

    def split(
        self,
        source: Source,
        options: ReadOptions,  # noqa: ARG002 - part of the promise
    ) -> Iterator[RawPost | AsideRow]:
        """Yield each status with the server that answered, where its tags' addresses say which.

        A status that is neither public nor unlisted is kept aside without its text.
        """
        server = _guess_server(source.peek())
        is_stream = _SSE.match(source.peek()) is not None
        for line, value in _split_stream(source) if is_stream else split_json(source):
            for record in _find_statuses(value):
                server = _tell_server(record) or server
                if hidden := find_hidden(record):
                    source.put_aside(line, note_error(hidden), "")
                    continue
                payload = {"server": server, "status": record}
                yield RawPost(route=_ROUTE, address=source.name, line=line, payload=payload)

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion]:
        """Return a status as a post; a boost as its original and the repost; a deletion as such."""
        return convert_record(raw, options)


def _split_stream(source: Source) -> Iterator[tuple[int, Any]]:
    """Read server-sent events: an `event:` line, then its `data:` lines, joined."""
    event, data, begins = "update", "", 0
    for line, text in source.lines():
        name, _, value = text.partition(":")
        if name == "data":
            begins = begins if data else line
            data = f"{data}\n{value.removeprefix(' ')}".lstrip("\n")
            if event == "delete" or parse_json(data) is not None:
                yield begins, {"event": event, "payload": data}
                data = ""
        elif name == "event":
            if data:
                source.put_aside(begins, _NO_POST, data)
            event, data = value.strip(), ""
        elif name not in ("", "id", "retry"):
            source.put_aside(line, _NO_EVENT, text)
    if data:
        source.put_aside(begins, _NO_POST, data)


def _find_statuses(value: object) -> Iterator[dict[str, Any]]:
    """Yield the statuses (and deletions) inside whatever a server answered, in its order."""
    waiting = [value]
    while waiting:
        answer = waiting.pop()
        held = _open_answer(answer)
        if held is not None:
            waiting.extend(reversed(held))
        elif not isinstance(answer, dict):
            yield {"text": answer}
        elif answer.keys() >= _EVENT_KEYS:
            yield from _open_event(answer)
        else:
            yield answer


def _open_answer(answer: object) -> list[Any] | None:
    """Return the parts of a list, a page or a notification, None for a status or an event."""
    if isinstance(answer, list):
        return answer
    known = as_dict(answer)
    if known.keys() >= _EVENT_KEYS:
        return None
    if "account" in known and isinstance(known.get("status"), dict):  # a notification
        return [known["status"]]
    held = [as_list(known.get(key)) for key in _PAGES]
    return [*held, _list_notices(known)] if _is_page(known) else None


def _is_page(answer: dict[str, Any]) -> bool:
    """Return whether an answer holds statuses; an account's archive names its owner beside them."""
    is_status = "content" in answer or "created_at" in answer
    return not is_status and not answer.keys().isdisjoint(_PAGES)


def _list_notices(archive: dict[str, Any]) -> list[Any]:
    """Return the notifications in which others name an archive's owner.

    Posts that the owner marked as favourites or bookmarks are left alone: those marks are private.
    """
    notices = as_list(archive.get("mentions"))
    return [notice for notice in notices if isinstance(as_dict(notice).get("status"), dict)]


def _open_event(event: dict[str, Any]) -> Iterator[dict[str, Any]]:
    name, payload = as_text(event["event"]), event["payload"]
    if name == "delete":
        yield {"event": "delete", "id": as_text(payload)}
        return
    status = parse_json(payload) if isinstance(payload, str) else payload
    if name in ("update", "status.update") and isinstance(status, dict):
        yield status
    else:
        yield {"event": name or "?"}


def _guess_server(head: str) -> str:
    found = _TAG_ADDRESS.search(head)
    return found[1] if found else ""


def _tell_server(status: dict[str, Any]) -> str:
    """Return the server that answered: the one at which the status's tags are shown."""
    for tag in as_list(status.get("tags")):
        address = as_text(as_dict(tag).get("url"))
        if re.match(r"https?://[^/]+/tags?/", address):
            return find_host(address)
    account = as_dict(status.get("account"))
    acct = as_text(account.get("acct"))
    is_local = acct != "" and "@" not in acct
    return find_host(as_text(account.get("url"))) if is_local else ""


IMPORTER = MastodonJson()
