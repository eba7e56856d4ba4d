"""Whose words are these? Each word that claims something, found in the posts, near its neighbours.

The words of a sentence are given to as few sentences of the posts as hold them all (greedy set
cover). Of each that is drawn upon enough has to be told, and what stands side by side in the
sentence has to stand near each other in one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from chinwag.steps.summarise.claims.reading import Reading, Word, read_text, stem_word
from chinwag.steps.summarise.claims.verdict import Known, Refusal, Source
from chinwag.steps.summarise.claims.vocabulary import FOR_ME, FOR_WE, OPPOSITES

MOST_DRAWN = 3  # sentences of the posts that one sentence may draw upon
COVERED = 0.5  # share of a sentence's content words that has to be told, at least
NEAR = 7  # content words between two that stand side by side in the sentence, at most
FROM_QUESTION = 2  # content words that may come from the question alone
HEADING = 2  # content words of a first sentence that is no more than a heading
UNSPACED_SHARE = 0.8  # of the pairs of characters, where a script has no spaces

_PAIRS = [(stem_word(one), stem_word(other)) for one, other in OPPOSITES
          if stem_word(one) and stem_word(other)]  # fmt: skip
_PASSIVE = frozenset(("by", "von", "par", "por", "da", "tarafından"))


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence of a post, read: its words that claim something, in order, and its marks."""

    source: int
    sentence: int
    reading: Reading
    words: tuple[Word, ...]
    stems: frozenset[str]

    @property
    def said(self) -> str:
        """The sentence as it stands in the post."""
        return self.reading.sentences[self.sentence]

    @property
    def is_heading(self) -> bool:
        """Whether it is a few words that name what the rest of the post is about."""
        plain = [word for word in self.words if not word.is_number]
        return self.sentence == 0 and len(plain) <= HEADING and len(self.reading.sentences) > 1

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        return self.said.rstrip(" \"'”’)»").endswith(("?", "？", "؟"))


class Support(msgspec.Struct, frozen=True, kw_only=True):
    """Where a sentence's words stand: its content words, and the passages drawn upon."""

    words: tuple[Word, ...]
    passages: tuple[Passage, ...]  # all
    drawn: tuple[Passage, ...]  # those drawn upon, the fullest first
    glue: frozenset[str]  # stems that only the question has
    missing: tuple[Word, ...]


def find_support(said: Reading, sources: Sequence[Source], known: Known, skip: set[str]) -> Support:
    """Find the passages that hold the sentence's words; `skip` are stems of authors' names."""
    passages = _read_passages(sources)
    everything = frozenset().union(*(passage.stems for passage in passages))
    asked = {word.stem for word in read_text(known.question).content()} | _stand_ins(passages)
    words = tuple(w for w in said.content() if not w.marker and w.stem not in skip)
    missing = tuple(w for w in words if w.stem not in everything | asked)
    glue = frozenset(w.stem for w in words if w.stem not in everything and w.stem in asked)
    wanted = {w.stem for w in words} & everything
    drawn: list[Passage] = []
    while wanted:
        best = max(passages, key=lambda one: (len(one.stems & wanted), -one.source, -one.sentence))
        drawn.append(best)
        wanted -= best.stems
    return Support(words=words, passages=passages, drawn=tuple(drawn), glue=glue, missing=missing)


def _stand_ins(passages: Sequence[Passage]) -> set[str]:
    """Give the words for whoever says "we" in the posts, where somebody does."""
    spoken = {word.folded for passage in passages for word in passage.reading.words}
    named = (who for said, who in (FOR_WE, FOR_ME) if spoken & said)
    return {stem_word(word) for who in named for word in who}


def _read_passages(sources: Sequence[Source]) -> tuple[Passage, ...]:
    passages = []
    for number, source in enumerate(sources):
        reading = read_text(source.text)
        for sentence in range(len(reading.sentences)):
            words = tuple(reading.content(sentence))
            stems = frozenset(word.stem for word in words)
            passages.append(
                Passage(source=number, sentence=sentence, reading=reading, words=words, stems=stems)
            )
    return tuple(passages)


def find_unsupported(said: Reading, support: Support) -> Iterator[Refusal]:
    """Yield words that no post has, and too little that one has."""
    yield from _find_missing(support)
    if len(support.glue) > FROM_QUESTION:
        yield Refusal(reason="unsupported", words=", ".join(sorted(support.glue)))
    told = [word for word in support.words if word.stem not in support.glue]
    if len({word.stem for word in told}) < 2:
        yield Refusal(reason="thin", words=said.text)
    if len(support.drawn) > MOST_DRAWN:
        yield Refusal(reason="mixed", words=f"{len(support.drawn)} sentences")
    stems = {word.stem for word in support.words}
    for place, passage in enumerate(support.drawn):
        plain = _find_told(passage, stems, whole=place == 0)
        if len(plain & stems) < COVERED * len(plain):
            yield Refusal(reason="thin", words=passage.said)


def _find_told(passage: Passage, stems: set[str], *, whole: bool) -> set[str]:
    """Give the stems of a passage, or of those of its clauses that the sentence tells."""
    plain = [word for word in passage.words if not word.marker]
    clauses = {word.clause for word in plain if word.stem in stems}
    return {word.stem for word in plain if whole or word.clause in clauses}


