"""The HTML of posts as plain text: lines kept, addresses in full, tags and mentions as written.

Made for the HTML that servers of the fediverse put into a post's content: paragraphs, breaks,
lists, quotes, shortened links. Of any other element only the tags are lost.
"""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

import msgspec

_BROKEN_LINE = re.compile(r"(?:(?<![ \t])[ \t]+)?[\r\n\f]\s*")
_DEEPEST = 8  # quotations in quotations that are told apart
_PARAGRAPH_TAGS = "p div pre blockquote ul ol table h1 h2 h3 h4 h5 h6 hr section"
_PARAGRAPHS = frozenset(_PARAGRAPH_TAGS.split())
_NESTED = frozenset(["blockquote", "pre"])
_VOID = frozenset(["br", "img", "hr"])  # elements that hold nothing and never close
_ROWS = frozenset(["li", "tr", "dt", "dd"])
_SILENT = frozenset(("script", "style", "template"))
_BARE = re.compile(r"(?:https?://)?(?:www\.)?(?P<host>[^\s/:?#@]+\.[^\s/:?#@.…]+)(?:[/:?#]\S*)?…?")
_HOST = re.compile(r"https?://(?:www\.)?([^\s/:?#]+)", re.IGNORECASE)


class PlainText(msgspec.Struct, frozen=True):
    """What a piece of HTML says: its text, and the addresses it links to, in order.

    Links of hashtags and mentions are not among `links`.
    """

    text: str
    links: tuple[str, ...] = ()


def read_html(html: str, *, drop_classes: frozenset[str] = frozenset()) -> PlainText:
    """Return the plain text of a piece of HTML and its links; never raises.

    Breaks and paragraphs become lines, list items start with "- " or their number, quoted lines
    with "> ". A link whose visible text is its own address, shortened or not, is written out in
    full; a link on words is written behind them in brackets. Elements that carry one of
    `drop_classes` are left out with all that they hold.
    """
    reader = _Reader(drop_classes)
    # In a post, a declaration or a processing instruction is something that a person typed, and
    # so is a mark that no other closes: the parser would look for its end from each of them.
    marked = cut_comments(html).replace("<!", "&lt;!").replace("<?", "&lt;?")
    closed, end, rest = marked.rpartition(">")
    reader.feed(closed + end + rest.replace("<", "&lt;"))
    reader.close()
    return reader.finish()


def cut_between(text: str, opening: str, closing: str) -> str:
    """Return a text without the marks and what is between them; what nothing closes stays."""
    parts: list[str] = []
    at = 0
    while (start := text.find(opening, at)) >= 0:
        end = text.find(closing, start + len(opening))
        if end < 0:
            break
        parts.append(text[at:start])
        at = end + len(closing)
    return "".join((*parts, text[at:]))


def cut_comments(html: str) -> str:
    """Return HTML without its comments."""
    return cut_between(html, "<!--", "-->")


