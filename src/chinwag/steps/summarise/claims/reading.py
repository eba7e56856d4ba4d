"""A text read closely: its sentences, clauses and words, what is negated, and what is quoted."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import msgspec

from chinwag.steps.summarise.claims.numbers import find_digits, value_of
from chinwag.steps.summarise.claims.vocabulary import (
    CUTTING,
    DECIDING,
    FREE_ENGLISH,
    IRREGULAR,
    LIGHT,
    MARKERS,
    NEGATORS,
    NOT_NEGATING_BEFORE,
    PRONOUN_ONE,
    SAME,
    SPEECH,
)
from chinwag.text.links import LINK
from chinwag.text.sentences import split_sentences
from chinwag.text.stopwords import STOP_WORDS
from chinwag.text.words import content_words

SCOPE = 4  # content words that a negation reaches, at most, within its clause

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff"
_PIECE = re.compile(
    rf"(?P<link>{LINK.pattern})|(?P<quote>[\"“”«»„「」『』])|(?P<mark>[@#]\w[\w.@-]*)"
    rf"|(?P<unspaced>[{_UNSPACED}]+)"
    rf"|(?P<word>(?:(?![{_UNSPACED}])\w)+(?:['’](?:(?![{_UNSPACED}])\w)+)*)"
    r"|(?P<cut>[,;:—–()…/]|\s-\s)",
    re.IGNORECASE,
)
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)'(?=\w{2})")
_TWO_WORDS = {
    ("have", "to"): "must",
    ("has", "to"): "must",
    ("had", "to"): "must",
    ("going", "to"): "will",
    ("used", "to"): "past",
}
_SAME = {word: words.split()[0] for words in SAME for word in words.split()}
_MARKER = {word: name for name, words in MARKERS.items() for word in words}


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """One word where it stands.

    `stem` is what it is compared by, "" for a word that claims nothing; a number's stem is "#" and
    its value. `sentence` and `clause` number those of the text. `marker` is the class of MARKERS
    that it belongs to, or "".
    """

    said: str
    folded: str
    stem: str
    sentence: int
    clause: int
    place: int
    quoted: bool
    negates: bool
    marker: str = ""
    opens: bool = False  # the first word of its sentence

    @property
    def is_number(self) -> bool:
        """Whether it is a number."""
        return self.stem.startswith("#")


class Negation(msgspec.Struct, frozen=True, kw_only=True):
    """One negation: the sentence it stands in and the stems that it reaches, the nearest first."""

    word: str
    sentence: int
    reaches: tuple[str, ...]


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A text, read: `sentences` as written, `words` in order, `negations`."""

    text: str
    sentences: tuple[str, ...]
    words: tuple[Word, ...]
    negations: tuple[Negation, ...]

    def content(self, sentence: int | None = None) -> list[Word]:
        """Give the words that claim something, of one sentence or of all."""
        return [
            word
            for word in self.words
            if word.stem and not word.negates and sentence in (None, word.sentence)
        ]


@lru_cache(maxsize=4096)
def read_text(text: str) -> Reading:
    """Read a text; white space does not matter."""
    line = unicodedata.normalize("NFC", " ".join(text.split()))
    sentences = split_sentences(line)
    words: list[Word] = []
    clause = 0
    for number, sentence in enumerate(sentences):
        words += _read_sentence(sentence, number, clause, len(words))
        clause = (words[-1].clause if words else clause) + 1
    return Reading(
        text=line,
        sentences=sentences,
        words=tuple(words),
        negations=tuple(_find_negations(words)),
    )


