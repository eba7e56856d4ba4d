"""The lines of a sheet, recognised by their form; whether what they say is right comes later."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

import msgspec

from chinwag.steps.editing.marks import SHORTEST
from chinwag.steps.editing.write_sheet import NEW, NOT_USED

_NAME_LINE = re.compile(r"(?P<key>edition|hide|name)\s*:\s*(?P<value>.*)")
_HEADING = re.compile(r"(?P<level>#{1,6})\s+(?P<text>.*)")
_HEADING_END = re.compile(r"(?<!\s)\s+#+\s*\Z")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*")
_PICTURE = re.compile(r"!\[(?P<text>(?:(?!\]\().)*)\]\((?P<address>\S+)\)\s*")
_LINK = re.compile(r"[-*+]\s+<(?P<address>[^<>\s]+)>[ \t]*(?P<text>.*)")
_POINT = re.compile(r"(?P<indent>[ \t]*)[-*+][ \t]+\[(?P<marks>[^\[\]]*)\](?!\()[ \t]*(?P<text>.*)")
_QUOTATION = re.compile(r">[ \t]*\[(?P<marks>[^\[\]]*)\](?!\()[ \t]*(?P<text>.*)")
_QUOTED_ON = re.compile(r">[ \t]?(?P<text>.*)")
_MARK_LIKE = re.compile(r"(?=[a-z2-7-]*\d)[a-z2-7]{4,}(?:-\d+)?")
_LINE_END = re.compile(r"\r\n|\r|\n")
_DEEP = 2  # spaces before an answer to a point


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line: its number from 1, its kind, and what it says.

    `kind` is "key", "heading", "aside" (a heading over what is not used), "rule", "picture",
    "link", "point", "answer" (to a point), "quotation", "words" or "empty".

    `text` are its words, `marks` what stands in its first brackets, `key` the name of a line at the
    top or the "#" of a heading, `address` of a picture or a link. `whole` is the line itself.
    """

    number: int
    kind: str
    whole: str
    text: str = ""
    marks: str = ""
    key: str = ""
    address: str = ""


def read_lines(sheet: str, marks: Container[str]) -> Iterator[Line]:
    """Yield the lines of a sheet whose points have these marks; comments are passed over."""
    is_comment = False
    for number, whole in enumerate(_LINE_END.split(sheet.removeprefix("\ufeff")), start=1):
        if is_comment or whole.lstrip().startswith("<!--"):
            is_comment = "-->" not in whole
        else:
            yield _read_line(number, whole, marks)


def _read_line(number: int, whole: str, marks: Container[str]) -> Line:
    if not whole.strip():
        return Line(number=number, kind="empty", whole="")
    if _RULE.fullmatch(whole):
        return Line(number=number, kind="rule", whole=whole)
    for kind, form in _FORMS:
        if found := form.fullmatch(whole):
            said = found.groupdict()
            if "marks" not in said or _names_point(said["marks"], marks):
                return _make_line(number, kind, whole, said)
    return Line(number=number, kind="words", whole=whole.rstrip(), text=whole.rstrip())


_FORMS = (
    ("key", _NAME_LINE),
    ("heading", _HEADING),
    ("picture", _PICTURE),
    ("link", _LINK),
    ("point", _POINT),
    ("quotation", _QUOTATION),
)


def _make_line(number: int, kind: str, whole: str, said: dict[str, str]) -> Line:
    text = (said.get("text") or said.get("value") or "").strip()
    key = (said.get("key") or said.get("level") or "").lower()
    if kind == "heading":
        text = _HEADING_END.sub("", text)
        if text.casefold().startswith((NOT_USED.casefold(), NEW.casefold())):
            kind = "aside"
    if kind == "point" and len(said["indent"].expandtabs(_DEEP)) >= _DEEP:
        kind = "answer"
    return Line(
        number=number,
        kind=kind,
        whole=whole,
        text=text,
        marks=said.get("marks") or "",
        key=key,
        address=said.get("address") or "",
    )


def _names_point(brackets: str, marks: Container[str]) -> bool:
    """Return whether brackets at the start of a line hold a mark, or what was meant to be one.

    That is so where they hold somebody's handle, or a word with a digit as marks have them.
    """
    first = next(iter(list_marks(brackets)), "")
    return "@" in brackets or first in marks or bool(_MARK_LIKE.fullmatch(first))


def list_marks(brackets: str) -> tuple[str, ...]:
    """Return the marks in brackets; handles and the number of other people are for the reader."""
    tokens = re.findall(r"[^\s,+&]+", brackets.lower())
    return tuple(token for token in tokens if not token.startswith("@") and not _is_count(token))


def _is_count(token: str) -> bool:
    """Return whether a token counts people; a mark can be of digits alone, but is longer."""
    return token.isdigit() and len(token) < SHORTEST


def quoted_on(line: Line) -> str | None:
    """Return the words of a line that goes on with a quotation, None for another line."""
    found = _QUOTED_ON.fullmatch(line.whole)
    return found["text"] if found else None
