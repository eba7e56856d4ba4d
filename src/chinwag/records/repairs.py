"""What is mended on the way in: each repair is a pure function with a name that the ledger counts.

A repair changes only what a tool or a spreadsheet did, never what a person typed.
"""

from __future__ import annotations

import html
import re

ID_RESTORED = "id restored from the address"
PARENT_ROUNDED = "parent's id rounded"
ORIGINAL_ROUNDED = "original's id rounded"
ENCODING_UNDONE = "double mis-encoding undone"
ENTITIES_UNDONE = "HTML entities undone"
LINES_MENDED = "line ends mended"
REPOST_COMPLETED = "truncated repost completed"
TEXT_COMPLETED = "truncated text completed"

_STATUS = re.compile(r"/status(?:es)?/(\d{1,20})")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#39|#x27|#34);")


def restore_id(given: str, address: str) -> tuple[str, bool]:
    """Give a post's id, taken from its address where a spreadsheet rounded it, and whether it was.

    Rounded means: in scientific notation, empty, or of the same length and equal in its first 14
    digits. Any other disagreement is left as it is given.
    """
    found = _STATUS.search(address)
    given = given.strip()
    if not found or found[1] == given:
        return given, False
    exact = found[1]
    if not given or is_rounded_form(given, exact):
        return exact, True
    return given, False


def is_rounded_form(given: str, exact: str) -> bool:
    """Tell whether `given` is what a spreadsheet made of the id `exact`."""
    given = given.strip()
    if given.isdecimal():
        near = abs(int(given) - int(exact)) <= 10 ** max(0, len(exact) - 15)
        return len(given) == len(exact) and len(exact) > 15 and near
    try:
        value = float(given.replace(",", "."))
    except ValueError:
        return False
    digits = sum(character.isdigit() for character in re.split("[eE]", given)[0])
    return value > 0 and abs(value - int(exact)) <= value * 10 ** -(digits - 1)


def looks_rounded(identifier: str) -> bool:
    """Tell whether an id has the look of 15 significant digits: a spreadsheet may have cut it."""
    if re.fullmatch(r"\d+(?:[.,]\d+)?[eE]\+?\d+", identifier):
        return True
    return len(identifier) > 15 and identifier.isdecimal() and set(identifier[15:]) == {"0"}


def undo_encoding(text: str) -> tuple[str, bool]:
    """Undo UTF-8 that was read as something else, once or twice, and say whether it had been."""
    if text.isascii():
        return text, False
    import ftfy  # noqa: PLC0415 - slow to load, and many a file never needs it

    mended = ftfy.fix_encoding(text)
    return mended, mended != text


def undo_entities(text: str) -> tuple[str, bool]:
    """Undo the HTML entities which the tool wrote, once, and say whether there were any."""
    if "&" not in text or not _ENTITY.search(text):
        return text, False
    mended = _ENTITY.sub(lambda found: html.unescape(found[0]).replace("\xa0", " "), text)
    return mended, True


def mend_lines(text: str) -> tuple[str, bool]:
    """Make every line end a plain one, and say whether another kind had been there."""
    if "\r" not in text:
        return text, False
    return text.replace("\r\n", "\n").replace("\r", "\n"), True