def _read_sentence(sentence: str, number: int, clause: int, place: int) -> list[Word]:
    words: list[Word] = []
    digits = {start: (end, value) for start, end, value in find_digits(sentence)}
    quoted, at = False, 0
    while at < len(sentence):
        if at in digits:
            at, value = digits[at]
            words.append(_make_number(value, number, clause, place + len(words), quoted, not words))
            continue
        found = _PIECE.match(sentence, at)
        if found is None:
            at += 1
            continue
        at = found.end()
        if found["quote"]:
            quoted = found["quote"] in "“„«「『" or (found["quote"] == '"' and not quoted)
        elif found["cut"]:
            clause += 1
        elif found["unspaced"]:
            for pair in _pair(found["unspaced"]):
                words.append(
                    Word(said=pair, folded=pair, stem=pair, sentence=number, clause=clause,
                         place=place + len(words), quoted=quoted, negates=False)
                )  # fmt: skip
        elif not found["link"]:
            folded = fold_word(found.group())
            clause += folded in CUTTING
            before = words[-1].folded if words else ""
            after = fold_word(_next_word(sentence, at))
            words.append(
                Word(
                    said=found.group(),
                    folded=folded,
                    stem=_stem_in_place(folded, before, after),
                    sentence=number,
                    clause=clause,
                    place=place + len(words),
                    quoted=quoted,
                    negates=folded in NEGATORS and after not in NOT_NEGATING_BEFORE,
                    marker=_TWO_WORDS.get((folded, after)) or _MARKER.get(folded, ""),
                    opens=not words,
                )
            )
    return words


def _make_number(
    value: str, sentence: int, clause: int, place: int, quoted: bool, opens: bool
) -> Word:
    return Word(
        said=value, folded=value, stem=f"#{value}", sentence=sentence, clause=clause, place=place,
        quoted=quoted, negates=False, marker=_MARKER.get(value, ""), opens=opens,
    )  # fmt: skip


def _next_word(sentence: str, at: int) -> str:
    found = re.compile(r"\s*([\w'’]+)").match(sentence, at)
    return found[1] if found else ""


def _pair(run: str) -> list[str]:
    return [run] if len(run) == 1 else [run[at : at + 2] for at in range(len(run) - 1)]


def fold_word(word: str) -> str:
    """Give a word as it is compared: case folded, apostrophes straight, without `#` and `@`."""
    return unicodedata.normalize("NFKC", word).casefold().replace("’", "'").lstrip("#@").rstrip(".")


def _stem_in_place(folded: str, before: str, after: str) -> str:
    if folded == "one" and (before in PRONOUN_ONE or after in FREE_ENGLISH or not after):
        return ""
    value = value_of(folded)
    return f"#{value}" if value else stem_word(folded)


@lru_cache(maxsize=65_536)
def stem_word(folded: str) -> str:
    """Give what a folded word is compared by, "" for one that claims nothing.

    Plurals, tenses and a few words of the same meaning fall together; derived words ("library",
    "librarian") do not.
    """
    if folded in FREE_ENGLISH or folded in SPEECH or folded in LIGHT:
        return ""
    word = _ELISION.sub("", folded.removesuffix("'s"))
    word = IRREGULAR.get(word, word)
    if word in LIGHT:
        return ""
    if word.endswith("ied") and len(word) > 4:
        word = f"{word[:-3]}y"
    word = _SAME.get(word, word)
    if word in STOP_WORDS:
        return word if word in DECIDING else ""
    stems = content_words(word)
    stem = stems[0] if stems else word
    return _SAME_STEMS.get(stem, stem)


_SAME_STEMS: dict[str, str] = {}
for _words in SAME:
    _first, *_others = [(content_words(word) or (word,))[0] for word in _words.split()]
    _SAME_STEMS |= dict.fromkeys(_others, _first) | {_first: _first}


def _find_negations(words: list[Word]) -> list[Negation]:
    """Give each negation with what it reaches: what follows in its clause, else what is before."""
    found = []
    for word in words:
        if not word.negates:
            continue
        clause = [one for one in words if one.clause == word.clause and one.stem]
        after = [one.stem for one in clause if one.place > word.place and not one.negates]
        before = [one.stem for one in clause if one.place < word.place and not one.negates]
        reaches = tuple(after[:SCOPE] or before[: -SCOPE - 1 : -1])
        found.append(Negation(word=word.folded, sentence=word.sentence, reaches=reaches))
    return found
