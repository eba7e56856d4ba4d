"""Posts of X as its own web pages receive them, which tools in the browser save as JSON.

Zeeschuimer writes one a line, under "data"; saved answers of the page hold them deep inside. A post
is a result with a "rest_id": the post itself under "legacy", in the words of API v1.1, its author
under "core" (in older files under "user"). Keys as 4CAT maps them (datasources/twitter-import).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from chinwag.importers.json_values import split_json
from chinwag.importers.source import Source
from chinwag.importers.tweets_v1 import DEEPEST, Tweet, convert_tweet
from chinwag.model import AsideRow, Post, RawPost
from chinwag.records.contract import ReadOptions, RowError
from chinwag.records.json_access import as_dict, as_text, dig, find_text

_SIGNS = ('"legacy"', '"full_text"', '"rest_id"', '"user_results"')
_MOST = 100_000  # objects of one answer that are looked through


class XGraphqlJson:
    """Posts as X's pages receive them; keeps the promise of `contract.Importer`."""

    name = "x-graphql-json"
    title = "posts saved from X's own pages (JSON)"
    about = (
        "Saved in the browser from X's pages: by Zeeschuimer (ndjson), or the answers of the page "
        "themselves."
    )

    def sniff(self, head: Source) -> float:
        """Return how sure it is, by keys that stand together nowhere else."""
        text = head.peek()
        if not text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
            return 0.0
        return 0.93 if sum(sign in text for sign in _SIGNS) >= 3 else 0.0

    def split(
        self,
        source: Source,
        options: ReadOptions,  # noqa: ARG002 - part of the promise
    ) -> Iterator[RawPost | AsideRow]:
        """Yield each post that an answer holds; one without any is yielded as it is."""
        for line, value in split_json(source, inner="tweet_results"):
            for result in list(_find_results(value)) or [value]:
                yield RawPost(route=self.name, address=source.name, line=line, payload=result)

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post]:
        """Return a post, and those that it reposts or quotes."""
        built = _build_tweet(raw.payload, 0)
        if built is None:
            raise RowError("it holds no post", code="no-post-inside")
        try:
            tweet = msgspec.convert(built, Tweet, strict=False)
        except msgspec.ValidationError as error:
            raise RowError(
                "this is not a post of X ({fault})", code="post-of-x-unreadable", fault=str(error)
            ) from error
        return convert_tweet(tweet, self.name, options)


def _find_results(value: object) -> Iterator[dict[str, Any]]:
    """Yield the posts inside an answer in their order, without those inside another post."""
    waiting, looked = [value], 0
    while waiting and looked < _MOST:
        answer = waiting.pop()
        looked += 1
        if _is_post(answer):
            yield as_dict(answer)
        elif isinstance(answer, dict):
            waiting.extend(reversed(answer.values()))
        elif isinstance(answer, list):
            waiting.extend(reversed(answer))


def _is_post(value: object) -> bool:
    return isinstance(dig(value, "legacy", "full_text"), str)


def _build_tweet(value: object, depth: int) -> dict[str, Any] | None:
    """Return a post in the shape of API v1.1, None for anything else."""
    result = as_dict(as_dict(value).get("tweet") or value)
    if not _is_post(result) or depth > DEEPEST:
        return None
    legacy = as_dict(result["legacy"])
    inner = depth + 1
    return {
        **legacy,
        "id_str": as_text(result.get("rest_id")) or as_text(legacy.get("id_str")),
        "user": _build_user(result),
        "extended_tweet": _build_long_text(result),
        "retweeted_status": _build_tweet(dig(legacy, "retweeted_status_result", "result"), inner),
        "quoted_status": _build_tweet(dig(result, "quoted_status_result", "result"), inner),
    }


def _build_user(result: dict[str, Any]) -> dict[str, Any]:
    """Return the author of a post, whose names have stood in three places over the years."""
    user = as_dict(dig(result, "core", "user_results", "result"))
    places = (user.get("core"), user.get("legacy"), result.get("user"))
    handles = [find_text(place, "screen_name") for place in places]
    names = [find_text(place, "name") for place in places]
    return {
        "id_str": as_text(user.get("rest_id")) or find_text(result.get("user"), "id_str"),
        "screen_name": next(filter(None, handles), ""),
        "name": next(filter(None, names), ""),
    }


def _build_long_text(result: dict[str, Any]) -> dict[str, Any] | None:
    note = dig(result, "note_tweet", "note_tweet_results", "result")
    text = find_text(note, "text")
    if not text:
        return None
    return {"full_text": text, "entities": as_dict(note).get("entity_set")}


IMPORTER = XGraphqlJson()
