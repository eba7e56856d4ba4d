"""The "Archive" sheet of a TAGS spreadsheet, saved as CSV.

Its rows say nothing of the post that a row reposts; `entities_str` is Twitter's own JSON, and
`time` is the moment again with the day first.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from chinwag.importers.tweet_tables import TweetTable
from chinwag.importers.tweets_v1 import Entities
from chinwag.model import Media, Post
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
        raise RowError("it has no author")
    if "text" not in row or row.get("status_url", "-") == "":
        raise RowError("it ends before its last columns")
    identifier, mended = mend_row_id(row.get("id_str", ""), row.get("status_url", ""))
    found = _read_entities(row.get("entities_str", ""))
    told = split_repost(row["text"])
    text, mended_text = _read_text(told[1] if told else row["text"], found)
    parent = row.get("in_reply_to_status_id_str", "").strip()
    return Post(
        id=identifier,
        author=author,
        text=text,
        created_at=_read_time(row, options),
        reply_to=parent or None,
        url=row.get("status_url", "").strip() or find_address(author, identifier),
        source=source,
        author_id=row.get("from_user_id_str", "").strip(),
        reply_to_author=row.get("in_reply_to_screen_name", "").strip(),
        hashtags=tuple(tag.text for tag in found.hashtags or () if tag.text),
        mentions=tuple(one.screen_name for one in found.user_mentions or () if one.screen_name),
        links=tuple(one.expanded_url or one.url or "" for one in found.urls or () if one.url),
        media=tuple(
            Media(
                url=one.media_url_https or one.media_url or one.expanded_url or "",
                alt=one.ext_alt_text or "",
            )
            for one in found.media or ()
        ),
        repost_of="?" if told else "",
        repairs=(*mended, *mended_text, *name_rounded(parent, "")),
    )


def _read_text(text: str, found: Entities) -> tuple[str, list[str]]:
    said, undone = repairs.undo_encoding(text)
    links, pictures = found.urls or (), found.media or ()
    full = {one.url: one.expanded_url for one in pictures if one.url and one.expanded_url}
    full |= {one.url: one.expanded_url for one in links if one.url and one.expanded_url}
    said, mended = clean_text(said, full, {one.url for one in pictures if one.url})
    return said, [*([repairs.ENCODING_UNDONE] if undone else []), *mended]


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
