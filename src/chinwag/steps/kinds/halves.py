"""Halves: a host's question that does not fit in one post goes on in the next.

"Q2: Who mends what comes back, on which day..." is gone on with by "...and who pays?", by "(cont)
and who pays?", by "and who pays?", or by "Q2 cont'd: who pays?".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from chinwag.steps.reading.read_post import ReadPost
from chinwag.text.links import LINK
from chinwag.text.parts import breaks_off, goes_on, takes_up

_SOON = timedelta(minutes=2)  # from the first half to the second
_AT_ONCE = timedelta(minutes=1)  # the same, where the first could stand alone
_ASKS = re.compile("[?？؟]")
_END = re.compile(r"[.!?…。！？)\]\"”’:;]$")
_PIECES = re.compile(
    rf"(?P<outside>\s++|{LINK.pattern}|[#@][\w.@-]++)|[^\s#@hpt]++|.", re.IGNORECASE | re.DOTALL
)
_CONT = r"(?:\(?\b(?:cont(?:['’]?d|inued)?|ctd)\b\.?\)?)?"
_DOTS = r"\s*(?:\.{2,}|…)?\s*"
_CONT_AT_END = re.compile(rf"{_CONT[:-1]}$", re.IGNORECASE)
_TAKE = re.compile(rf"{_DOTS}{_CONT}[\s.…:–—-]*", re.IGNORECASE)


def find_halves(posts: Sequence[ReadPost]) -> dict[int, ReadPost]:
    """Return the second half of each question put in two posts, by the place of the first.

    `posts` are in time order. A host's counters ("1/2") are read elsewhere.
    """
    begun: dict[str, int] = {}
    halves = {}
    for at, read in enumerate(posts):
        first = begun.pop(read.author, None)
        if first is not None and is_second_half(posts[first], read):
            halves[first] = read
        elif not read.is_silent and _opens_question(read):
            begun[read.author] = at
    return halves


def is_second_half(first: ReadPost, second: ReadPost) -> bool:
    """Return whether a post goes on with the question that its author has just begun."""
    waited = second.created_at - first.created_at
    if second.is_silent or second.counter or waited > _SOON or _speaks_to_somebody(first, second):
        return False
    rest = read_second_half(second)
    if second.labels:
        return second.labels[0].number == first.labels[0].number and _says_cont(second)
    said = _strip(first.text)
    if takes_up(rest):
        return True
    if _ASKS.search(said) or (_END.search(said) and not breaks_off(said)):
        return waited <= _AT_ONCE and goes_on(rest) and bool(_ASKS.search(rest))
    return bool(_ASKS.search(rest)) or rest[:1].islower()


def read_second_half(read: ReadPost) -> str:
    """Return the words of a second half, without its label and what stands at its ends."""
    return _strip(read.text[read.labels[0].end :] if read.labels else read.text)


def join_halves(first: str, second: str) -> str:
    """Return the words of both halves, without what says that they go on."""
    return f"{_cut_break(_strip(first))} {_TAKE.sub('', second, count=1)}"


def _opens_question(read: ReadPost) -> bool:
    asking = [label for label in read.labels if label.role != "answer"]
    return len(read.labels) == 1 and any(one.where in ("start", "line") for one in asking)


def _speaks_to_somebody(first: ReadPost, second: ReadPost) -> bool:
    replies = second.post.reply_to not in (None, first.id)
    return replies or second.text.lstrip().startswith("@")


def _says_cont(read: ReadPost) -> bool:
    label = read.labels[0]
    said = read.text[label.start : label.end].casefold()
    return "cont" in said or "ctd" in said or takes_up(read.text[label.end :])


def _strip(text: str) -> str:
    """Return a text without the tags, names and links at its ends."""
    inside = [piece.span() for piece in _PIECES.finditer(text) if not piece["outside"]]
    return text[inside[0][0] : inside[-1][1]] if inside else ""


def _cut_break(text: str) -> str:
    """Return a text without the dots and the "cont'd" at its end."""
    text = _cut_dots(text)
    return _cut_dots(_CONT_AT_END.sub("", text))


def _cut_dots(text: str) -> str:
    text = text.rstrip()
    if text.endswith("…"):
        return text[:-1].rstrip()
    return text.rstrip(".").rstrip() if text.endswith("..") else text
