"""What came up most: phrases that three people used, never a single word."""

from __future__ import annotations

import pytest

from chinwag.model import Theme
from chinwag.steps.summarise.statement import Statement
from chinwag.steps.summarise.themes import find_themes
from chinwag.text.words import content_words

from .makers import make_statement

ASKED = "What makes a good evening?"


def say(*texts: str) -> list[Statement]:
    """Give statements, each by another person, p0, p1 and so on."""
    return [
        make_statement(number, content_words(text), text=text) for number, text in enumerate(texts)
    ]


def names(*texts: str) -> list[tuple[str, int]]:
    """Give the phrases of what came up, and by how many people."""
    return [(theme.phrase, theme.people) for theme in find_themes(say(*texts), ASKED)]


def test_a_phrase_of_three_people_in_whatever_endings_opens_its_posts() -> None:
    said = say(
        "Agree on ground rules first.",
        "Soup, then a song.",
        "Ground rules on the door!",
        "No ground rules, no evening",
    )
    assert find_themes(said, ASKED) == (
        Theme(phrase="ground rules", people=3, posts=("p0", "p2", "p3")),
    )


@pytest.mark.parametrize(
    ("why", "texts"),
    [
        ("two people", ["Set ground rules", "Ground rules help", "Soup"]),
        ("a single word", ["Be clear", "Clear signs", "A clear door"]),
        ("another sentence", ["High ground. Rules bore", "Ground; rules", "Ground, rules"]),
        ("the question's own words", ["A good evening it is", "Good evening", "Good evening!"]),
        ("what people say of anything", ["Great idea, make sure", "Make sure", "Do make sure"]),
        ("a name and a tag", ["@ann bell rings", "@ann bell tolls", "#soup bowl @ann bell"]),
        (
            "its rarest word said without it by most",
            ["ground rules", "ground rules", "ground rules"] + ["rules, then the ground"] * 10,
        ),
    ],
)
def test_no_phrase(why: str, texts: list[str]) -> None:
    assert names(*texts) == [], why


def test_what_more_people_say_on_other_questions_is_no_theme_of_this_one() -> None:
    here = say("ground rules first", "Ground rules!", "no ground rules")
    three = say("Set ground rules", "the ground rules", "Our ground rules", "ground, then soup")
    four = [*three, make_statement(9, content_words("ground rules"), text="ground rules")]
    assert [one.phrase for one in find_themes(here, ASKED, three)] == ["ground rules"]
    assert find_themes(here, ASKED, four) == ()
    twice = [*three, make_statement(9, content_words("ground rules"), author="person0")]
    assert [one.phrase for one in find_themes(here, ASKED, twice)] == ["ground rules"]


def test_the_longer_phrase_stands_for_the_shorter_where_the_same_people_say_it() -> None:
    said = ["a round robin letter", "One round robin letter", "Our round-robin, round robin letter"]
    assert names(*said) == [("round robin letter", 3)]


def test_one_person_who_says_it_thrice_is_one() -> None:
    said = [
        make_statement(number, content_words("ground rules"), "ann", text="ground rules")
        for number in range(3)
    ]
    assert find_themes(said, ASKED) == ()


def test_the_commonest_three_come_most_people_first() -> None:
    said = [f"tea urn | {'warm soup' * (at < 4)} | {'old piano' * (at < 3)}" for at in range(5)]
    said += ["red lamp"] * 6
    assert names(*said) == [("red lamp", 6), ("tea urn", 5), ("warm soup", 4)]
