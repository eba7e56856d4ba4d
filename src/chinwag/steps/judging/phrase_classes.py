"""Phrase classes: what phrases do in any language: greet, thank, agree, say how the chat runs.

`phrases/` has a file for each language, a table of classes with their phrases, one a line. A model
is told that a class occurs, never which phrase: what it learned in one language holds in the next,
and a language is added by adding its file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import msgspec

from chinwag.text.words import split_words

PHRASES = Path(__file__).parent / "phrases"
ANY_ENDING = "*"
_OPENING = re.compile(r"[\W_]*+([\w'’]+(?:\spoint)?)[\s,.;:!…–—-]+(?=[\w\"“`])")


class Phrases(msgspec.Struct, frozen=True):
    """The phrases of all languages, by how they are looked up.

    `opening` maps a word to the phrases that begin with it, each with its other words and its
    class; `stems` maps a class to the beginnings of single words, and `any_stem` is all of them.
    """

    opening: dict[str, list[tuple[tuple[str, ...], str]]]
    stems: dict[str, tuple[str, ...]]
    any_stem: tuple[str, ...]


def find_classes(words: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield each class of which a phrase stands in some words, and the place of the first."""
    phrases = read_phrases()
    seen: set[str] = set()
    for at, word in enumerate(words):
        for name in _find_here(phrases, words, at, word):
            if name not in seen:
                seen.add(name)
                yield name, at


def _find_here(phrases: Phrases, words: Sequence[str], at: int, word: str) -> Iterator[str]:
    for rest, name in phrases.opening.get(word, ()):
        if _goes_on(words[at + 1 : at + 1 + len(rest)], rest):
            yield name
    if word.startswith(phrases.any_stem):
        yield from (name for name, stems in phrases.stems.items() if word.startswith(stems))


def _goes_on(words: Sequence[str], rest: tuple[str, ...]) -> bool:
    """Return whether words are the rest of a phrase, whose last may be a stem."""
    if not rest:
        return True
    if len(words) < len(rest) or tuple(words[:-1]) != rest[:-1]:
        return False
    last = rest[-1]
    return words[-1].startswith(last[:-1]) if last.endswith(ANY_ENDING) else words[-1] == last


@cache  # the package's own files, read once
def read_phrases() -> Phrases:
    """Return the phrases of every language's file."""
    opening: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    stems: dict[str, list[str]] = {}
    for name, phrase in list_phrases():
        first, *rest = split_words(phrase)
        if phrase.endswith(ANY_ENDING) and not rest:
            stems.setdefault(name, []).append(first)
            continue
        if phrase.endswith(ANY_ENDING):
            rest[-1] += ANY_ENDING
        opening.setdefault(first, []).append((tuple(rest), name))
    any_stem = tuple(stem for some in stems.values() for stem in some)
    return Phrases(opening, {name: tuple(some) for name, some in stems.items()}, any_stem)


def skip_ties(text: str) -> int:
    """Return where a text begins to speak, past the words that tie it to what was said before.

    A capital letter alone behind another word is no tie, though it is one in Spanish: "and Y E S".
    """
    start = 0
    while found := _OPENING.match(text, start):
        is_letter = len(found[1]) == 1 and found[1].isupper() and start > 0  # "and Y E S"
        if is_letter or found[1].casefold() not in list_class("ties"):
            break
        start = found.end()
    return start


def leans_back(text: str) -> bool:
    """Return whether a text opens with a word that leans on what was said before."""
    return dict(find_classes(split_words(text))).get("leans") == 0


@cache  # the package's own files, read once
def list_class(name: str) -> frozenset[str]:
    """Return the phrases of one class in every language."""
    return frozenset(phrase for other, phrase in list_phrases() if other == name)


def list_phrases() -> Iterator[tuple[str, str]]:
    """Yield every phrase of every language with its class."""
    for file in sorted(PHRASES.glob("*.toml")):
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        for name, phrases in table.items():
            yield from ((name, phrase) for phrase in phrases.split("\n") if phrase)
