"""Any posts as JSON: one object a line, a list of objects, or a list inside one object.

Keys are found by their names, nested ones as "user.screen_name"; `--column text=message` says what
cannot be guessed. The `posts.jsonl` of a chat folder reads back as the posts that were written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

import msgspec

from chinwag.importers.columns import explain_columns, find_missing, map_columns
from chinwag.importers.json_values import parse_json, split_json
from chinwag.importers.rows import convert_row
from chinwag.importers.source import Source
from chinwag.model import AsideRow, Post, RawPost
from chinwag.records.contract import ReadOptions, RowError
from chinwag.records.json_access import as_dict
from chinwag.records.vocabulary import POSTS
from chinwag.text.mentions import bare_handle

LACKING = "nothing in it is called text, author or time"

_OURS = frozenset(field.encode_name for field in msgspec.structs.fields(Post) if field.required)
_DEEPEST = 3


class GenericJsonl:
    """Any JSON objects that are posts; keeps the promise of `contract.Importer`."""

    name = POSTS
    title = "any posts as JSON"
    about = (
        "JSON lines or a JSON list from any tool, one object a post: author, text, time, and "
        "what else there is. A chat folder's own `posts.jsonl` is read back whole."
    )

    def sniff(self, head: Source) -> float:
        """Be unsure at best, but of our own `posts.jsonl`."""
        text = head.peek().lstrip("\ufeff \t\r\n")
        if text[:1] not in ("{", "["):
            return 0.0
        first = as_dict(parse_json(text.split("\n", 1)[0].strip(" \t[,]")))
        if first.keys() >= _OURS:
            return 0.92
        names = list(flatten(first)) if first else re.findall(r'"([\w .-]{1,60})"\s*:', text)
        if not names:
            return 0.0
        return 0.21 if find_missing(map_columns(dict.fromkeys(names), {})) else 0.3

    def split(self, source: Source, options: ReadOptions) -> Iterator[RawPost | AsideRow]:
        """Give each object.

        Raises UnknownFormat at the end where no object could be read for want of names.
        """
        error, usable = None, 0
        for line, value in split_json(source):
            for record in _find_records(value, options):
                names = list(flatten(record))
                columns = map_columns(names, options.columns, may_lack=True)
                if find_missing(columns) and not record.keys() >= _OURS:
                    error = error or explain_columns(source.name, names, columns)
                else:
                    usable += 1
                yield RawPost(route=POSTS, address=source.name, line=line, payload=record)
        if error is not None and not usable:
            raise error

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post]:
        """Give an object as a post; one of our own posts as it was written."""
        record = as_dict(raw.payload)
        if record.keys() >= _OURS and not options.columns and (post := _read_ours(record)):
            return [post]
        row = flatten(record)
        columns = map_columns(row, options.columns, may_lack=True)
        if find_missing(columns):
            raise RowError(LACKING)
        return [convert_row(row, columns, raw, options)]


def flatten(record: dict[str, Any], *, prefix: str = "", depth: int = 1) -> dict[str, Any]:
    """Give an object with the keys of objects inside it as "outer.inner"; lists stay."""
    flat: dict[str, Any] = {}
    for key, value in record.items():
        if isinstance(value, dict) and depth < _DEEPEST:
            flat |= flatten(value, prefix=f"{prefix}{key}.", depth=depth + 1)
        else:
            flat[prefix + key] = value
    return flat


def _find_records(value: object, options: ReadOptions) -> Iterator[dict[str, Any]]:
    """Give an object, or those of the longest list inside one that is no post itself."""
    record = as_dict(value) if isinstance(value, dict) else {"value": value}
    columns = map_columns(flatten(record), {})
    lists = [one for one in record.values() if isinstance(one, list) and one]
    pages = [one for one in lists if all(isinstance(part, dict) for part in one)]
    if pages and "text" not in columns and not options.columns:
        yield from max(pages, key=len)
    else:
        yield record


def _read_ours(record: dict[str, Any]) -> Post | None:
    """Give one of our own posts as it was written, None where somebody has changed its form."""
    try:
        post = msgspec.convert(record, Post)
    except msgspec.ValidationError:
        return None
    is_sound = (
        post.id
        and post.author == bare_handle(post.author)
        and "\r" not in post.text
        and post.created_at.utcoffset() == timedelta(0)
    )
    if not is_sound:
        return None
    return post if post.source else msgspec.structs.replace(post, source=POSTS)


IMPORTER = GenericJsonl()
