"""CSV of the Twitter API v1.1, as twarc 1 made it from JSON lines (`json2csv`), old and new layout.

The old layout has a column twice, no user id and `reweet_id`; both give short addresses in the
text and the full ones in columns of their own. Spreadsheets that saved such a file again rounded
its ids.
"""

from __future__ import annotations

from collections.abc import Mapping

from chinwag.importers.cells import read_person, read_tweet_parent
from chinwag.importers.tweet_tables import TweetTable, read_count, read_text
from chinwag.model import Media, Post
from chinwag.records.contract import ReadOptions, RowError
from chinwag.records.times import parse_time
from chinwag.records.tweets import (
    find_address,
    mend_row_id,
    name_rounded,
    read_language,
    split_repost,
)
from chinwag.text.mentions import bare_handle


def _convert_row(row: Mapping[str, str], source: str, options: ReadOptions) -> Post:
    author = bare_handle(row.get("user_screen_name", ""))
    if not author:
        raise RowError("it has no author", code="no-author")
    if "text" not in row or row.get("tweet_url") is None:
        raise RowError("it ends before its last columns", code="row-cut-off")
    identifier, mended = mend_row_id(row.get("id", ""), row["tweet_url"])
    original = _find_original(row)
    links, pictures = tuple(row.get("urls", "").split()), tuple(row.get("media", "").split())
    text, mended_text = read_text(row["text"], links, pictures, is_repost=bool(original))
    parent = read_tweet_parent(row.get("in_reply_to_status_id"))
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
        reply_to_author=read_person(row.get("in_reply_to_screen_name")),
        lang=read_language(row.get("lang")),
        hashtags=tuple(row.get("hashtags", "").split()),
        links=links,
        media=tuple(Media(url=address) for address in pictures),
        quote_of=_find_quoted(row),
        repost_of=original,
        repost_count=0 if original else read_count(row.get("retweet_count", "")),
        repairs=(*mended, *mended_text, *name_rounded(parent, original)),
    )


def _find_original(row: Mapping[str, str]) -> str:
    """Return the id of the post that a row reposts: three names in as many versions of the tool."""
    for name in ("reweet_id", "retweet_id"):
        if found := row.get(name, "").strip():
            return found
    kind = row.get("tweet_type", "retweet" if split_repost(row.get("text", "")) else "quote")
    return row.get("retweet_or_quote_id", "").strip() if kind == "retweet" else ""


def _find_quoted(row: Mapping[str, str]) -> str:
    if row.get("tweet_type") == "quote":
        return row.get("retweet_or_quote_id", "").strip()
    return row.get("quote_id", "").strip()


IMPORTER = TweetTable(
    name="twarc-v1-csv",
    title="tweets from twarc 1 (CSV)",
    about=(
        "Tweets of the Twitter API v1.1 that twarc 1 made into CSV with `json2csv`, perhaps "
        "saved again by a spreadsheet."
    ),
    needed=frozenset({"id", "text", "created_at", "user_screen_name"}),
    usual=frozenset(
        {"tweet_url", "in_reply_to_status_id", "favorite_count", "user_statuses_count"}
    ),
    convert_row=_convert_row,
)
