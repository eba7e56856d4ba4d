"""Whose words are these? Each word that claims something, found in the posts, near its neighbours.

The words of a sentence are given to as few sentences of the posts as hold them all (greedy set
cover). Of each that is drawn upon enough has to be told, and what stands side by side in the
sentence has to stand near each other in one of them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

import msgspec

from chinwag.steps.tracing.claims.reading import Reading, Word, read_text, stem_word
from chinwag.steps.tracing.claims.verdict import Known, Refusal, Source
from chinwag.steps.tracing.claims.vocabulary import (
    AGENT,
    ARTICLES,
    FOR_ME,
    FOR_THEM,
    FOR_WE,
    OPPOSITES,
    PASSIVE,
    PREPOSITIONS,
)
from chinwag.text.language import tell_language

MOST_DRAWN = 3  # sentences of the posts that one sentence may draw upon
COVERED = 0.5  # share of a sentence's content words that has to be told, at least
KIN_FEWEST = 3  # letters that two forms of a word share at least
KIN_ENDING = 4  # letters that their endings may have
NEAR = 7  # content words between two that stand side by side in the sentence, at most
NEAR_ACROSS = 3  # the same where a new part begins between them
FROM_QUESTION = 3  # content words that may come from the question alone
HEADING = 3  # content words of a first sentence that is no more than a heading

_PAIRS = [(stem_word(one), stem_word(other)) for one, other in OPPOSITES
          if stem_word(one) and stem_word(other)]  # fmt: skip
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
        plain = [word for word in self.words if not word.is_number]
        words = [word for word in self.reading.words if word.sentence == 0]
        return (
            self.sentence == 0
            and len(self.reading.sentences) > 1
            and len(plain) <= HEADING
            and all(word.stem or word.folded in _IN_HEADINGS for word in words)
            and not any(word.folded.endswith("ed") or word.negates for word in words)
        )

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
    asked = {word.stem for word in read_text(known.question).content()}
    asked = asked - _WHO | _stand_ins(passages)  # who does it is a claim of its own
    words = tuple(
        word
        for word in said.content()
        if not word.marker and word.stem not in skip and not (word.opens and word.stem in _WHO)
    )
    if any(tell_language(source.text) not in ("", "en") for source in sources):
        words = tuple(_find_kin(word, everything | asked) for word in words)
    missing = tuple(w for w in words if w.stem not in everything | asked)
    glue = frozenset(w.stem for w in words if w.stem not in everything and w.stem in asked)
    wanted = {w.stem for w in words} & everything
    drawn: list[Passage] = []
    while wanted:
        best = max(passages, key=lambda one: (len(one.stems & wanted), -one.source, -one.sentence))
        drawn.append(best)
        wanted -= best.stems
    return Support(words=words, passages=passages, drawn=tuple(drawn), glue=glue, missing=missing)


def _find_kin(word: Word, stems: Collection[str]) -> Word:
    """Return a word with the stem of the posts that it is a form of, where its own is not there.

    For languages other than English, whose endings our stems do not know: forms of one word share
    their beginning but for the last letters.
    """
    if word.stem in stems or word.is_number or len(word.stem) < KIN_FEWEST:
        return word
    bare = word.stem.removeprefix("ge")  # a German participle
    length = {
        stem: max(_count_shared(word.stem, stem), _count_shared(bare, stem)) for stem in stems
    }
    kin = [
        stem
        for stem, shared in length.items()
        if shared >= KIN_FEWEST
        and stem.endswith("¬") == word.stem.endswith("¬")
        and max(len(stem), len(word.stem)) - shared <= KIN_ENDING
    ]
    best = max(kin, key=lambda stem: (length[stem], stem), default=word.stem)
    return msgspec.structs.replace(word, stem=best)


def _count_shared(one: str, other: str) -> int:
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )


def _stand_ins(passages: Sequence[Passage]) -> set[str]:
    """Return the words for whoever says "we" in the posts, where somebody does."""
    spoken = {word.folded for passage in passages for word in passage.reading.words}
    named = (who for said, who in (FOR_WE, FOR_ME, FOR_THEM) if spoken & said)
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
    stand_ins = {stem_word(word) for _, who in (FOR_WE, FOR_ME, FOR_THEM) for word in who}
    if len(support.glue - stand_ins) > FROM_QUESTION:
        yield Refusal(reason="unsupported", words=", ".join(sorted(support.glue)))
    told = [word for word in support.words if word.stem not in support.glue]
    last = max((word.place for word in told), default=-1)
    if late := [w.said for w in support.words if w.stem in support.glue and w.place > last]:
        yield Refusal(reason="unsupported", words=", ".join(late))
    yield from _find_repeated(support)
    if len({word.stem for word in told}) < 2:
        yield Refusal(reason="thin", words=said.text)
    if len(support.drawn) > MOST_DRAWN:
        yield Refusal(reason="mixed", words=f"{len(support.drawn)} sentences")
    stems = {word.stem for word in support.words}
    for place, passage in enumerate(support.drawn):
        plain = _find_told(passage, stems, whole=place == 0)
        if len(plain & stems) < COVERED * len(plain):
            yield Refusal(reason="thin", words=passage.said)


def _find_repeated(support: Support) -> Iterator[Refusal]:
    """Yield what a sentence says more often than its posts do: it stands in another's place."""
    theirs = Counter(word.stem for passage in support.passages for word in passage.words)
    ours = Counter(word.stem for word in support.words if not is_unspaced(word))
    for stem, number in ours.items():
        if number > theirs[stem] and stem not in support.glue and theirs[stem]:
            said = next(word.said for word in support.words if word.stem == stem)
            yield Refusal(reason="mixed", words=f"{said}, {number} times")


