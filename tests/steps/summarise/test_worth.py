"""What a post is worth: a phrase of chatter inside a plain sentence costs it no more than a doubt."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from chinwag.model import Chat, Post, Question
from chinwag.steps.judging.judgements import STANDS, describe_sentence
from chinwag.steps.judging.model import judge
from chinwag.steps.reading.read_post import read_in_time
from chinwag.steps.summarise.quoting import FALLS
from chinwag.steps.summarise.worth import Worths

START = datetime(2026, 3, 3, 20, tzinfo=UTC)
CHAT = Chat(
    series="#bookchat",
    hashtag="bookchat",
    title="Tins",
    questions=(Question(label="1", text="What is borrowed?", asked_at=START, posts=("0",)),),
)
PLAIN = "Every teacher in our county gets a library card on the very first day of school."
CHATTER = "Thanks everyone, have a good night!"


def weigh(text: str, author: str = "ann") -> float:
    """Return what a post of a chat is worth, from 0 to 1."""
    posts = [
        Post(
            id=str(minute),
            author=who,
            text=said,
            created_at=START + timedelta(minutes=minute),
            reply_to=None,
            url="",
            source="t",
        )
        for minute, (who, said) in enumerate(
            [("host", "Q1 What is borrowed?"), (author, "Cake tins #bookchat"), (author, text)]
        )
    ]
    reads = read_in_time(posts)
    return Worths(CHAT, reads).weigh([reads[2]])


@pytest.mark.parametrize(
    "text",
    [
        "Patients tell us they are feeling better when dialysis is done at home at night.",
        "We record oral histories and give the transcripts to every family who took part.",
        "Student nurses are in awe of consultants and never dare to question a dose.",
        "A good night of sleep does more for grades than any homework club we ever ran.",
        "Parents miss this support when the early years centre closes for the long summer.",
        "Declaring every conflict of interest on the ward door would win back public trust.",
        "Families who say thank you at the door bring their neighbours along the week after.",
        "Our bus drivers say good morning to every child and know who has not had breakfast.",
        "Nobody reads the archive of a housing estate until somebody wants to pull it down.",
        "A hashtag on the hospital wall brought us forty volunteers in one rainy week of May.",
        "The last question on our form is the one that most tenants leave empty, out of fear.",
        "We move on from a medicine that fails within days, and tell the family why that is.",
        "The deadline for a bed at the shelter is seven, and the night bus comes at half past.",
    ],
)
def test_a_phrase_of_chatter_inside_a_plain_sentence_strikes_it_not(text: str) -> None:
    form, words = describe_sentence(text, "alone")
    assert judge("sentence", "en", form, words)[STANDS] > FALLS
    assert weigh(f"{text} #bookchat") > 2 * weigh(f"{CHATTER} #bookchat")


@pytest.mark.parametrize(
    "text",
    [
        "Thanks everyone, great chat tonight, lots of ideas to try out!",
        "Good night all, lovely to see so many of you, and until next month!",
        "Ann Lee, school librarian from Leeds, sorry I am late tonight",
        "@ben Yes, exactly, that is what I wanted to say about them!",
        "Checking in late from a train, hello everyone on the chat",
        "@ben I haven't read the report on cake tins that the county published late last spring.",
    ],
)
def test_what_greets_thanks_or_leans_on_somebody_is_worth_less(text: str) -> None:
    assert weigh(f"{text} #bookchat") < weigh(f"{PLAIN} #bookchat")
