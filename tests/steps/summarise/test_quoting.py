"""A point is whole sentences that stand alone; chatter, questions and halves are none."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from chinwag.model import Post
from chinwag.steps.summarise.quoting import judge_point, pick_point, pick_spans
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
        "and that is why the mobile library stops in our village",
        "also enjoyed the mobile library when it stopped in our village",
        "And unless the mobile library stops in every village",
        "A2 The mobile library stops twice a month in villages without (1/2) #bookchat",
        "(2/2) a shop and brings parcels for the older people as well",
        "What would your readers borrow if money and room did not matter?",
        "RT @ben: Our readers borrow cake tins every weekend",
        "Thanks everyone, great chat tonight, lots of ideas to try out!",
        "Our readers keep asking for longer opening hours and for the",
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


def test_no_point_begins_inside_a_sentence_where_that_is_not_allowed() -> None:
    said = "and the mobile library only stops in our village twice a month"
    assert pick_spans(said) == ((4, len(said)),)
    assert pick_spans(said, inside=False) == ()


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


def judge(text: str, *, strict: bool = False, **more: Any) -> float:
    """Give how well what would be quoted of a post stands alone."""
    cleaned = clean_post(text, "bookchat")
    point = pick_point(cleaned)
    if not point:
        return 0.0
    return judge_point(make_post(text, **more), cleaned, point, "bookchat", {"host"}, strict=strict)


PLAIN = "Every teacher in our county gets a library card on the very first day of school."


@pytest.mark.parametrize(
    "text",
    [
        "I struggle with that too when the long queue reaches back to our old front door.",
        "I tried to use it in the summer and gave up after the third broken cable.",
        "Not broken, the reader in our county library only needs a new cable and two batteries.",
        "Has a long list of recipes for cake tins that the whole county borrows in spring.",
        "(I am writing a talk on cake tins for the spring meeting of our county libraries)",
        "I haven't read the report on cake tins that the county published late last spring.",
        "Keep an eye out for the spring catalogue of cake tins in all our county libraries.",
        "Loving all the pictures of cake tins that the county libraries have shown us since spring.",
        "I have read all the tweets on cake tins and shall try out the best of them this spring.",
        "Run $tins = Get-Tins | Sort-Object {$_.Size}; $tins[0] to list the county's cake tins.",
    ],
)
def test_what_leans_on_something_or_is_beside_the_matter_is_worth_less(text: str) -> None:
    assert judge(PLAIN) == 1.0
    assert judge(text) < 1.0
    assert judge(f"@ben {text}", reply_to_author="ben") < 0.5


def test_a_doubt_counts_more_where_people_just_chat() -> None:
    assert judge(PLAIN, strict=True) == 1.0
    assert judge("Keep an eye out for the spring catalogue of our tins.", strict=True) < 0.2
    assert judge("I hope you all lend cake tins in your county this spring.", strict=True) < 0.2
    assert judge("I'm betting that more of us lend cake tins than last spring.", strict=True) < 0.2
    assert judge(f"@ben {PLAIN}", reply_to_author="ben", strict=True) < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "A2: Signing off now! Good night to you all.",
        "A2: Have to run now, great chat, see you all next week",
        "A2: Since I wrote , it is much easier for the whole county to borrow cake tins.",
        "RT: @ann: Cake tins are what the readers in our county borrow most of all.",
        "A2: Borrowing cake tins without a card failed in four of our nine branches /1",
        "A2: What do people in the other counties do about the loss of cake tins.",
    ],
)
def test_broken_words_goodbyes_and_halves_are_not_quoted(text: str) -> None:
    assert judge(text) == 0.0


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


@pytest.mark.parametrize(
    "text",
    [
        "Don't forget to use the tag so that we all see your answers",
        "Checking in late from a train, hello everyone on the chat",
        "A2: Tapping out for tonight, but cake tins are what our readers borrow most of all.",
        "A2: Signing off now, but cake tins are what our readers borrow most of all.",
    ],
)
def test_a_sentence_that_partly_greets_or_runs_the_chat_is_doubted(text: str) -> None:
    assert 0.0 < judge(text) < 0.5


def test_the_last_of_several_people_may_be_the_subject() -> None:
    assert (
        clean_post("@ann @ben is right about the cake tins") == "@ben is right about the cake tins"
    )
    assert clean_post("@ann and @ben are right") == "@ann and @ben are right"
