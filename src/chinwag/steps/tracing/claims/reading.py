"""A text read closely: its sentences, clauses and words, what is negated, and what is quoted."""

from __future__ import annotations

import re
import unicodedata

import msgspec

from chinwag.steps.tracing.claims.numbers import find_digits, value_of
from chinwag.steps.tracing.claims.vocabulary import (
    CLAIMING_IN_ENGLISH,
    CUTTING,
    DECIDING,
    FREE_ENGLISH,
    IRREGULAR,
    LIGHT,
    MARKERS,
    NEGATORS,
    NEGATORS_BEFORE_ING,
    NOT_NEGATING_BEFORE,
    PARTING,
    PRONOUN_ONE,
    SAME,
    SPEECH,
)
from chinwag.text.language import tell_language
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
_SHORT_ENDING = re.compile(r"^([a-z]{3})(?:ed|ing|e)$")  # "asked", "moving", "move"
_TURKISH_NEGATION = re.compile(
    r"(?<!\w)\w{2,}m(?:[ıiuü]yor|[ae](?:d[ıi]|z(?:lar|ler)?$|m[ıi]ş|y[ae]ca|y[ae]ce))"
)
_TWO_WORDS = {
    ("have", "to"): "must",
    ("has", "to"): "must",
    ("had", "to"): "must",
    ("going", "to"): "will",
    ("used", "to"): "past",
}
_PARTING_SIGNS = (";", "—", "–", "-", "…")
_ANSWERS = frozenset(("no", "nein", "non", "não", "nee", "nej"))
_ALL_THE_SAME = re.compile(r"\s+(?:the same|along|right)\b")
_SAME = {word: words.split()[0] for words in SAME for word in words.split()}
_MARKER = {word: name for name, words in MARKERS.items() for word in words}


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """One word where it stands.

    `stem` is what it is compared by, "" for a word that claims nothing; a number's stem is "#" and
    its value. `sentence` and `clause` number those of the text, `part` what is joined by "and" or a
    semicolon. `marker` is the class of MARKERS
    that it belongs to, or "".
    """

    said: str
    folded: str
    stem: str
    sentence: int
    clause: int
    part: int
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
        """Return the words that claim something, of one sentence or of all."""
        return [
            word
            for word in self.words
            if word.stem and not word.negates and sentence in (None, word.sentence)
        ]


def read_text(text: str) -> Reading:
    """Read a text; white space does not matter."""
    line = unicodedata.normalize("NFC", " ".join(text.split()))
    sentences = split_sentences(line)
    reader = _Reader(is_english=tell_language(line) in ("", "en"))
    for sentence in sentences:
        reader.read(sentence)
    return Reading(
        text=line,
        sentences=sentences,
        words=tuple(reader.words),
        negations=tuple(_find_negations(reader.words)),
    )


class _Reader:
    """Reads sentences one after the other, and counts their clauses and parts."""

    def __init__(self, *, is_english: bool) -> None:
        self.is_english = is_english
        self.words: list[Word] = []
        self.sentence = self.clause = self.part = -1
        self.first = 0  # place of the sentence's first word
        self.quoted = False

    def read(self, sentence: str) -> None:
        """Read one more sentence."""
        self.sentence += 1
        self._begin(part=True)
        self.first, self.quoted = len(self.words), False
        digits = {start: (end, value) for start, end, value in find_digits(sentence)}
        at = 0
        while at < len(sentence):
            if at in digits:
                at, value = digits[at]
                self._add(value, value, f"#{value}", marker=_MARKER.get(value, ""))
                continue
            found = _PIECE.match(sentence, at)
            if found:
                self._take(found, sentence[found.end() :])
            at = found.end() if found else at + 1

    def _begin(self, *, part: bool) -> None:
        self.clause += 1
        self.part += part

    def _take(self, found: re.Match[str], rest: str) -> None:
        """Take a piece of the sentence: a word, a sign that cuts, a quotation mark or a link."""
        if found["quote"]:
            straight = found["quote"] == '"' and not self.quoted
            self.quoted = found["quote"] in "“„«「『" or straight
        elif found["cut"]:
            self._begin(part=found["cut"].strip() in _PARTING_SIGNS)
        elif found["unspaced"]:
            for pair in _pair(found["unspaced"]):
                self._add(pair, pair, pair)
        elif not found["link"]:
            self._take_word(found.group(), rest)

    def _take_word(self, said: str, rest: str) -> None:
        folded = fold_word(said)
        if folded in CUTTING:
            self._begin(part=folded in PARTING)
        before = self.words[-1].folded if len(self.words) > self.first else ""
        after = fold_word(_next_word(rest))
        stem = _stem_in_place(folded, before, after)
        if not stem and self.is_english and folded in CLAIMING_IN_ENGLISH:
            stem = IRREGULAR.get(folded, folded)
        marker = _find_marker(folded, before, after, rest)
        is_name = said == "NO"  # a sign that says so
        self._add(said, folded, stem, marker, negates=_negates(folded, after) and not is_name)

    def _add(
        self, said: str, folded: str, stem: str, marker: str = "", *, negates: bool = False
    ) -> None:
        self.words.append(
            Word(
                said=said,
                folded=folded,
                stem=stem,
                sentence=self.sentence,
                clause=self.clause,
                part=self.part,
                place=len(self.words),
                quoted=self.quoted,
                negates=negates,
                marker=marker,
                opens=len(self.words) == self.first,
            )
        )


