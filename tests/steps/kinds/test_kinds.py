"""Kinds of post are told apart by what they say, in several languages."""

from __future__ import annotations

from typing import Any

import pytest

from chinwag.model import Chat
from chinwag.steps.kinds.kinds import Setting, tell_kind
from chinwag.steps.placing import place_posts
from chinwag.steps.questions import find_questions
from chinwag.steps.reading import ReadPost


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("greeting", "Hi all! #shelfchat"),
        ("greeting", "Hello everyone, Ann from Leeds here #shelfchat"),
        ("greeting", "Guten Abend zusammen! #shelfchat"),
        ("greeting", "Bonsoir à tous #shelfchat"),
        ("greeting", "¡Hola! #shelfchat"),
        ("greeting", "Merhaba arkadaşlar #shelfchat"),
        ("greeting", "I have to run, good night! #shelfchat"),
        (
            "greeting",
            "Sorry folks, I have to leave early tonight, but I look forward to reading what I"
            " missed when the transcript is out tomorrow! #shelfchat",
        ),
        ("answer", "We have to leave early shifts to students, nobody else can #shelfchat"),
        ("spam", "Download now => https://books.example/x\n====\nEBOOK The Quick Guide #shelfchat"),
        ("thanks", "Thanks everyone for a great #shelfchat!"),
        ("thanks", "Merci à toutes et à tous #shelfchat"),
        ("thanks", "Vielen Dank! #shelfchat"),
        ("thanks", "Muchas gracias por el chat #shelfchat"),
        ("thanks", "Obrigada a todos #shelfchat"),
        ("thanks", "Grazie mille #shelfchat"),
        ("thanks", "Teşekkürler! #shelfchat"),
        ("thanks", "Thanks to our host for a lovely hour #shelfchat"),
        ("answer", "Thanks to @ann, I learned how doors are counted #shelfchat"),
        ("housekeeping", "Q2 coming up! #shelfchat"),
        ("housekeeping", "Please remember to use the hashtag #shelfchat"),
        ("housekeeping", "#shelfchat starts in 15 minutes!"),
        ("housekeeping", "We will be using a Q1/A1 format #shelfchat"),
        ("agreement", "@ann This! #shelfchat"),
        ("agreement", "@ann so true"),
        ("agreement", "+1 #shelfchat"),
        ("agreement", "👏👏👏"),
        ("agreement", "@ann genau!"),
        (
            "announcement",
            "Registration for our spring school is open https://a.example/b #shelfchat",
        ),
        ("announcement", "The #CFP for our summit is now open, more at the usual place #shelfchat"),
        ("announcement", "Hope to see y'all there! #shelfchat https://t.co/abc123"),
        ("greeting", "Ann Lee science consultant Grand Rapids MI #shelfchat"),
        ("greeting", "Happy New Year everyone #shelfchat"),
        ("greeting", "Feliz año a todos #shelfchat"),
        ("greeting", "Ah no!!! I missed #shelfchat"),
        ("answer", "I missed the part on heating, how do you pay for it? #shelfchat"),
        ("reply", "Yes, and it is cheap for members, too. #shelfchat https://t.co/abc123"),
        ("reply", "You bring up a fine point @bo, we found the same in March #shelfchat"),
        ("reply", "Genau, so machen wir das in Leeds auch #shelfchat https://t.co/abc123"),
        ("reply", "“@bo: A2 the word is playful” and a different one may be needed #shelfchat"),
        ("answer", "Our list of sources is long: https://t.co/abc123 #shelfchat"),
        ("greeting", "Wanda, chemistry teacher from Leeds, sorry I am late! #shelfchat"),
        ("greeting", "Noswaith dda, bawb #shelfchat"),
        ("greeting", "Have a safe and happy weekend #shelfchat"),
        ("greeting", "@ann Welcome, Ann! #shelfchat"),
        ("thanks", "Diolch yn fawr #shelfchat"),
        ("housekeeping", "Today's #shelfchat transcript can be found at"),
        ("housekeeping", "To follow along please use this tag --> #shelfchat"),
        ("agreement", "This is a great resource! #shelfchat"),
        ("agreement", "@ann +1 to that one"),
        ("announcement", "Chatting at the top of the hour, hope you'll join us #shelfchat"),
        ("announcement", "Next #shelfchat: Tuesday 7 April, 8pm, with a guest https://a.example/b"),
        ("announcement", "Only ten tickets left for the spring school #shelfchat"),
        ("spam", "Struggling with homework? Essays from $9 in 3 hours, order now! #shelfchat"),
        ("spam", "Get 5000 free followers, click here https://a.example/b #shelfchat"),
        ("reply", "@ann How many guards do you pay? #shelfchat"),
        ("answer", "We open at noon on Sundays #shelfchat"),
        (
            "answer",
            "A1: Thanks to volunteers we open on Sundays, and they run the till, too #shelfchat",
        ),
        (
            "answer",
            "Thanks to our council we stayed open. It pays for the heating, the till and two guards. #shelfchat",
        ),
        ("answer", "Hello Kitty books are what children in our town borrow most of all #shelfchat"),
        (
            "answer",
            "Students want essays marked within 3 days, and that costs us £9 each #shelfchat",
        ),
        ("answer", "There is an old fear lurking in our rules #shelfchat"),
        ("answer", "We use #openshelf and it has made lending easier #shelfchat"),
        ("answer", "Looking forward to lending more tools next spring #shelfchat"),
        (
            "answer",
            "Another teacher from Leeds told us that buses decide when children read #shelfchat",
        ),
        ("answer", "A book that helped us: https://a.example/book #shelfchat"),
    ],
)
def test_what_a_post_says_tells_its_kind(talk: Any, kind: str, text: str) -> None:
    assert tell_kind(ReadPost(talk.say(0, "bo", text))) == kind