def _find_told(passage: Passage, stems: set[str], *, whole: bool) -> set[str]:
    """Return the stems of a passage, or of those of its clauses that the sentence tells."""
    plain = [word for word in passage.words if not word.marker]
    clauses = {word.clause for word in plain if word.stem in stems}
    return {word.stem for word in plain if whole or word.clause in clauses}


def _find_missing(support: Support) -> Iterator[Refusal]:
    lost = [w for w in support.missing if is_unspaced(w) and not _IS_HIRAGANA.fullmatch(w.said)]
    if lost:
        yield Refusal(reason="unsupported", words=" ".join(word.said for word in lost))
    numbers = [word.said for word in support.missing if word.is_number]
    if numbers:
        yield Refusal(reason="number", words=", ".join(numbers))
    others = [w.said for w in support.missing if not w.is_number and not is_unspaced(w)]
    if others:
        yield Refusal(reason="unsupported", words=", ".join(others))


def is_unspaced(word: Word) -> bool:
    """Return whether a word is a pair of characters of a script without spaces."""
    return word.said[0] > "\u0dff" and len(word.said) <= 2


def find_mixed(said: Reading, support: Support) -> Iterator[Refusal]:
    """Yield neighbours that stand nowhere near each other, and words turned round."""
    lost = {word.place for word in support.missing}
    told = [w for w in support.words if w.stem not in support.glue and w.place not in lost]
    told = [w for w in told if not is_unspaced(w)]  # pairs overlap: they have no neighbours
    headings = _find_headings(support.passages)
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


def _find_headings(passages: Sequence[Passage]) -> set[str]:
    """Return the stems that stand in a heading alone: what a whole post is about goes with any."""
    named = {stem for passage in passages if passage.is_heading for stem in passage.stems}
    return named - {stem for one in passages if not one.is_heading for stem in one.stems}


def _stand_near(passage: Passage, one: str, other: str) -> bool:
    """Return whether two stems stand near each other: nearer where another part has begun."""
    ones = [(at, word.part) for at, word in enumerate(passage.words) if word.stem == one]
    others = [(at, word.part) for at, word in enumerate(passage.words) if word.stem == other]
    return any(
        abs(a - b) <= (NEAR if part == other_part else NEAR_ACROSS)
        for a, part in ones
        for b, other_part in others
    )


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
        before = [other for other in told[:at] if other.stem not in rivals][-width:]
        after = [other for other in told[at + 1 :] if other.stem not in rivals][:width]
        beside = [*before, *after]
        inside = [other for other in beside if other.clause == word.clause] or beside
        bound = any(
            _is_nearest(passage, word.stem, other.stem, rivals)
            for passage in support.passages
            for other in inside
        )
        if inside and not bound and not _follows_on(at, told, support):
            reason = "number" if word.is_number else "opposite"
            yield Refusal(reason=reason, words=f"{word.said} … {inside[0].said}")
    for one, other in pairwise(word for word in told if word.is_number):
        orders = _find_orders(support)
        straight, back = (one.stem, other.stem), (other.stem, one.stem)
        if back in orders and straight not in orders and one.stem != other.stem:
            yield Refusal(reason="number", words=f"{one.said} … {other.said}")


