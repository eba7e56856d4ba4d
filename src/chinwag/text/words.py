"""Words of a text, and how near two texts are by their words.

Weighing is TF-IDF with the smoothed inverse document frequency and cosine similarity (Salton and
Buckley, 1988). Scripts that put no spaces between words are cut into pairs of characters, the
usual makeshift for Chinese and Japanese without a dictionary (Nie and Ren, 1999).
"""

from __future__ import annotations

import math
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from chinwag.text.links import LINK
from chinwag.text.stopwords import STOP_WORDS

# Han, kana, Thai, Lao, Khmer and Burmese: written without spaces between words.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
)
_MENTION = re.compile(r"(?<![\w.@\uff20])[@\uff20][\w.@-]*\w")
_WORD = re.compile(rf"[{_UNSPACED}]+|(?:(?![{_UNSPACED}])\w)+(?:['’](?:(?![{_UNSPACED}])\w)+)*")
_ANY_WORD = re.compile(r"\w+(?:['’]\w+)*")
_KANA_OR_HAN = re.compile("[\u3041-\u30ff\u3400-\u9fff]")
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")
_TURKISH_LETTER = re.compile("[ığş]")
_MAYBE_TURKISH = re.compile("[öüç]")  # French and German, too: their words are cut later
_MARKS = re.compile("[\u064b-\u0655\u0670\u0640\u0307]")  # Arabic vowels; dot left by casing İ


class WordWeights(NamedTuple):
    """How much each content word of some texts tells: rarer words weigh more.

    `of` maps a word, as `content_words` gives it, to its weight; `unseen` is the weight of a word
    that none of those texts holds.
    """

    of: Mapping[str, float]
    unseen: float


Vector = Mapping[str, float]
Words = tuple[str, ...]  # content words of a text, as `content_words` gives them


def split_words(text: str) -> tuple[str, ...]:
    """Return the words of a text, case folded, in order, doubles included.

    Links and mentions are not words; a hashtag is its word without `#`; apostrophes inside a word
    stay and are made straight. Where a script puts no spaces, each pair of neighbouring characters
    is given instead.
    """
    plain = _MENTION.sub(" ", LINK.sub(" ", text))
    folded = _MARKS.sub("", unicodedata.normalize("NFKC", plain).casefold())
    words: list[str] = []
    for found in _WORD.findall(folded):
        if _IS_UNSPACED.match(found):
            words.extend(_pair_characters(found))
        else:
            words.append(found.replace("’", "'").strip("_"))
    return tuple(word for word in words if word)


def count_words(text: str) -> int:
    """Return how many words a reader would count; three letters of Japanese or Chinese are one."""
    unspaced = len(_KANA_OR_HAN.findall(text))
    return len(_ANY_WORD.findall(_KANA_OR_HAN.sub(" ", text))) + -(-unspaced // 3)


def content_words(text: str) -> Words:
    """Return the stems of the words that say something about a topic, in order, doubles included.

    Stop words and lone Latin letters fall out. Stems are for comparing, not for reading.
    """
    return find_stems(split_words(text))


def find_stems(words: Iterable[str]) -> Words:
    """Return the stems of words, as `split_words` gives them, that say something about a topic.

    They are held for every post of a chat, so each stem is kept once.
    """
    return tuple(sys.intern(stem) for stem in map(_find_stem, words) if stem)


def weigh_words(texts: Iterable[Words]) -> WordWeights:
    """Return the weight of every word of n texts: `1 + ln((1 + n) / (1 + texts with it))`.

    Texts are given by their content words.
    """
    number = 0
    holding: Counter[str] = Counter()
    for words in texts:
        number += 1
        holding.update(set(words))
    weights = {word: 1 + math.log((1 + number) / (1 + count)) for word, count in holding.items()}
    return WordWeights(of=weights, unseen=1 + math.log(1 + number))


def make_vector(words: Words, weights: WordWeights) -> Vector:
    """Return a text, given by its content words, as a vector of length one; empty without words."""
    counts = Counter(words)
    raw = {
        word: (1 + math.log(count)) * weights.of.get(word, weights.unseen)
        for word, count in counts.items()
    }
    length = math.sqrt(math.fsum(value * value for value in raw.values()))
    return {word: value / length for word, value in raw.items()}


def cosine(a: Vector, b: Vector) -> float:
    """Return the likeness of two vectors of `make_vector`: 0 (no word shared) to 1 (the same).

    The sum is exact, so that the order of the words never changes the result.
    """
    if len(b) < len(a):
        a, b = b, a
    shared = [value * b[word] for word, value in a.items() if word in b]
    return min(1.0, math.fsum(shared)) if shared else 0.0


def _pair_characters(run: str) -> list[str]:
    if len(run) == 1:
        return [run]
    return [run[i : i + 2] for i in range(len(run) - 1)]


def _find_stem(word: str) -> str:
    """Return a light stem of a word, or "" for a word that says nothing."""
    if word in STOP_WORDS or (len(word) == 1 and word.isascii() and not word.isdigit()):
        return ""
    if word.endswith("'s"):
        word = word[:-2]
    if _TURKISH_LETTER.search(word):
        return word[:5]  # fixed-length stems do well in Turkish (Can and others, 2008)
    if _MAYBE_TURKISH.search(word) and len(word) > 8:
        return word[:8]
    if "\u0621" <= word[0] <= "\u064a":
        return _strip_arabic(word)
    return _strip_endings(word) if word[-1].isalpha() else word


def _strip_arabic(word: str) -> str:
    for prefix in ("وال", "بال", "لل", "ال"):
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            return word.removeprefix(prefix)
    return word


def _strip_endings(word: str) -> str:
    """Take off the plural and the commonest verb endings, keeping four letters at least."""
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    for ending in ("ing", "ed", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word.removesuffix(ending)
            return word[:-1] if word[-1] == word[-2] and word[-1] not in "ls" else word
    return word.removesuffix("e") if len(word) > 4 else word
