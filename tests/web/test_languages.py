"""The site speaks English and French, both wholly, and chooses as its readers do."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.web.sentences import list_sentences, list_strings, read_french

from chinwag.messages.french.typography import set_spaces
from chinwag.web.chats.models import Chat, Series

_PLACES = re.compile(r"%\(\w+\)[sd]|%[sd]")


def test_french_says_every_sentence_and_no_other() -> None:
    """`python -m tests.web.sentences` brings the catalogue into step."""
    catalogue = {message.id: message for message in read_french() if message.id}
    assert sorted(map(str, catalogue)) == sorted(map(str, list_sentences()))
    assert [one.id for one in catalogue.values() if one.fuzzy or not all(list_strings(one))] == []


def test_french_keeps_every_place_and_its_own_spaces() -> None:
    for message in read_french():
        if not message.id:
            continue
        ids = (message.id,) if isinstance(message.id, str) else message.id
        *singular, general = list_strings(message)
        assert set(_PLACES.findall(general)) == set(_PLACES.findall(ids[-1])), general
        for said in singular:  # "once" needs no number
            assert set(_PLACES.findall(said)) <= set(_PLACES.findall(ids[-1])), said
        assert [set_spaces(said) for said in (*singular, general)] == [*singular, general]


@pytest.mark.parametrize(
    ("chosen", "accepted", "of_series", "spoken"),
    [
        ("", "", "en", "en-gb"),
        ("", "fr-CA, en;q=0.8", "en", "fr"),
        ("", "de", "en", "en-gb"),
        ("", "de", "fr", "fr"),
        ("", "", "fr", "fr"),
        ("", "en", "fr", "en-gb"),
        ("fr", "en", "en", "fr"),
        ("en-gb", "fr", "fr", "en-gb"),
    ],
)
def test_the_reader_chooses_then_the_browser_then_the_series(
    chosen: str, accepted: str, of_series: str, spoken: str, chat: Chat
) -> None:
    Series.objects.update(language=of_series)
    reader = Client(headers={"Accept-Language": accepted} if accepted else {})
    if chosen:
        address = f"/stackschat/{chat.slug}/"
        kept = reader.post("/i18n/language", {"language": chosen, "next": address})
        assert (kept.status_code, kept["Location"]) == (302, address)
    for address in ("/stackschat/", f"/stackschat/{chat.slug}/story/", "/stackschat/figures"):
        page = reader.get(address).content.decode()
        assert f'<html lang="{spoken}">' in page
    is_french = spoken == "fr"
    assert ("Au fil de l’heure" in page or "Au fil du temps" in page) == is_french
    story = reader.get(f"/stackschat/{chat.slug}/story/").content.decode()
    assert ("Ce que plusieurs personnes ont dit" in story) == is_french


def test_a_series_that_is_not_public_tells_nothing_by_its_language(chat: Chat) -> None:
    Series.objects.update(language="fr", is_public=False)
    there = Client().get("/stackschat/")
    Series.objects.update(slug="elsewhere")
    nowhere = Client().get("/stackschat/")
    assert there.status_code == nowhere.status_code == 404
    assert there.content == nowhere.content
