"""Is it said as strongly as in the posts, not more: negation, certainty, amounts, conditions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from chinwag.steps.tracing.claims.reading import Negation, Reading, Word, read_text
from chinwag.steps.tracing.claims.support import Passage, Support
from chinwag.steps.tracing.claims.verdict import Refusal
from chinwag.steps.tracing.claims.vocabulary import (
    ABOUT,
    AMOUNTS,
    CAUSES,
    CAUSES_IN_POSTS,
    KEPT,
    OPPOSITES,
    OVER,
    QUESTION_SPEECH,
    RELATIVE,
    UNDER,
    UNSPACED_NEGATORS,
    WEAKER,
)

_CONDITION = "condition"  # the marker of "if", "unless" and their like
_JOINS = re.compile(r"[:;—–]")  # signs that join two parts of a sentence


def find_negations(said: Reading, support: Support) -> Iterator[Refusal]:
    """Yield each negation that has no counterpart on the other side, by the words it reaches."""
    forms = {said.words[word.place].stem: word.stem for word in support.words}
    ours = {forms.get(word.stem, word.stem) for word in said.content()}
    posted = {word.stem for passage in support.passages for word in passage.words}
    denials = [_put_in_stems(negation, forms) for negation in said.negations]
    theirs = [one for passage in support.drawn for one in _negations_of(passage)]
    for negation in denials:
        if not any(_match(negation, other, posted, ours) for other in theirs):
            yield Refusal(reason="negation", words=negation.word)
    if len(denials) > len(theirs) > 0:  # "nobody is not late"
        yield Refusal(reason="negation", words=denials[-1].word)
    for negation in theirs:
        if not any(_match(one, negation, posted, ours) for one in denials):
            yield from _find_lost_negation(negation, ours)
    yield from _find_lost_signs(said, support)


def _find_lost_negation(negation: Negation, ours: set[str]) -> Iterator[Refusal]:
    """Yield a negation of the posts whose words the sentence tells without it."""
    told = [stem for stem in negation.reaches if stem in ours]
    if told:
        yield Refusal(reason="negation", words=f"{negation.word} {' '.join(told)}")


def _find_lost_signs(said: Reading, support: Support) -> Iterator[Refusal]:
    """Yield the negations of a script without spaces that stand on one side alone."""
    posts = " ".join(passage.said for passage in support.drawn)
    for sign in UNSPACED_NEGATORS:
        if (sign in said.text) != (sign in posts):
            yield Refusal(reason="negation", words=sign)


def _negations_of(passage: Passage) -> list[Negation]:
    return [one for one in passage.reading.negations if one.sentence == passage.sentence]


def _put_in_stems(negation: Negation, forms: Mapping[str, str]) -> Negation:
    """Return a negation with the posts' stems in the place of other forms of the same words."""
    reaches = tuple(forms.get(stem, stem) for stem in negation.reaches)
    return msgspec.structs.replace(negation, reaches=reaches)


def _match(said: Negation, post: Negation, posted: set[str], ours: set[str]) -> bool:
    """Return whether two negations deny the same: the word nearest to each is reached by the other.

    Words that only one of the two texts has are passed over.
    """
    nearest = next((stem for stem in said.reaches if stem in posted), "")
    told = next((stem for stem in post.reaches if stem in ours), "")
    if not said.reaches and not post.reaches:
        return True
    return nearest in post.reaches and told in said.reaches


def find_strengthened(said: Reading, support: Support) -> Iterator[Refusal]:
    """Yield markers of strength that were added, and hedges and conditions that were left out."""
    marked = [word for passage in support.drawn for word in _words_of(passage) if word.marker]
    theirs = {word.marker for word in marked}
    ours = {word.marker for word in said.words if word.marker}
    for word in said.words:
        if word.marker and word.marker not in theirs:
            yield Refusal(reason="strength", words=word.said)
    yield from _find_multiplied(said.words, marked)
    for passage in support.drawn:
        yield from _find_left_out(passage, support, ours)
    yield from _find_superlatives(said, support)


def _find_multiplied(said: Sequence[Word], marked: Sequence[Word]) -> Iterator[Refusal]:
    """Yield amounts that stand oftener than in the posts: theirs is told of something else."""
    theirs = Counter(word.marker for word in marked)
    ours = Counter(word.marker for word in said if word.marker in AMOUNTS)
    for marker, number in ours.items():
        if 0 < theirs[marker] < number:
            words = [word.said for word in said if word.marker == marker]
            yield Refusal(reason="strength", words=", ".join(words))


def _find_left_out(passage: Passage, support: Support, ours: set[str]) -> Iterator[Refusal]:
    """Yield the hedges and conditions of a passage that have no marker in the sentence."""
    for word in _words_told(passage, support):
        stands_for = {word.marker} | WEAKER.get(word.marker, set())
        if word.marker in KEPT - {_CONDITION} and ours.isdisjoint(stands_for):
            yield Refusal(reason="strength", words=f"without “{word.said}”")
    for word in _words_of(passage):
        if word.marker == _CONDITION and _CONDITION not in ours:
            yield Refusal(reason="condition", words=f"without “{word.said}”")


def _words_of(passage: Passage) -> list[Word]:
    return [word for word in passage.reading.words if word.sentence == passage.sentence]


