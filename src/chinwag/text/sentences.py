"""Sentences of a text, cut where a reader would cut them: after a stop, not after "e.g."."""

from __future__ import annotations

import re
from itertools import pairwise

_END = re.compile(r"(?:[.!?…]+[\"'”’)\]»]*(?=\s)|[。！？]+[」』]?\s?)")
_OPENS = re.compile(r"[\"'“‘«(\[¿¡#@]*(?:[A-Z0-9À-ÖØ-ÞΑ-ΩА-ЯİŞĞ]|[^\x00-\u024f])")
_SHORT = re.compile(
    r"(?:^|[\s(])(?:[A-Za-z]|e\.g|i\.e|eg|ie|vs|etc|approx|dept|univ|prof|dr|mr|mrs|ms|st|no|nr|vol"
    r"|ed|eds|pp|cf|al|z\.B|usw|bzw|ca|u\.a|p\.ex|sr|sra|inc|jr|u\.s|u\.k)$",
    re.IGNORECASE,
)


def split_sentences(text: str) -> tuple[str, ...]:
    """Give the sentences of a text whose white space is single spaces, in order, nothing lost.

    Joined with the white space between them they are the text again. A stop followed by a small
    letter ends nothing, unless it is "!", "?" or several stops.
    """
    ends = [found.end() for found in _END.finditer(text) if _ends_sentence(text, found)]
    parts = [text[start:end].strip() for start, end in pairwise([0, *ends, len(text)])]
    return tuple(part for part in parts if part)


def _ends_sentence(text: str, found: re.Match[str]) -> bool:
    if found.group()[0] in "。！？":
        return True
    after = text[found.end() :].lstrip()
    if re.search(r"(?:^|\s)\d{1,2}$", text[: found.start()]):
        return False  # the number of a list
    if found.group().strip("\"'”’)]»") == "." and _SHORT.search(text[: found.start()]):
        return False
    return bool(_OPENS.match(after)) or found.group()[0] in "!?"
