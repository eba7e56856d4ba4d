"""The judgements: what kind a post is, whether a sentence stands alone, what a post is worth."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence

from chinwag.steps.judging.features import ASKS, list_form, list_matter, list_words, list_wrapping
from chinwag.steps.judging.model import judge, keep_known
from chinwag.steps.judging.surroundings import Surroundings, list_occasion, list_stance
from chinwag.steps.reading.read_post import ReadPost
from chinwag.text.language import tell_language
from chinwag.text.words import split_words

LABEL = "label="
ANSWERS = f"{LABEL}answer"
QUESTIONS = f"{LABEL}question"
UNEXPECTED = "label unexpected"
TALK = "talk"  # the outcome for an answer or a reply: form tells the two apart
STANDS = "stands"
GRADES = ("0", "1", "2", "3")  # an editor's, from "strike" to "must be in"
MANY = (0, 1, 3)  # replies or reposts


def judge_kind(read: ReadPost, around: Surroundings) -> dict[str, float]:
    """Return how likely each kind of post is: TALK, "agreement", "greeting" and so on."""
    form = _list_kind_form(read, around)
    return judge("kind", read.recall(tell_post_language), form, read.recall(list_known_words))


def judge_sentence(sentence: str, place: str, language: str) -> float:
    """Return how likely a sentence of a post may stand in print by itself.

    `place` is "alone", "first", "last" or "midst": where it stands in its post.
    """
    form, words = describe_sentence(sentence, place)
    return judge("sentence", language, form, words)[STANDS]


def judge_worth(
    reads: Sequence[ReadPost], around: Surroundings, answered: int, passed_on: int
) -> dict[str, float]:
    """Return how likely each of GRADES is for a post, or for the parts of one in a row.

    `answered` is the number of replies that it got, `passed_on` how often it was reposted.
    """
    form, words = _describe_worth(reads, around, (answered, passed_on), list_known_words)
    return judge("worth", reads[0].recall(tell_post_language), form, words)


def describe_kind(read: ReadPost, around: Surroundings) -> tuple[list[str], tuple[str, ...]]:
    """Return the features of a post whose kind is asked for: those of its form, and its words.

    Whether people number their answers is the habit of a chat, and no answer shows its kind by it.
    """
    return _list_kind_form(read, around), list_post_words(read)


def _list_kind_form(read: ReadPost, around: Surroundings) -> list[str]:
    said = read.recall(list_post_form)
    form = [*said, *list_stance(around), *list_occasion(around), *_list_numbering(said, around)]
    return [LABEL if one == ANSWERS else one for one in form]


def describe_sentence(sentence: str, place: str) -> tuple[list[str], list[str]]:
    """Return the features of a sentence: those of its form, and its words."""
    words = split_words(sentence)
    return [*list_form(sentence, words), f"at={place}"], list(list_words(words))


def name_places(number: int) -> list[str]:
    """Return where each of so many sentences of a post stands in it."""
    if number < 2:
        return ["alone"] * number
    return ["first", *["midst"] * (number - 2), "last"]


def describe_worth(
    reads: Sequence[ReadPost], around: Surroundings, answered: int, passed_on: int
) -> tuple[list[str], list[str]]:
    """Return the features of what one or several posts of a person say: form, and words.

    Whether it is their first post is left out: the kind of a post tells who has only just arrived,
    and a first answer is worth as much as a second.
    """
    return _describe_worth(reads, around, (answered, passed_on), list_post_words)


def _describe_worth(
    reads: Sequence[ReadPost],
    around: Surroundings,
    echo: tuple[int, int],
    list_words_of: Callable[[ReadPost], tuple[str, ...]],
) -> tuple[list[str], list[str]]:
    if len(reads) == 1:
        form, words = list(reads[0].recall(list_post_form)), reads[0].recall(list_words_of)
    else:
        text = " ".join(read.speech for read in reads)
        spoken = split_words(text)
        form = [*list_form(text, spoken), *list_wrapping(reads[0])]
        words = tuple(list_words(spoken))
    if not around.labels_expected:
        form = [UNEXPECTED if one.startswith(LABEL) else one for one in form]
    form += [*list_stance(around), *_list_echo(*echo)]
    return [*form, *list_matter(reads[0], around.hashtag)], list(words)


def list_post_form(read: ReadPost) -> tuple[str, ...]:
    """Return the features of a post's form, whatever surrounds it: few, so each is kept once."""
    form = (*list_form(read.speech, split_words(read.speech)), *list_wrapping(read))
    return tuple(map(sys.intern, form))


def list_post_words(read: ReadPost) -> tuple[str, ...]:
    """Return the features of a post's words."""
    return tuple(list_words(split_words(read.speech)))


def list_known_words(read: ReadPost) -> tuple[str, ...]:
    """Return those features of a post's words that weigh in its kind or its worth.

    They are held for every post of a chat, so only those that a judgement asks for are kept.
    """
    return keep_known(("kind", "worth"), list_post_words(read))


def tell_post_language(read: ReadPost) -> str:
    """Return the language that a post's words are in, "" where nobody can tell."""
    return tell_language(read.text, read.post.lang)


def _list_numbering(said: Sequence[str], around: Surroundings) -> Iterator[str]:
    """Yield whether a post with a question's number asks, and whether it is a host's."""
    if QUESTIONS in said:
        who = "host" if around.host else "guest"
        yield f"{who} numbers and asks" if ASKS in said else f"{who} only numbers"


def _list_echo(answered: int, passed_on: int) -> Iterator[str]:
    yield from (f"answered>{least}" for least in MANY if answered > least)
    yield from (f"passed on>{least}" for least in MANY if passed_on > least)
