"""Parts: how a text says that it is one of several by the same person.

People count ("1/2", "(2 of 3)", "2/n"), break off and take up again ("...", "cont."), or open with
a word that goes on from what they said before ("Also", "And").
"""

from __future__ import annotations

import re
from typing import NamedTuple

MOST_PARTS = 9  # a larger total is a date, a score or a page

_DIGIT = re.compile(r"\d")
_COUNTER = re.compile(
    r"[(\[]?(?<![\w/.])(?P<number>\d{1,2})\s?(?:/|of)\s?(?P<total>\d{1,2}|[xn?])(?![\w/])[)\]]?",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"^(?:[@#＠]\S+\s++|[:\s]|\.(?!\.))*+(?:also|and|but|plus|so|because|b/c|bc|or|then|which"
    r"|another|additionally|further|again|even|cont|including|e\.g|i\.e|\.\.|…|[2-9]/|\([2-9])",
    re.IGNORECASE,
)
_BREAK = re.compile(r"\.\.|[…→➡👇⬇]")  # among the signs with which a text ends
_CONTINUED = re.compile(r"cont(?:['’]?d|inued)?$", re.IGNORECASE)  # before those signs
_SIGNS = re.compile(r"(?<!\W)\W*$")
_LONGEST = len("continued")
_TAKES_UP = re.compile(r"\W*?(?:\.\.+|…|\(?cont(?:['’]?d|inued)?\b)", re.IGNORECASE)


class Counter(NamedTuple):
    """One counter in a text: "(2/3)" is part 2 of 3; `total` is 0 where it is left open ("2/n").

    `start` and `end` are its span, brackets included.
    """

    number: int
    total: int
    start: int
    end: int


def find_counters(text: str) -> tuple[Counter, ...]:
    """Return the counters in a text, in order."""
    if not _DIGIT.search(text):
        return ()
    counters = (_read(found) for found in _COUNTER.finditer(text))
    return tuple(one for one in counters if _counts(one))


def cut_counters(text: str) -> str:
    """Return a text with a blank in the place of each counter."""
    for counter in reversed(find_counters(text)):
        text = f"{text[: counter.start]} {text[counter.end :]}"
    return text


def is_next(later: Counter | None, earlier: Counter | None) -> bool:
    """Return whether one counter follows another: "2/3" after "1/3"."""
    if later is None or earlier is None:
        return False
    return later.total == earlier.total and later.number == earlier.number + 1


def goes_on(text: str) -> bool:
    """Return whether a text opens as one that goes on from another: "Also", "And", "2/"."""
    return _GOES_ON.match(text) is not None


def breaks_off(text: str) -> bool:
    """Return whether a text ends as one that will be continued: "...", "cont."."""
    found = _SIGNS.search(text)
    end = found.start() if found else len(text)
    if _BREAK.search(text, end):
        return True
    return _CONTINUED.search(text[max(0, end - _LONGEST) : end]) is not None


def takes_up(text: str) -> bool:
    """Return whether a text begins where another broke off: "...", "cont."."""
    return _TAKES_UP.match(text) is not None


def _read(found: re.Match[str]) -> Counter:
    total = int(found["total"]) if found["total"].isdigit() else 0
    return Counter(int(found["number"]), total, found.start(), found.end())


def _counts(counter: Counter) -> bool:
    """Return whether it counts parts: "0/2" and "5/4" do not."""
    most = counter.total or MOST_PARTS
    return 1 <= counter.number <= most <= MOST_PARTS
