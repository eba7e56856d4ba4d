"""The check in other languages: numbers, negations and strange words are seen in each."""

from __future__ import annotations

import pytest

from chinwag.steps.tracing.claims import Known, Source, check_sentence

POSTS = {
    "de": "Wir sperren die Toiletten um sechs, weil niemand sie beaufsichtigen kann.",
    "fr": "Nous fermons les toilettes à six heures parce que personne ne peut les surveiller.",
    "es": "Abrimos los baños a las seis porque nadie puede vigilarlos.",
    "pt": "Fechamos a biblioteca às nove porque os autocarros não passam depois.",
    "it": "Chiudiamo i bagni alle sei perché nessuno li controlla.",
    "tr": "Kütüphaneyi saat altıda kapatıyoruz çünkü akşam otobüs gelmiyor.",
    "ar": "نغلق المكتبة في السادسة لأن الحافلة لا تأتي بعدها.",
    "ja": "図書館は夜九時まで開いていますが、職員はいません。",
}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Die Toiletten werden um sechs gesperrt, weil niemand sie beaufsichtigen kann."),
        (
            "fr",
            "Les toilettes sont fermées à six heures parce que personne ne peut les surveiller.",
        ),
        ("es", "Los baños se abren a las seis porque nadie puede vigilarlos."),
        ("it", "I bagni si chiudono alle sei perché nessuno li controlla."),
        ("tr", "Kütüphane saat altıda kapatılıyor çünkü akşam otobüs gelmiyor."),
        ("ja", "図書館は夜九時まで開いていて、職員はいません。"),
    ],
)
def test_a_faithful_sentence_stands_in_its_own_language(language: str, sentence: str) -> None:
    assert check_sentence(sentence, [Source(author="a", text=POSTS[language])], Known()) is None


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Die Toiletten werden um sieben gesperrt, weil niemand sie beaufsichtigen kann."),
        ("de", "Die Toiletten werden um sechs nicht gesperrt, weil niemand kann."),
        ("de", "Die Büros werden um sechs gesperrt, weil niemand sie beaufsichtigen kann."),
        ("fr", "Les toilettes sont fermées à sept heures parce que personne ne peut surveiller."),
        ("fr", "Les toilettes ne sont pas fermées à six heures."),
        ("fr", "Les toilettes sont ouvertes à six heures, personne ne peut les surveiller."),
        ("es", "Los baños se abren a las siete porque nadie puede vigilarlos."),
        ("es", "Los baños no se abren a las seis porque nadie puede vigilarlos."),
        ("pt", "A biblioteca fecha às dez porque os autocarros não passam depois."),
        ("pt", "A biblioteca fecha às nove porque os autocarros passam depois."),
        ("it", "I bagni si chiudono alle sette perché nessuno li controlla."),
        ("it", "I bagni non si chiudono alle sei perché nessuno li controlla."),
        ("tr", "Kütüphane saat yedide kapatılıyor çünkü akşam otobüs gelmiyor."),
        ("tr", "Kütüphane saat altıda kapatılmıyor çünkü akşam otobüs gelmiyor."),
        ("tr", "Kütüphane saat altıda kapatılıyor çünkü akşam otobüs geliyor."),
        ("ar", "نغلق المكتبة في السابعة لأن الحافلة لا تأتي بعدها."),
        ("ar", "تغلق المكتبة في السادسة لأن الحافلة تأتي بعدها."),
        ("ja", "図書館は夜八時まで開いていて、職員はいません。"),
        ("ja", "図書館は夜九時まで開いていて、職員がいます。"),
        ("ja", "美術館は夜九時まで開いていて、職員はいません。"),
        ("de", "The toilets are closed at six because nobody can watch them."),
        ("fr", "The toilets are closed at six because nobody can watch them."),
        ("ja", "The library is open until nine, but there are no staff."),
    ],
)
def test_a_false_or_translated_one_does_not(language: str, sentence: str) -> None:
    assert check_sentence(sentence, [Source(author="a", text=POSTS[language])], Known()) is not None
