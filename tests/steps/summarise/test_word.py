"""A point is whole sentences that stand alone; chatter, questions and halves are none."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from chinwag.model import Post
from chinwag.steps.summarise.word import judge_point, pick_point
from chinwag.text.cleaning import clean_post
from chinwag.text.sentences import split_sentences


def make_post(text: str, **more: Any) -> Post:
    now = datetime(2026, 3, 3, tzinfo=UTC)
    return Post(
        id="1", author="ann", text=text, created_at=now, reply_to=None, url="", source="t", **more
    )


def quote(text: str, **more: Any) -> str:
    """Give what would be quoted of a post, "" where nothing would."""
    cleaned = clean_post(text, "bookchat")
    point = pick_point(cleaned)
    post = make_post(text, **more)
    return point if point and judge_point(post, cleaned, point, "bookchat", {"host"}) else ""


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
        "That is what our readers told us about late fines last year",
        "and the mobile library only stops in our village twice a month",
        "A2 The mobile library stops twice a month in villages without (1/2) #bookchat",
        "(2/2) a shop and brings parcels for the older people as well",
        "What would your readers borrow if money and room did not matter?",
        "RT @ben: Our readers borrow cake tins every weekend",
        "Thanks everyone, great chat tonight, lots of ideas to try out!",
        "Don't forget to use the tag so that we all see your answers",
        "Checking in late from a train, hello everyone on the chat",
        "Our readers keep asking for longer opening hours and for the",
        "#books #libraries #readers #reading #bookchat now",
        "Seeds and tools",
    ],
)
def test_what_does_not_stand_alone_is_not_quoted(text: str) -> None:
    assert quote(text) == ""


def test_yes_is_an_answer_to_the_host_and_half_a_talk_with_anybody_else() -> None:
    said = "Yes, since fines keep the poorest families away from our shelves"
    assert quote(said) == said
    assert quote(said, reply_to_author="host") == said
    assert quote(said, reply_to_author="ben") == ""


def test_a_long_post_gives_its_fullest_sentences_in_a_row() -> None:
    filler = "We met and talked and then we all went out for a while again and again. " * 4
    core = "Cargo bikes carried seedlings, telescopes and sewing machines to remote hamlets."
    assert core in quote(filler + core)
    assert len(quote(filler + core).split()) <= 60
