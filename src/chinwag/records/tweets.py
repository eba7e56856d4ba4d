"""Reading Twitter's posts, in any of its forms: links written out, reposts, addresses.

Twitter escapes `&`, `<` and `>` once in every text, puts its own short address in the place of
every link, and adds one for each picture.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from chinwag.records import repairs
from chinwag.records.contract import RowError

NO_LANGUAGE = {"und", "zxx", "qst", "qme", "qht", "qam", "qct"}  # Twitter's codes for "no language"
SHORT = re.compile(r"https?://t\.co/\w+")
_REPOST = re.compile(r"RT @(\w{1,20}):? ?")
_ROW = re.compile(r"(?:https?://t\.co/\w(?:(?!https?://)\w)*+\s*+)++")  # of short addresses


def read_language(said: str | None) -> str:
    """Return the language that Twitter names, "" where it names none."""
    return "" if said is None or said in NO_LANGUAGE else said


def find_address(author: str, identifier: str) -> str:
    """Return the permalink of a post."""
    return f"https://twitter.com/{author or 'i/web'}/status/{identifier}"


def split_repost(text: str) -> tuple[str, str] | None:
    """Return the author and the words that a text reposts, None where it is no bare repost."""
    match = _REPOST.match(text)
    if not match:
        return None
    return match[1], text[match.end() :]


def clean_text(
    text: str, full: Mapping[str, str], pictures: Collection[str] = ()
) -> tuple[str, list[str]]:
    """Return a post's text as its author saw it, and the names of its repairs.

    `full` maps short addresses to full ones. The short addresses of `pictures` are taken off the
    end of the text, where Twitter put them.
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
    """Return the text without the addresses of pictures at its end; other addresses stay."""
    last = text.rfind("https://t.co/")
    if text[last:] in pictures and text.find("t.co/") > last:  # the only one, as in most posts
        return text[:last].rstrip()
    rows = list(_ROW.finditer(text))
    if not rows or rows[-1].end() < len(text):
        return text
    tail = rows[-1]
    kept = SHORT.sub(lambda found: "" if found[0] in pictures else found[0], tail[0])
    return (text[: tail.start()] + kept).rstrip() if kept != tail[0] else text


def match_links(
    text: str, links: Sequence[str], pictures: Sequence[str]
) -> tuple[dict[str, str], set[str]]:
    """Match the short addresses of a text with the full ones that a file lists, in order.

    Return the full address of each short one, and the short addresses of pictures; nothing where
    their numbers differ, because then nobody can tell which is which.
    """
    short = list(dict.fromkeys(SHORT.findall(text)))
    if len(short) != len(links) + bool(pictures):
        return {}, set()
    matched = dict(zip(short, links, strict=False))
    return matched, set(short[len(links) :])


def mend_row_id(cell: str, address: str) -> tuple[str, list[str]]:
    """Return the exact id of a spreadsheet's row, and the names of its repairs.

    Raises RowError for a row without an id.
    """
    identifier, restored = repairs.restore_id(cell, address)
    if not identifier.isdecimal() or len(identifier) > 20:
        raise RowError("{text!r} is not the id of a post", code="id-invalid", text=cell[:40])
    return identifier, [repairs.ID_RESTORED] if restored else []


def name_rounded(parent: str, original: str) -> list[str]:
    """Return the names of the ids that are rounded: only other posts can restore them."""
    ids = {repairs.PARENT_ROUNDED: parent, repairs.ORIGINAL_ROUNDED: original}
    return [name for name, identifier in ids.items() if repairs.looks_rounded(identifier)]
