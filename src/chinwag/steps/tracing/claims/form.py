"""Is it a sentence that could be printed at all, with nobody's name or words misused?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from chinwag.messages import open_catalogue
from chinwag.steps.tracing.claims.reading import Reading, fold_word, read_text, stem_word
from chinwag.steps.tracing.claims.verdict import Known, Refusal, Source
from chinwag.steps.tracing.claims.vocabulary import (
    AGREEING,
    COUNTING,
    FIRST_PERSON,
    GENDERED,
    SPEECH,
    THINKING,
)
from chinwag.text.language import tell_language
from chinwag.text.links import find_links
from chinwag.text.words import split_words

FEWEST = 4  # words
MOST = 45
MOST_SENTENCES = 2
ROOM = 8  # words more than the posts' own, at most

_MARKUP = re.compile(r"[<>{}\[\]|\\`^_~=*]|^\s*(?:[-+•#>]|\d+[.)])\s|(?<!\w)\w+\s*:\s*$|&\w+;")
_SHORT_ID = re.compile(r"\b[pP]\d+\b")
_QUOTED = re.compile(r"[“„]([^“”„]*)[”“]|\"([^\"]*)\"|«([^«»]*)»|[「『]([^」』]*)[」』]")
_SINGLE_QUOTED = re.compile(r"(?<!\w)['‘]([^'’‘]*(?:\w['’]\w[^'’‘]*)*)['’](?!\w)")
_NEAR = 100  # characters before a word that show whether it opens a sentence
_CAPITAL = re.compile(r"(?<![\w@#])[^\W\d_a-z][\w’'-]*")
_SIGNS = re.compile(r"(?<!\W)\W*$")
_PIECE_OF_NAME = re.compile(r"[^\W\d_][\w’'-]+")
_PLAIN = set("’'‘“”\"„«»「」『』.,;:!?…-–—()/%&£$€¥¿¡、。！？؟،・@#+")


def find_bad_form(said: Reading, whole: str, sources: Sequence[Source]) -> Iterator[Refusal]:
    """Yield what makes it no sentence for a write-up."""
    words, count = split_words(said.text), open_catalogue().count
    if not words:
        yield Refusal(reason="empty")
        return
    most = max(len(split_words(source.text)) for source in sources) + ROOM
    if not FEWEST <= len(words) <= min(MOST * (2 if not said.text.isascii() else 1), most):
        yield Refusal(reason="length", words=count(len(words), "own_word"))
    if len(said.sentences) > MOST_SENTENCES:
        yield Refusal(reason="length", words=count(len(said.sentences), "sentence"))
    told = [tuple(w.stem for w in said.content(n)) for n in range(len(said.sentences))]
    if len(set(told)) < len(told):
        yield Refusal(reason="length", words="the same twice")
    yield from _find_markup(whole, sources)
    yield from _find_copy(said, sources)
    yield from _find_speaker(said)
    yield from _find_count(said)
    yield from _find_quotations(said.text, sources)


def _find_markup(whole: str, sources: Sequence[Source]) -> Iterator[Refusal]:
    theirs = " ".join(source.text for source in sources)
    if found := _MARKUP.search(whole.strip()) or _SHORT_ID.search(whole):
        yield Refusal(reason="markup", words=found.group().strip())
    if whole.lstrip().startswith(("…", "..", ",", ";", ":", ")")) or not _is_balanced(whole):
        yield Refusal(reason="markup", words="a sentence cut in pieces")
    if "\n" in whole.strip():
        yield Refusal(reason="markup", words="a new line")
    for link in find_links(whole):
        yield Refusal(reason="markup", words=link)
    for sign in whole:
        plain = sign.isalnum() or sign.isspace() or sign in _PLAIN or sign in theirs
        if not plain and unicodedata.category(sign) not in ("Mn", "Mc"):
            shown = sign if sign.isprintable() else f"U+{ord(sign):04X}"
            yield Refusal(reason="markup", words=shown)


def _is_balanced(text: str) -> bool:
    return all(text.count(one) == text.count(other) for one, other in ("()", "“”", "«»", "「」"))


def _find_copy(said: Reading, sources: Sequence[Source]) -> Iterator[Refusal]:
    words = split_words(said.text)
    for source in sources:
        theirs = split_words(source.text)
        width = len(words)
        if any(theirs[at : at + width] == words for at in range(len(theirs) - width + 1)):
            yield Refusal(reason="copy")


def _find_speaker(said: Reading) -> Iterator[Refusal]:
    italian = tell_language(said.text) == "it"  # where "i" is an article
    for word in said.words:
        is_name = word.said in ("US", "IO", "BEN") or (italian and word.folded == "i")
        if not word.quoted and not is_name and word.folded in FIRST_PERSON | GENDERED:
            yield Refusal(reason="speaker", words=word.said)


def _find_count(said: Reading) -> Iterator[Refusal]:
    """Yield how many people are said to say, think or agree."""
    for at, word in enumerate(said.words):
        if word.folded in AGREEING and not word.quoted:
            yield Refusal(reason="count", words=word.said)
        if word.folded not in SPEECH | THINKING:
            continue
        for other in said.words[max(0, at - 3) : at]:
            if (other.is_number or other.marker in COUNTING) and other.clause == word.clause:
                yield Refusal(reason="count", words=f"{other.said} … {word.said}")


def _find_quotations(text: str, sources: Sequence[Source]) -> Iterator[Refusal]:
    theirs = [" ".join(source.text.split()) for source in sources]
    for found in (*_QUOTED.finditer(text), *_SINGLE_QUOTED.finditer(text)):
        words = next(group for group in found.groups() if group is not None).strip()
        if not words or not any(_stands(words.rstrip(".,!?"), one) for one in theirs):
            yield Refusal(reason="quotation", words=words)


def _stands(words: str, text: str) -> bool:
    return bool(words) and _holds(text, words)


def find_misused_names(said: Reading, sources: Sequence[Source], known: Known) -> Iterator[Refusal]:
    """Yield names that the posts do not give, and people who are credited wrongly.

    Whoever takes part in the chat may be named only as the author of what is cited, and then their
    own posts have to carry all of it.
    """
    theirs = {fold_word(word) for source in sources for word in _words_of(source.text)}
    theirs |= {fold_word(word) for word in _words_of(known.question)}
    credited = _find_credited(said, sources)
    own = {fold_word(word) for source in credited for word in _words_of(_names(source))}
    for name in _list_names(said.text):
        if fold_word(name) not in theirs | own:
            yield Refusal(reason="name", words=name)
    yield from _find_marks(said.text, sources)
    yield from _find_strangers(said, sources, known, credited)
    yield from _find_other_speakers(said, own)
    yield from _find_wrong_credit(said, credited, known)


def _list_names(text: str) -> Iterator[str]:
    """Yield the words that a capital makes names; one that opens a sentence, only if all are."""
    for found in _CAPITAL.finditer(text):
        if not found.group()[0].isupper():
            continue
        name = found.group().removesuffix("'s").removesuffix("’s")
        is_acronym = name.isupper() and len(name) > 1
        if is_acronym or not _opens_sentence(text[max(0, found.start() - _NEAR) : found.start()]):
            yield name


def _opens_sentence(before: str) -> bool:
    """Return whether a word that comes after these words opens a sentence."""
    signs = _SIGNS.search(before)
    ends = signs is not None and any(mark in signs.group() for mark in ".!?…")
    return ends or not before.strip("“\"'‘«(¿¡ ")


def _find_marks(text: str, sources: Sequence[Source]) -> Iterator[Refusal]:
    allowed = {f"@{source.author.casefold()}" for source in sources}
    for source in sources:
        allowed |= {mark.casefold() for mark in re.findall(r"#\w+", source.text)}
    for mark in re.findall(r"[@#][\w.@-]{0,100}\w", text):
        if mark.casefold() not in allowed:
            yield Refusal(reason="name", words=mark)


def _words_of(text: str) -> list[str]:
    return re.findall(r"\w+(?:['’-]\w+)*", text) + re.findall(r"\w+", text)


def _names(source: Source) -> str:
    return f"{source.name} {source.author}"


def _find_credited(said: Reading, sources: Sequence[Source]) -> list[Source]:
    """Return the sources whose authors the sentence names."""
    text = _QUOTED.sub(" ", said.text)
    return [source for source in sources if _mentions(text, source.author, source.name)]


def _mentions(text: str, handle: str, name: str) -> bool:
    """Return whether a text names somebody: the handle, or a capitalised word of the name."""
    if handle and re.search(rf"@{re.escape(handle)}\b", text, re.IGNORECASE):
        return True
    pieces = [piece for piece in _cut_name(name) if piece[0].isupper()]
    if re.fullmatch(r"[^\W_]{3,}", handle) and not handle.isdigit():
        pieces.append(handle.capitalize())
    return any(_holds(text, piece) for piece in pieces if piece[0].isupper())


def _cut_name(name: str) -> list[str]:
    """Return the parts of a name that are long enough to be told from other words."""
    return [piece for piece in _PIECE_OF_NAME.findall(name) if len(piece) > 2]


def _holds(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def _find_strangers(
    said: Reading, sources: Sequence[Source], known: Known, credited: Sequence[Source]
) -> Iterator[Refusal]:
    authors = {source.author.casefold() for source in sources}
    authors |= {source.name.casefold() for source in sources}
    spoken = {piece for source in credited for piece in re.findall(r"\w+", _names(source))}
    for person in known.people:
        if person.casefold() in authors:
            continue
        for piece in _cut_name(person):
            capital = piece if piece[0].isupper() else piece.capitalize()
            if capital in spoken or not _holds(said.text, capital):
                continue
            if not _is_their_word(capital, sources):
                yield Refusal(reason="attribution", words=capital)


def _is_their_word(word: str, sources: Sequence[Source]) -> bool:
    """Return whether a post itself has the word, as a word and not as somebody addressed."""
    pattern = re.compile(rf"(?<![\w@]){re.escape(word)}(?!\w)", re.IGNORECASE)
    return any(pattern.search(source.text) for source in sources)


def _find_other_speakers(said: Reading, own: set[str]) -> Iterator[Refusal]:
    """Yield who is said to say something and is no author ("says Denise", "as Denise says")."""
    for at, word in enumerate(said.words):
        if word.quoted or word.folded not in SPEECH:
            continue
        for other in (*said.words[max(0, at - 1) : at], *said.words[at + 1 : at + 3]):
            capital = other.said[:1].isupper() and not other.quoted
            if capital and fold_word(other.said).removesuffix("'s") not in own:
                yield Refusal(reason="attribution", words=other.said)


def _find_wrong_credit(
    said: Reading, credited: Sequence[Source], known: Known
) -> Iterator[Refusal]:
    """Yield who is named for words that stand only in somebody else's post."""
    if not credited:
        return
    asked = {word.stem for word in read_text(known.question).content()}
    names = {stem_word(fold_word(word)) for one in credited for word in _words_of(_names(one))}
    claims = [word for word in said.content() if not word.marker]
    for source in credited:
        own = asked | names | {word.stem for word in read_text(source.text).content()}
        for word in claims:
            if word.stem not in own:
                told = f"{word.said} (not said by {source.author})"
                yield Refusal(reason="attribution", words=told)
