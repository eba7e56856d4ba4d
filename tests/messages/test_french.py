"""French: its forms, its spaces, and a whole page of it."""

from __future__ import annotations

import re

import msgspec
import pytest
from tests.browser.conftest import CHAT, Parts

from chinwag.messages import LANGUAGES, open_catalogue
from chinwag.messages.french.typography import set_spaces
from chinwag.model import make_note
from chinwag.steps.publish import build_story, render_html

WORDS = open_catalogue("fr")


@pytest.mark.parametrize(
    ("plain", "set_"),
    [
        ("Vraiment ?", "Vraiment\u202f?"),
        ("Sous {label} : {reason}", "Sous {label}\u00a0: {reason}"),
        ("« {text} »", "«\u00a0{text}\u00a0»"),
        ("« Quoi ? »", "«\u00a0Quoi\u202f?\u00a0»"),
        ("sûr à 99 %)", "sûr à 99\u202f%)"),
        ("https://a.example/?b", "https://a.example/?b"),
        ("name: @a = B", "name: @a = B"),
    ],
)
def test_spaces_that_do_not_break(plain: str, set_: str) -> None:
    assert set_spaces(plain) == set_
    assert set_spaces(set_) == set_


def test_no_sentence_has_a_space_that_breaks_before_a_tall_sign() -> None:
    language = LANGUAGES["fr"]
    forms = (form for forms in language.counted.values() for form in forms.values())
    sentences = (*language.texts.values(), *language.notes.values(), *forms)
    broken = re.compile(r" [;!?»]| :(\s|$)|« ")
    assert [sentence for sentence in sentences if broken.search(sentence)] == []


def test_numbers_lists_and_reasons() -> None:
    assert [WORDS.count(number, "post") for number in (0, 1, 2, 1204)] == [
        "0 message",
        "1 message",
        "2 messages",
        "1\u202f204 messages",
    ]
    assert WORDS.join_words(["a", "b", "c"]) == "a, b et c"
    note = make_note("came-after", question="3", numbered=True, seconds=150)
    assert WORDS.word_note(note) == "est venu 2 minutes après Q3"


def test_a_page_in_french_says_nothing_of_ours_in_english() -> None:
    parts = msgspec.json.decode(CHAT.read_bytes(), type=Parts)
    story = build_story(
        parts.chat, parts.posts, parts.placements, parts.summary, parts.ledger, parts.measures
    )
    page = render_html(story, "fr")
    assert '<html lang="fr">' in page
    assert "mardi 14 mai 2024, de 20:00 à 21:00" in page
    assert "Ce que plusieurs personnes ont dit" in page
    english = [
        text
        for key, text in LANGUAGES["en"].texts.items()
        if "{" not in text and len(text) > 12 and LANGUAGES["fr"].texts[key] != text
    ]
    assert [text for text in english if text in page] == []
