"""The language of a post is told by its words; what the source says is a hint; nobody guesses."""

from __future__ import annotations

import pytest

from chinwag.text.language import tell_language


@pytest.mark.parametrize(
    ("text", "said", "language"),
    [
        ("A4: Nobody works alone in the evening. #stackschat", "", "en"),
        ("@ann R4 : Personne ne travaille seul le soir https://example.org/the/and", "", "fr"),
        ("Zwei Kolleginnen schließen das Gebäude gemeinsam ab", "", "de"),
        ("Dos compañeros cierran juntos el edificio, o se queda cerrado", "", "es"),
        ("Dois colegas fecham o edifício juntos, ou ele fica fechado", "", "pt"),
        ("Due colleghi chiudono insieme l'edificio, altrimenti resta chiuso", "", "it"),
        ("İki meslektaş binayı birlikte kapatıyor", "", "tr"),
        ("زميلان يغلقان المبنى معا", "", "ar"),
        ("夜は誰も一人で働きません", "", "ja"),
        ("图书馆晚上开放", "", "zh"),
        ("Dwi angen rhywun i ddysgu i mi sut i gyfri pobl yn y tywyllwch", "", "cy"),
        ("Бібліотека працює", "", "uk"),
        # What the words tell outweighs the source.
        ("Zwei Kolleginnen schließen das Gebäude gemeinsam ab", "en", "de"),
        # Nothing speaks against the source.
        ("Telescopes, ukuleles", "en-GB", "en"),
        ("图书馆", "ja", "ja"),
        # Nobody can tell.
        ("Telescopes, ukuleles", "", ""),
        ("Telescopes, ukuleles", "und", ""),
        ("#stackschat @ann https://example.org 😀 12", "", ""),
        ("library kütüphane", "ar", ""),
        ("", "", ""),
    ],
)
def test_the_language_of_a_post(text: str, said: str, language: str) -> None:
    assert tell_language(text, said) == language