NUMBERED = [
    "A1: Weight loss injections, every single day: our leaflet is at https://a.example/b",
    "A1: Betting shops near the clinic; we mapped them https://a.example/b",
    "A1: Free download of our school menus helped most https://a.example/b",
    "A1: Use the hashtag!",
    "A1: Good night stories, read by grandparents",
]


@pytest.mark.parametrize("text", NUMBERED)
def test_a_label_outranks_what_the_words_look_like(evening: Any, chat: Chat, text: str) -> None:
    numbered = evening.say(8.5, "fay", f"{text} #shelfchat")
    placements = place_posts(find_questions(chat, evening.posts), evening.posts)
    told = {one.post: (one.question, one.by, one.kind) for one in placements}
    assert told[numbered.id] == ("1", "label", "answer")


def test_without_its_label_what_sells_is_spam(evening: Any, chat: Chat) -> None:
    sold = evening.say(8.5, "fay", NUMBERED[0].removeprefix("A1: "))
    placements = place_posts(find_questions(chat, evening.posts), evening.posts)
    told = {one.post: (one.question, one.kind) for one in placements}
    assert told[sold.id] == (None, "spam")


def test_people_introduce_themselves_once(talk: Any) -> None:
    post = talk.say(0, "bo", "I'm Bo, in charge of the night desk and of two cats")
    assert [tell_kind(ReadPost(post), Setting(first=first)) for first in (True, False)] == [
        "greeting",
        "answer",
    ]


def test_hello_before_the_first_question_is_a_greeting_at_any_length(talk: Any) -> None:
    post = talk.say(0, "bo", "Hello! A long day, but here with tea, biscuits and two sleepy cats")
    assert [tell_kind(ReadPost(post), Setting(early=early)) for early in (True, False)] == [
        "greeting",
        "answer",
    ]


def test_a_hosts_words_on_the_run_of_the_chat_are_housekeeping(talk: Any) -> None:
    post = talk.say(0, "host_lib", "Halfway, and my tea is cold. Q6 is in two parts #shelfchat")
    assert [tell_kind(ReadPost(post), Setting(host=host)) for host in (True, False)] == [
        "housekeeping",
        "answer",
    ]


def test_praise_of_the_chat_is_thanks_when_it_closes(talk: Any) -> None:
    post = talk.say(0, "bo", "Great discussion tonight, I learned a lot #shelfchat")
    assert [tell_kind(ReadPost(post), Setting(closing=closing)) for closing in (True, False)] == [
        "thanks",
        "answer",
    ]


def test_whoever_replies_to_an_asking_post_answers(talk: Any) -> None:
    post = talk.say(0, "bo", "@host_lib Nine to five, and nobody decides #shelfchat")
    assert [tell_kind(ReadPost(post), Setting(answers=answers)) for answers in (True, False)] == [
        "answer",
        "reply",
    ]


def test_what_is_no_part_of_the_talk_has_no_question(chat: Chat, evening: Any) -> None:
    said = [
        evening.say(14, "host_lib", "How it works: we ask Q1, you answer A1. #shelfchat"),
        evening.say(
            21, "cheap", "Struggling with deadlines? Essays from $9 in 3 hours! Click #shelfchat"
        ),
        evening.say(29, "host_lib", "Q3 next, and I expect a fight. Be kind. #shelfchat"),
        evening.say(40, "bo", "Thank you all! I leave with ten pages of A4 notes #shelfchat"),
        evening.say(
            46, "host_lib", "Next #shelfchat: Tuesday 7 April, 8pm: https://a.example/next"
        ),
        evening.say(47, "ann", "Night all! #shelfchat"),
    ]
    placed = {p.post: p for p in place_posts(find_questions(chat, evening.posts), evening.posts)}
    assert [(placed[post.id].kind, placed[post.id].question) for post in said] == [
        ("housekeeping", None),
        ("spam", None),
        ("housekeeping", None),
        ("thanks", None),
        ("announcement", None),
        ("greeting", None),
    ]
