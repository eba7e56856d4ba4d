"""A point is whole sentences that stand alone; chatter, questions and halves are none."""

from __future__ import annotations

import pytest

from chinwag.steps.summarise.quoting import (
    cut_spans,
    holds_others_words,
    is_part,
    pick_spans,
)
from chinwag.text.cleaning import clean_post
from chinwag.text.sentences import split_sentences


def quote(text: str) -> str:
    """Return what would be quoted of a post, "" where nothing would."""
    if is_part(text) or holds_others_words(text):
        return ""
    cleaned = clean_post(text, "bookchat")
    return cut_spans(cleaned, pick_spans(cleaned))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("We tried. It failed!", ("We tried.", "It failed!")),
        (
            "Lend tools, e.g. drills. Dr. Who agrees.",
            ("Lend tools, e.g. drills.", "Dr. Who agrees."),
        ),
        ("Two ways: 1. Ask them. 2. Watch them.", ("Two ways: 1. Ask them.", "2. Watch them.")),
        ("hm... no capital here", ("hm... no capital here",)),
        ("See p. 3 and Fig. 2 first. Then ask.", ("See p. 3 and Fig. 2 first.", "Then ask.")),
        ("Wir tun viel, z. B. Licht. Es hilft.", ("Wir tun viel, z. B. Licht.", "Es hilft.")),
        ("Lisez example.org/a.b. Puis Mme. Roy.", ("Lisez example.org/a.b.", "Puis Mme. Roy.")),
        ("هل هذا صحيح؟ نعم، هو كذلك.", ("هل هذا صحيح؟", "نعم، هو كذلك.")),
        ("図書館が好き。毎日行く。", ("図書館が好き。", "毎日行く。")),
        ("", ()),
    ],
)
def test_sentences(text: str, sentences: tuple[str, ...]) -> None:
    assert split_sentences(text) == sentences


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (
            "A2: Great question! Our readers borrow cake tins every weekend. Does yours? #bookchat",
            "Our readers borrow cake tins every weekend.",
        ),
        (
            "Hi all, Ann from Leeds here. Evening story hours doubled our young readers.",
            "Evening story hours doubled our young readers.",
        ),
        (
            "A1 Because fines keep the poorest families away from our shelves",
            "Because fines keep the poorest families away from our shelves",
        ),
        (
            "A1 Not only do fines scare families but they cost more than they earn",
            "Not only do fines scare families but they cost more than they earn",
        ),
        (
            "@host Every teacher in Wales should get a library card on day one",
            "Every teacher in Wales should get a library card on day one",
        ),
        # "Her" is Turkish for "every", "no" is Spanish for "not": neither leans on anything.
        (
            "A4 Her masanın altında bir alarm düğmesi var ve her ay deneniyor.",
            "Her masanın altında bir alarm düğmesi var ve her ay deneniyor.",
        ),
        (
            "R4: No hay luz en el camino hasta la parada del autobús.",
            "No hay luz en el camino hasta la parada del autobús.",
        ),
        (
            "A4 図書館の夜間開館で学生の利用者が増えました。",
            "図書館の夜間開館で学生の利用者が増えました。",
        ),
    ],
)
def test_a_point_is_quoted_without_the_chatter_around_it(text: str, quoted: str) -> None:
    assert quote(text) == quoted


@pytest.mark.parametrize(
    "text",
    [
        "Yes! Exactly this. #bookchat",
        "A2 The mobile library stops twice a month in villages without (1/2) #bookchat",
        "(2/2) a shop and brings parcels for the older people as well",
        "RT @ben: Our readers borrow cake tins every weekend",
        "#books #libraries #readers #reading #bookchat now",
        "Seeds and tools",
    ],
)
def test_what_does_not_stand_alone_is_not_quoted(text: str) -> None:
    assert quote(text) == ""


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (
            "and the mobile library only stops in our village twice a month",
            "the mobile library only stops in our village twice a month",
        ),
        (
            "@ann Right! And so the mobile library needs a bigger van. Parcels fill half of the one we have.",
            "the mobile library needs a bigger van. Parcels fill half of the one we have.",
        ),
        (
            "But people who never come in are hard to reach #bookchat",
            "people who never come in are hard to reach",
        ),
        (
            "There is a long queue for the mobile library in our village",
            "There is a long queue for the mobile library in our village",
        ),
        (
            "It is important to know where the older people in our village live :)",
            "It is important to know where the older people in our village live :)",
        ),
    ],
)
def test_a_point_begins_where_a_sentence_could(text: str, quoted: str) -> None:
    assert quote(text) == quoted


def test_words_that_tie_stay_where_the_rest_leans_as_well() -> None:
    said = "And unless the mobile library stops in every village"
    assert quote(said) == said


def test_chatter_around_what_is_said_is_left_off() -> None:
    said = "Great question! The mobile library stops in our village twice. Good night all!"
    assert quote(said) == "The mobile library stops in our village twice."


def test_a_long_post_gives_its_fullest_sentences_in_a_row() -> None:
    filler = "We met and talked and then we all went out for a while again and again. " * 4
    core = "Cargo bikes carried seedlings, telescopes and sewing machines to remote hamlets."
    assert core in quote(filler + core)
    assert len(quote(filler + core).split()) <= 60


@pytest.mark.parametrize(
    "text",
    [
        "A2: Since I wrote , it is much easier for the whole county to borrow cake tins.",
        "RT: @ann: Cake tins are what the readers in our county borrow most of all.",
        "A2: Borrowing cake tins without a card failed in four of our nine branches /1",
        "A2: Borrowing cake tins without a card failed in four of our nine (",
    ],
)
def test_broken_words_halves_and_others_words_are_not_quoted(text: str) -> None:
    assert quote(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Patients tell us they are feeling better when dialysis is done at home at night.",
        "We record oral histories and give the transcripts to every family who took part.",
        "Student nurses are in awe of consultants and never dare to question a dose.",
        "A good night of sleep does more for grades than any homework club we ever ran.",
        "Our transcript service costs nothing and deaf students use it every week of the year.",
        "Parents miss this support when the early years centre closes for the long summer.",
        "Declaring every conflict of interest on the ward door would win back public trust.",
    ],
)
def test_a_phrase_of_chatter_inside_a_plain_sentence_leaves_it_quotable(text: str) -> None:
    assert quote(f"A2: {text}") == text


def test_the_last_of_several_people_may_be_the_subject() -> None:
    assert (
        clean_post("@ann @ben is right about the cake tins") == "@ben is right about the cake tins"
    )
    assert clean_post("@ann and @ben are right") == "@ann and @ben are right"
