"""Bluesky posts as the app view's API answers them, or as its streams tell them, saved to a file.

Searches, feeds, lists of posts, threads and events, one after the other; what each of them says is
read in `bluesky_posts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from chinwag.importers.json_values import split_json
from chinwag.importers.source import Source
from chinwag.model import AsideRow, Deletion, Post, RawPost
from chinwag.records import bluesky_posts
from chinwag.records.contract import ReadOptions
from chinwag.records.json_access import as_dict

_ROUTE = "bluesky"
_PAGES = ("posts", "feed", "thread")


class BlueskyJson:
    """Post views as the app view answers them; keeps the promise of `contract.Importer`."""

    name = "bluesky-json"
    title = "Bluesky posts (JSON)"
    about = "Saved from Bluesky's API: a search, a feed, a thread or a list of posts."

    def sniff(self, head: Source) -> float:
        """Tell by the addresses of posts that only this network has."""
        text = head.peek()
        if '"at://' not in text or text.lstrip("\ufeff \t\r\n")[:1] not in ("{", "["):
            return 0.0
        return 0.95 if "app.bsky.feed" in text else 0.6

    def split(
        self,
        source: Source,
        options: ReadOptions,  # noqa: ARG002 - part of the promise
    ) -> Iterator[RawPost | AsideRow]:
        """Give each post with what the answer says around it (its parent, who reposted it)."""
        for line, value in split_json(source):
            for item in _find_items(value):
                if reason := bluesky_posts.tell_hidden(item):
                    source.put_aside(line, reason, "")
                else:
                    yield RawPost(route=_ROUTE, address=source.name, line=line, payload=item)

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion]:
        """Give a view as a post, a feed's repost beside its original, a missing one as deleted."""
        return bluesky_posts.convert_record(raw, options)


def _find_items(value: object) -> Iterator[dict[str, Any]]:
    """Give the posts inside whatever the API answered, parents before children."""
    waiting = [value]
    while waiting:
        answer = waiting.pop()
        if isinstance(answer, list):
            waiting.extend(reversed(answer))
        elif not isinstance(answer, dict):
            yield {"post": None}
        elif "uri" not in answer and any(key in answer for key in _PAGES):
            waiting.extend(answer[key] for key in reversed(_PAGES) if key in answer)
        elif "value" in answer and "depth" in answer:  # an item of a thread, second version
            waiting.append({"uri": answer.get("uri"), **as_dict(answer["value"])})
        elif "post" in answer and ("replies" in answer or "parent" in answer):
            inside = [answer.get("parent"), {"post": answer["post"]}, answer.get("replies")]
            waiting.extend(part for part in reversed(inside) if part)
        else:
            yield answer


IMPORTER = BlueskyJson()
