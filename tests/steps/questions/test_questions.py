"""Questions, their repeats and who asks them are found in the posts, in an agenda, or in both."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from chinwag.model import Chat, Moderator, Question
from chinwag.steps.questions import find_questions

EIGHT = datetime(2026, 3, 3, 20, 0, tzinfo=UTC)
Q1 = "When is your library open, and who decides?"
Q2 = "What would it cost you to open longer, in money or staff?"
Q3 = "How could volunteers or self-service help?"


def ask(label: str, text: str, minute: float, *posts: str, by: str = "posts") -> Question:
    asked_at = EIGHT + timedelta(minutes=minute)
    return Question(label=label, text=text, asked_at=asked_at, posts=posts, by=by)


def test_questions_and_the_host_are_found(chat: Chat, evening: Any) -> None:
    found = find_questions(chat, evening.posts)
    assert found == msgspec.structs.replace(
        chat,
        numbered=True,
        moderators=(Moderator(author="host_lib"),),
        questions=(ask("1", Q1, 5, "p4"), ask("2", Q2, 16, "p9"), ask("3", Q3, 30, "p13")),
    )


def test_the_order_of_the_posts_does_not_matter(chat: Chat, evening: Any) -> None:
    turned = list(reversed(evening.posts))
    assert find_questions(chat, turned) == find_questions(chat, evening.posts)


def test_a_number_used_to_answer_asks_nothing(chat: Chat, evening: Any) -> None:
    evening.say(6, "fay", "Q1: We open at ten because the bus comes then #shelfchat")
    evening.say(4, "fay", "I am looking forward to Q1 #shelfchat")
    assert [q.posts for q in find_questions(chat, evening.posts).questions] == [
        ("p4",),
        ("p9",),
        ("p13",),
    ]


@pytest.mark.parametrize(
    ("author", "text"),
    [
        ("host_lib", "Q2 again: What would it cost you to open longer, in money or staff?"),
        (
            "co_host",
            "In case you missed it, Q2: What would it cost you to open longer, in money or staff? #shelfchat",
        ),
        (
            "gus",
            "“@host_lib: Q2: What would it cost you to open longer, in money or staff? #shelfchat”",
        ),
    ],
)
def test_a_repeat_is_no_new_asking(chat: Chat, evening: Any, author: str, text: str) -> None:
    again = evening.say(22, author, text)
    assert find_questions(chat, evening.posts).questions[1] == ask("2", Q2, 16, "p9", again.id)


def test_two_hosts_and_a_second_account(chat: Chat, evening: Any) -> None:
    evening.say(36, "host_two", "Q4: Which hours would you give up first? #shelfchat")
    evening.say(37, "ann", "A4: Monday mornings #shelfchat")
    evening.say(40, "host_two", "Q5: What do you take home tonight? #shelfchat")
    found = find_questions(chat, evening.posts)
    assert [m.author for m in found.moderators] == ["host_lib", "host_two"]
    assert [q.label for q in found.questions] == ["1", "2", "3", "4", "5"]


def test_whoever_asks_again_elsewhere_is_a_host_too(chat: Chat, evening: Any) -> None:
    evening.say(5.1, "host@elsewhere", f"Q1: {Q1} #shelfchat")
    evening.say(16.1, "host@elsewhere", f"Q2: {Q2} #shelfchat")
    found = find_questions(chat, evening.posts)
    assert [m.author for m in found.moderators] == ["host_lib", "host@elsewhere"]
    assert [q.posts for q in found.questions] == [("p4", "p17"), ("p9", "p18"), ("p13",)]


def test_a_co_host_repeats_a_question_and_a_guest_quotes_it(chat: Chat, evening: Any) -> None:
    again = evening.say(20, "co_host", f"Q2 again, for those just in: {Q2} #shelfchat")
    quoted = evening.say(21, "gus", f"“@host_lib: Q2: {Q2}” #shelfchat")
    plain = evening.say(26, "hal", f"Q2: {Q2} #shelfchat")
    found = find_questions(chat, evening.posts)
    assert [m.author for m in found.moderators] == ["host_lib", "co_host"]
    assert found.questions[1] == ask("2", Q2, 16, "p9", again.id, quoted.id, plain.id)


def test_the_hosts_other_account_is_found_with_an_agenda_too(chat: Chat, evening: Any) -> None:
    other = evening.say(16.1, "host@elsewhere", f"Q2: {Q2} #shelfchat")
    agenda = tuple(
        Question(label=label, text=text, by="agenda")
        for label, text in (("1", Q1), ("2", Q2), ("3", Q3))
    )
    found = find_questions(chat, evening.posts, agenda)
    assert [m.author for m in found.moderators] == ["host_lib", "host@elsewhere"]
    assert found.questions[1] == ask("2", Q2, 16, "p9", other.id, by="agenda")


def test_a_question_asked_again_without_its_number(chat: Chat, evening: Any) -> None:
    again = evening.say(22, "host_lib", f"{Q2} #shelfchat")
    evening.say(23, "bo", f"{Q2} Two salaries, I say #shelfchat")
    assert find_questions(chat, evening.posts).questions[1] == ask("2", Q2, 16, "p9", again.id)


@pytest.mark.parametrize(
    ("said", "wording"),
    [
        ("Q4 (from Odd): Who opens the door? #shelfchat", "Who opens the door?"),
        ("Q4 (proposed by Odd): Who opens the door? https://a.example", "Who opens the door?"),
        ("Q4 (1/1) (how late): Who opens the door?", "(1/1) (how late): Who opens the door?"),
        ("Q4: Who opens the door, and why? (1/2) #shelfchat", "Who opens the door, and why?"),
        ("Q4: Who opens the #door? via @odd #shelfchat", "Who opens the #door?"),
        ("Q4: Who opens? Draft @ https://a.example #shelfchat", "Who opens? Draft"),
    ],
)
def test_a_wording_is_cleaned_and_no_word_of_it_changes(
    chat: Chat, evening: Any, said: str, wording: str
) -> None:
    evening.say(40, "host_lib", said)
    assert find_questions(chat, evening.posts).questions[3].text == wording


def test_a_list_of_all_questions_beforehand_is_not_the_asking(chat: Chat, evening: Any) -> None:
    evening.say(
        -3000,
        "host_lib",
        f"Our questions for Tuesday:\nQ1: {Q1}\nQ2: {Q2}\nQ3: {Q3}\n#shelfchat",
    )
    assert [q.posts[0] for q in find_questions(chat, evening.posts).questions] == [
        "p4",
        "p9",
        "p13",
    ]


def test_parts_and_follow_ups(chat: Chat, evening: Any) -> None:
    evening.say(38, "host_lib", "Q3 part 2: And what must never be left to machines? #shelfchat")
    found = find_questions(chat, evening.posts)
    assert found.questions[2:] == (
        ask("3", Q3, 30, "p13"),
        ask("3.2", "And what must never be left to machines?", 38, "p17"),
    )


def test_a_question_put_in_two_posts(chat: Chat, evening: Any) -> None:
    evening.say(36, "host_lib", "Q4 1/2 Some libraries open with nobody in them. #shelfchat")
    evening.say(36.5, "host_lib", "Q4 2/2 Would you dare to? #shelfchat")
    assert find_questions(chat, evening.posts).questions[3] == ask(
        "4", "Some libraries open with nobody in them. Would you dare to?", 36, "p17", "p18"
    )


def test_a_question_put_as_a_statement_between_its_neighbours(chat: Chat, evening: Any) -> None:
    told = msgspec.structs.replace(
        evening.posts[8], text="Q2: Money and staff are what longer hours take. #shelfchat"
    )
    posts = [told if post.id == "p9" else post for post in evening.posts]
    assert find_questions(chat, posts).questions[1] == ask(
        "2", "Money and staff are what longer hours take.", 16, "p9"
    )


def test_the_agenda_gives_the_wording_and_the_posts_the_times(chat: Chat, evening: Any) -> None:
    agenda = (
        Question(label="1", text="Opening hours: when are you open, and who decides?", by="agenda"),
        Question(label="2", text="The price of longer hours", by="agenda"),
        Question(label="3", text="Volunteers and self-service", by="agenda"),
        Question(label="4", text="Anything else?", by="agenda"),
    )
    found = find_questions(chat, evening.posts, agenda)
    assert found.numbered
    assert found.questions == (
        ask("1", agenda[0].text, 5, "p4", by="agenda"),
        ask("2", agenda[1].text, 16, "p9", by="agenda"),
        ask("3", agenda[2].text, 30, "p13", by="agenda"),
        agenda[3],
    )


def test_the_agenda_finds_a_question_asked_without_its_number(chat: Chat, talk: Any) -> None:
    talk.say(0, "host_lib", "Tell us: which hours would you give up first, and why? #shelfchat")
    talk.say(2, "ann", "Monday mornings #shelfchat")
    agenda = (
        Question(label="1", text="Which hours would you give up first, and why?", by="agenda"),
    )
    assert find_questions(chat, talk.posts, agenda).questions == (
        ask("1", agenda[0].text, 0, "p1", by="agenda"),
    )


def test_a_named_moderator_stays(chat: Chat, evening: Any) -> None:
    named = msgspec.structs.replace(chat, moderators=(Moderator(author="boss", by="person"),))
    assert find_questions(named, evening.posts).moderators == (
        Moderator(author="boss", by="person"),
        Moderator(author="host_lib"),
    )


def test_questions_of_other_languages(chat: Chat, talk: Any) -> None:
    talk.say(0, "haus", "Frage 1: Wann habt ihr offen? #regalchat")
    talk.say(2, "ann", "A1: Von neun bis fünf #regalchat")
    talk.say(10, "haus", "Frage 2: Was kostet es euch, länger zu öffnen? #regalchat")
    talk.say(20, "haus", "F3: Welche Hilfe braucht ihr dafür? #regalchat")
    assert [(q.label, q.text) for q in find_questions(chat, talk.posts).questions] == [
        ("1", "Wann habt ihr offen?"),
        ("2", "Was kostet es euch, länger zu öffnen?"),
        ("3", "Welche Hilfe braucht ihr dafür?"),
    ]


def test_no_posts_no_questions(chat: Chat) -> None:
    found = find_questions(chat, [])
    assert (found.numbered, found.questions, found.moderators) == (False, (), ())
