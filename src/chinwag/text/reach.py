"""How much of one text is read: the beginning, where it is longer than any that people write."""

from __future__ import annotations

MOST_READ = 20_000  # characters of one post that are read; the whole is kept
_LONGEST_WORD = 200  # characters before the end in which a blank is looked for


def cut_reading(text: str) -> str:
    """Return what is read of a text: all of it, or its first `MOST_READ` characters.

    The cut is made at a blank, where there is one near, so that no word is cut in two.
    """
    if len(text) <= MOST_READ:
        return text
    end = max(text.rfind(blank, MOST_READ - _LONGEST_WORD, MOST_READ) for blank in " \n")
    return text[: end if end > 0 else MOST_READ]
