"""The bullet's words: which stretch of a post could be quoted, and how well it stands alone.

A point is whole sentences. Greetings, thanks, agreement and questions are left off at either end,
and in the midst where nothing leans on them, with a mark; so is an "and" or a "right," before what
is a sentence without it. A stretch that leans on something unsaid ("This!", "which is why",
"(1/2)") is refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from chinwag.model import LEFT_OUT_MARK, Post
from chinwag.steps.summarise import phrases
from chinwag.text.courtesies import tell_courtesy
from chinwag.text.hashtags import find_hashtags, fold_tag
from chinwag.text.labels import find_labels
from chinwag.text.language import UNKNOWN, tell_language
from chinwag.text.links import find_links
from chinwag.text.sentences import split_sentences
from chinwag.text.words import content_words, find_stems, split_words

LONGEST = 60  # words of a bullet; a longer post gives its best sentences
SHORTEST = 5  # words; fewer do not stand alone
FEWEST_CONTENT = 3  # content words that a point needs at least
STRICTLY = 4  # times that a doubt counts where nobody asked a question
ANSWER_SHORTEST = 6  # words of an answer that stands under the point it answers
ANSWER_LONGEST = 40

_MOSTLY = 0.5  # share of a sentence's words, from which a phrase in it says what the sentence is
_HOLLOW_WORDS = 7  # a sentence that opens hollowly and is no longer is hollow

_CODE = re.compile(r"[\\|$={}<>;]")
_CUT_OFF = 8  # letters at the end within which a bracket that opens was cut off
_MUCH_CODE = 5  # signs of a programming language in a point
_SPOKEN = re.compile(r"\w+(?:['’]\w+)*")
_TAG_OR_NAME = re.compile(r"(?<!\w)[@#]\w+")


Span = tuple[int, int]


def pick_point(text: str) -> str:
    """Return the words of a cleaned post that could be a bullet, or "" where there are none."""
    return cut_spans(text, pick_spans(text))


def cut_spans(text: str, spans: Sequence[Span]) -> str:
    """Return these stretches of a text, with LEFT_OUT_MARK where something between is left out."""
    return f" {LEFT_OUT_MARK} ".join(text[start:end] for start, end in spans)


def pick_spans(text: str, *, gaps: bool = True, inside: bool = True) -> tuple[Span, ...]:
    """Return the stretches of a cleaned post that could be a bullet, none where there are none.

    There is one, or more where sentences in the midst are left out, which `gaps` allows. `inside`
    allows to begin inside a sentence, after an "and" or a "right," that only ties it to others.
    """
    sentences = _find_sentences(text)
    abroad = tell_language(text) not in ("en", UNKNOWN)
    while sentences and _cannot_begin(_read(text, sentences[0]), abroad):
        first = sentences.pop(0)
        if inside and not abroad and (opened := _open_later(text, first)):
            sentences.insert(0, opened)
            break
    while len(sentences) > 1 and _says_nothing(_read(text, sentences[-1])):
        sentences.pop()
    while sentences and _leans_on(_read(text, sentences[-1])):
        sentences.pop()
    sentences = _shorten(text, sentences, abroad)
    if not sentences:
        return ()
    kept = _drop_hollow(text, sentences, abroad) if gaps else sentences
    spans = _join_neighbours(sentences, kept)
    words = split_words(cut_spans(text, spans))
    tells = len(words) >= SHORTEST and len(set(find_stems(words))) >= FEWEST_CONTENT
    return spans if tells else ()


def _open_later(text: str, span: Span) -> Span | None:
    """Return a sentence without the words that only tie it to what was said before.

    None where there are no such words, or what is left off them is no sentence that stands alone.
    """
    opener = phrases.OPENER.match(_read(text, span))
    if not opener:
        return None
    rest = (span[0] + opener.end(), span[1])
    said = _read(text, rest)
    whole = not phrases.NO_SENTENCE.match(said) or phrases.EXPLETIVE.match(said)
    return rest if whole and not _cannot_begin(said, abroad=False) else None


def pick_answer(text: str) -> str:
    """Return the words of a cleaned post that could stand under what it answers, or "".

    They may lean on it ("That works only ..."); else the same holds as of a point.
    """
    sentences = _find_sentences(text)
    while sentences and _says_nothing(_read(text, sentences[0])):
        sentences.pop(0)
    while sentences and _says_nothing(_read(text, sentences[-1])):
        sentences.pop()
    while sentences and _leans_on(_read(text, sentences[-1])):
        sentences.pop()
    if not sentences:
        return ""
    answer = text[sentences[0][0] : sentences[-1][1]]
    fit = ANSWER_SHORTEST <= len(split_words(answer)) <= ANSWER_LONGEST
    chatter = any(_is_chatter(_read(text, one)) for one in sentences)
    chatter = chatter or bool(phrases.THANKS.search(answer))
    asks = "?" in answer or "http" in answer
    return answer if fit and not chatter and not asks and _is_prose(answer) else ""


def judge_point(
    post: Post,
    text: str,
    point: str,
    hashtag: str,
    moderators: Collection[str],
    *,
    joined: bool = False,
    strict: bool = False,
) -> float:
    """Return how well a point stands alone, 0 (it cannot be quoted) to 1.

    `joined` tells that the other parts of a post in parts are there. With `strict` every doubt
    counts STRICTLY times, as is wise where nobody asked a question and people just chat.
    """
    if (phrases.PART.search(post.text) and not joined) or phrases.OTHERS_WORDS.search(post.text):
        return 0.0
    if _is_unfit(point):
        return 0.0
    hosts = () if strict else moderators  # where nobody asks, a host chats like anybody
    quality = _judge_reply(post, point, hosts) * _judge_length(point, text)
    for doubtful, factor in _find_doubts(post, point, hashtag, strict):
        if doubtful:
            quality *= factor
    return quality**STRICTLY if strict else quality


def _is_unfit(point: str) -> bool:
    """Return whether words are damaged, cut off, about the chat itself, or no speech at all."""
    end = point[-_CUT_OFF:]
    return bool(
        "\ufffd" in point
        or ("(" in end and ")" not in end)
        or phrases.ELIDED.search(point)
        or (_may_greet_or_run(point) and any(map(_greets_or_runs, split_sentences(point))))
        or not _is_prose(point)
    )


def _judge_length(point: str, text: str) -> float:
    """Return what a point loses by being short, or by being a small part of what was said."""
    words = len(split_words(point))
    quality = 0.6 if words < 8 else 0.85 if words < 12 else 1.0
    return quality * (0.8 if len(point) < 0.5 * len(text) else 1.0)


def _find_doubts(
    post: Post, point: str, hashtag: str, strict: bool
) -> Iterator[tuple[bool, float]]:
    """Yield each doubt whether a point stands alone, with the share of its quality that it keeps.

    The shares are judgement, set while reading real summaries as a host would.
    """
    leaning = bool(phrases.LEANS_BACK_A_LITTLE.match(point))
    yield leaning and not phrases.EXPLETIVE.match(point), 0.6
    yield point[0].islower(), 0.9
    opening = split_sentences(point)[0]
    talking = strict or bool(_find_answered(post))
    yield bool(phrases.POINTS_AT.search(opening)), 0.4 if talking else 0.7
    yield bool(phrases.PRONOUN_EARLY.match(opening)), 0.5 if talking else 0.7
    yield bool(phrases.NO_SUBJECT.match(opening)), 0.5 if talking else 0.95
    yield bool(phrases.ASIDES.search(point)), 0.4
    yield _may_greet_or_run(point), 0.4
    yield point.count("(") > point.count(")"), 0.7
    yield point.startswith("(") and point.find(")") >= len(point) - 2, 0.5
    yield len(_CODE.findall(point)) >= _MUCH_CODE, 0.4
    # A point that names the chat's tag may well be about the chat itself.
    yield bool(hashtag) and fold_tag(hashtag) in map(fold_tag, find_hashtags(point)), 0.8
    yield bool(phrases.PROMOTES.search(point)), 0.5
    yield bool(phrases.EMOTICON.search(point)), 0.5 if strict else 0.8  # perhaps said in jest
    yield strict and bool(phrases.MEANWHILE.search(point)), 0.5
    yield any(label.role == "question" for label in find_labels(point)), 0.5
    if find_links(post.text) or post.media:
        yield True, 0.45 if phrases.POINTS_ELSEWHERE.search(point) else 0.85
    yield "http" in point or bool(_TAG_OR_NAME.search(point)), 0.9
    yield bool(phrases.OPENS_WITH_ANSWER.match(point)), 0.6
    yield "?" in point, 0.6


def _judge_reply(post: Post, point: str, moderators: Collection[str]) -> float:
    """Return what a point loses by being half of a conversation between two people."""
    answered = _find_answered(post)
    if answered and answered not in moderators and phrases.OPENS_WITH_ANSWER.match(point):
        return 0.0
    if not answered or answered in moderators or answered == post.author.casefold():
        return 1.0
    return 0.45 if phrases.ADDRESSES.search(point) else 0.7


def _find_answered(post: Post) -> str:
    """Return the handle, case folded, of whom a post answers; "" where it speaks to everybody."""
    opens = re.match(r"\W{0,3}@(\w+)", post.text)
    return post.reply_to_author.casefold() or (opens[1].casefold() if opens else "")


def _says_nothing(sentence: str) -> bool:
    """Return whether a sentence greets, introduces, thanks, runs the chat or asks."""
    return _is_hollow(sentence) or _is_question(sentence) or _greets_or_runs(sentence)


def _may_greet_or_run(text: str) -> bool:
    return bool(phrases.GREETS.search(text) or phrases.RUNS_CHAT.search(text))


def _greets_or_runs(sentence: str) -> bool:
    """Return whether a sentence mostly greets or says how the chat runs.

    "Good night, all" greets; "A good night of sleep does more than homework" does not.
    """
    patterns = (phrases.GREETS, phrases.RUNS_CHAT)
    spans = [found.span() for pattern in patterns for found in pattern.finditer(sentence)]
    if not spans:
        return False
    covered = {at for start, end in spans for at in range(start, end)}
    spoken = [found.span() for found in _SPOKEN.finditer(sentence)]
    inside = sum(covered.issuperset(range(start, end)) for start, end in spoken)
    return inside > 0 and inside >= _MOSTLY * len(spoken)


def _is_hollow(sentence: str) -> bool:
    plain = _TAG_OR_NAME.sub(" ", sentence).strip(" -–—:,.!*\"'“”")
    words = plain.split()
    if len(words) < SHORTEST and len(set(content_words(plain))) < 2:
        return True
    if tell_courtesy(plain):
        return True
    if phrases.POINTS_BACK.search(plain) and len(words) <= _HOLLOW_WORDS:
        return True
    return bool(phrases.HOLLOW.match(plain)) and len(words) <= _HOLLOW_WORDS


def _is_question(sentence: str) -> bool:
    """Return whether a sentence asks: an answer may be said with a question mark, too."""
    if phrases.ASKS_EVERYBODY.match(sentence):
        return True
    if not sentence.rstrip("\"'”’)]»!*: ").endswith(("?", "？", "؟")):
        return False
    return not phrases.TENTATIVE.match(sentence) or len(sentence.split()) <= _HOLLOW_WORDS


def _leans_back(sentence: str, abroad: bool) -> bool:
    if abroad:
        return bool(phrases.LEANS_BACK_ABROAD.match(sentence))
    if phrases.OPENS_WITH_ANSWER.match(sentence) and len(sentence.split()) > _HOLLOW_WORDS:
        return False
    return bool(phrases.LEANS_BACK.match(sentence)) and not phrases.STANDS_AFTER_ALL.match(sentence)


def _leans_on(sentence: str) -> bool:
    return bool(phrases.LEANS_ON.search(phrases.EMOTICON.sub("", sentence)))


def _cannot_begin(sentence: str, abroad: bool) -> bool:
    return _says_nothing(sentence) or _leans_back(sentence, abroad)


def _find_sentences(text: str) -> list[Span]:
    """Return where each sentence of a text stands."""
    spans: list[Span] = []
    for sentence in split_sentences(text):
        start = text.index(sentence, spans[-1][1] if spans else 0)
        spans.append((start, start + len(sentence)))
    return spans


def _read(text: str, span: Span) -> str:
    return text[span[0] : span[1]]


def _shorten(text: str, sentences: list[Span], abroad: bool) -> list[Span]:
    """Return the sentences that tell most within LONGEST words: whole ones in a row."""
    if not sentences or len(text) <= LONGEST or _count_words(text, sentences) <= LONGEST:
        return sentences
    best: tuple[int, int, list[Span]] = (0, 0, [])
    for first in range(len(sentences)):
        if _leans_back(_read(text, sentences[first]), abroad):
            continue
        for last in range(len(sentences), first, -1):
            row = sentences[first:last]
            if _count_words(text, row) <= LONGEST:
                told = len(set(content_words(text[row[0][0] : row[-1][1]])))
                best = max(best, (told, -first, row), key=lambda one: one[:2])
                break
    return best[2]


def _count_words(text: str, row: Sequence[Span]) -> int:
    return len(split_words(text[row[0][0] : row[-1][1]]))


def _drop_hollow(text: str, sentences: list[Span], abroad: bool) -> list[Span]:
    """Return the sentences without those in the midst that say nothing and carry nothing."""
    kept = sentences[:1]
    for at, span in enumerate(sentences[1:-1], start=1):
        said = _read(text, span)
        if not _is_chatter(said) or _leans_back(_read(text, sentences[at + 1]), abroad):
            kept.append(span)
    return kept + sentences[1:][-1:]


def _is_chatter(sentence: str) -> bool:
    """Return whether a sentence greets, thanks, praises or speaks of the chat."""
    opens = (
        phrases.HOLLOW.match(sentence.lstrip("\"'“‘(")) and len(sentence.split()) <= _HOLLOW_WORDS
    )
    return bool(opens or tell_courtesy(sentence) or _greets_or_runs(sentence))


def _join_neighbours(sentences: Sequence[Span], kept: Sequence[Span]) -> tuple[Span, ...]:
    """Return sentences in a row as one stretch."""
    spans: list[Span] = []
    places = {span: place for place, span in enumerate(sentences)}
    for before, span in zip((None, *kept), kept, strict=False):
        if before is not None and places[before] + 1 == places[span]:
            spans[-1] = (spans[-1][0], span[1])
        else:
            spans.append(span)
    return tuple(spans)


def _is_prose(point: str) -> bool:
    """Return whether words are speech, and no heap of tags, names and numbers."""
    pieces = point.split()
    marked = sum(piece[0] in "#@" or piece.startswith("http") for piece in pieces)
    letters = sum(char.isalpha() for char in point)
    return marked * 3 <= len(pieces) and letters * 2 > len(point)
