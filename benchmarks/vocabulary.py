"""Which words a model may know: those that three people of two series said, and that name nobody.

So no handle, no name and no topic of one community reaches the weights. A word is taken for a name
that hardly ever begins with a small letter and either mostly bears a capital where it begins no
sentence or stands in somebody's display name; and one that never does, or that holds a digit.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from chinwag.steps.judging.judgements import list_post_words
from chinwag.steps.reading.read_post import ReadPost
from chinwag.text.words import split_words
from elsewhere import CLUB
from labelled import MADE_UP, ViewedChat

PEOPLE = 3
OPENS = "^"  # before the word that opens a text
SERIES = 2
MOSTLY = 0.5  # share of the times inside a sentence with a capital, from which a word is a name
SMALL = 20  # times in small letters, from which a word is more than a name
_INSIDE = re.compile(r"(?<=[a-z0-9,;] )[^\W\d_][\w'’]*")  # words that begin no sentence
_WORD = re.compile(r"[^\W\d_][\w'’]*")
_SELF = re.compile(r"i(?:'\w+)?$")  # "I" bears a capital wherever it stands


class Said(NamedTuple):
    """How many people of how many series said something."""

    people: int
    series: int


class Vocabulary(NamedTuple):
    """What may be learned: every word feature with who said it, and the words that are names."""

    said: dict[str, Said]

    def keep(self, words: Iterable[str]) -> list[str]:
        """Return those of a text's word features that a model may know."""
        return [word for word in words if word in self.said]


def count_said(chats: Sequence[ViewedChat], without: str = "") -> Vocabulary:
    """Return what enough people said in real chats, those of the series `without` left out."""
    people: dict[str, set[tuple[str, str]]] = defaultdict(set)
    capitals, times, small = Counter[str](), Counter[str](), Counter[str]()
    called: set[str] = set()
    for chat in chats:
        if chat.series in (*MADE_UP, CLUB, without):
            continue
        for read in chat.view.reads:
            if read.is_silent:
                continue
            for feature in set(read.recall(list_post_words)):
                people[feature].add((chat.series, read.author.casefold()))
            _count_capitals(read, capitals, times, small)
            called.update(split_words(read.post.author_name))
    mostly = {word for word, count in capitals.items() if count > MOSTLY * times[word]}
    names = {word for word in mostly | called if small[word] < SMALL}
    words = {word for feature in people for word in feature.split()} - {OPENS}
    names |= {word for word in words if not small[word]}
    handles = {read.author.casefold() for chat in chats for read in chat.view.reads}
    said = {
        feature: Said(len(who), len({series for series, _ in who}))
        for feature, who in people.items()
    }
    return Vocabulary(
        {
            feature: counts
            for feature, counts in sorted(said.items())
            if counts.people >= PEOPLE
            and counts.series >= SERIES
            and not any(_is_name(word, names | handles) for word in feature.split())
        }
    )


def _count_capitals(
    read: ReadPost, capitals: Counter[str], times: Counter[str], small: Counter[str]
) -> None:
    """Count how each word begins: where it begins no sentence, and in small letters anywhere."""
    for found in _INSIDE.findall(read.speech):
        words = split_words(found)
        times.update(words)
        if found[0].isupper():
            capitals.update(words)
    for found in _WORD.findall(read.speech):
        if not found[0].isupper():
            small.update(split_words(found))


def _is_name(word: str, names: set[str]) -> bool:
    named = word in names and not _SELF.match(word)
    return named or any(sign.isdigit() for sign in word)


def count_phrases(
    chats: Sequence[ViewedChat], phrases: Iterable[str], others: Iterable[tuple[str, str, str]]
) -> dict[str, Said]:
    """Return of each phrase by how many people of how many series it was said.

    `others` are more posts to count in, each a series, a person and a text.
    """
    split = {phrase: split_words(phrase) for phrase in phrases}
    people: dict[str, set[tuple[str, str]]] = {phrase: set() for phrase in split}
    for series, person, text in (*_list_spoken(chats), *others):
        spoken = f" {' '.join(split_words(text))} "
        for phrase, words in split.items():
            end = "" if phrase.endswith("*") else " "
            if f" {' '.join(words)}{end}" in spoken:
                people[phrase].add((series, person))
    return {
        phrase: Said(len(who), len({series for series, _ in who})) for phrase, who in people.items()
    }


def read_meetings(data: Path) -> Iterator[tuple[str, str, str]]:
    """Yield what was said in a club's meetings on IRC, where they are beside the checkout."""
    path = data / "review-club" / "meetings.jsonl"
    for line in path.read_bytes().splitlines() if path.is_file() else ():
        for post in json.loads(line)["posts"]:
            yield "review-club", post["author"], post["text"]


def _list_spoken(chats: Sequence[ViewedChat]) -> Iterator[tuple[str, str, str]]:
    for chat in chats:
        for read in chat.view.reads:
            if not read.is_silent:
                yield chat.series, read.author.casefold(), read.speech
