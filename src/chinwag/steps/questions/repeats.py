"""Which posts ask a question again, and who asks from more than one account."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import msgspec
from rapidfuzz import fuzz

from chinwag.model import Question
from chinwag.steps.kinds.asking import A_FEW, Asking, clean_question, count_words
from chinwag.steps.questions.first_askings import NEAR
from chinwag.steps.reading.read_post import ReadPost
from chinwag.text.labels import read_part

SAME = 85.0  # percent of likeness from which two wordings are one question

_WORD_FOR_WORD = 95.0  # percent of likeness of a repeat that bears no number
_ADDED = 40  # characters that a repeat adds, at most: "again, for those just in"
_AGAIN = re.compile(
    r"\b(?:again|in case you|icymi|if you(?:['’]ve| have)? (?:missed|just)|for those|repeat(?:ing)?"
    r"|reminder"
    r"|still on|encore|noch(?: ein)?mal|otra vez|de novo|di nuovo|tekrar|eto)\b",
    re.IGNORECASE,
)
_NAMES_SOMEBODY = re.compile(r"@\w|\b(?:RT|MT|via)\b")
_MARKS = re.compile(r"[^\w\s]")


def add_repeats(
    questions: Sequence[Question],
    askings: Sequence[Asking],
    posts: Sequence[ReadPost],
    moderators: set[str],
) -> list[Question]:
    """Return the questions, each with the posts that ask it again, in time order."""
    wordings = {question.label: strip_marks(question.text) for question in questions}
    firsts = {question.posts[0] for question in questions if question.posts}
    numbered = {asking.read.id for asking in askings}
    found = [
        *_find_numbered(wordings, askings, moderators),
        *find_unnumbered(wordings, posts, numbered),
    ]
    order = {read.id: at for at, read in enumerate(posts)}
    again: dict[str, set[str]] = defaultdict(set)
    for identifier, label in found:
        if identifier not in firsts:
            again[label].add(identifier)
    return [
        msgspec.structs.replace(
            question,
            posts=(*question.posts, *sorted(again[question.label], key=order.__getitem__)),
        )
        if question.posts
        else question
        for question in questions
    ]


def find_unnumbered(
    wordings: Mapping[str, str], posts: Sequence[ReadPost], numbered: set[str]
) -> Iterator[tuple[str, str]]:
    """Yield (id, label) of the posts that ask a question in its own words, without its number.

    `wordings` are without marks; `numbered` are the ids of posts that bear some number.
    """
    long = {label: text for label, text in wordings.items() if count_words(text) >= A_FEW}
    if not long:
        return
    for read in posts:
        if "?" in read.text and read.id not in numbered and not read.is_silent:
            said = read.recall(_read_as_question)
            same = (label for label, text in long.items() if _is_word_for_word(said, text))
            yield from ((read.id, label) for label in [*same][:1])


def find_second_accounts(
    questions: Sequence[Question], posts: Sequence[ReadPost], known: set[str]
) -> list[str]:
    """Return who asks questions again: a co-host, or a host on another network.

    Once is enough where the question stands alone, right after it was asked or with a word such as
    "again". A person who quotes it passes it on, and counts as a host only after several questions.
    """
    by_id = {read.id: read for read in posts}
    counts: Counter[str] = Counter()
    plainly: set[str] = set()
    for question in questions:
        asking = [by_id[identifier] for identifier in question.posts]
        counts.update({read.author for read in asking[1:]})
        for read in asking[1:]:
            if _asks_again(read, asking[0].created_at) and _asks_plainly(read, question.text):
                plainly.add(read.author)
    several = {author for author, count in counts.items() if count > 1}
    return sorted((several | plainly) - known)


def strip_marks(text: str) -> str:
    """Return a wording as wordings are compared: in small letters, a blank for each mark."""
    return _MARKS.sub(" ", text.lower())


def _find_numbered(
    wordings: Mapping[str, str], askings: Sequence[Asking], moderators: set[str]
) -> Iterator[tuple[str, str]]:
    """Yield (id, label) of the posts that ask a question by its number."""
    for asking in askings:
        label = _find_label(asking, wordings)
        if label and _is_repeat(asking, wordings[label], moderators):
            yield asking.read.id, label


def _find_label(asking: Asking, wordings: Mapping[str, str]) -> str:
    """Return the label of the question whose number is asked, "" where there is none."""
    part = f"{asking.number}.{read_part(asking.part)}"
    return next((label for label in (part, str(asking.number)) if label in wordings), "")


def _is_repeat(asking: Asking, wording: str, moderators: set[str]) -> bool:
    """Return whether a post repeats a question: in its words, or by a host who points at it."""
    if count_words(asking.wording) >= A_FEW:
        return fuzz.token_set_ratio(strip_marks(asking.wording), wording) >= SAME
    points = asking.post.links or asking.post.quote_of or asking.post.media
    return bool(points) and asking.read.author in moderators


def _is_word_for_word(said: str, wording: str) -> bool:
    return fuzz.token_sort_ratio(said, wording) >= _WORD_FOR_WORD


def _read_as_question(read: ReadPost) -> str:
    """Return a post's words as those of a question are compared."""
    return strip_marks(clean_question(read.text))


def _asks_again(read: ReadPost, first: datetime) -> bool:
    """Return whether a repeat comes right after the first asking, or says that it is one."""
    return read.created_at - first <= NEAR or _AGAIN.search(read.text) is not None


def _asks_plainly(read: ReadPost, wording: str) -> bool:
    """Return whether a post asks and does not quote: it names nobody and adds little."""
    if read.post.reply_to or read.post.quote_of or _NAMES_SOMEBODY.search(read.text):
        return False
    said = strip_marks(clean_question(read.plain))
    if len(said) > len(wording) + _ADDED:
        return False
    return fuzz.token_set_ratio(said, strip_marks(wording)) >= SAME
