"""A table of tweets as CSV, one a row: what its formats share, whatever their columns are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from chinwag.importers.csv_rows import read_header, read_rows
from chinwag.importers.source import Source
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
        """Say how sure it is, by the column names."""
        names = set(read_header(head.peek()))
        missing = len(self.usual - names)
        if not names >= self.needed or len(self.usual) - missing < self.fewest_usual:
            return 0.0
        return self.surest - 0.05 * missing

    def split(self, source: Source, options: ReadOptions) -> Iterator[RawPost]:  # noqa: ARG002
        """Give each row."""
        for line, row in read_rows(source):
            yield RawPost(route=self.name, address=source.name, line=line, payload=row)

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post]:
        """Give the post of a row."""
        return (self.convert_row(raw.payload, self.name, options),)


def read_text(
    text: str,
    links: tuple[str, ...],
    pictures: tuple[str, ...],
    *,
    is_repost: bool,
    escaped: bool = False,
) -> tuple[str, list[str]]:
    """Give a cell's text as its author saw it, a repost's without "RT", and what was mended.

    `links` and `pictures` are the full addresses of its short ones. A tool that `escaped` line
    breaks wrote them as `\\n`.
    """
    told = split_repost(text) if is_repost else None
    said, undone = repairs.undo_encoding(told[1] if told else text)
    named = [repairs.ENCODING_UNDONE] if undone else []
    if escaped and "\\n" in said and "\n" not in said:
        said = said.replace("\\r", "").replace("\\n", "\n")
        named.append(repairs.LINES_MENDED)
    full, short = match_links(said, links, pictures)
    said, mended = clean_text(said, full, short)
    return said, [*named, *mended]


def read_count(cell: str) -> int:
    """Give the count that a cell holds, 0 where it holds none."""
    return int(cell) if cell.strip().isdecimal() else 0