def _find_missing(support: Support) -> Iterator[Refusal]:
    pairs = [word for word in support.words if _is_unspaced(word)]
    lost = [word for word in support.missing if _is_unspaced(word)]
    if pairs and len(lost) > (1 - UNSPACED_SHARE) * len(pairs):
        yield Refusal(reason="unsupported", words=" ".join(word.said for word in lost))
    numbers = [word.said for word in support.missing if word.is_number]
    if numbers:
        yield Refusal(reason="number", words=", ".join(numbers))
    others = [w.said for w in support.missing if not w.is_number and not _is_unspaced(w)]
    if others:
        yield Refusal(reason="unsupported", words=", ".join(others))


def _is_unspaced(word: Word) -> bool:
    return word.said[0] > "\u0dff" and len(word.said) <= 2


def find_mixed(said: Reading, support: Support) -> Iterator[Refusal]:
    """Yield neighbours that stand nowhere near each other, and words turned round."""
    lost = {word.place for word in support.missing}
    told = [w for w in support.words if w.stem not in support.glue and w.place not in lost]
    headings = frozenset().union(*(p.stems for p in support.passages if p.is_heading))
    for one, other in pairwise(told):
        if (
            one.clause != other.clause
            or one.stem == other.stem
            or {one.stem, other.stem} & headings
        ):
            continue
        if not any(_stand_near(passage, one.stem, other.stem) for passage in support.passages):
            yield Refusal(reason="mixed", words=f"{one.said} … {other.said}")
    yield from _find_unbound(told, support)
    yield from _find_turned_round(said, support, told)


def _stand_near(passage: Passage, one: str, other: str) -> bool:
    ones = [at for at, word in enumerate(passage.words) if word.stem == one]
    others = [at for at, word in enumerate(passage.words) if word.stem == other]
    return any(abs(a - b) <= NEAR for a in ones for b in others)


def _find_unbound(told: Sequence[Word], support: Support) -> Iterator[Refusal]:
    """Yield a number, or one of two opposites, that belongs to another word in the posts.

    "Six days, till nine" is not "nine days, till six": beside one of its neighbours at least, the
    number has to be the nearest one in the posts, too.
    """
    for at, word in enumerate(told):
        rivals = _find_rivals(word, support)
        if len(rivals) < 2:
            continue
        width = 1 if word.is_number else 2
        beside = told[max(0, at - width) : at + width + 1]
        beside = [other for other in beside if other.stem not in rivals]
        inside = [other for other in beside if other.clause == word.clause] or beside
        bound = any(
            _is_nearest(passage, word.stem, other.stem, rivals)
            for passage in support.passages
            for other in inside
        )
        if inside and not bound:
            reason = "number" if word.is_number else "opposite"
            yield Refusal(reason=reason, words=f"{word.said} … {inside[0].said}")
    for one, other in pairwise(word for word in told if word.is_number):
        if _only_backwards(one.stem, other.stem, support):
            yield Refusal(reason="number", words=f"{one.said} … {other.said}")


def _find_rivals(word: Word, support: Support) -> set[str]:
    """Give the stems of the posts that could stand in a word's place, itself among them."""
    theirs = {one.stem for passage in support.passages for one in passage.words}
    if word.is_number:
        return {stem for stem in theirs if stem.startswith("#")} | {word.stem}
    pairs = [pair for pair in _PAIRS if word.stem in pair]
    return {word.stem} | {stem for pair in pairs for stem in pair if stem in theirs}


def _is_nearest(passage: Passage, stem: str, beside: str, rivals: set[str]) -> bool:
    """Tell whether the rival nearest to some place of `beside` in a passage is `stem`."""
    for at, word in enumerate(passage.words):
        if word.stem != beside:
            continue
        ways = [(abs(at - other), one.stem) for other, one in enumerate(passage.words)
                if one.stem in rivals]  # fmt: skip
        if ways and any(found == stem for way, found in ways if way == min(ways)[0]):
            return True
    return False


def _only_backwards(one: str, other: str, support: Support) -> bool:
    """Tell whether two numbers that follow each other do so only the other way about."""
    orders = set()
    for passage in support.passages:
        numbers = [word.stem for word in passage.words if word.is_number]
        orders |= set(pairwise(numbers))
    return (other, one) in orders and (one, other) not in orders and one != other


def _find_turned_round(said: Reading, support: Support, told: Sequence[Word]) -> Iterator[Refusal]:
    """Yield three words in a row that a post has in a row the other way about.

    "Guards ask students" against "students ask guards"; a passive ("are asked by") may do so.
    """
    if any(word.folded in _PASSIVE for word in said.words):
        return
    for at in range(len(told) - 2):
        one, middle, last = told[at : at + 3]
        if one.clause != last.clause or len({one.stem, middle.stem, last.stem}) < 3:
            continue
        row = (last.stem, middle.stem, one.stem)
        for passage in support.drawn:
            stems = [word.stem for word in passage.words if not word.marker]
            straight = any(tuple(stems[i : i + 3]) == row[::-1] for i in range(len(stems)))
            if not straight and any(tuple(stems[i : i + 3]) == row for i in range(len(stems))):
                yield Refusal(reason="order", words=f"{one.said} {middle.said} {last.said}")
