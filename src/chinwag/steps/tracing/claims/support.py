"""Whose words are these? Each word that claims something, found in the posts, near its neighbours.

The words of a sentence are given to as few sentences of the posts as hold them all (greedy set
cover). Of each that is drawn upon enough has to be told, and what stands side by side in the
sentence has to stand near each other in one of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

import msgspec

from chinwag.messages import open_catalogue
from chinwag.steps.tracing.claims.reading import Reading, Word, read_text, stem_word
from chinwag.steps.tracing.claims.verdict import Known, Refusal, Source
from chinwag.steps.tracing.claims.vocabulary import FOR_ME, FOR_THEM
from chinwag.text.language import tell_language

MOST_DRAWN = 3  # sentences of the posts that one sentence may draw upon
COVERED = 0.5  # share of a sentence's content words that has to be told, at least
KIN_FEWEST = 3  # letters that two forms of a word share at least
KIN_ENDING = 4  # letters that their endings may have
FROM_QUESTION = 3  # content words that may come from the question alone
HEADING = 3  # content words of a first sentence that is no more than a heading

_IS_HIRAGANA = re.compile("[\u3041-\u309f]+")  # endings and particles, mostly
_WHO = {stem_word("people"), "you", "your", "yours"}
_IN_HEADINGS = frozenset(("a", "an", "the", "our", "my", "of", "for", "and", "with"))


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
        if self.sentence > 0 or len(self.reading.sentences) < 2:
            return False
        if sum(not word.is_number for word in self.words) > HEADING:
            return False
        return all(_may_head(word) for word in self.reading.words if word.sentence == 0)

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        return self.said.rstrip(" \"'”’)»").endswith(("?", "？", "؟"))


def _may_head(word: Word) -> bool:
    """Return whether a word may stand in a heading: no verb of the past, and no "not"."""
    if word.negates or word.folded.endswith("ed"):
        return False
    return bool(word.stem) or word.folded in _IN_HEADINGS


class Support(msgspec.Struct, frozen=True, kw_only=True):
    """Where a sentence's words stand: its content words, and the passages drawn upon."""

    words: tuple[Word, ...]
    passages: tuple[Passage, ...]  # all
    drawn: tuple[Passage, ...]  # those drawn upon, the fullest first
    glue: frozenset[str]  # stems that only the question has
    missing: tuple[Word, ...]  # words that neither a post nor the question has

    @property
    def told(self) -> list[Word]:
        """The words that the question alone does not have."""
        return [word for word in self.words if word.stem not in self.glue]


def find_support(said: Reading, sources: Sequence[Source], known: Known, skip: set[str]) -> Support:
    """Find the passages that hold the sentence's words; `skip` are stems of authors' names."""
    passages = _read_passages(sources)
    posted = frozenset().union(*(passage.stems for passage in passages))
    asked = {word.stem for word in read_text(known.question).content()}
    asked = asked - _WHO | _stand_ins(passages)  # who does it is a claim of its own
    words = tuple(word for word in said.content() if _is_claim(word, skip))
    if any(tell_language(source.text) not in ("", "en") for source in sources):
        words = tuple(_find_kin(word, posted | asked) for word in words)
    stems = {word.stem for word in words}
    return Support(
        words=words,
        passages=passages,
        drawn=_draw(passages, stems & posted),
        glue=frozenset(stems & asked - posted),
        missing=tuple(word for word in words if word.stem not in posted | asked),
    )


def _is_claim(word: Word, skip: set[str]) -> bool:
    """Return whether a word says something that the posts have to say, too."""
    if word.marker or word.stem in skip:
        return False
    return not (word.opens and word.stem in _WHO)


def _draw(passages: Sequence[Passage], wanted: set[str]) -> tuple[Passage, ...]:
    """Return the fewest passages that hold the wanted stems, the fullest first."""
    drawn: list[Passage] = []
    while wanted:
        best = max(passages, key=lambda one: (len(one.stems & wanted), -one.source, -one.sentence))
        drawn.append(best)
        wanted = wanted - best.stems
    return tuple(drawn)


