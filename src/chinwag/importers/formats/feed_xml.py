"""A feed that somebody saved: RSS or Atom, as Mastodon, Bluesky and blogs show it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from chinwag.importers.source import Source
from chinwag.model import AsideRow, Deletion, Post, RawPost
from chinwag.records.contract import ReadOptions, make_reason
from chinwag.records.feed_entries import convert_record, list_entries
from chinwag.records.xml_elements import read_document

MOST_BYTES = 16 << 20  # of a feed, which is read whole

_ROUTE = "feed-xml"
_TOP = re.compile(
    r"\s*+(?:<\?[^>]*+>\s*+|<!--(?:[^-]++|-(?!->))*+-->\s*+)*+<(?:\w++:)?+(?:rss|feed|RDF)\b"
)


class FeedXml:
    """A saved feed; keeps the promise of `contract.Importer`."""

    name = "feed-xml"
    title = "a feed (RSS or Atom)"
    about = (
        "What the address of a feed shows, saved as a file: `/tags/NAME.rss` of a Mastodon server, "
        "`/profile/NAME/rss` of Bluesky, any RSS or Atom. A feed has the latest posts alone, and "
        "says of no post which it answers."
    )

    def sniff(self, head: Source) -> float:
        """Return 0.95 for XML whose outermost element is a feed's."""
        return 0.95 if _TOP.match(head.peek().lstrip("\ufeff")) else 0.0

    def split(
        self,
        source: Source,
        options: ReadOptions,  # noqa: ARG002 - part of the promise
    ) -> Iterator[RawPost | AsideRow]:
        """Yield each entry; what does not end before a fault is put aside with the fault."""
        with source.byte_stream() as stream:
            body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            yield _make_too_long(source)
            return
        document = read_document(body)
        unclosed = set(map(id, document.unclosed))
        entries = list_entries(document.top)
        for entry in entries or ():
            if id(entry) not in unclosed:
                line = document.lines[id(entry)]
                payload = {"feed": source.name, "entry": entry}
                yield RawPost(route=_ROUTE, address=source.name, line=line, payload=payload)
        if document.fault or entries is None:
            yield _make_faulty(source, document.fault or "its outermost element is no feed's")

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion]:
        """Return an entry as a post. Raises RowError where it has no address, author or time."""
        return convert_record(raw, options)


def _make_too_long(source: Source) -> AsideRow:
    reason = make_reason(
        "the feed is larger than {most} MB", code="feed-too-large", most=MOST_BYTES >> 20
    )
    return AsideRow(file=source.name, line=0, reason=reason, text="")


def _make_faulty(source: Source, fault: str) -> AsideRow:
    reason = make_reason(
        "what follows the last entry that is whole cannot be read: {fault}",
        code="feed-file-faulty",
        fault=fault,
    )
    return AsideRow(file=source.name, line=0, reason=reason, text="")


IMPORTER = FeedXml()
