"""Bluesky posts as the app view's API or its streams deliver them, saved to a file.

A file holds searches, feeds, lists of posts, threads and events, one after the other. Their posts
are found here and read in `records/bluesky_posts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from chinwag.importers.json_values import split_json
from chinwag.importers.source import Source
from chinwag.model import AsideRow, Deletion, Post, RawPost, note_error
from chinwag.records import bluesky_posts
from chinwag.records.contract import ReadOptions
from chinwag.records.json_access import as_dict

_ROUTE = "bluesky"
_PAGES = ("posts", "feed", "thread")
_THREAD_ITEM = {"value", "depth"}  # keys of an item of a thread, in the API's second version
_THREAD_KEYS = {"replies", "parent"}


class BlueskyJson:
    """Post views as the app view answers them; keeps the promise of `contract.Importer`."""

    name = "bluesky-json"
    title = "Bluesky posts (JSON)"
    about = "Saved from Bluesky's API: a search, a feed, a thread or a list of posts."

    def sniff(self, head: Source) -> float:
        """Return how sure it is, by the addresses of posts that only this network has."""
        text = head.peek()
        is_json = text.lstrip("\ufeff \t\r\n").startswith(("{", "["))
        if not is_json or '"at://' not in text:
            return 0.0
        return 0.95 if "app.bsky.feed" in text else 0.6

    def split(
        self,
        source: Source,
        options: ReadOptions,  # noqa: ARG002 - part of the promise
    ) -> Iterator[RawPost | AsideRow]:
        """Yield each post with what the answer says around it (its parent, who reposted it)."""
        for line, value in split_json(source, inner="post"):
            for item in _find_items(value):
                if hidden := bluesky_posts.find_hidden(item):
                    source.put_aside(line, note_error(hidden), "")
                else:
                    yield RawPost(route=_ROUTE, address=source.name, line=line, payload=item)

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion]:
        """Return a view as a post, a repost beside its original, a missing post as deleted."""
        return bluesky_posts.convert_record(raw, options)


def _find_items(value: object) -> Iterator[dict[str, Any]]:
    """Yield the posts inside whatever the API answered, parents before children."""
    waiting = [value]
    while waiting:
        answer = waiting.pop()
        held = _open_answer(answer)
        if held is not None:
            waiting.extend(reversed(held))
        elif isinstance(answer, dict):
            yield answer
        else:
            yield {"post": None}


def _open_answer(answer: object) -> list[Any] | None:
    """Return the parts of a list, a page or a thread in their order, None for a single post."""
    if isinstance(answer, list):
        return answer
    known = as_dict(answer)
    held = [known[key] for key in _PAGES if key in known]
    if held and "uri" not in known:
        return held
    if known.keys() >= _THREAD_ITEM:
        return [{"uri": known.get("uri"), **as_dict(known["value"])}]
    is_thread = not _THREAD_KEYS.isdisjoint(known)
    return _open_thread(known) if is_thread and "uri" not in known else None


def _open_thread(thread: dict[str, Any]) -> list[Any]:
    """Return a post of a thread, or what stands in its place, between those above and below."""
    own = {key: thread[key] for key in thread if key not in _THREAD_KEYS}
    post = {"post": own["post"]} if "post" in own else own
    parts = (thread.get("parent"), post, thread.get("replies"))
    return [part for part in parts if part]


IMPORTER = BlueskyJson()
