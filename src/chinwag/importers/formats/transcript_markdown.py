"""A chat's transcript in Markdown: a heading with the author, a quoted post that is a link.

    ### [@ana](https://twitter.com/ana) \\<Ana Reis\\>

    *2020-02-07 18:31:00Z*
    > [What was said #tag](https://twitter.com/ana/status/1225850000000000000)

    + [https://shelf.example](https://shelf.example)

Some transcripts give no times: then the ids in the addresses tell them. Some went through a
spreadsheet that broke the ids: then an id is made from the time, the author and the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from chinwag.importers.source import ASIDE_TEXT, Source
from chinwag.model import AsideRow, Media, Post, RawPost, Sighting
from chinwag.records.contract import ReadOptions, RowError, make_reason, read_payload
from chinwag.records.ids import ID_FROM_CONTENT, TIME_FROM_ID, make_id, tell_time
from chinwag.records.repairs import ENTITIES_UNDONE, undo_entities
from chinwag.records.times import parse_time
from chinwag.text.hashtags import find_hashtags
from chinwag.text.links import find_links
from chinwag.text.mentions import bare_handle, find_addressee, find_mentions, says_repost

NO_POST = make_reason("it is the transcript's own text, not a post", code="transcripts-own-text")

_ROUTE = "transcript-markdown"
_LONGEST = 40  # lines of one post
_AUTHOR = re.compile(
    r"#{2,6}\s+(?:\[@(?P<linked>\w+)\]\((?P<page>[^)\s\[]*)\)|@(?P<bare>\w+))"
    r"(?:\s+\\?<(?P<name>.*?)\\?>)?\s*"
)
_TIME = re.compile(
    r"[*_]{1,2}(?P<time>(?:[A-Za-z]{3,9},? )?[\w:.,+/ -]*\d:\d\d[\w:.+ -]*)[*_]{1,2}"
)
_LINK = re.compile(r"[+*-]\s+(?:\[[^\]]*\]\((?P<in>[^)\s]+)\)|<?(?P<bare>https?://[^\s>]+)>?)\s*")
_MEDIA = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<url>[^)\s]+)\)\s*")
_OPENING = re.compile(r"(?:>\s*)?\[(?!\])")
_POST = re.compile(
    r"(?:>\s*)?\[(?P<text>.*)\]\((?P<url>https?://(?:(?!\]\()[^\s)])*?/(?P<author>[^/\s)]++)"
    r"/status(?:es)?/(?P<id>[^\s)/?]++)[^\s)]*+)\)\s*+",
    re.DOTALL,
)
_DIGIT = re.compile(r"[0-9]")
_FEWEST_DIGITS = 8  # of a day with its time, which no line of a post is alone
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_NO_AUTHOR = ("", "status", "web", "i")  # what stands in an address in the place of a handle
_NO_ALT = ("embedded media", "image", "media")


class _Entry(msgspec.Struct):
    """A post of a transcript, as its lines say it."""

    author: str
    name: str
    time: str
    text: str
    permalink: str
    id: str
    links: list[str] = []
    media: list[tuple[str, str]] = []


class TranscriptMarkdown:
    """A transcript in Markdown; keeps the promise of `contract.Importer`."""

    name = "transcript-markdown"
    title = "Markdown transcript of a Twitter chat"
    about = "A chat written out post by post: the author as a heading, the words, the address."

    def sniff(self, head: Source) -> float:
        """Return how sure it is, by headings that are authors and quoted posts with an address."""
        text = head.peek()
        if not any(map(_AUTHOR.fullmatch, text.splitlines())):
            return 0.0
        return 0.95 if re.search(r"\]\(https?://\S{0,300}/status", text) else 0.4

    def split(
        self,
        source: Source,
        options: ReadOptions,  # noqa: ARG002 - part of the promise
    ) -> Iterator[RawPost | AsideRow]:
        """Yield each post with its heading, time, links and pictures; other text is kept aside."""
        reader = _Reader()
        for line, text in source.lines():
            for number, found in reader.take(line, text.strip()):
                yield _wrap(source, number, found)
        for number, found in reader.end():
            yield _wrap(source, number, found)

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post]:
        """Return an entry as a post, its time and its id restored where they are missing."""
        entry = read_payload(raw.payload, _Entry, "an entry of a transcript")
        if not entry.author:
            raise RowError("it has no author", code="no-author")
        text, undone = undo_entities(entry.text.strip())
        repairs = [ENTITIES_UNDONE] if undone else []
        created_at = _find_time(entry, options, repairs)
        identifier, url = entry.id, entry.permalink
        if not identifier.isdecimal():
            repairs.append(ID_FROM_CONTENT)
            identifier = make_id("transcript", created_at.isoformat(), entry.author, entry.text)
            url = ""
        return [
            Post(
                id=identifier,
                author=entry.author,
                text=text,
                created_at=created_at,
                reply_to=None,
                url=url,
                source=_ROUTE,
                author_name=entry.name,
                reply_to_author=find_addressee(text),
                hashtags=find_hashtags(text),
                mentions=find_mentions(text),
                links=tuple(dict.fromkeys((*find_links(text), *entry.links))),
                media=tuple(Media(url=url, alt=alt) for url, alt in entry.media),
                repost_of="?" if says_repost(text) else "",
                repairs=tuple(repairs),
                sightings=(Sighting(route=raw.route, address=raw.address, line=raw.line),),
            )
        ]


def _find_time(entry: _Entry, options: ReadOptions, repairs: list[str]) -> datetime:
    """Return when it was posted; where the transcript does not say, the id may."""
    told = tell_time(entry.id)
    if entry.time or told is None:
        return parse_time(entry.time, options)
    repairs.append(TIME_FROM_ID)
    return told


_Found = tuple[int, _Entry | str]


def _wrap(source: Source, line: int, found: _Entry | str) -> RawPost | AsideRow:
    if isinstance(found, str):
        return AsideRow(file=source.name, line=line, reason=NO_POST, text=found[:ASIDE_TEXT])
    payload = msgspec.to_builtins(found)
    return RawPost(route=_ROUTE, address=source.name, line=line, payload=payload)


class _Reader:
    """Reads line after line; holds an entry back until its links and pictures have been met."""

    def __init__(self) -> None:
        self._author = self._name = self._time = ""
        self._entry: _Entry | None = None
        self._entry_line = 0
        self._open: list[str] = []  # lines of a post whose end has not been met
        self._open_line = 0

    def take(self, line: int, text: str) -> Iterator[_Found]:
        """Take a line in; give what is complete, and what is no part of a post."""
        if self._open:
            yield from self._go_on(line, text)
        elif author := _AUTHOR.fullmatch(text):
            yield from self._flush()
            self._see_author(author)
        elif time := _TIME.fullmatch(text):
            yield from self._flush()
            self._time = time["time"].strip()
        elif self._entry is not None and _attach(self._entry, text):
            return
        elif self._author and _OPENING.match(text):
            yield from self._flush()
            self._open_line = line
            yield from self._go_on(line, text)
        elif _says_something(text):
            yield line, text

    def end(self) -> Iterator[_Found]:
        """Yield what is left at the end of the file."""
        if self._open:
            yield self._open_line, "\n".join(self._open)
        yield from self._flush()

    def _see_author(self, heading: re.Match[str]) -> None:
        self._author = heading["linked"] or heading["bare"]
        self._name = _ESCAPED.sub(r"\1", heading["name"] or "")
        self._time = ""

    def _go_on(self, line: int, text: str) -> Iterator[_Found]:
        """Add a line to a post that is open; give it up where it never closes."""
        if self._open and (self._never_closes(text) or len(self._open) >= _LONGEST):
            yield self._open_line, "\n".join(self._open)
            self._open = []
            yield from self.take(line, text)
            return
        self._open.append(text.removeprefix(">").lstrip() if self._open else text)
        if post := _POST.fullmatch("\n".join(self._open)):
            self._close_post(post)

    def _never_closes(self, text: str) -> bool:
        """Return whether a line begins another post: the end of the open one is missing."""
        is_cut = _OPENING.match(text) is not None and any("](http" in line for line in self._open)
        return is_cut or _begins_post(text)

    def _close_post(self, post: re.Match[str]) -> None:
        """Hold the post back whose end has been met; its address tells the author, if it can."""
        said = bare_handle(post["author"])
        author = self._author if said in _NO_AUTHOR else said
        name = self._name if author.lower() == self._author.lower() else ""
        self._entry = _Entry(author, name, self._time, post["text"], post["url"], post["id"])
        self._entry_line = self._open_line
        self._open, self._time = [], ""

    def _flush(self) -> Iterator[_Found]:
        if self._entry is not None:
            yield self._entry_line, self._entry
            self._entry = None


def _begins_post(text: str) -> bool:
    """Return whether a line belongs to the head of another post: who wrote it, or which day."""
    if _AUTHOR.fullmatch(text):
        return True
    return _TIME.fullmatch(text) is not None and len(_DIGIT.findall(text)) >= _FEWEST_DIGITS


def _attach(entry: _Entry, text: str) -> bool:
    """Add a line that is a link or a picture to its post, and return whether it is one."""
    if link := _LINK.fullmatch(text):
        entry.links.append(link["in"] or link["bare"])
        return True
    if media := _MEDIA.fullmatch(text):
        alt = "" if media["alt"].lower() in _NO_ALT else media["alt"]
        entry.media.append((media["url"], alt))
        return True
    return False


def _says_something(text: str) -> bool:
    """Return whether a line says more than a heading; an author's broken one may hold a post."""
    is_heading = text.startswith("#") and "[" not in text
    return not is_heading and text.strip("-*_> #") != ""


IMPORTER = TranscriptMarkdown()
