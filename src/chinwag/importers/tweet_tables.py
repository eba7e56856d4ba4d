"""Tables of tweets as CSV, one tweet a row: the part that all their formats share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from chinwag.importers.cells import refuse_shifted
from chinwag.importers.columns import map_columns
from chinwag.importers.csv_rows import find_delimiter, read_header, read_rows
from chinwag.importers.near_names import find_meant, put_unread_aside
from chinwag.importers.source import Source
from chinwag.importers.tables import read_first_rows
from chinwag.model import Post, RawPost
from chinwag.records import repairs
from chinwag.records.contract import ReadOptions
from chinwag.records.tweets import clean_text, match_links, split_repost

Row = Mapping[str, str]


class TweetTable(msgspec.Struct, kw_only=True):
    """One layout of such a table; keeps the promise of `contract.Importer`.

    `needed` are the columns without which it is not this layout, `usual` those that make it surer
    (at least `fewest_usual` of them must be there), `surest` how sure it is with all of them.
    `convert_row` makes the post of a row, for a route.
    """

    name: str
    title: str
    about: str
    needed: frozenset[str]
    usual: frozenset[str]
    convert_row: Callable[[Row, str, ReadOptions], Post]
    fewest_usual: int = 0
    surest: float = 0.95

    def sniff(self, head: Source) -> float:
        """Return how sure it is, by the column names."""
        names = set(read_header(head.peek()))
        missing = len(self.usual - names)
        if not names >= self.needed or len(self.usual) - missing < self.fewest_usual:
            return 0.0
        return self.surest - 0.05 * missing

    def split(self, source: Source, options: ReadOptions) -> Iterator[RawPost]:  # noqa: ARG002
        """Yield each row."""
        names = read_header(source.peek())
        columns = map_columns(names, {}, may_lack=True)
        known = self.needed | self.usual
        put_unread_aside(
            source,
            names,
            find_meant(names, columns, more=known),
            read_first_rows(source.peek(), find_delimiter(source.peek())),
        )
        for line, row in read_rows(source):
            yield RawPost(route=self.name, address=source.name, line=line, payload=row)

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post]:
        """Return the post of a row."""
        row = raw.payload if isinstance(raw.payload, dict) else {}
        post = self.convert_row(row, self.name, options)
        told = (row.get("text") or "").strip()
        refuse_shifted(post.author, told, post.id, post.url, row.get("created_at", ""))
        return (post,)


def read_text(
    text: str,
    links: tuple[str, ...],
    pictures: tuple[str, ...],
    *,
    is_repost: bool,
    escaped: bool = False,
) -> tuple[str, list[str]]:
    """Return a cell's text as its author saw it, a repost's without "RT", and what was mended.

    `links` and `pictures` are the full addresses of its short ones. A tool that `escaped` line
    breaks wrote `\\n` for them.
    """
    repost = split_repost(text) if is_repost else None
    said, undone = repairs.undo_encoding(repost[1] if repost else text)
    named = [repairs.ENCODING_UNDONE] if undone else []
    if escaped:
        said, broken = _unescape_lines(said)
        named += [repairs.LINES_MENDED] if broken else []
    full, short = match_links(said, links, pictures)
    said, mended = clean_text(said, full, short)
    return said, [*named, *mended]


def _unescape_lines(text: str) -> tuple[str, bool]:
    """Return a text with real line breaks, and whether it had escaped ones instead."""
    if "\\n" not in text or "\n" in text:
        return text, False
    return text.replace("\\r", "").replace("\\n", "\n"), True


def read_count(cell: str) -> int:
    """Return the count that a cell holds, 0 where it holds none."""
    return int(cell) if cell.strip().isdecimal() else 0
