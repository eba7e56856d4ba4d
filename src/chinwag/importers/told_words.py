"""What somebody wrote between the posts of a story: HTML as headings and paragraphs of Markdown.

Of links, lists, quotations and emphasis the meaning stays; whatever else the HTML holds is words.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from chinwag.model import ToldPart
from chinwag.text.html import cut_comments

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ENDING = _HEADINGS | {"p", "div", "ul", "ol", "li", "blockquote", "pre", "table", "tr", "hr"}
_EMPHASIS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_SILENT = frozenset(("script", "style", "template"))
_MARKS = re.compile(r"([\\`*\[\]<])")
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")
_WEB = re.compile(r"https?://[^\s<>()\[\]]+", re.IGNORECASE)


def read_told_words(html: str) -> tuple[ToldPart, ...]:
    """Return the headings and paragraphs of a piece of HTML, or of plain text; never raises.

    A list is one paragraph, a line an item.
    """
    if "<" not in html:
        html = "".join(f"<p>{one}</p>" for one in _EMPTY_LINE.split(html))
    reader = _Reader()
    marked = cut_comments(html).replace("<!", "&lt;!").replace("<?", "&lt;?")
    closed, end, rest = marked.rpartition(">")  # an open mark is something that a person typed

    reader.feed(closed + end + rest.replace("<", "&lt;"))
    reader.close()
    return reader.finish()


class _Reader(HTMLParser):
    """Gathers words until an element ends their heading or paragraph."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[ToldPart] = []
        self._out: list[str] = []
        self._heading = ""
        self._start = ""  # what the next words begin with: an item, a quotation
        self._silent = 0
        self._link: tuple[str, int] | None = None  # the address, and where its words begin

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "a":
            address = dict(attrs).get("href") or ""
            if _WEB.fullmatch(address) and not self._heading:
                self._link = (address, len(self._out))
        elif tag in _EMPHASIS and not self._heading:
            self._out.append(_EMPHASIS[tag])
        elif tag == "br":
            self._out.append("\n")
        elif tag in _ENDING:
            self._end_words()
            self._heading = tag if tag in _HEADINGS else ""
            self._start = {"li": "- ", "blockquote": "> "}.get(tag, self._start)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "a":
            self._end_link()
        elif tag in _EMPHASIS and not self._heading:
            self._out.append(_EMPHASIS[tag])
        elif tag in _ENDING:
            self._end_words()
            self._heading = self._start = ""

    def handle_data(self, data: str) -> None:
        if not self._silent:
            words = re.sub(r"\s+", " ", data)
            self._out.append(words if self._heading else _MARKS.sub(r"\\\1", words))

    def finish(self) -> tuple[ToldPart, ...]:
        """Return what was gathered."""
        self._end_words()
        return tuple(self._parts)

    def _end_link(self) -> None:
        if self._link is None:
            return
        address, begins = self._link
        self._link = None
        words = "".join(self._out[begins:]).strip()
        is_bare = not words or words == _MARKS.sub(r"\\\1", address)
        self._out[begins:] = [f"<{address}>" if is_bare else f"[{words}]({address})"]

    def _end_words(self) -> None:
        self._end_link()
        lines = (" ".join(one.split()) for one in "".join(self._out).split("\n"))
        self._out = []
        text = "\n".join(filter(None, lines))
        if not text.strip("*\n "):
            return
        if self._heading:
            self._parts.append(ToldPart(kind="heading", text=" ".join(text.split())))
            return
        before = self._parts[-1] if self._parts else None
        if self._start == "- " and before and before.text.startswith("- "):
            self._parts.pop()
            text = f"{before.text}\n- {' '.join(text.split())}"
        elif self._start:
            text = self._start + " ".join(text.split())
        self._parts.append(ToldPart(kind="paragraph", text=text))
