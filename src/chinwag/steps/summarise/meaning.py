"""How near statements are by their meaning, as an encoder tells: asked about few, those near.

Within a question everybody talks about one thing, so that an encoder finds all of it near and, by
itself, is wrong about every other pair that it puts first. So only statements that words suggest
are encoded, which keeps a large chat cheap, and what it says is one sign among others
(docs/decisions/0005).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chinwag.steps.summarise.group import SAME, Pair
from chinwag.steps.summarise.statement import Statement
from chinwag.text.encoder import Encoder
from chinwag.text.vectors import multiply, scale

SUGGESTED = 0.3  # the words' cosine from which an encoder, which is slow, is asked
FEWEST_WORDS = 6  # content words of a statement: fewer are near to everything
MOST_ASKED = 60  # texts of a question that are encoded: the cost does not grow with a huge chat


def compare_meanings(
    statements: Sequence[Statement],
    suggested: Mapping[Pair, float],
    encoder: Encoder | None,
    *,
    least: float = SUGGESTED,
) -> dict[Pair, float]:
    """Return the encoder's cosine of the pairs that words suggest, of the nearest ones.

    `suggested` maps pairs to their words' cosine, of which those from `least` on are asked about;
    what words alone decide is not. Nothing is returned without an encoder. Raises what the encoder
    raises.
    """
    pairs = {
        (left, right): words
        for (left, right), words in suggested.items()
        if least <= words < SAME
        and min(len(statements[left].words), len(statements[right].words)) >= FEWEST_WORDS
    }
    if encoder is None or not pairs:
        return {}
    asked = _pick_texts(statements, pairs)
    meanings = dict(zip(asked, map(scale, encoder.encode(asked)), strict=True))
    near = {}
    for pair in pairs:
        one, other = (meanings.get(statements[index].point) for index in pair)
        if one is not None and other is not None:
            near[pair] = multiply(one, other)
    return near


def _pick_texts(statements: Sequence[Statement], pairs: Mapping[Pair, float]) -> list[str]:
    """Return the texts to encode, each once: those of the nearest pairs, MOST_ASKED about."""
    texts: dict[str, None] = {}
    for pair in sorted(pairs, key=lambda pair: (-pairs[pair], pair)):
        if len(texts) >= MOST_ASKED:
            break
        texts.update(dict.fromkeys(statements[index].point for index in pair))
    return list(texts)