def _negates(folded: str, after: str) -> bool:
    if folded in NEGATORS_BEFORE_ING:
        return after.endswith("ing")
    return folded in NEGATORS and after not in NOT_NEGATING_BEFORE


def _find_marker(folded: str, before: str, after: str, rest: str) -> str:
    """Return the class of MARKERS that a word belongs to where it stands, or ""."""
    if folded == "all" and (before in ("at", "after", "above", "of") or _ALL_THE_SAME.match(rest)):
        return ""
    return _TWO_WORDS.get((folded, after)) or _MARKER.get(folded, "")


def _next_word(rest: str) -> str:
    found = re.match(r"\s*([\w'’]+)", rest)
    return found[1] if found else ""


def _pair(run: str) -> list[str]:
    return [run] if len(run) == 1 else [run[at : at + 2] for at in range(len(run) - 1)]


def fold_word(word: str) -> str:
    """Return a word as it is compared: case folded, apostrophes straight, without `#` and `@`."""
    return unicodedata.normalize("NFKC", word).casefold().replace("’", "'").lstrip("#@").rstrip(".")


def _stem_in_place(folded: str, before: str, after: str) -> str:
    if folded == "one" and (before in PRONOUN_ONE or after in FREE_ENGLISH or not after):
        return ""
    value = value_of(folded)
    return f"#{value}" if value else stem_word(folded)


def stem_word(folded: str) -> str:
    """Return what a folded word is compared by, "" for one that claims nothing.

    Plurals, tenses and a few words of the same meaning fall together; derived words ("library",
    "librarian") do not.
    """
    if folded in FREE_ENGLISH or folded in SPEECH or folded in LIGHT:
        return ""
    if _TURKISH_NEGATION.search(folded):  # a verb that carries its "not" within itself
        return f"{folded[:4]}¬"
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
    stem = _SHORT_ENDING.sub(r"\1", stems[0] if stems else word)
    return _SAME_STEMS.get(stem, stem)


_SAME_STEMS: dict[str, str] = {}
for _words in SAME:
    _first, *_others = [
        _SHORT_ENDING.sub(r"\1", (content_words(word) or (word,))[0]) for word in _words.split()
    ]
    _SAME_STEMS |= dict.fromkeys(_others, _first) | {_first: _first}


def _find_negations(words: list[Word]) -> list[Negation]:
    """Return each negation with the words it reaches: those after it in its clause, or before."""
    return [_reach(word, words) for word in words if word.negates]


def _reach(negation: Word, words: list[Word]) -> Negation:
    near = [one for one in words if one.sentence == negation.sentence and one.stem]
    clause = _list_denied(near, negation.clause)
    after = [one.stem for one in clause if one.place > negation.place]
    before = [one.stem for one in clause if one.place < negation.place]
    if not (after or before or negation.folded in _ANSWERS):  # "never, ever put outside"
        after = [one.stem for one in _list_denied(near, negation.clause + 1)]
    reaches = after[:SCOPE] or before[: -SCOPE - 1 : -1]
    return Negation(word=negation.folded, sentence=negation.sentence, reaches=tuple(reaches))


def _list_denied(words: list[Word], clause: int) -> list[Word]:
    """Return the words of a clause that a negation can deny."""
    return [word for word in words if word.clause == clause and not word.negates]