def _find_rivals(word: Word, support: Support) -> set[str]:
    """Return the stems of the posts that could stand in a word's place, itself among them."""
    theirs = {one.stem for passage in support.passages for one in passage.words}
    if word.is_number:
        numbers = {stem for stem in theirs if stem.startswith("#")} | {word.stem}
        return {stem for stem in numbers if _is_rank(stem) == _is_rank(word.stem)}
    pairs = [pair for pair in _PAIRS if word.stem in pair]
    return {word.stem} | {stem for pair in pairs for stem in pair if stem in theirs}


def _is_rank(stem: str) -> bool:
    """Return whether a number ranks or repeats ("first", "twice"), as "one" and "two" do not."""
    return stem.startswith("#x") or stem.endswith(("st", "nd", "rd", "th"))


def _is_nearest(passage: Passage, stem: str, beside: str, rivals: set[str]) -> bool:
    """Return whether the rival nearest to some place of `beside` in a passage is `stem`."""
    for at, word in enumerate(passage.words):
        if word.stem != beside:
            continue
        ways = [(abs(at - other), one.stem) for other, one in enumerate(passage.words)
                if one.stem in rivals]  # fmt: skip
        if ways and any(found == stem for way, found in ways if way == min(ways)[0]):
            return True
    return False


def _find_orders(support: Support) -> set[tuple[str, str]]:
    """Return the numbers of the posts that follow each other, with whatever between them."""
    return {
        pair
        for passage in support.passages
        for pair in pairwise(word.stem for word in passage.words if word.is_number)
    }


def _follows_on(at: int, told: Sequence[Word], support: Support) -> bool:
    """Return whether a number stands beside another as in the posts: "four hundred", "31 to 9"."""
    beside = [
        (told[one].stem, told[one + 1].stem) for one in (at - 1, at) if 0 <= one < len(told) - 1
    ]
    return any(pair in _find_orders(support) for pair in beside)


def _find_turned_round(said: Reading, support: Support, told: Sequence[Word]) -> Iterator[Refusal]:
    """Yield words in one clause that a post has in one clause the other way about.

    "Guards ask students" against "students ask guards". A passive ("are asked") may turn two
    neighbours round, one with "by" both sides of its verb, and has to. What a preposition leads in
    ("in winter") may stand anywhere.
    """
    for clause in {word.clause: None for word in told}:
        row = [word for word in told if word.clause == clause and not _is_led_in(said, word)]
        folded = {word.folded for word in said.words if word.clause == clause}
        for passage in support.drawn:
            others = frozenset().union(*(one.stems for one in support.drawn if one is not passage))
            own = [word for word in row if word.stem not in others and word.stem in passage.stems]
            turned = _find_descents(own, passage)
            agent = folded & AGENT - {word.folded for word in passage.reading.words}
            if agent and len(own) > 2 and not turned:
                yield Refusal(reason="order", words=" … ".join(word.said for word in own[:3]))
            passive = folded & PASSIVE - _words_beside(turned, passage)
            if len(turned) > (2 if agent else bool(passive)):
                yield Refusal(reason="order", words=" … ".join(word.said for word in turned[0]))


def _words_beside(turned: Sequence[tuple[Word, Word]], passage: Passage) -> set[str]:
    """Return the folded words of the clauses of a passage in which the turned words stand."""
    stems = {word.stem for pair in turned for word in pair}
    clauses = {word.clause for word in passage.words if word.stem in stems}
    return {word.folded for word in passage.reading.words if word.clause in clauses}


def _is_led_in(said: Reading, word: Word) -> bool:
    """Return whether a preposition stands right before a word, an article apart."""
    before = [one.folded for one in said.words[max(0, word.place - 2) : word.place]]
    return before[-1:] != [] and (
        before[-1] in PREPOSITIONS or (before[-1] in ARTICLES and before[0] in PREPOSITIONS)
    )


def _find_descents(row: Sequence[Word], passage: Passage) -> list[tuple[Word, Word]]:
    """Return the neighbours that stand in a passage only the other way about."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(passage.words):
        places[word.stem].append(at)
    return [
        (one, other)
        for one, other in pairwise(row)
        if one.stem != other.stem and min(places[one.stem]) > max(places[other.stem])
    ]
