"""CSV of the Twitter API v2, as twarc-csv makes it from JSON lines: dotted column names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

import msgspec

from chinwag.importers import repairs
from chinwag.importers.contract import ReadOptions, RowError
from chinwag.importers.csv_rows import read_header, read_rows
from chinwag.importers.source import Source
from chinwag.importers.times import parse_time
from chinwag.importers.tweets import (
    clean_text,
    find_address,
    mend_row_id,
    name_rounded,
    split_repost,
)
from chinwag.model import AsideRow, Deletion, Media, Post, RawPost

_NEEDED = {"id", "text", "created_at", "author_id"}
_USUAL = {"author.username", "conversation_id", "referenced_tweets.replied_to.id", "entities.urls"}


class _Link(msgspec.Struct, frozen=True, gc=False):
    url: str = ""
    expanded_url: str = ""
    media_key: str = ""


class _Tag(msgspec.Struct, frozen=True, gc=False):
    tag: str = ""


class _Mention(msgspec.Struct, frozen=True, gc=False):
    username: str = ""


class _Picture(msgspec.Struct, frozen=True, gc=False):
    url: str = ""
    preview_image_url: str = ""
    alt_text: str = ""
    type: str = "photo"


_Value = TypeVar("_Value")
_links = msgspec.json.Decoder(tuple[_Link, ...])
_tags = msgspec.json.Decoder(tuple[_Tag, ...])
_mentions = msgspec.json.Decoder(tuple[_Mention, ...])
_pictures = msgspec.json.Decoder(tuple[_Picture, ...])


class TwarcV2Csv:
    """Posts of the Twitter API v2 as CSV."""

    name = "twarc-v2-csv"
    title = "twarc CSV of the Twitter API v2"
    about = "Written by twarc 2 with its plugin twarc-csv."

    def sniff(self, head: Source) -> float:
        """Say how sure it is, by the column names."""
        names = set(read_header(head.peek()))
        if not names >= _NEEDED or not _USUAL & names:
            return 0.0
        return 0.75 + 0.05 * len(_USUAL & names)

    def split(self, source: Source, options: ReadOptions) -> Iterator[RawPost | AsideRow]:  # noqa: ARG002
        """Give each row."""
        for line, row in read_rows(source):
            yield RawPost(route=self.name, address=source.name, line=line, payload=row)

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion]:
        """Give the post of a row."""
        return (_convert_row(raw.payload, self.name, options),)


def _convert_row(row: Mapping[str, str], source: str, options: ReadOptions) -> Post:
    identifier, mended = mend_row_id(row.get("id", ""), "")
    if "text" not in row or not row.get("author_id", row.get("author.username")):
        raise RowError("it has no author, or ends before its last columns")
    author = row.get("author.username", "").strip() or row["author_id"].strip()
    original = row.get("referenced_tweets.retweeted.id", "").strip()
    parent = row.get("referenced_tweets.replied_to.id", "").strip()
    links = _read_cell(_links, row.get("entities.urls", ""))
    text, mended_text = _read_text(row["text"], links, is_repost=bool(original))
    return Post(
        id=identifier,
        author=author,
        text=text,
        created_at=parse_time(row.get("created_at"), options),
        reply_to=parent or None,
        url=find_address(author, identifier),
        source=source,
        author_name=row.get("author.name", "").strip(),
        author_id=row.get("author_id", "").strip(),
        reply_to_author=row.get("in_reply_to_username", "").strip(),
        thread=row.get("conversation_id", "").strip(),
        lang="" if row.get("lang", "") == "und" else row.get("lang", ""),
        hashtags=tuple(one.tag for one in _read_cell(_tags, row.get("entities.hashtags", ""))),
        mentions=tuple(
            one.username for one in _read_cell(_mentions, row.get("entities.mentions", ""))
        ),
        links=tuple(one.expanded_url or one.url for one in links if not one.media_key),
        media=_list_media(row.get("attachments.media", "")),
        quote_of=row.get("referenced_tweets.quoted.id", "").strip(),
        repost_of=original,
        repost_count=_count(row, original),
        repairs=(*mended, *mended_text, *name_rounded(parent, original)),
    )


def _read_text(text: str, links: tuple[_Link, ...], *, is_repost: bool) -> tuple[str, list[str]]:
    told = split_repost(text) if is_repost else None
    said, undone = repairs.undo_encoding(told[1] if told else text)
    full = {one.url: one.expanded_url for one in links if one.expanded_url}
    said, mended = clean_text(said, full, {one.url for one in links if one.media_key})
    return said, [*([repairs.ENCODING_UNDONE] if undone else []), *mended]


def _list_media(cell: str) -> tuple[Media, ...]:
    return tuple(
        Media(
            url=one.url or one.preview_image_url,
            alt=one.alt_text,
            kind="image" if one.type == "photo" else "video",
        )
        for one in _read_cell(_pictures, cell)
        if one.url or one.preview_image_url
    )


def _read_cell(decoder: msgspec.json.Decoder[tuple[_Value, ...]], cell: str) -> tuple[_Value, ...]:
    """Give the values of a cell that holds JSON; none where a spreadsheet has cut it."""
    if not cell.startswith("["):
        return ()
    try:
        return decoder.decode(cell)
    except (msgspec.DecodeError, RecursionError):
        return ()


def _count(row: Mapping[str, str], original: str) -> int:
    cell = row.get("public_metrics.retweet_count", "").strip()
    return int(cell) if cell.isdecimal() and not original else 0


IMPORTER = TwarcV2Csv()
