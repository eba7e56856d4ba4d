"""All checks in order: the first that fails is the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chinwag.steps.tracing.claims.form import find_bad_form, find_misused_names
from chinwag.steps.tracing.claims.neighbours import find_mixed
from chinwag.steps.tracing.claims.reading import Reading, fold_word, read_text, stem_word
from chinwag.steps.tracing.claims.strength import (
    find_negations,
    find_other_contraries,
    find_rounded,
    find_strengthened,
)
from chinwag.steps.tracing.claims.support import find_support, find_unsupported
from chinwag.steps.tracing.claims.verdict import Known, Refusal, Source


def check_sentence(
    sentence: str, sources: Sequence[Source], known: Known | None = None
) -> Refusal | None:
    """Return why a sentence may not stand on these sources, None where it may.

    The first source is the post whose words the sentence stands for; the others are behind it.
    """
    said = read_text(sentence)
    return next(_find_refusals(said, sentence, sources, known or Known()), None)


def _find_refusals(
    said: Reading, sentence: str, sources: Sequence[Source], known: Known
) -> Iterator[Refusal]:
    if not said.text or not sources:
        yield Refusal(reason="empty")
        return
    yield from find_bad_form(said, sentence, sources)
    yield from find_misused_names(said, sources, known)
    support = find_support(said, sources, known, _find_name_stems(said, sources))
    yield from find_unsupported(said, support)
    yield from find_negations(said, support)
    yield from find_rounded(said, support)
    yield from find_other_contraries(said, support)
    yield from find_strengthened(said, support)
    yield from find_mixed(said, support)


def _find_name_stems(said: Reading, sources: Sequence[Source]) -> set[str]:
    """Return the stems of the authors' names where the sentence writes them with a capital."""
    names = {
        fold_word(piece)
        for source in sources
        for piece in re.findall(r"\w+", f"{source.name} {source.author}")
    }
    return {
        stem_word(word.folded)
        for word in said.words
        if word.folded.removesuffix("'s") in names and word.said[:1].isupper()
    }
