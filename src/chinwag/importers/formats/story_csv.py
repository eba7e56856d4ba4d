"""`posts.csv` of a story that Chinwag published: its posts again, without where each belongs."""

from __future__ import annotations

from collections.abc import Mapping

from chinwag.importers.cells import read_reference
from chinwag.importers.tweet_tables import TweetTable, read_count
from chinwag.model import Post
from chinwag.records.contract import ReadOptions, RowError
from chinwag.records.repairs import ID_RESTORED, restore_id
from chinwag.records.times import parse_time
from chinwag.text.hashtags import find_hashtags
from chinwag.text.links import find_links
from chinwag.text.mentions import find_mentions
from chinwag.text.spreadsheet import free_cell


def _convert_row(row: Mapping[str, str], source: str, options: ReadOptions) -> Post:
    cells = {name: free_cell(cell) for name, cell in row.items()}
    url = cells.get("url", "")
    identifier, restored = restore_id(cells.get("id", ""), url)
    if not identifier:
        raise RowError("{text!r} is not the id of a post", code="id-invalid", text="")
    text = cells.get("text", "")
    return Post(
        id=identifier,
        author=cells.get("author", ""),
        text=text,
        created_at=parse_time(cells.get("time"), options),
        reply_to=read_reference(cells.get("reply_to")) or None,
        url=url,
        source=source,
        author_name=cells.get("author_name", ""),
        hashtags=find_hashtags(text),
        mentions=find_mentions(text),
        links=find_links(text),
        repost_count=read_count(cells.get("reposts", "")),
        deleted=cells.get("deleted") == "yes",
        text_lost=cells.get("text_lost") == "yes",
        repairs=(ID_RESTORED,) if restored else (),
    )


IMPORTER = TweetTable(
    name="story-csv",
    title="posts of a Chinwag story (CSV)",
    about="The table `posts.csv` that Chinwag publishes with a story. Where each post belongs is "
    "worked out anew.",
    needed=frozenset({"id", "time", "author", "text", "question", "reason", "confidence", "by"}),
    usual=frozenset({"kind", "url", "reply_to", "reposts"}),
    convert_row=_convert_row,
    surest=0.97,
)
