"""Repairs of what tools and spreadsheets did to posts: pure functions, each with a name.

The ledger counts repairs by name. No repair changes what a person typed.
"""

from __future__ import annotations

import ast
import html
import re

ID_RESTORED = "id restored from the address"
PARENT_ROUNDED = "parent's id rounded"
ORIGINAL_ROUNDED = "original's id rounded"
ENCODING_UNDONE = "double mis-encoding undone"
ENTITIES_UNDONE = "HTML entities undone"
BYTES_UNDONE = "Python's b'...' undone"
ID_UNDRESSED = "id freed of what stood before its digits"
LINES_MENDED = "line ends mended"
REPOST_COMPLETED = "truncated repost completed"
TEXT_COMPLETED = "truncated text completed"
WORDS_TAKEN_OUT = "words of a removed post taken out"

_STATUS = re.compile(r"/status(?:es)?/(\d{1,20})")
_ROUNDED = re.compile(r"\d+(?:[.,]\d+)?[eE]\+?\d+|\d{15}0+")
_DRESSED = re.compile(r"""(?:=?["'’`]|[A-Za-z]{1,10}[_:#-]?|#)(\d{15,20})["'’`]?""")
_GROUPED = re.compile(r"\d{1,3}(?:[,.' \u00a0\u202f’]\d{3}){5,6}")
_BYTES = re.compile(r"""b(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""", re.DOTALL)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#39|#x27|#34);")


def restore_id(given: str, address: str) -> tuple[str, bool]:
    """Return a post's id, and whether it had to be taken from the post's address.

    It is taken from there where a spreadsheet rounded it: where it is in scientific notation,
    empty, or of the same length and equal in its first 14 digits. Any other id stays as it is.
    """
    found = _STATUS.search(address) if address else None
    given = given.strip()
    if not found or found[1] == given:
        return given, False
    exact = found[1]
    is_lost = not given or is_rounded_form(given, exact)
    return (exact, True) if is_lost else (given, False)


def is_rounded_form(given: str, exact: str) -> bool:
    """Return whether `given` is what a spreadsheet made of the id `exact`."""
    given = given.strip()
    if given.isdecimal():
        is_long = len(given) == len(exact) and len(exact) > 15
        return is_long and abs(int(given) - int(exact)) <= 10 ** max(0, len(exact) - 15)
    try:
        value = float(given.replace(",", "."))
    except ValueError:
        return False
    digits = len(re.sub(r"\D", "", re.split("[eE]", given)[0]))
    return value > 0 and abs(value - int(exact)) <= value * 10 ** -(digits - 1)


def looks_rounded(identifier: str) -> bool:
    """Return whether a spreadsheet may have cut an id to 15 significant digits, by its look."""
    return _ROUNDED.fullmatch(identifier) is not None


def undress_id(given: str) -> tuple[str, bool]:
    """Return an id without what a tool put before its digits, and whether there was anything.

    Some write `x157…` or `'157…` so that no spreadsheet rounds the number; others write its digits
    in groups of three.
    """
    bare = given.strip()
    if bare.isdecimal():
        return given, False
    if _GROUPED.fullmatch(bare):
        return re.sub(r"\D", "", bare), True
    found = _DRESSED.fullmatch(bare)
    return (found[1], True) if found else (given, False)


def undo_bytes(text: str) -> tuple[str, bool]:
    """Return the text that Python wrote as `b'…'`, and whether it was so written as a whole."""
    if not text.startswith(("b'", 'b"')) or not _BYTES.fullmatch(text):
        return text, False
    try:
        said = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text, False
    return said.decode("utf-8", "replace"), True


def undo_encoding(text: str) -> tuple[str, bool]:
    """Return a text whose UTF-8 was read as something else as it was, and whether that was so."""
    if text.isascii():
        return text, False
    import ftfy  # noqa: PLC0415 - slow to load, and few files need it

    mended = ftfy.fix_encoding(text)
    return mended, mended != text


def undo_entities(text: str) -> tuple[str, bool]:
    """Return a text without the HTML entities that a tool wrote, and whether it had any."""
    if "&" not in text or not _ENTITY.search(text):
        return text, False
    mended = _ENTITY.sub(lambda found: html.unescape(found[0]).replace("\xa0", " "), text)
    return mended, True


def mend_lines(text: str) -> tuple[str, bool]:
    """Return a text with plain line ends alone, and whether it had others."""
    if "\r" not in text:
        return text, False
    return text.replace("\r\n", "\n").replace("\r", "\n"), True
