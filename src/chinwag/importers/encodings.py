"""Which encoding a file's bytes are in, judged by the bytes alone.

UTF-8 first, UTF-16 where a mark or the pattern of zero bytes says so, else the older encoding under
which the text looks most like writing. Decoding never fails: a byte that does not fit is read as
Windows-1252, byte for byte, so that nothing is lost.
"""

from __future__ import annotations

import codecs
import re

ERRORS = "chinwag-legacy-byte"  # for open(errors=...): bytes that do not fit are read as cp1252
LEGACY = ("cp1252", "mac_roman")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MULTIBYTE = re.compile(rb"[\xC2-\xF4][\x80-\xBF]+")
_HIGH_RUN = re.compile(rb"[\x80-\xFF]+")
_PUNCTUATION = frozenset("‘’“”–—…«»¿¡€ ")
_APOSTROPHE = 4  # the score of ’ inside a word
_CAPITAL_INSIDE = -3  # the score of a capital after a small letter


def guess_encoding(sample: bytes) -> str:
    """Return the name of the encoding of a sample of a file, to be used with errors=ERRORS."""
    marked = [encoding for mark, encoding in _MARKS if sample.startswith(mark)]
    if marked:
        return marked[0]
    is_plain = sample.isascii() and b"\0" not in sample
    return "utf-8" if is_plain else _guess_wide(sample) or _guess_narrow(sample)


def _guess_wide(sample: bytes) -> str | None:
    """Return UTF-16 of one kind or the other where every other byte is 0, as in European text."""
    even, odd = sample[0:4096:2], sample[1:4096:2]
    if len(odd) < 8:
        return None
    for zeros, letters, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        is_padded = zeros.count(0) > 0.6 * len(zeros)
        if is_padded and letters.count(0) < 0.1 * len(letters):
            return encoding
    return None


def _guess_narrow(sample: bytes) -> str:
    good, bad = count_utf8(sample)
    if good >= bad:
        return "utf-8"
    return max(LEGACY, key=lambda encoding: score_legacy(sample, encoding))


def count_utf8(sample: bytes) -> tuple[int, int]:
    """Count the characters beyond ASCII that are sound UTF-8, and the stretches that are not.

    A character cut by the end of the sample counts as neither.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    text = decoder.decode(sample)
    bad = text.count("\ufffd") - sample.count("\ufffd".encode())
    if not bad:
        return 1, 0
    good = len(_MULTIBYTE.findall(sample))
    return max(good - bad, 0), bad


def score_legacy(sample: bytes, encoding: str) -> int:
    """Return how much a sample looks like writing under an encoding: more is better.

    Typographic quotes and small letters inside small words speak for it; capitals after small
    letters, symbols and unassigned bytes against.
    """
    score = 0
    for found in list(_HIGH_RUN.finditer(sample))[:5000]:
        before = sample[max(0, found.start() - 1) : found.start()].decode("ascii", "ignore")
        after = sample[found.end() : found.end() + 1].decode("ascii", "ignore")
        score += _score_run(before, found.group().decode(encoding, "replace"), after)
    return score


def _score_run(before: str, run: str, after: str) -> int:
    is_inside = before.isalpha() and after.isalpha()
    score = 0
    for character in run:
        if character == "’" and is_inside:
            score += _APOSTROPHE
        elif character.isupper() and before.islower():
            score += _CAPITAL_INSIDE
        else:
            score += _score_character(character)
    return score


def _score_character(character: str) -> int:
    if character in _PUNCTUATION:
        return 2
    is_letter = character.islower() or character.isupper()
    if is_letter:
        return 1
    is_broken = character == "\ufffd" or not character.isprintable()
    return -5 if is_broken else -1


def _read_as_legacy(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if error.encoding.lower().replace("_", "-").startswith(("utf-16", "utf-32")):
        return "\ufffd", error.end
    wrong = error.object[error.start : error.end]
    return "".join(_legacy_character(byte) for byte in wrong), error.end


def _legacy_character(byte: int) -> str:
    return bytes((byte,)).decode("cp1252", "replace")


codecs.register_error(ERRORS, _read_as_legacy)