def _words_told(passage: Passage, support: Support) -> Iterator[Word]:
    """Yield the words of the clauses of a passage that the sentence tells something of."""
    ours = {word.stem for word in support.words}
    words = _words_of(passage)
    told = {word.clause for word in words if word.stem in ours and not word.marker}
    claiming = {word.clause for word in words if word.stem and not word.marker}
    # "which is most of them" says nothing but how much is meant of what comes before it.
    told |= {
        after.clause
        for before, after in pairwise(words)
        if before.clause in told and after.folded in RELATIVE and after.clause not in claiming
    }
    yield from (word for word in words if word.clause in told)


def _find_superlatives(said: Reading, support: Support) -> Iterator[Refusal]:
    theirs = {word.folded for passage in support.drawn for word in _words_of(passage)}
    for word in said.words:
        if re.fullmatch(r"\w{3,}(?:est|iest)", word.folded) and word.folded not in theirs:
            yield Refusal(reason="strength", words=word.said)


def find_other_contraries(said: Reading, support: Support) -> Iterator[Refusal]:
    """Yield opposites, causes nobody gave, questions told as facts, quotations told as claims."""
    for passage in support.drawn:
        yield from _find_opposites(said, passage)
    yield from _find_causes(said, support)
    asks = bool(support.drawn) and all(passage.asks for passage in support.drawn)
    ours = {word.folded for word in said.words}
    if asks and not said.text.endswith("?") and not ours & QUESTION_SPEECH:
        yield Refusal(reason="question", words=support.drawn[0].said)
    yield from _find_reported(support)


_EITHER_WAY = (*OPPOSITES, *((other, one) for one, other in OPPOSITES))


def _find_opposites(said: Reading, passage: Passage) -> Iterator[Refusal]:
    """Yield the opposites of a passage's words that stand by the same word as those."""
    ours = {word.folded for word in said.words}
    theirs = {word.folded for word in _words_of(passage)}
    for one, other in _EITHER_WAY:
        turned = one in ours - theirs and other in theirs - ours
        if turned and _is_near(said, passage, one, other):
            yield Refusal(reason="opposite", words=f"{one}, not {other}")


def _find_causes(said: Reading, support: Support) -> Iterator[Refusal]:
    """Yield a "because" whose two sides no sentence of the posts holds and joins in some way."""
    for word in said.words:
        if word.folded not in CAUSES:
            continue
        before = [one.stem for one in support.words if one.place < word.place]
        after = [one.stem for one in support.words if one.place > word.place]
        sides = [side for side in (before[::-1], after) if side]
        if not any(_joins(passage, sides) for passage in support.drawn):
            yield Refusal(reason="cause", words=word.said)


def _joins(passage: Passage, sides: Sequence[Sequence[str]]) -> bool:
    """Return whether a passage holds words of every side, and joins its parts by word or sign.

    A side's words begin with the one nearest to the "because".
    """
    if any(passage.stems.isdisjoint(side) for side in sides):
        return False
    words = {word.folded for word in _words_of(passage)}
    if words & CAUSES_IN_POSTS:
        return True
    nearest = [next(stem for stem in side if stem in passage.stems) for side in sides]
    pieces = [
        {word.stem for word in read_text(piece).content()} for piece in _JOINS.split(passage.said)
    ]
    return len(pieces) > 1 and not any(piece.issuperset(nearest) for piece in pieces)


def _is_near(said: Reading, passage: Passage, one: str, other: str) -> bool:
    """Return whether a word and its contrary stand by the same word on either side."""
    return bool(_beside(list(said.words), one) & _beside(_words_of(passage), other))


def _beside(words: list[Word], folded: str) -> set[str]:
    beside: set[str] = set()
    for at, word in enumerate(words):
        if word.folded == folded:
            before = [w.stem for w in words[:at] if w.stem][-1:]
            after = [w.stem for w in words[at + 1 :] if w.stem][:1]
            beside.update(before + after)
    return beside


def _find_reported(support: Support) -> Iterator[Refusal]:
    """Yield what a post has only in quotation marks, where the sentence has it outside them."""
    free = {w.stem for passage in support.drawn for w in passage.words if not w.quoted}
    stated = [word for word in support.words if not word.quoted]
    taken = [word.said for word in stated if word.stem not in free | support.glue]
    if stated and len(taken) * 2 > len(stated):
        yield Refusal(reason="reported", words=" ".join(taken))


def find_rounded(said: Reading, support: Support) -> Iterator[Refusal]:
    """Yield numbers that lost, gained or changed their "about", "over" or "under"."""
    rows = [_words_of(passage) for passage in support.drawn]
    for word in said.words:
        if not word.is_number:
            continue
        shades = [_shade(row, other) for row in rows for other in row if other.stem == word.stem]
        mine = _shade(list(said.words), word)
        if shades and mine not in shades:
            yield Refusal(reason="number", words=f"{mine or 'exactly'} {word.said}")


def _shade(words: list[Word], number: Word) -> str:
    before = {word.folded for word in words if number.place - 3 < word.place < number.place}
    if before & ABOUT:
        return "about"
    if before & OVER:
        return "over"
    return "under" if before & UNDER else ""
