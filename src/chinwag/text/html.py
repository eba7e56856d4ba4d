"""The HTML of posts as plain text: lines kept, addresses in full, tags and mentions as written.

For the small HTML that servers of the fediverse put into a post's content (paragraphs, breaks,
lists, quotes, shortened links), whatever flavour wrote it; anything else loses its tags alone.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

import msgspec

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_PARAGRAPHS = frozenset(
    [
        "p",
        "div",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "section",
    ]
)
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
    """Give the plain text of a piece of HTML and its links; never raises.

    Breaks and paragraphs become lines, list items start with "- " or their number, quoted lines
    with "> ". A link whose visible text is its own address, shortened or not, is written out in
    full; a link on words is written behind them in brackets. Elements that carry one of
    `drop_classes` are left out with all that they hold.
    """
    reader = _Reader(drop_classes)
    # A declaration or a processing instruction has no business in a post: it is shown as text.
    reader.feed(_COMMENT.sub("", html).replace("<!", "&lt;!").replace("<?", "&lt;?"))
    reader.close()
    return reader.finish()


class _Reader(HTMLParser):
    """Collects lines while the parser walks; holds back breaks until there is text to part."""

    def __init__(self, drop_classes: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self._drop_classes = drop_classes
        self._out: list[str] = []
        self._links: list[str] = []
        self._breaks = 0  # line ends to write before the next text
        self._quotes = 0  # how deep inside blockquotes
        self._lists: list[int | None] = []  # next number of each open list; None where unnumbered
        self._marker = ""  # what the next text of a list item starts with
        self._preserved = 0  # how deep inside <pre>
        self._dropping: list[str] = []  # open elements from the dropped one inwards
        self._anchor: tuple[str, str] | None = None  # address and classes of the open link
        self._anchor_text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        classes = given.get("class", "").split()
        if self._dropping or tag in _SILENT or self._drop_classes.intersection(classes):
            if tag not in ("br", "img", "hr"):
                self._dropping.append(tag)
        elif tag == "a":
            self._end_anchor()
            kind = " ".join((*classes, given.get("rel", "")))
            self._anchor = (given.get("href", "").strip(), kind)
        elif tag == "br":
            self._break_line()
        elif tag == "img":
            self._add(given.get("alt") or given.get("title", ""))
        else:
            self._open_block(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if self._dropping:
            if tag in self._dropping:
                del self._dropping[self._dropping.index(tag) :]
        elif tag == "a":
            self._end_anchor()
        else:
            self._close_block(tag)

    def handle_data(self, data: str) -> None:
        if self._dropping:
            return
        if not self._preserved:
            self._add(re.sub(r"[ \t]*[\r\n\f]\s*", " ", data))
            return
        for number, line in enumerate(data.split("\n")):
            if number:
                self._break_line()
            self._add(line)

    def finish(self) -> PlainText:
        """Give what was collected, without blank ends."""
        self._end_anchor()
        lines = "".join(self._out).split("\n")
        return PlainText("\n".join(line.rstrip() for line in lines).strip(), tuple(self._links))

    def _open_block(self, tag: str, given: dict[str, str]) -> None:
        if tag in _PARAGRAPHS or tag in _ROWS:
            self._end_anchor()
            self._part(1 if tag in _ROWS or self._lists else 2)
        if tag == "ul":
            self._lists.append(None)
        elif tag == "ol":
            start = given.get("start", "")
            self._lists.append(int(start) if start.isascii() and start[:9].isdigit() else 1)
        elif tag == "li":
            self._number_item()
        elif tag == "blockquote":
            self._quotes += 1
        elif tag == "pre":
            self._preserved += 1

    def _close_block(self, tag: str) -> None:
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        if tag in _PARAGRAPHS or tag in _ROWS:
            self._end_anchor()
            self._part(1 if tag in _ROWS or self._lists else 2)
        if tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)
        elif tag == "pre":
            self._preserved = max(0, self._preserved - 1)

    def _number_item(self) -> None:
        number = self._lists[-1] if self._lists else None
        self._marker = "- " if number is None else f"{number}. "
        if number is not None:
            self._lists[-1] = number + 1

    def _part(self, breaks: int) -> None:
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
        if (self._breaks or not self._out) and not self._preserved:
            text = text.lstrip(" \t")
        if not text:
            return
        prefix = "> " * self._quotes
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


def spell_link(words: str, address: str) -> str:
    """Give a link as plain text: the full address, behind its words where they say something else.

    Words that are the address itself, whole or shortened, are replaced by it.
    """
    return address if _shows_address(words, address) else f"{words} ({address})"


def _is_tag_or_mention(words: str, kind: str) -> bool:
    named = {"mention", "hashtag", "tag"}.intersection(kind.split())
    return bool(named) or (words[:1] in ("#", "@") and not re.search(r"\s", words))


def _shows_address(words: str, address: str) -> bool:
    """Say whether the visible words of a link are its address, whole or shortened, or nothing."""
    if not words or "://" in words:
        return True
    bare, host = _BARE.fullmatch(words), _HOST.match(address)
    return bool(bare and host and bare["host"].casefold() == host[1].casefold())
