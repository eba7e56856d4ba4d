"""What every file of Twitter posts shares: links written out, reposts told apart, addresses.

Twitter escapes `&`, `<` and `>` once in what it gives out, puts its own short address in the place
of every link, and adds one for each picture.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from chinwag.records import repairs
from chinwag.records.contract import RowError

NO_LANGUAGE = {"und", "zxx", "qst", "qme", "qht", "qam", "qct"}  # what Twitter says of bare tags
SHORT = re.compile(r"https?://t\.co/\w+")
_REPOST = re.compile(r"RT @(\w{1,20}):? ?")
_TRAILING = re.compile(r"https?://t\.co/\w+(?:\s*https?://t\.co/\w+)*\s*\Z")


def read_language(said: str | None) -> str:
    """Return the language that Twitter names, "" where it names none."""
    return "" if said is None or said in NO_LANGUAGE else said


def find_address(author: str, identifier: str) -> str:
    """Give the permalink of a post."""
    return f"https://twitter.com/{author or 'i/web'}/status/{identifier}"


def split_repost(text: str) -> tuple[str, str] | None:
    """Give whom a text says it reposts and what they said, or None if it is no bare repost."""
    match = _REPOST.match(text)
    if not match:
        return None
    return match[1], text[match.end() :]


def clean_text(
    text: str, full: Mapping[str, str], pictures: Collection[str] = ()
) -> tuple[str, list[str]]:
    """Give a post's text as its author saw it, and the names of what was mended.

    `full` maps short addresses to what they stand for; the short addresses of `pictures` are
    taken off where they end the text, for there Twitter put them.
    """
    mended: list[str] = []
    if pictures:
        text = _drop_pictures(text, pictures)
    if full and "t.co/" in text:
        text = SHORT.sub(lambda found: full.get(found[0]) or found[0], text)
    text, undone = repairs.undo_entities(text)
    if undone:
        mended.append(repairs.ENTITIES_UNDONE)
    text, broken = repairs.mend_lines(text)
    if broken:
        mended.append(repairs.LINES_MENDED)
    return text, mended


def _drop_pictures(text: str, pictures: Collection[str]) -> str:
    """Take the addresses of pictures off the end, other addresses beside them kept."""
    tail = _TRAILING.search(text)
    if not tail:
        return text
    kept = SHORT.sub(lambda found: "" if found[0] in pictures else found[0], tail[0])
    return (text[: tail.start()] + kept).rstrip() if kept != tail[0] else text


def match_links(
    text: str, links: Sequence[str], pictures: Sequence[str]
) -> tuple[dict[str, str], set[str]]:
    """Match the short addresses of a text with lists that give them in full, in order.

    Gives the full address of each short one, and which short ones stand for pictures; nothing
    where their numbers differ, for then nobody can tell which is which.
    """
    short = list(dict.fromkeys(SHORT.findall(text)))
    if len(short) != len(links) + bool(pictures):
        return {}, set()
    matched = dict(zip(short, links, strict=False))
    return matched, set(short[len(links) :])


def mend_row_id(cell: str, address: str) -> tuple[str, list[str]]:
    """Give the exact id of a spreadsheet's row, and what was mended; raises RowError for none."""
    identifier, restored = repairs.restore_id(cell, address)
    if not identifier.isdecimal() or len(identifier) > 20:
        raise RowError(f"{cell[:40]!r} is no id of a post")
    return identifier, [repairs.ID_RESTORED] if restored else []


def name_rounded(parent: str, original: str) -> list[str]:
    """Name what only other posts can restore: a rounded id of the parent or of the original."""
    names = []
    if parent and repairs.looks_rounded(parent):
        names.append(repairs.PARENT_ROUNDED)
    if original and repairs.looks_rounded(original):
        names.append(repairs.ORIGINAL_ROUNDED)
    return names
