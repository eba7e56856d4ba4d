"""Whatever people mix in one post is read to the letter: labels, openings, words, languages.

The posts are put together by a seed from the pieces of `mixtures/pieces.toml`, the same at every
run. `CHINWAG_WRITE_ROWS=1 pytest` on this file writes the expected rows anew; read what changed.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.steps.sample import hold_rows

from chinwag.text.captions import is_caption
from chinwag.text.cleaning import clean_post
from chinwag.text.hashtags import find_hashtags, fold_tag, join_hashtags
from chinwag.text.html import PlainText, read_html
from chinwag.text.labels import find_labels, strip_labels
from chinwag.text.language import tell_language
from chinwag.text.links import find_links, strip_tracking
from chinwag.text.mentions import bare_handle, find_addressee, find_mentions, says_repost
from chinwag.text.numerals import fold_signs, read_numeral
from chinwag.text.openings import find_openings
from chinwag.text.parts import breaks_off, find_counters, goes_on, takes_up
from chinwag.text.pasted import cut_posts, read_pasted
from chinwag.text.sentences import split_sentences
from chinwag.text.spreadsheet import free_cell, guard_cell
from chinwag.text.words import content_words, count_words, split_words

ROWS = Path(__file__).parent / "mixtures"
PIECES: dict[str, Any] = tomllib.loads((ROWS / "pieces.toml").read_text(encoding="utf-8"))
SPOKEN: dict[str, list[str]] = PIECES["spoken"]
PEOPLE = ("ann", "bo_", "cy")

Dice = random.Random


def glue(dice: Dice, names: str) -> str:
    """Return one piece of each kind, put together; in "label?" there is none, twice in three."""
    kinds = (name for name in names.split() if not name.endswith("?") or dice.random() < 1 / 3)
    return "".join(dice.choice(PIECES[name.rstrip("?")]) for name in kinds)


def line_up(dice: Dice, name: str, most: int, between: str = "") -> str:
    """Return some pieces of one kind in a row, `most` at the most."""
    return between.join(dice.choices(PIECES[name], k=dice.randint(1, most)))


def mix_languages(dice: Dice) -> tuple[str, str]:
    """Return a few words, most of one language or two, and what the source says of them."""
    kinds = [*dice.choices(list(SPOKEN), k=dice.randint(1, 2)), "none"]
    words = (dice.choice(SPOKEN[dice.choice(kinds)]) for _ in range(dice.randint(1, 11)))
    return " ".join(words), dice.choice(PIECES["said"])


def mix_scripts(dice: Dice) -> tuple[str, str]:
    """Return a word or two of other scripts than Latin, and what the source says of them."""
    return line_up(dice, "scripts", 2, " "), dice.choice(PIECES["said"])


def mix_sentences(dice: Dice) -> str:
    return "".join(glue(dice, "clauses stops") for _ in range(dice.randint(1, 4)))


def mix_links(dice: Dice) -> str:
    return glue(dice, "around").format(glue(dice, "addresses")) + " t.co/x2"


def tell_labels(text: str) -> tuple[object, ...]:
    labels = [
        f"{one.role[0]}{one.number}{one.part} {one.start}-{one.end} {one.where}{' :' * one.marked}"
        for one in find_labels(text)
    ]
    return labels, strip_labels(text), strip_labels(text, everywhere=True)


def tell_openings(text: str) -> list[str]:
    return [
        f"{one.mark}|{one.style}|{one.number}|{one.part}|{one.total}|{one.start}-{one.end}"
        f"|{one.marked:d}{one.is_closed:d}|{one.said}"
        for one in find_openings(text)
    ]


def tell_numerals(text: str) -> tuple[object, ...]:
    folded = fold_signs(text)
    return folded.text, folded.places[-3:], read_numeral(text)


def tell_links(text: str) -> tuple[object, ...]:
    links = find_links(text)
    return links, tuple(map(strip_tracking, links))


def tell_names(text: str) -> tuple[object, ...]:
    tags = find_hashtags(text), join_hashtags(text, ("ann", "#Pens ", "")), fold_tag(text)
    return find_mentions(text), find_addressee(text), bare_handle(text), says_repost(text), tags


def tell_parts(text: str) -> tuple[object, ...]:
    opens = f"{goes_on(text):d}{breaks_off(text):d}{takes_up(text):d}"
    return tuple(map(tuple, find_counters(text))), opens


def tell_pages(text: str) -> tuple[object, ...]:
    posts = cut_posts(text, lambda line: line.startswith("https://x.com/"))
    return tuple(read_pasted(text)), posts


def tell_html(text: str) -> PlainText:
    return read_html(text, drop_classes=frozenset(("gone",)))


# Of each kind how many are mixed, how, and what is told of them.
MIXTURES: dict[str, tuple[int, Callable[[Dice], Any], Callable[[Any], object]]] = {
    "labels": (500, lambda dice: glue(dice, "leads labels ends bodies tails"), tell_labels),
    "cleaning": (
        400,
        lambda dice: glue(dice, "leads leads labels? ends bodies tails tails"),
        lambda text: clean_post(text, "#ShelfChat", PEOPLE),
    ),
    "openings": (
        500,
        lambda dice: glue(dice, "leads? marks numerals closes says"),
        tell_openings,
    ),
    "numerals": (200, lambda dice: line_up(dice, "numerals", 2), tell_numerals),
    "captions": (80, lambda dice: glue(dice, "shown numerals closes"), is_caption),
    "words": (
        150,
        lambda dice: line_up(dice, "words", 5, " "),
        lambda text: (split_words(text), content_words(text), count_words(text)),
    ),
    "languages": (600, mix_languages, lambda pair: tell_language(*pair)),
    "scripts": (200, mix_scripts, lambda pair: tell_language(*pair)),
    "links": (150, mix_links, tell_links),
    "names": (100, lambda dice: line_up(dice, "handles", 3, " "), tell_names),
    "sentences": (150, mix_sentences, split_sentences),
    "parts": (250, lambda dice: line_up(dice, "parts", 3), tell_parts),
    "cells": (
        80,
        lambda dice: line_up(dice, "cells", 2),
        lambda text: (guard_cell(text), free_cell(text)),
    ),
    "pages": (200, lambda dice: line_up(dice, "page", 12, "\n"), tell_pages),
    "html": (300, lambda dice: line_up(dice, "tags", 9), tell_html),
}


def read_mixtures(name: str) -> Iterator[str]:
    """Yield what was mixed, each once, and what is read in it."""
    number, mix, tell = MIXTURES[name]
    dice = random.Random(name)
    for one in dict.fromkeys(mix(dice) for _ in range(number)):
        yield f"{one!r}\t{tell(one)!r}"


@pytest.mark.parametrize("name", MIXTURES)
def test_what_people_mix_is_read_to_the_letter(name: str) -> None:
    hold_rows(ROWS / f"{name}.tsv", list(read_mixtures(name)))
