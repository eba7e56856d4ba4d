"""Numbers in one spelling, and what stands in another word's place."""

from __future__ import annotations

from typing import Any

import pytest

from chinwag.steps.tracing.claims import Known, Refusal, Source, check_sentence, list_people
from chinwag.steps.tracing.claims.numbers import find_digits, value_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,200", "1200"),
        ("£1,200", "£1200"),
        ("40k", "40000"),
        ("1.5k", "1.5k"),
        ("2M", "2m"),
        ("40 per cent", "40%"),
        ("40%", "40%"),
        ("7pm", "7pm"),
        ("7 p.m.", "7pm"),
        ("7.00pm", "7pm"),
        ("10.30am", "10:30am"),
        ("19:30", "19:30"),
        ("3rd", "3rd"),
        ("12,5", "12,5"),
    ],
)
def test_a_number_has_one_spelling(text: str, value: str) -> None:
    assert find_digits(f"at {text} it") == [(3, 3 + len(text), value)]


@pytest.mark.parametrize(
    ("word", "value"),
    [("seven", "7"), ("third", "3rd"), ("twice", "x2"), ("neun", "9"), ("once", ""), ("on", "")],
)
def test_words_that_are_numbers(word: str, value: str) -> None:
    assert value_of(word) == value


def check(post: str, sentence: str) -> str:
    refusal = check_sentence(sentence, [Source(author="ann", text=post)], Known())
    return refusal.reason if refusal else ""


@pytest.mark.parametrize(
    ("post", "sentence", "reason"),
    [
        # A rank is no rival of a plain number.
        ("The first of our lamps cost one pound by night.", "The first lamps cost one pound.", ""),
        ("Our lamps light doors by night in winter.", "Lamps light lamps at night.", "mixed"),
        ("Our lamps light lamps by night in winter.", "Lamps light lamps at night.", ""),
    ],
)
def test_numbers_stay_with_their_words_and_words_are_said_as_often(
    post: str, sentence: str, reason: str
) -> None:
    assert check(post, sentence) == reason


SIX_DAYS = "Six days a week our doors close by nine."
TWICE = "Volunteers visit schools twice a month."


@pytest.mark.parametrize(
    ("post", "sentence", "reason"),
    [
        (SIX_DAYS, "Doors close by nine six days a week.", ""),
        (SIX_DAYS, "Doors close by nine, six days a week.", ""),
        (SIX_DAYS, "The doors close, six days per week, by nine.", ""),
        (SIX_DAYS, "Doors close by six nine days a week.", "order"),
        (SIX_DAYS, "Doors close by nine six nights a week.", "unsupported"),
        (SIX_DAYS, "Doors close by nine six weeks a day.", "number"),
        ("Our doors close by nine six days a week.", SIX_DAYS.replace("our", "the"), ""),
        (TWICE, "Twice a month volunteers visit schools.", ""),
        (TWICE, "Twice a month schools visit volunteers.", "order"),
        # What is counted is no time: it does or suffers something, and has its place.
        ("Guards lock nine doors a night.", "Nine doors a night lock guards.", "order"),
    ],
)
def test_how_often_may_stand_anywhere_whole(post: str, sentence: str, reason: str) -> None:
    assert check(post, sentence) == reason


@pytest.mark.parametrize(
    ("heading", "told", "reason"),
    [
        ("Winter car park", "winter car park", ""),
        ("Winter 2024 car park", "winter car park", ""),  # a number makes it no longer
        ("Cold winter car park", "cold winter car park", "mixed"),  # so much tells by itself
    ],
)
def test_a_heading_of_three_words_goes_with_whatever_its_post_says(
    heading: str, told: str, reason: str
) -> None:
    post = (
        f"{heading}. The council thought about it for a year or two and then gave money, tea and"
        " biscuits. Volunteers walk students home at night."
    )
    assert check(post, f"Volunteers walk students home at night in the {told}.") == reason


def test_on_no_posts_nothing_stands() -> None:
    assert check_sentence("Tools are lent to all.", []) == Refusal(reason="empty")


def test_the_people_of_a_chat_are_their_handles_and_names(talk: Any) -> None:
    posts = [
        talk.say(0, "bo", "Yes", author_name="Bo Reed"),
        talk.say(1, "ann", "No"),
        talk.say(2, "bo", "Well", author_name="Bo Reed"),
    ]
    assert list_people(posts) == ("Bo Reed", "ann", "bo")
