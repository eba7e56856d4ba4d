"""Parts become one statement, answers stand under what they answer, themes stand together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from chinwag.model import Bullet, Chat, Moderator, Placement, Post, Question, Quote, quote_note
from chinwag.steps.reading import ReadPost
from chinwag.steps.summarise import summarise_chat
from chinwag.steps.summarise.join import join_parts

START = datetime(2026, 3, 3, 18, 30, tzinfo=UTC)
CHAT = Chat(
    series="#bookchat",
    hashtag="bookchat",
    title="Lending",
    moderators=(Moderator(author="host"),),
    questions=(Question(label="1", text="What do readers want at night?"),),
)
Row = tuple[int, str, str, int | None]  # minute, author, text, the row that it answers


def make_said(rows: Sequence[Row]) -> list[tuple[Post, Placement]]:
    said = []
    for number, (minute, author, text, parent) in enumerate(rows):
        post = Post(
            id=str(number),
            author=author,
            text=text,
            created_at=START + timedelta(minutes=minute),
            reply_to=None if parent is None else str(parent),
            url="",
            source="test",
        )
        kind = "answer" if parent is None else "reply"
        said.append(
            (
                post,
                Placement(
                    post=post.id,
                    question="1",
                    reason=quote_note(""),
                    confidence=1,
                    by="time",
                    kind=kind,
                ),
            )
        )
    return said


def summarise(rows: Sequence[Row]) -> tuple[Bullet, ...]:
    said = make_said(rows)
    posts, placements = [post for post, _ in said], [placement for _, placement in said]
    return summarise_chat(CHAT, posts, placements, fewest=5).questions[0].bullets


@pytest.mark.parametrize(
    ("rows", "runs"),
    [
        (
            [
                (0, "ann", "A1 The desk closes at six. (1/2) #bookchat", None),
                (1, "ben", "A1 Card doors cost us nothing.", None),
                (4, "ann", "2/2 Students come at nine, for the quiet. #bookchat", None),
            ],
            ["02", "1"],
        ),
        (
            [
                (0, "ann", "@ben 1/n The desk closes at six", None),
                (1, "ann", "@ben 2/n so nobody", None),
                (2, "ann", "@ben 3/n can ask. #bookchat", None),
            ],
            ["012"],
        ),
        # Written without a number the first time, and answered by its own author.
        (
            [(0, "ann", "A1 Let people vote", None), (3, "ann", "@ann 2/2 and count it twice", 0)],
            ["01"],
        ),
        (
            [(0, "ann", "A1 We lend lamps…", None), (1, "ann", "…and the bulbs for them.", None)],
            ["01"],
        ),
        (
            [(0, "ann", "A1 We lend lamps.", None), (1, "ann", "A1 cont: Also bulbs.", None)],
            ["01"],
        ),
        # Its second post answers the first, and makes no sense without it.
        (
            [(0, "ann", "A1 We lend lamps.", None), (2, "ann", "Which is why it is bright.", 0)],
            ["01"],
        ),
        # Each of these stands alone.
        ([(0, "ann", "A1 We lend lamps.", None), (2, "ann", "Bulbs come free.", 0)], ["0", "1"]),
        # A date, another person's second half, a half that comes too late.
        ([(0, "ann", "Open on 1/2.", None), (1, "ann", "Closed on 2/2 again", None)], ["0", "1"]),
        ([(0, "ann", "A1 Lamps (1/2)", None), (1, "ben", "A1 Bulbs (2/2)", None)], ["0", "1"]),
        ([(0, "ann", "A1 Lamps (1/2)", None), (31, "ann", "A1 Bulbs (2/2)", None)], ["0", "1"]),
        ([(0, "ann", "A1 Lamps...", None), (1, "ann", "@ben ...and yours?", 0)], ["01"]),
        ([(0, "ann", "A1 Lamps...", None), (9, "ann", "and yours?", None)], ["0", "1"]),
        # An answer's number begins an answer.
        ([(0, "ann", "Tell me who you are...", None), (1, "ann", "and lamps", None)], ["01"]),
        (
            [(0, "ann", "Tell me who you are...", None), (1, "ann", "A1 and lamps", None)],
            ["0", "1"],
        ),
    ],
)
def test_parts_are_joined(rows: list[Row], runs: list[str]) -> None:
    said = [(ReadPost(post), placement) for post, placement in make_said(rows)]
    joined = join_parts(said, "bookchat")
    assert ["".join(read.id for read, _ in run) for run in joined] == runs


def test_a_bullet_of_two_posts_quotes_both_and_names_both() -> None:
    bullets = summarise(
        [
            (
                0,
                "ann",
                "A1 The desk closes at six, and the questions begin at (1/2) #bookchat",
                None,
            ),
            (1, "ann", "(2/2) seven, when the students arrive from work. Thanks! #bookchat", None),
        ]
    )
    assert bullets == (
        Bullet(
            text="The desk closes at six, and the questions begin at"
            " seven, when the students arrive from work.",
            posts=("0", "1"),
            people=1,
            kind="single",
            quoted="0",
            author="ann",
            parts=(
                Quote(
                    post="0",
                    author="ann",
                    text="The desk closes at six, and the questions begin at",
                ),
                Quote(post="1", author="ann", text="seven, when the students arrive from work."),
            ),
        ),
    )


def test_a_greeting_in_the_midst_is_left_out_with_a_mark() -> None:
    (bullet,) = summarise(
        [(0, "ann", "A1 Lend lamps to everybody. Hello all! Bulbs belong to the lamps.", None)]
    )
    assert bullet.text == "Lend lamps to everybody. […] Bulbs belong to the lamps."


def test_what_only_makes_sense_as_an_answer_stands_under_what_it_answers() -> None:
    (bullet,) = summarise(
        [
            (0, "ann", "A1 Card doors let our students in until midnight.", None),
            (1, "ben", "@ann But that only works where a warden walks round every hour.", 0),
            (2, "cem", "@ann Yes, thanks!", 0),
        ]
    )
    assert (bullet.text, bullet.posts, bullet.people) == (
        "Card doors let our students in until midnight.",
        ("0",),
        1,
    )
    assert bullet.replies == (
        Quote(
            post="1",
            author="ben",
            text="But that only works where a warden walks round every hour.",
        ),
    )


def test_shared_points_come_first_then_themes_then_time() -> None:
    bullets = summarise(
        [
            (0, "ann", "A1 Warm rooms bring pensioners through the winter evenings.", None),
            (1, "ben", "A1 Card doors let our students in until midnight.", None),
            (2, "cem", "A1 Late buses leave nobody stranded in villages.", None),
            (3, "dee", "A1 Newspapers, a kettle and armchairs would please pensioners most.", None),
            (4, "eve", "A1 Late buses leave nobody stranded, not even in our villages.", None),
        ]
    )
    assert [bullet.quoted for bullet in bullets] == ["4", "0", "3", "1"]
