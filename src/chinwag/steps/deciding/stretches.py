"""Which words of a post a model pointed at: the post's own letters, and no cut that turns them.

Nothing that a model wrote is printed. What it gave is looked for in the post, typographic quotes
and white space apart, and the post's letters are taken. A cut inside a sentence may not leave out
a word that denies, doubts or makes conditions: "[we] should […] close" is no quotation of "we
should never close".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chinwag.model import LEFT_OUT_MARK
from chinwag.steps.tracing.check_sources import find_stretch, stands_in
from chinwag.steps.tracing.claims.vocabulary import MARKERS, NEGATORS, UNSPACED_NEGATORS
from chinwag.text.sentences import split_sentences
from chinwag.text.words import count_words

FEWEST_WORDS = 3  # of a stretch that can be printed
MOST_WORDS = 120
MOST_PIECES = 6
MOST_SIGNS = 4_000  # of what a model gives as a stretch; more is not looked at

Span = tuple[int, int]

_GAP = re.compile(r"(?:\[(?:…|\.{3})\]|\(…\))")
_ALIKE = str.maketrans("‘’‚‛“”„‟«»–—‐‑‒−\u00a0", '\'\'\'\'""""""------ ')
_TURNING = NEGATORS.union(*(MARKERS[name] for name in ("condition", "might", "wish")))
_WORD = re.compile(r"(?<![#@\w])[^\W\d_]+(?:'[^\W\d_]+)*")


def take_stretch(said: str, text: str) -> str:
    """Return the words of a post's `text` that a model gave as `said`, "" where it lacks them."""
    whole = " ".join(text.split())
    spans = _find_spans(said, whole)
    found = f" {LEFT_OUT_MARK} ".join(whole[start:end] for start, end in spans)
    return found if found and stands_in(found, text) else ""


def is_turned(said: str, text: str) -> bool:
    """Return whether a stretch of a post leaves out, inside a sentence, what turns its meaning."""
    whole = " ".join(text.split())
    spans = _find_spans(said, whole)
    return any(_turns(words) for words in _list_left_out(whole, spans))


def has_good_length(stretch: str) -> bool:
    """Return whether a stretch is neither a scrap nor a whole article."""
    return FEWEST_WORDS <= count_words(stretch) <= MOST_WORDS


def _find_spans(said: str, whole: str) -> Sequence[Span]:
    """Return where the pieces of a stretch stand in a text, in order; () where one does not."""
    folded = whole.translate(_ALIKE)
    spans: list[Span] = []
    pieces = [" ".join(one.translate(_ALIKE).split()) for one in _GAP.split(said[:MOST_SIGNS])]
    pieces = [piece for piece in pieces if piece]
    if len(pieces) > MOST_PIECES:
        return ()
    at = 0
    for piece in pieces:
        at = find_stretch(piece, folded, at)
        if at < 0:
            return ()
        spans.append((at - len(piece), at))
    return _join(spans, whole)


def _join(spans: Sequence[Span], whole: str) -> list[Span]:
    """Return the spans with those in one that have nothing but white space between them."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and not whole[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _list_left_out(whole: str, spans: Sequence[Span]) -> Iterator[str]:
    """Yield what is left out of each sentence of which a part is taken."""
    at = 0
    for sentence in split_sentences(whole):
        start = whole.index(sentence, at)
        at = start + len(sentence)
        inside = [(max(start, a), min(at, b)) for a, b in spans if a < at and b > start]
        last = start
        for a, b in inside:
            yield whole[last:a]
            last = b
        if inside:
            yield whole[last:at]


def _turns(words: str) -> bool:
    plain = words.translate(_ALIKE).casefold()
    said = _WORD.findall(plain)
    return any(word in _TURNING for word in said) or any(one in plain for one in UNSPACED_NEGATORS)
