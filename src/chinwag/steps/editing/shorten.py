"""A point of several posts, shortened: which of its words are from which post."""

from __future__ import annotations

from collections.abc import Sequence

from chinwag.model import LEFT_OUT_MARK, Quote
from chinwag.steps.tracing import find_stretch

_BETWEEN = f" {LEFT_OUT_MARK} "


def share_out(words: str, parts: Sequence[Quote]) -> tuple[Quote, ...]:
    """Return the stretches of each part that words are made of; () where they are made of others.

    `parts` are those of a point whose author went on over several posts; the words are a stretch of
    what they say together, or several in its order with LEFT_OUT_MARK between. A part of which
    nothing is left is not returned.
    """
    texts = [" ".join(part.text.split()) for part in parts]
    whole = " ".join(texts)
    left: list[list[str]] = [[] for _text in texts]
    at = 0
    for piece in words.split(_BETWEEN):
        at = find_stretch(piece, whole, at)
        if at < 0:
            return ()
        _share_piece(at - len(piece), at, texts, left)
    return tuple(
        Quote(post=part.post, author=part.author, text=_BETWEEN.join(some))
        for part, some in zip(parts, left, strict=True)
        if some
    )


def _share_piece(start: int, end: int, texts: Sequence[str], left: Sequence[list[str]]) -> None:
    """Add a piece, from `start` to before `end` of all texts together, to those it is made of."""
    begin = 0
    for text, some in zip(texts, left, strict=True):
        piece = text[max(start - begin, 0) : max(end - begin, 0)].strip()
        if piece:
            some.append(piece)
        begin += len(text) + 1
