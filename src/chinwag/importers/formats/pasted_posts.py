"""Text copied from the pages of X, Mastodon or Bluesky: names, handles, times, words, buttons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chinwag.importers.source import Source
from chinwag.model import AsideRow, Deletion, Post, RawPost
from chinwag.records import pasted_posts
from chinwag.records.contract import ReadOptions, make_reason
from chinwag.text.pasted import read_pasted

MOST_CHARACTERS = 4_000_000  # of a pasted text; nobody copies more by hand

_ROUTE = "pasted-posts"
_FEWEST = 0.5  # the share of blocks that name their author


class PastedPosts:
    """Posts copied from pages; keeps the promise of `contract.Importer`."""

    name = "pasted-posts"
    title = "posts copied from pages (text)"
    about = (
        "What you copied from a page of X, Mastodon or Bluesky and saved as text: a name, a "
        "handle, a time, the words. Where the page shows only how long ago (2h, 13 Oct), copy each "
        "post's address below it: it holds the time. A time states no zone: give `--tz`. The order "
        "of the lines is confirmed from the sources of Mastodon and Bluesky, X's is not."
    )

    def sniff(self, head: Source) -> float:
        """Return 0.5 for blocks of lines that mostly name an author with a time or an address."""
        text = head.peek()
        if text.lstrip().startswith(("{", "[", "<")) or "@" not in text:
            return 0.0
        blocks = pasted_posts.cut_paste(text)
        named = sum(map(_is_post, blocks))
        return 0.5 if named and named >= _FEWEST * len(blocks) else 0.0

    def split(
        self,
        source: Source,
        options: ReadOptions,  # noqa: ARG002 - part of the promise
    ) -> Iterator[RawPost | AsideRow]:
        """Yield the lines of each post."""
        with source.text_stream() as stream:
            text, more = stream.read(MOST_CHARACTERS), stream.read(1)
        if more:
            yield _make_too_long(source)
        line = 1
        for block in pasted_posts.cut_paste(text):
            yield RawPost(route=_ROUTE, address=source.name, line=line, payload={"text": block})
            line += block.count("\n") + 1

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion]:
        """Return the post of a block. Raises RowError where author, time or words are missing."""
        return pasted_posts.convert_record(raw, options)


def _is_post(block: str) -> bool:
    """Return whether a block names its author, and holds a time, an age or an address."""
    said = read_pasted(block)
    last = block.splitlines()[-1]
    return bool(said.author and (said.time or said.ago)) or pasted_posts.is_post_address(last)


def _make_too_long(source: Source) -> AsideRow:
    reason = make_reason(
        "the file is longer than {most} characters, and what follows was not read",
        code="paste-too-long",
        most=MOST_CHARACTERS,
    )
    return AsideRow(file=source.name, line=0, reason=reason, text="")


IMPORTER = PastedPosts()
