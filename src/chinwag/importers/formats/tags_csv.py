"""The "Archive" sheet of a TAGS spreadsheet, saved as CSV.

A row says nothing of the post that it reposts; `entities_str` is Twitter's own JSON, and
`time` is the moment again with the day first.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from chinwag.importers.cells import read_person, read_tweet_parent
from chinwag.importers.tweet_tables import TweetTable
from chinwag.importers.tweets_v1 import (
    Entities,
    find_picture_addresses,
    list_links,
    list_media,
    list_mentions,
    list_tags,
    map_addresses,
)
from chinwag.model import Post
from chinwag.records import repairs
from chinwag.records.contract import ReadOptions, RowError
from chinwag.records.times import parse_time
from chinwag.records.tweets import (
    clean_text,
    find_address,
    mend_row_id,
    name_rounded,
    split_repost,
)
from chinwag.text.mentions import bare_handle

_entities = msgspec.json.Decoder(Entities, strict=False)


def _convert_row(row: Mapping[str, str], source: str, options: ReadOptions) -> Post:
    author = bare_handle(row.get("from_user", ""))
    if not author:
        raise RowError("it has no author", code="no-author")
    _check_whole(row)
    identifier, mended = mend_row_id(row.get("id_str", ""), row.get("status_url", ""))
    found = _read_entities(row.get("entities_str", ""))
    repost = split_repost(row["text"])
    text, mended_text = _read_text(repost[1] if repost else row["text"], found)
    parent = read_tweet_parent(row.get("in_reply_to_status_id_str"))
    return Post(
        id=identifier,
        author=author,
        text=text,
        created_at=_read_time(row, options),
        reply_to=parent or None,
        url=row.get("status_url", "").strip() or find_address(author, identifier),
        source=source,
        author_id=row.get("from_user_id_str", "").strip(),
        reply_to_author=read_person(row.get("in_reply_to_screen_name")),
        hashtags=list_tags(found),
        mentions=list_mentions(found),
        links=list_links(found),
        media=list_media(found.media),
        repost_of="?" if repost else "",
        repairs=(*mended, *mended_text, *name_rounded(parent, "")),
    )


def _check_whole(row: Mapping[str, str]) -> None:
    """Raise RowError for a row that was cut before the columns that every row fills."""
    lacks_text = "text" not in row
    lacks_address = row.get("status_url", "-") == ""
    if lacks_text or lacks_address:
        raise RowError("it ends before its last columns", code="row-cut-off")


def _read_text(text: str, found: Entities) -> tuple[str, list[str]]:
    said, undone = repairs.undo_encoding(text)
    named = [repairs.ENCODING_UNDONE] if undone else []
    said, mended = clean_text(said, map_addresses(found), find_picture_addresses(found))
    return said, [*named, *mended]


def _read_entities(cell: str) -> Entities:
    """Read Twitter's JSON, nothing where the sheet has cut it."""
    try:
        return _entities.decode(cell)
    except (msgspec.DecodeError, RecursionError):
        return Entities()


def _read_time(row: Mapping[str, str], options: ReadOptions) -> datetime:
    """Take `created_at`, which states its zone; `time` only where that cannot be read."""
    try:
        return parse_time(row.get("created_at"), options)
    except RowError:
        return parse_time(row.get("time"), options, day_first=True)


IMPORTER = TweetTable(
    name="tags-csv",
    title="TAGS sheet (CSV)",
    about='The "Archive" sheet of a TAGS spreadsheet at Google, downloaded as CSV.',
    needed=frozenset({"id_str", "from_user", "text"}),
    usual=frozenset(
        {"created_at", "time", "status_url", "entities_str", "in_reply_to_status_id_str"}
    ),
    convert_row=_convert_row,
)
