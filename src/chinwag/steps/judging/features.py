"""Features: what a model is told about a post or a sentence, as plain names.

A *form* feature is common to languages: length, marks, place in the chat, who speaks to whom, and
the classes of phrases that `phrases/` lists for each language. A *word* feature is a word, or two
neighbouring words. Every feature is there or not; a model adds up their weights.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from chinwag.steps.judging.phrase_classes import find_classes
from chinwag.steps.reading.read_post import ReadPost
from chinwag.text.cleaning import clean_post
from chinwag.text.hashtags import find_hashtags, fold_tag
from chinwag.text.links import LINK
from chinwag.text.parts import find_counters
from chinwag.text.sentences import split_sentences

LENGTHS = (0, *(2**power for power in range(6)))  # words
SHORT = 8  # words of a text in which a phrase says more about the whole
HEAP = 7  # hashtags beyond which a post is a heap of them
_NEAR_END = 30  # letters at the end of a post in which a link closes it
MOST_SIGNS = 3  # signs of program code; a text with more is code

ASKS = "asks"

_MENTION = re.compile(r"(?<!\w)[@＠]\w")
_TAG = re.compile(r"(?<!\w)[#＃]\w")
_MARKS = {
    ASKS: re.compile(r"[?？؟]"),
    "ends asking": re.compile(r"[?？؟]\W{0,2}$"),
    "exclaims": re.compile(r"[!！]"),
    "exclaims twice": re.compile(r"[!！].*[!！]"),
    "digit": re.compile(r"\d"),
    "price": re.compile(r"[$£€]\s?\d|\d\s?[$£€%]"),
    "clock": re.compile(r"\b\d{1,2}(?::\d\d)?\s?(?:[ap]\.?m\b|[ecmp][sd]?t\b|gmt\b|bst\b)", re.I),
    "comma": re.compile(r"[,،、]"),
    "commas": re.compile(r"(?:[,،、].*){3}"),
    "bracket": re.compile(r"[(（]"),
    "colon": re.compile(r"[:：]"),
    "quotation marks": re.compile(r"[“”\"«»「」]"),
    "opens small": re.compile(r"^[a-z]"),
    "ends whole": re.compile(r"[.!?…。！？؟][\"'”’)\]]*$"),
    "goes on": re.compile(
        r"(?:\A|(?<=\w))(?=\W*(?:\.\.|…|[,:;–—-]))\W*$|\bcont(?:['’]?d)?\.?\W*$", re.I
    ),
    "smiley": re.compile(r"[:;=]['’]?-?[)(DPp/]+|[\U0001F300-\U0001FAFF\u2600-\u27BF]"),
    "shouts": re.compile(r"\b[A-Z]{3,}\b"),
    "capital": re.compile(r".\b[A-Z][a-z]"),
    "capitals": re.compile(r"^(?:.+?\b[A-Z][a-z]){3}", re.M),
    "code": re.compile(rf"(?:[\\|$={{}}<>;].*){{{MOST_SIGNS + 1}}}"),
}
# "Ann Lee, curator at the museum" and "Dave from Leeds", at the beginning.
_PRESENTS = re.compile(r"[A-Z][a-z]+ (?:[A-Z][a-z.]* )?[A-Z][a-z]+, (?=[a-z])|[A-Z][a-z]+,? from ")
_WRAPPING = {
    "opens with a name": re.compile(r"^\W{0,3}[@＠]\w"),
    "opens with a quotation": re.compile(r"^\W{0,2}[“\"«„「]"),
    "passes on": re.compile(r"(?:^|[\s.“\"])(?:RT|MT)\b|[“\"]@\w|\s@\w+:\s"),
}


def list_form(text: str, words: Sequence[str]) -> Iterator[str]:
    """Yield what the form of a text is; `words` are its words, tags and names left out."""
    yield from (f"words>{least}" for least in LENGTHS if len(words) > least)
    yield f"sentences={min(4, len(split_sentences(text)))}"
    yield from (name for name, pattern in _MARKS.items() if pattern.search(text))
    for name, at in find_classes(words):
        yield f"says {name}"
        if at == 0:
            yield f"opens with {name}"
        if len(words) <= SHORT:
            yield f"says {name} shortly"


def list_wrapping(read: ReadPost) -> Iterator[str]:
    """Yield what stands around a post's words: label, names, tags, links, pictures, counter."""
    post, text = read.post, read.text
    roles = {label.role for label in read.usual_labels}
    yield f"label={'+'.join(sorted(roles))}"
    if read.labels and not roles:
        yield "label in the midst"
    yield from (name for name, pattern in _WRAPPING.items() if pattern.search(text))
    tags = len(_TAG.findall(text))
    yield f"tags={min(4, tags)}"
    yield f"names={min(3, len(_MENTION.findall(text)))}"
    links = bool(post.links) or bool(LINK.search(text))
    facts = {
        "counter": bool(find_counters(text)),
        "heap of tags": tags > HEAP,
        "link": links,
        "ends in a link": links and bool(LINK.search(text[-_NEAR_END:])),
        "media": bool(post.media),
        "quotes a post": bool(post.quote_of),
    }
    yield from (name for name, there in facts.items() if there)


def list_matter(read: ReadPost, hashtag: str) -> Iterator[str]:
    """Yield whether a post speaks of the chat itself, by its tag, or presents somebody."""
    words = clean_post(read.text, hashtag, labels=read.labels)
    if fold_tag(hashtag) in map(fold_tag, find_hashtags(words)):
        yield "names the chat"
    if _PRESENTS.match(words):
        yield "presents somebody"


def list_words(words: Sequence[str]) -> Iterator[str]:
    """Yield the words, the neighbours in pairs, and those at either end."""
    yield from dict.fromkeys(words)
    yield from dict.fromkeys(f"{one} {other}" for one, other in pairwise(words))
    if words:
        yield f"^ {words[0]}"
        yield f"^ {' '.join(words[:2])}"
        yield f"{words[-1]} $"
