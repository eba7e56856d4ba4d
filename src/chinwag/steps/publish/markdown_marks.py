"""Plain text that Markdown shows as it is, with only those marks escaped that would act.

The rules are CommonMark's (https://spec.commonmark.org/0.31.2/), with what GitHub, WordPress's
editor and the makers of static sites add. A mark that only *opens* something is left alone where
no other can close it: "#tag", "(so)", "AT&T", "@handle" and "$80" stay as people wrote them.
"""

from __future__ import annotations

import re
import string

from chinwag.steps.publish.safe import clean_link, clean_text
from chinwag.text.links import LINK, trim_link

_PUNCTUATION = frozenset(string.punctuation)
# At the start of a line: headings, quotations, items, rules, numbered items and tasks.
_AT_START = re.compile(r"#|>|[-+*](?=[\s\-+*]|$)|\[(?=[ xX]\](\s|$))")
_NUMBERED = re.compile(r"(\d{1,9})(?=[.)](\s|$))")
_LONGEST_CLOSING = 1000  # signs that may close a heading
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def escape_all_marks(text: str) -> str:
    """Return a text in which every mark is escaped: for the name of a link."""
    return re.sub(f"([{re.escape(string.punctuation)}])", r"\\\1", clean_text(text))


def escape_markdown(text: str, *, starts_line: bool = True) -> str:
    """Return a text on one line that Markdown shows as it is: no mark, tag or address acts.

    Web addresses become links to themselves. `starts_line` is false where something stands before.
    """
    line = clean_text(text)
    if starts_line:
        line = " ".join(line.split()) + (" " if line[-1:].isspace() else "")
    written: list[str] = []
    start = 0
    for found in LINK.finditer(line):
        address = trim_link(found.group())
        if clean_link(address) != address or address.endswith("\\"):
            continue
        written.append(_escape_span(line, start, found.start(), starts_line))
        written.append(f"<{address}>")
        start = found.start() + len(address)
    written.append(_escape_span(line, start, len(line), starts_line))
    return "".join(written)


def _escape_span(line: str, start: int, end: int, starts_line: bool) -> str:
    """Return what stands in a line from `start` to `end`, escaped in the light of the rest."""
    is_first = starts_line and start == 0
    if is_first and (numbered := _NUMBERED.match(line)):
        number = numbered.group()
        return f"{number}\\{_escape_span(line, len(number), end, False)}"
    return "".join(
        _escape_mark(line, place, is_start=is_first and place == 0) for place in range(start, end)
    )


def _escape_mark(line: str, place: int, *, is_start: bool) -> str:
    """Return one character of a line, escaped where it would act."""
    mark = line[place]
    if mark not in _PUNCTUATION:
        return mark
    if is_start and _AT_START.match(line):
        return f"\\{mark}"
    acts = _ACTS.get(mark)
    if acts is None or not acts(line, place):
        return mark
    return _ENTITIES.get(mark, f"\\{mark}")


def _find_before(line: str, place: int) -> str:
    return line[place - 1] if place else ""


def _find_after(line: str, place: int) -> str:
    return line[place + 1 : place + 2]


def _emphasises(line: str, place: int) -> bool:
    return not (_is_space(_find_before(line, place)) and _is_space(_find_after(line, place)))


def _emphasises_outside_words(line: str, place: int) -> bool:
    """Return whether an underscore may act: inside a word it does not."""
    before, after = _find_before(line, place), _find_after(line, place)
    return not (before.isalnum() and after.isalnum()) and _emphasises(line, place)


def _strikes(line: str, place: int) -> bool:
    """Return whether a tilde may end what another began, or is of a fence of code."""
    return line.startswith("~~~") or _closes(line, place)


def _ends_formula(line: str, place: int) -> bool:
    """Return whether a dollar sign may end a formula; before a digit it is a sum of money."""
    return _closes(line, place) and not _find_after(line, place).isdigit()


def _closes(line: str, place: int) -> bool:
    return place > 0 and not line[place - 1].isspace()


def _ends_link(line: str, place: int) -> bool:
    return _find_after(line, place) in tuple("([:")


def _opens_tag(line: str, place: int) -> bool:
    after = _find_after(line, place)
    return not after or after in "/!?" or after.isalpha()


def _begins_entity(line: str, place: int) -> bool:
    return _ENTITY.match(line, place) is not None


def _begins_template(line: str, place: int) -> bool:
    """Return whether the makers of static sites would run what follows."""
    return _find_after(line, place) in tuple("{%#")


def _is_before_mark(line: str, place: int) -> bool:
    after = _find_after(line, place)
    return not after or after in _PUNCTUATION


def _ends_line(line: str, place: int) -> bool:
    """Return whether this could be a heading's closing mark, which would be swallowed."""
    if len(line) - place > _LONGEST_CLOSING or line[place:].strip("# "):
        return False
    return line[max(0, place - _LONGEST_CLOSING) : place].rstrip("#").endswith(" ")


def _always(_line: str, _place: int) -> bool:
    return True


def _is_space(character: str) -> bool:
    return bool(character) and character.isspace()


_ACTS = {
    "\\": _is_before_mark,
    "`": _always,
    "*": _emphasises,
    "_": _emphasises_outside_words,
    "~": _strikes,
    "$": _ends_formula,
    "#": _ends_line,
    "[": lambda line, place: _find_after(line, place) == "[",
    "]": _ends_link,
    "<": _opens_tag,
    "&": _begins_entity,
    "{": _begins_template,
}
_ENTITIES = {"<": "&lt;", "&": "&amp;", "{": "&#123;"}  # a backslash does not help everywhere
