"""The bullet's words: which stretch of a post could be quoted.

A point is whole sentences. Those that hardly ever appear in print, by the model of `steps/judging`,
are left out at either end, and in the middle with a mark; so is an "and" or a "right," before what
is a sentence without it. What is half of something, damaged, or somebody else's words is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from chinwag.model import LEFT_OUT_MARK
from chinwag.steps.judging.judgements import judge_sentence, name_places
from chinwag.steps.judging.phrase_classes import leans_back, skip_ties
from chinwag.text.language import tell_language
from chinwag.text.sentences import split_sentences
from chinwag.text.words import content_words, split_words

LONGEST = 60  # words of a bullet; a longer post gives its best sentences
SHORTEST = 5  # words; fewer do not stand alone
FEWEST_CONTENT = 3  # content words that a point needs at least
ANSWER_SHORTEST = 6  # words of an answer that stands under the point it answers
ANSWER_LONGEST = 40
FALLS = 0.12  # a sentence less likely than this to appear in print is left out
_CUT_OFF = 8  # letters at the end within which a bracket that opens was cut off

_ENDS_OPEN = re.compile(r"(?:[:,(&–—/-]|(?<!\.)\.{2,}+|…)[\"”’)\]]*$")
# A word that joins ends no sentence.
_HANGS = re.compile(
    r"\b(?:and|but|or|because|unless|until|und|oder|aber|weil|et|mais|ou|pero|porque)"
    r"(?:\s+then)?$",
    re.IGNORECASE,
)
_SMILEY = re.compile(r"\s[:;=]['’]?-?[)(dp/\\|\]]+\W*$", re.IGNORECASE)
# A link stood before this stop, and whoever kept the post took it out.
_ELIDED = re.compile(r"\w\s[.,](?=\s|$)")
_COUNTER = r"(?:\(?\d\s?/\s?(?:\d|x|n|\?)\)?|\[\d/\d\])"
_PART = re.compile(
    rf"(?:^|[\s(\[])(?:{_COUNTER}|\(?cont(?:['’]?d|inued)?\.{{0,3}}\)?|1\sof\s\d)"
    r"(?:\s*(?:https?://\S+|[#@]\w+))*\s*$|\s/\d(?:\s*[#@]\w+)*\s*$"
    r"|^\W*(?:(?:@\w+|#\w+|[aqt]\s?\d+\w?[:.)]*|RT)\s*)*"
    rf"(?:{_COUNTER}[\s:.)]|\d\sof\s\d\b|\(?cont(?:['’]?d|inued)\b|\.\.+|…)",
    re.IGNORECASE,
)
_OTHERS_WORDS = re.compile(
    r"^\W{0,3}(?:RT|MT):?\s?[\"“]?(?:@|\w+:)|^\s*[\"“”]\s?@\w+\s?:|\s[\"“]@\w+\s?:"
    r"|\s@\w+:\s+\w+\s+\w+\s+\w+",
    re.IGNORECASE,
)

# What is left of an answer's number where words lean on it ("A3 was that ..."), arrows to what is
# not there, and laughter.
_LEFTOVER = re.compile(r"^\W*[aqt]\s?\d{1,2}(?:\.\d)?\b", re.IGNORECASE)
_POINTS_AWAY = re.compile(r"[\u2190-\u21ff\u2934\u2935\u2b05-\u2b07\u261d\U0001f446-\U0001f449]")
_LAUGHS = re.compile(
    r"\b(?:a?(?:ha){2,}h?|(?:he){2,}h?|(?:ja){2,}|l(?:ol)+|lmao|rofl|mdr)\b"
    r"|[\U0001f602\U0001f606\U0001f61b-\U0001f61d\U0001f923\U0001f92a]",
    re.IGNORECASE,
)
_INCHES = re.compile(r"(?<=\d)[\"”]")
FEWEST_SERIOUS = 12  # words of a point in a post that laughs: fewer are a joke and no more

Span = tuple[int, int]


def is_part(text: str) -> bool:
    """Return whether a post says that another holds the rest: "(1/2)", "cont'd", dots at an end."""
    return bool(_PART.search(text))


def holds_others_words(text: str) -> bool:
    """Return whether somebody else's words stand in a post: passed on, or with their handle."""
    return bool(_OTHERS_WORDS.search(text))


def cut_spans(text: str, spans: Sequence[Span]) -> str:
    """Return these stretches of a text, with LEFT_OUT_MARK where something between is left out."""
    return f" {LEFT_OUT_MARK} ".join(text[start:end] for start, end in spans)


def pick_spans(text: str, *, gaps: bool = True) -> tuple[Span, ...]:
    """Return the stretches of a cleaned post that could be a bullet, none where there are none.

    There is one, or more where sentences in the midst are left out, which `gaps` allows.
    """
    sentences = _find_sentences(text)
    falling = _list_falling(text, sentences)
    standing = _shorten(text, _trim(text, sentences, falling))
    if not standing:
        return ()
    opening = _skip_opening(text, standing[0])
    kept = _drop_falling(standing, falling) if gaps else standing
    first, *others = _join_neighbours(sentences, kept)
    spans = ((opening[0], first[1]), *others)
    point = cut_spans(text, spans)
    enough = len(split_words(point)) >= SHORTEST
    enough = enough and len(set(content_words(point))) >= FEWEST_CONTENT
    jests = bool(_LAUGHS.search(text)) and len(split_words(point)) < FEWEST_SERIOUS
    whole = _is_whole(point) and not _LEFTOVER.match(point) and not jests
    return spans if enough and whole else ()


