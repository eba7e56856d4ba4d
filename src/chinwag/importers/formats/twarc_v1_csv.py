"""CSV of the Twitter API v1.1, as twarc 1 made it from JSON lines (`json2csv`), old and new layout.

The old layout has a column twice, no user id and `reweet_id`; both give short addresses in the
text and the full ones in columns of their own. Spreadsheets that saved such a file again rounded
its ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from chinwag.importers import repairs
from chinwag.importers.contract import ReadOptions, RowError
from chinwag.importers.csv_rows import read_header, read_rows
from chinwag.importers.source import Source
from chinwag.importers.times import parse_time
from chinwag.importers.tweets import (
    clean_text,
    find_address,
    match_links,
    mend_row_id,
    name_rounded,
    split_repost,
)
from chinwag.model import AsideRow, Deletion, Media, Post, RawPost

_NEEDED = {"id", "text", "created_at", "user_screen_name"}
_USUAL = {"tweet_url", "in_reply_to_status_id", "favorite_count", "user_statuses_count"}


class TwarcV1Csv:
    """Posts of the Twitter API v1.1 as CSV."""

    name = "twarc-v1-csv"
    title = "twarc CSV of the Twitter API v1.1"
    about = "Written by twarc 1 with `json2csv`, perhaps saved again by a spreadsheet."

    def sniff(self, head: Source) -> float:
        """Say how sure it is, by the column names."""
        names = set(read_header(head.peek()))
        if not names >= _NEEDED:
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
    author = row.get("user_screen_name", "").strip().lstrip("@")
    if not author:
        raise RowError("it has no author")
    if "text" not in row or row.get("tweet_url") is None:
        raise RowError("it ends before its last columns")
    identifier, mended = mend_row_id(row.get("id", ""), row["tweet_url"])
    original = _find_original(row)
    links, pictures = tuple(row.get("urls", "").split()), tuple(row.get("media", "").split())
    text, mended_text = _read_text(row["text"], links, pictures, is_repost=bool(original))
    parent = row.get("in_reply_to_status_id", "").strip()
    return Post(
        id=identifier,
        author=author,
        text=text,
        created_at=parse_time(row.get("created_at"), options),
        reply_to=parent or None,
        url=row["tweet_url"].strip() or find_address(author, identifier),
        source=source,
        author_name=row.get("user_name", "").strip(),
        author_id=row.get("user_id", "").strip(),
        reply_to_author=row.get("in_reply_to_screen_name", "").strip(),
        lang="" if row.get("lang", "") == "und" else row.get("lang", ""),
        hashtags=tuple(row.get("hashtags", "").split()),
        links=links,
        media=tuple(Media(url=address) for address in pictures),
        quote_of=_find_quoted(row),
        repost_of=original,
        repost_count=0 if original else _count(row.get("retweet_count", "")),
        repairs=(*mended, *mended_text, *name_rounded(parent, original)),
    )


def _read_text(
    text: str, links: tuple[str, ...], pictures: tuple[str, ...], *, is_repost: bool
) -> tuple[str, list[str]]:
    told = split_repost(text) if is_repost else None
    said = told[1] if told else text
    said, undone = repairs.undo_encoding(said)
    full, short = match_links(said, links, pictures)
    said, mended = clean_text(said, full, short)
    return said, [*([repairs.ENCODING_UNDONE] if undone else []), *mended]


def _find_original(row: Mapping[str, str]) -> str:
    """Give the id of the post that a row reposts: three names in as many versions of the tool."""
    for name in ("reweet_id", "retweet_id"):
        if found := row.get(name, "").strip():
            return found
    if row.get("tweet_type", "retweet") != "retweet":
        return ""
    found = row.get("retweet_or_quote_id", "").strip()
    if found and "tweet_type" not in row and not split_repost(row.get("text", "")):
        return ""
    return found


def _find_quoted(row: Mapping[str, str]) -> str:
    if row.get("tweet_type") == "quote":
        return row.get("retweet_or_quote_id", "").strip()
    return row.get("quote_id", "").strip()


def _count(cell: str) -> int:
    return int(cell) if cell.strip().isdecimal() else 0


IMPORTER = TwarcV1Csv()
