"""Who says the same in other words: pairs that an encoder finds, and what keeps two apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from chinwag.model import Chat, Placement, Post, Question, quote_note
from chinwag.steps.summarise import summarise_chat

START = datetime(2026, 10, 13, 18, 0, tzinfo=UTC)
CHAT = Chat(
    series="#chat",
    hashtag="chat",
    title="",
    questions=(Question(label="1", text="What keeps people out?"),),
)
BUSES = "Evening buses stop running before the reading room upstairs closes."
TRANSPORT = "Evening buses home are gone before that upstairs hall shuts."
LIFT = "Wheelchair users find the lift switched off after supper."
GUARDS = "Guards ask strangers for proof of an address they may lack."
PARENTS = "Parents cannot bring toddlers past the turnstile by the entrance."


class TableEncoder:
    """An encoder that knows what each text speaks of from a table."""

    name = "a table"
    languages = frozenset({"en"})

    def __init__(self, told: dict[str, int]) -> None:
        self.told = told

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        return [[float(self.told[text] == axis) for axis in range(8)] for text in texts]


def summarise(texts: Sequence[str], encoder: TableEncoder | None) -> list[tuple[str, int]]:
    posts = [
        Post(
            id=str(number),
            author=f"p{number}",
            text=f"A1: {text}",
            created_at=START + timedelta(minutes=number),
            reply_to=None,
            url="",
            source="test",
        )
        for number, text in enumerate(texts)
    ]
    placements = [
        Placement(post=post.id, question="1", reason=quote_note(""), confidence=1, by="time")
        for post in posts
    ]
    summary = summarise_chat(CHAT, posts, placements, encoder=encoder)
    return [(bullet.text, bullet.people) for bullet in summary.questions[0].bullets]


def test_two_people_say_the_same_in_other_words_only_with_an_encoder() -> None:
    texts = [LIFT, BUSES, GUARDS, TRANSPORT, PARENTS]
    encoder = TableEncoder({BUSES: 0, TRANSPORT: 0, LIFT: 1, GUARDS: 2, PARENTS: 3})
    assert sorted(summarise(texts, None)) == sorted((text, 1) for text in texts)
    shared = summarise(texts, encoder)
    assert shared[0][1] == 2
    assert shared[0][0] in (BUSES, TRANSPORT)
    assert [people for _, people in shared[1:]] == [1, 1, 1]


def test_who_says_not_does_not_say_the_same() -> None:
    against = "Evening buses do not stop running before the reading room upstairs closes."
    texts = [LIFT, TRANSPORT, GUARDS, against, PARENTS]
    encoder = TableEncoder({against: 0, TRANSPORT: 0, LIFT: 1, GUARDS: 2, PARENTS: 3})
    assert {people for _, people in summarise(texts, encoder)} == {1}


def test_who_names_another_number_does_not_say_the_same() -> None:
    nine = "Evening buses stop at 9 before the reading room upstairs closes."
    eleven = "Nobody catches the evening buses at 11, since the reading room shuts too late."
    texts = [LIFT, nine, GUARDS, eleven, PARENTS]
    encoder = TableEncoder({nine: 0, eleven: 0, LIFT: 1, GUARDS: 2, PARENTS: 3})
    assert {people for _, people in summarise(texts, encoder)} == {1}
