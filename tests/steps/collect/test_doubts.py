"""What looks wrong in an agenda is said; what the hosts asked besides is never lost."""

from __future__ import annotations

import pytest
from tests.steps.conftest import Talk

from chinwag.model import Chat, make_note
from chinwag.steps.collect import read_agenda
from chinwag.steps.collect.doubts import doubt_agenda
from chinwag.steps.questions import find_questions

ASKED = (
    "What tool do people borrow most?",
    "What comes back broken?",
    "Who mends it, and when?",
    "How do you keep count of it all?",
    "Where will the shed be next year?",
)


def ask(talk: Talk, agenda: str) -> Chat:
    """Say a chat of five questions; return it with those of an agenda and those found."""
    for at, asked in enumerate(ASKED):
        talk.say(10 * at, "host", f"Q{at + 1}: {asked} #shedchat")
        talk.say(10 * at + 1, "nell", f"A{at + 1}: the cordless drill #shedchat")
        talk.say(10 * at + 2, "odo", f"A{at + 1}: the hedge trimmer #shedchat")
    chat = Chat(series="#shedchat", hashtag="shedchat", title="")
    return find_questions(chat, talk.posts, read_agenda(agenda))


def test_an_agenda_of_two_loses_none_of_five_questions(talk: Talk) -> None:
    chat = ask(talk, f"1. {ASKED[0]}\n3. {ASKED[2]}\n")
    assert [(one.label, one.text, one.by) for one in chat.questions] == [
        (str(at + 1), asked, "agenda" if at in (0, 2) else "posts")
        for at, asked in enumerate(ASKED)
    ]
    assert doubt_agenda(chat, talk.posts) == tuple(
        make_note("agenda-lacks", label=str(at + 1), text=ASKED[at]) for at in (1, 3, 4)
    )


def test_a_guest_who_asks_by_a_number_adds_no_question(talk: Talk) -> None:
    agenda = "".join(f"{at}. {asked}\n" for at, asked in enumerate(ASKED, 1))
    talk.say(60, "guest", "Q6: Is there a van that we could borrow? #shedchat")
    chat = ask(talk, agenda)
    assert [one.label for one in chat.questions] == ["1", "2", "3", "4", "5"]
    assert doubt_agenda(chat, talk.posts) == ()


@pytest.mark.parametrize(
    ("first", "code"),
    [
        ("A chat on tools", "agenda-title"),
        ("13 October 2026", "agenda-no-words"),
        ("https://a.example/agenda", "agenda-no-words"),
    ],
)
def test_what_is_hardly_a_question_is_doubted(first: str, code: str) -> None:
    questions = read_agenda(f'questions = ["{first}", "Why maps?", "Why not?"]')
    chat = Chat(series="#shedchat", hashtag="shedchat", title="", questions=questions)
    assert doubt_agenda(chat) == (make_note(code, label="1", text=first),)


def test_other_words_and_other_numbers_are_said(talk: Talk) -> None:
    agenda = f"1. {ASKED[1]}\n3. Whose job is mending, and on which days of the week?\n"
    chat = ask(talk, agenda)
    third = chat.questions[2]
    assert (third.label, third.text) == (
        "3",
        "Whose job is mending, and on which days of the week?",
    )
    codes = [(note.code, note.parts["label"]) for note in doubt_agenda(chat, talk.posts)]
    assert ("agenda-numbers-otherwise", "1") in codes
    assert ("agenda-words-otherwise", "3") in codes