class _Reader(HTMLParser):
    """Collects lines while the parser walks; holds line ends back until more text comes."""

    def __init__(self, drop_classes: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self._drop_classes = drop_classes
        self._out: list[str] = []
        self._links: list[str] = []
        self._breaks = 0  # line ends to write before the next text
        self._inside = Counter[str]()  # how deep inside elements of _NESTED
        self._lists: list[int | None] = []  # next number of each open list; None where unnumbered
        self._marker = ""  # what the next text of a list item starts with
        self._dropping: list[str] = []  # open elements from the dropped one inwards
        self._dropped = Counter[str]()  # how many of each are among them
        self._anchor: tuple[str, str] | None = None  # address and classes of the open link
        self._anchor_text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self._is_dropped(tag, given):
            self._drop(tag)
        elif tag == "a":
            self._begin_anchor(given)
        elif tag == "br":
            self._break_line()
        elif tag == "img":
            self._add(given.get("alt") or given.get("title", ""))
        else:
            self._open_block(tag, given)

    def _is_dropped(self, tag: str, given: dict[str, str]) -> bool:
        if self._dropping or tag in _SILENT:
            return True
        classes = given.get("class", "").split()
        return not self._drop_classes.isdisjoint(classes)

    def _drop(self, tag: str) -> None:
        if tag not in _VOID:
            self._dropping.append(tag)
            self._dropped[tag] += 1

    def _end_dropped(self, tag: str) -> None:
        """End the outermost open element of this kind, with all that is open in it."""
        while self._dropped[tag]:
            self._dropped[self._dropping.pop()] -= 1

    def _begin_anchor(self, given: dict[str, str]) -> None:
        self._end_anchor()
        kind = f"{given.get('class', '')} {given.get('rel', '')}"
        self._anchor = (given.get("href", "").strip(), kind)

    def handle_endtag(self, tag: str) -> None:
        if self._dropping:
            self._end_dropped(tag)
        elif tag == "a":
            self._end_anchor()
        else:
            self._close_block(tag)

    def handle_data(self, data: str) -> None:
        if self._dropping:
            return
        if not self._inside["pre"]:
            self._add(_BROKEN_LINE.sub(" ", data))
            return
        first, *others = data.split("\n")
        self._add(first)
        for line in others:
            self._break_line()
            self._add(line)

    def finish(self) -> PlainText:
        """Return what was collected, without blank ends."""
        self._end_anchor()
        lines = map(str.rstrip, "".join(self._out).split("\n"))
        return PlainText("\n".join(lines).strip(), tuple(self._links))

    def _open_block(self, tag: str, given: dict[str, str]) -> None:
        self._part_block(tag)
        if tag == "ul":
            self._lists.append(None)
        elif tag == "ol":
            self._lists.append(_read_start(given.get("start", "")))
        elif tag == "li":
            self._number_item()
        elif tag in _NESTED:
            self._inside[tag] += 1

    def _close_block(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            del self._lists[-1:]
        self._part_block(tag)
        if self._inside[tag]:
            self._inside[tag] -= 1

    def _number_item(self) -> None:
        number = self._lists[-1] if self._lists else None
        if number is None:
            self._marker = "- "
            return
        self._marker = f"{number}. "
        self._lists[-1] = number + 1

    def _part_block(self, tag: str) -> None:
        """Part a block from the text beside it: by one line end in a list, else by two."""
        is_row = tag in _ROWS
        if not is_row and tag not in _PARAGRAPHS:
            return
        self._end_anchor()
        breaks = 1 if is_row or self._lists else 2
        self._breaks = max(self._breaks, breaks)

    def _break_line(self) -> None:
        if self._anchor is None:
            self._breaks += 1
        else:
            self._anchor_text.append(" ")

    def _add(self, text: str) -> None:
        """Write text, after the line ends that are due; blanks never start a line."""
        if self._anchor is not None:
            self._anchor_text.append(text)
            return
        starts_line = self._breaks > 0 or not self._out
        if starts_line and not self._inside["pre"]:
            text = text.lstrip(" \t")
        if not text:
            return
        prefix = "> " * min(self._inside["blockquote"], _DEEPEST)
        if self._out:
            self._out.append(("\n" + prefix) * self._breaks)
        else:
            self._out.append(prefix)
        self._out.append(self._marker + text)
        self._breaks, self._marker = 0, ""

    def _end_anchor(self) -> None:
        """Write the open link: its own words for a tag or a mention, else its full address."""
        if self._anchor is None:
            return
        (address, kind), shown = self._anchor, "".join(self._anchor_text)
        self._anchor, self._anchor_text = None, []
        words = shown.strip()
        if _is_tag_or_mention(words, kind) or not _HOST.match(address):
            self._add(shown)
            return
        self._links.append(address)
        self._add(spell_link(words, address))


def _read_start(said: str) -> int:
    """Return the number with which a list starts, 1 where that is not said."""
    is_number = said.isascii() and said.isdigit() and len(said) < 10
    return int(said) if is_number else 1


def spell_link(words: str, address: str) -> str:
    """Return a link as plain text: the full address, after its words where they say something else.

    Words that are the address itself, whole or shortened, are replaced by it.
    """
    return address if _shows_address(words, address) else f"{words} ({address})"


def _is_tag_or_mention(words: str, kind: str) -> bool:
    named = {"mention", "hashtag", "tag"}.intersection(kind.split())
    return bool(named) or (words[:1] in ("#", "@") and not re.search(r"\s", words))


def _shows_address(words: str, address: str) -> bool:
    """Return whether the visible words of a link are its address, perhaps cut, or nothing."""
    if not words or "://" in words:
        return True
    bare, host = _BARE.fullmatch(words), _HOST.match(address)
    if bare is None or host is None:
        return False
    return bare["host"].casefold() == host[1].casefold()