def pick_answer(text: str) -> str:
    """Return the words of a cleaned post that could stand under what it answers, or "".

    They may lean on it ("That works only ..."); else the same holds as of a point.
    """
    sentences = _find_sentences(text)
    falling = _list_falling(text, sentences)
    standing = _trim(text, sentences, falling)
    if not standing:
        return ""
    answer = text[standing[0][0] : standing[-1][1]]
    fit = ANSWER_SHORTEST <= len(split_words(answer)) <= ANSWER_LONGEST
    asks = "?" in answer or "http" in answer
    return answer if fit and not asks and _is_whole(answer) else ""


def _list_falling(text: str, sentences: Sequence[Span]) -> set[Span]:
    """Return the sentences that hardly ever stand in print; a sentence alone is not asked about."""
    if len(sentences) < 2:
        return set()
    language = tell_language(text)
    return {
        span
        for span, place in zip(sentences, name_places(len(sentences)), strict=True)
        if judge_sentence(text[slice(*span)], place, language) < FALLS
    }


def _trim(text: str, sentences: Sequence[Span], falling: set[Span]) -> list[Span]:
    """Return the sentences without those that fall at either end, or end open.

    Where all of them fall they stay: what the post is worth decides.
    """
    kept = list(sentences)
    while kept and _ends_open(text[slice(*kept[-1])]):
        kept.pop()
    if falling.issuperset(kept):
        return kept
    while kept[0] in falling:
        kept.pop(0)
    while kept and (kept[-1] in falling or _ends_open(text[slice(*kept[-1])])):
        kept.pop()
    return kept


def _ends_open(sentence: str) -> bool:
    bare = _SMILEY.sub("", sentence)
    return bool(_ENDS_OPEN.search(bare) or _HANGS.search(bare))


def _skip_opening(text: str, span: Span) -> Span:
    """Return a stretch without the words that only tie it to what was said before.

    "And the van stops twice" is whole without its "And", "And unless it stops" is not.
    """
    cut = skip_ties(text[slice(*span)])
    rest = text[span[0] + cut : span[1]]
    return span if leans_back(rest) else (span[0] + cut, span[1])


def _find_sentences(text: str) -> list[Span]:
    """Return where each sentence of a text stands."""
    spans: list[Span] = []
    for sentence in split_sentences(text):
        start = text.index(sentence, spans[-1][1] if spans else 0)
        spans.append((start, start + len(sentence)))
    return spans


def _shorten(text: str, sentences: list[Span]) -> list[Span]:
    """Return the sentences that tell most within LONGEST words: whole ones in a row."""
    lengths = [len(split_words(text[start:end])) for start, end in sentences]
    if sum(lengths) <= LONGEST:
        return sentences
    best: tuple[int, int, list[Span]] = (0, 0, [])
    last = words = 0
    for first, length in enumerate(lengths):
        while last < len(lengths) and words + lengths[last] <= LONGEST:
            words += lengths[last]
            last += 1
        if last > first:
            row = sentences[first:last]
            told = len(set(content_words(text[row[0][0] : row[-1][1]])))
            best = max(best, (told, -first, row), key=lambda one: one[:2])
            words -= length
        last = max(last, first + 1)
    return best[2]


def _drop_falling(standing: list[Span], falling: set[Span]) -> list[Span]:
    """Return the sentences without those in the midst that hardly ever stand in print."""
    midst = [span for span in standing[1:-1] if span not in falling]
    return [*standing[:1], *midst, *standing[1:][-1:]]


def _join_neighbours(sentences: Sequence[Span], kept: Sequence[Span]) -> list[Span]:
    """Return sentences in a row as one stretch."""
    spans: list[Span] = []
    places = {span: place for place, span in enumerate(sentences)}
    for before, span in zip((None, *kept), kept, strict=False):
        if before is not None and places[before] + 1 == places[span]:
            spans[-1] = (spans[-1][0], span[1])
        else:
            spans.append(span)
    return spans


def _is_whole(point: str) -> bool:
    """Return whether words are speech, and neither damaged nor cut off."""
    end = point[-_CUT_OFF:]
    cut_off = "(" in end and ")" not in end
    damaged = "\ufffd" in point or bool(_ELIDED.search(point)) or not _is_balanced(point)
    away = bool(_POINTS_AWAY.search(point))
    return _is_prose(point) and not (cut_off or damaged or away)


def _is_balanced(point: str) -> bool:
    """Return whether every quotation mark that opens is closed; a digit's are inches."""
    bare = _INCHES.sub("", point)
    if "„" in bare:  # German: „so“
        return bare.count("„") == bare.count("“")
    return bare.count('"') % 2 == 0 and bare.count("“") == bare.count("”")


def _is_prose(point: str) -> bool:
    """Return whether words are speech, and no heap of tags, names and numbers."""
    pieces = point.split()
    marked = sum(piece[0] in "#@" or piece.startswith("http") for piece in pieces)
    letters = sum(char.isalpha() for char in point)
    return marked * 3 <= len(pieces) and letters * 2 > len(point)