def _find_kin(word: Word, stems: Collection[str]) -> Word:
    """Return a word with the stem of the posts that it is a form of, where its own is not there.

    For languages other than English, whose endings our stems do not know: forms of one word share
    their beginning but for the last letters.
    """
    if word.stem in stems or word.is_number or len(word.stem) < KIN_FEWEST:
        return word
    shared = {stem: _count_kin(word.stem, stem) for stem in stems}
    kin = [stem for stem, letters in shared.items() if _is_kin(word.stem, stem, letters)]
    best = max(kin, key=lambda stem: (shared[stem], stem), default=word.stem)
    return msgspec.structs.replace(word, stem=best)


def _count_kin(one: str, other: str) -> int:
    """Return how many letters two stems begin with alike, a German participle's "ge" aside."""
    return max(_count_shared(one, other), _count_shared(one.removeprefix("ge"), other))


def _is_kin(one: str, other: str, shared: int) -> bool:
    """Return whether two stems that share so many letters are forms of one word."""
    if shared < KIN_FEWEST or one.endswith("¬") != other.endswith("¬"):
        return False
    return max(len(one), len(other)) - shared <= KIN_ENDING


def _count_shared(one: str, other: str) -> int:
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )


def _stand_ins(passages: Sequence[Passage]) -> set[str]:
    """Return the words that may stand for people who say "I" or "they" in the posts, if some do."""
    spoken = {word.folded for passage in passages for word in passage.reading.words}
    named = (who for said, who in (FOR_ME, FOR_THEM) if spoken & said)
    return {stem_word(word) for who in named for word in who}


_STAND_INS = {stem_word(word) for _, who in (FOR_ME, FOR_THEM) for word in who}


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
    yield from _find_leaning(support)
    yield from _find_repeated(support)
    if len({word.stem for word in support.told}) < 2:
        yield Refusal(reason="thin", words=said.text)
    if len(support.drawn) > MOST_DRAWN:
        yield Refusal(reason="mixed", words=open_catalogue().count(len(support.drawn), "sentence"))
    stems = {word.stem for word in support.words}
    for place, passage in enumerate(support.drawn):
        plain = _find_told(passage, stems, whole=place == 0)
        if len(plain & stems) < COVERED * len(plain):
            yield Refusal(reason="thin", words=passage.said)


def _find_leaning(support: Support) -> Iterator[Refusal]:
    """Yield too many words that only the question has, and those that end the sentence."""
    if len(support.glue - _STAND_INS) > FROM_QUESTION:
        yield Refusal(reason="unsupported", words=", ".join(sorted(support.glue)))
    last = max((word.place for word in support.told), default=-1)
    late = [word for word in support.words if word.stem in support.glue and word.place > last]
    if late:
        yield Refusal(reason="unsupported", words=", ".join(word.said for word in late))


def _find_repeated(support: Support) -> Iterator[Refusal]:
    """Yield what a sentence says more often than its posts do: it stands in another's place."""
    theirs = Counter(word.stem for passage in support.passages for word in passage.words)
    ours = Counter(word.stem for word in support.words if not is_unspaced(word))
    for stem, number in ours.items():
        if stem not in support.glue and 0 < theirs[stem] < number:
            said = next(word.said for word in support.words if word.stem == stem)
            times = open_catalogue().count(number, "repeat")
            yield Refusal(reason="mixed", words=f"{said}, {times}")


def _find_told(passage: Passage, stems: set[str], *, whole: bool) -> set[str]:
    """Return the stems of a passage, or of those of its clauses that the sentence tells."""
    plain = [word for word in passage.words if not word.marker]
    clauses = {word.clause for word in plain if word.stem in stems}
    return {word.stem for word in plain if whole or word.clause in clauses}


def _find_missing(support: Support) -> Iterator[Refusal]:
    pairs = [word for word in support.missing if is_unspaced(word)]
    lost = [word.said for word in pairs if not _IS_HIRAGANA.fullmatch(word.said)]
    if lost:
        yield Refusal(reason="unsupported", words=" ".join(lost))
    numbers = [word.said for word in support.missing if word.is_number]
    if numbers:
        yield Refusal(reason="number", words=", ".join(numbers))
    spaced = [word for word in support.missing if not is_unspaced(word)]
    others = [word.said for word in spaced if not word.is_number]
    if others:
        yield Refusal(reason="unsupported", words=", ".join(others))


def is_unspaced(word: Word) -> bool:
    """Return whether a word is a pair of characters of a script without spaces."""
    return word.said[0] > "\u0dff" and len(word.said) <= 2
