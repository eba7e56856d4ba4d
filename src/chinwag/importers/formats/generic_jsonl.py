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

from chinwag.errors import UnknownFormat
from chinwag.importers.cells import is_rich_text
from chinwag.importers.columns import explain_columns, find_missing, map_columns
from chinwag.importers.json_parsing import parse_json
from chinwag.importers.json_tables import find_table_rows
from chinwag.importers.json_values import split_json
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
_KEY = re.compile(r'"([\w .-]{1,60})"\s*:')


class GenericJsonl:
    """Any JSON objects that are posts; keeps the promise of `contract.Importer`."""

    name = POSTS
    title = "any posts as JSON"
    about = (
        "JSON lines or a JSON list from any tool, one object a post: author, text, time, and "
        "what else there is. Tables of pandas are read however they are turned. A chat folder's "
        "own `posts.jsonl` is read back whole. The exports of "
        "Discord (DiscordChatExporter), Telegram, twitter-web-exporter and snscrape are read as "
        "they are; so are twscrape, Apify's tweet scraper, Zulip and Gitter, whose keys are not "
        "confirmed from their sources."
    )

    def sniff(self, head: Source) -> float:
        """Return a low certainty at best, but a high one for our own `posts.jsonl`."""
        text = head.peek().lstrip("\ufeff \t\r\n")
        if text[:1] not in ("{", "["):
            return 0.0
        first = as_dict(parse_json(text.split("\n", 1)[0].strip(" \t[,]")))
        if first.keys() >= _OURS:
            return 0.92
        names = flatten(first) or dict.fromkeys(_KEY.findall(text))
        if not names:
            return 0.0
        is_read = not find_missing(map_columns(names, {}))
        return 0.3 if is_read else 0.21

    def split(self, source: Source, options: ReadOptions) -> Iterator[RawPost | AsideRow]:
        """Yield each object.

        Raises UnknownFormat at the end where no object could be read for want of names.
        """
        unusable: UnknownFormat | None = None
        is_usable = False
        for line, record in _split_records(source, options):
            if not is_usable:
                problem = _explain_record(record, source.name, options)
                is_usable = problem is None
                unusable = unusable or problem
            yield RawPost(route=POSTS, address=source.name, line=line, payload=record)
        if unusable is not None and not is_usable:
            raise unusable

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post]:
        """Return an object as a post; one of our own posts as it was written."""
        record = as_dict(raw.payload)
        ours = None if options.columns else _read_ours(record)
        if ours is not None:
            return [ours]
        row = flatten(record)
        columns = map_columns(row, options.columns, may_lack=True)
        if find_missing(columns):
            raise RowError(LACKING, code="no-known-field")
        return [convert_row(row, columns, raw, options)]


def flatten(record: dict[str, Any], *, prefix: str = "", depth: int = 1) -> dict[str, Any]:
    """Return an object with the keys of objects in it as "outer.inner"; rich text stays whole."""
    flat: dict[str, Any] = {}
    for key, value in record.items():
        is_outer = isinstance(value, dict) and not is_rich_text(value)
        if is_outer and depth < _DEEPEST:
            flat |= flatten(value, prefix=f"{prefix}{key}.", depth=depth + 1)
        else:
            flat[prefix + key] = value
    return flat


def _split_records(source: Source, options: ReadOptions) -> Iterator[tuple[int, dict[str, Any]]]:
    for line, value in split_json(source):
        for record in _find_records(value, options):
            yield line, record


def _find_records(value: object, options: ReadOptions) -> list[dict[str, Any]]:
    """Return an object, the rows of one that is a table, or those of the longest list in it."""
    if not isinstance(value, dict):
        return [{"value": value}]
    if rows := find_table_rows(value, options.columns):
        return rows
    lists = filter(_is_page, value.values())
    page: list[dict[str, Any]] = max(lists, key=len, default=[])
    if not page or options.columns:
        return [value]
    is_post = "text" in map_columns(flatten(value), {})
    return [value] if is_post else page


def _is_page(value: object) -> bool:
    """Return whether a value is a list of objects, with one at least."""
    if not isinstance(value, list) or not value:
        return False
    return all(isinstance(part, dict) for part in value)


def _explain_record(
    record: dict[str, Any], file: str, options: ReadOptions
) -> UnknownFormat | None:
    """Return what a record lacks to be a post, None for one that can be read."""
    if record.keys() >= _OURS:
        return None
    names = list(flatten(record))
    columns = map_columns(names, options.columns, may_lack=True)
    return explain_columns(file, names, columns) if find_missing(columns) else None


def _read_ours(record: dict[str, Any]) -> Post | None:
    """Return one of our own posts as it was written, None for any other and for an edited one."""
    if not record.keys() >= _OURS:
        return None
    try:
        post = msgspec.convert(record, Post)
    except msgspec.ValidationError:
        return None
    if not _is_sound(post):
        return None
    return post if post.source else msgspec.structs.replace(post, source=POSTS)


def _is_sound(post: Post) -> bool:
    sound = (
        post.id != "",
        post.author == bare_handle(post.author),
        "\r" not in post.text,
        post.created_at.utcoffset() == timedelta(0),
    )
    return all(sound)


IMPORTER = GenericJsonl()
