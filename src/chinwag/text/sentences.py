"""Sentences of a text, cut where a reader would cut them: after a stop, not after "e.g."."""

from __future__ import annotations

import re
from itertools import pairwise

_END = re.compile(r"(?:(?<![.!?…؟۔])[.!?…؟۔]+[\"'”’)\]»]*(?=\s)|(?<![。！？])[。！？]+[」』]?\s?)")
_OPENS = re.compile(r"[\"'“‘«(\[¿¡#@]*(?:[A-Z0-9À-ÖØ-ÞΑ-ΩА-ЯİŞĞ]|[^\x00-\u024f])|[#@]\w")
_ABBREVIATIONS = r"""
[A-Za-z]|e\.g|i\.e|eg|ie|vs|approx|dept|univ|prof|drs?|mr|mrs|ms|st|ave|rd|no|nr|vol|ed|eds|pp|pgs?|fig
|figs|cf|al|inc|ltd|jr|sr|u\.s|u\.k|ph\.d|[ap]\.m|gov|sen|rep|gen|col|lt|rev|hon|supt|asst|min|max|hrs?
|jan|feb|apr|aug|sept?|oct|nov|dec|z\.\s?b|bzw|ca|u\.\s?a|d\.\s?h|ggf|evtl|str|bspw|inkl|vgl|sog
|p\.\s?ex|mme|mlle|av|chap|sra|srta|ud|uds|p\.\s?ej|núm|pág|exma?|dott|sig|sigg|es|örn|doç
"""
_LONGEST_SHORT = 16  # characters in which an abbreviation, or a list's number, stands
_NUMBER = re.compile(r"(?:^|\s)\d{1,2}$")  # of a list: "2. Read it"
_SHORT = re.compile(rf"(?:^|[\s(])(?:{''.join(_ABBREVIATIONS.split())})$", re.IGNORECASE)


def split_sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text whose white space is single spaces, in order, nothing lost.

    Joined with the white space between them they are the text again. A stop followed by a small
    letter ends nothing, unless it is "!", "?" or several stops.
    """
    ends = [stop.end() for stop in _END.finditer(text) if _ends_sentence(text, stop)]
    parts = [text[start:end].strip() for start, end in pairwise([0, *ends, len(text)])]
    return tuple(filter(None, parts))


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    mark = stop.group()
    if mark[0] in "。！？":
        return True
    near = max(0, stop.start() - _LONGEST_SHORT)
    if _NUMBER.search(text, near, stop.start()):
        return False
    is_point = mark.strip("\"'”’)]»") == "."
    if is_point and _SHORT.search(text, near, stop.start()):
        return False
    return mark[0] in "!?؟" or _OPENS.match(text, _skip_blanks(text, stop.end())) is not None


def _skip_blanks(text: str, at: int) -> int:
    """Return the place of the first sign at or after a place that is no white space."""
    while at < len(text) and text[at].isspace():
        at += 1
    return at
