"""Kinds of post are told apart by what they say, in several languages."""

from __future__ import annotations

from typing import Any

import pytest

from chinwag.model import Chat
from chinwag.steps.judging.judgements import judge_kind
from chinwag.steps.judging.surroundings import ANYWHERE, Surroundings
from chinwag.steps.kinds.kinds import tell_kind
from chinwag.steps.placing import place_posts
from chinwag.steps.questions import find_questions
from chinwag.steps.reading import ReadPost

# When such a post is said, and by whom, mostly.
USUAL = {
    "greeting": Surroundings(early=True),
    "spam": Surroundings(waited=100.0),
    "thanks": Surroundings(first=False, closing=True, waited=900.0),
    "housekeeping": Surroundings(first=False, host=True, waited=500.0),
    "announcement": Surroundings(first=False, host=True, early=True),
}


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
        ("housekeeping", "Question 4 is on the way #shelfchat"),
        ("housekeeping", "Here we go with question three, and keep talking #shelfchat"),
        ("housekeeping", "Q6. coming right up! #shelfchat"),
        ("housekeeping", "Only five minutes to our final question! #shelfchat"),
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
    assert tell_kind(ReadPost(talk.say(0, "bo", text)), USUAL.get(kind, ANYWHERE)) == kind


@pytest.mark.parametrize(
    "text", ["A kettle", "We lend tools", "Chairs on wheels", "Longer Sundays", "Quiet corners"]
)
def test_a_first_answer_of_few_words_is_no_greeting(talk: Any, text: str) -> None:
    read = ReadPost(talk.say(0, "bo", f"{text} #shelfchat"))
    assert tell_kind(read, Surroundings(waited=60.0)) == "answer"


NUMBERED = [
    "A1: Weight loss injections, every single day: our leaflet is at https://a.example/b",
    "A1: Betting shops near the clinic; we mapped them https://a.example/b",
    "A1: Free download of our school menus helped most https://a.example/b",
    "A1: Use the hashtag!",
    "A1: Good night stories, read by grandparents",
    "A1: Thanks everyone, that was a great chat!",
    "A1: Hello all, Ann from Leeds here",
    "A1: Next chat: Tuesday 7 April, 8pm https://a.example/b",
    "A1: Essays from $9 in 3 hours, order now!! https://a.example/b",
]


@pytest.mark.parametrize("text", NUMBERED)
def test_a_label_outranks_what_the_words_look_like(evening: Any, chat: Chat, text: str) -> None:
    numbered = evening.say(8.5, "fay", f"{text} #shelfchat")
    placements = place_posts(find_questions(chat, evening.posts), evening.posts)
    told = {one.post: (one.question, one.by, one.kind) for one in placements}
    assert told[numbered.id] == ("1", "label", "answer")


def test_a_stranger_who_sells_is_spam_unless_the_post_bears_a_number(
    evening: Any, chat: Chat
) -> None:
    text = "Get 5000 free followers today, click here! https://a.example/b #shelfchat"
    sold = evening.say(8.5, "fay", text)
    numbered = evening.say(8.6, "gus", f"A1: {text}")
    placements = place_posts(find_questions(chat, evening.posts), evening.posts)
    told = {one.post: (one.question, one.kind) for one in placements}
    assert [told[sold.id], told[numbered.id]] == [(None, "spam"), ("1", "answer")]


@pytest.mark.parametrize(
    ("text", "amid", "change", "kind"),
    [
        (
            "Hello! A long day, but here with tea, biscuits and two sleepy cats",
            {"first": False},
            {"first": True, "early": True, "waited": None},
            "greeting",
        ),
        (
            "Ruth Amber, weaver and father of two, Oslo",
            {"first": False},
            {"first": True},
            "greeting",
        ),
        ("Halfway, and my tea is cold. Q6 is in two parts", {}, {"host": True}, "housekeeping"),
        (
            "Great discussion tonight, I learned a lot",
            {},
            {"closing": True, "waited": 900.0},
            "thanks",
        ),
    ],
)
def test_who_says_it_and_when_tells_a_kind(
    talk: Any, text: str, amid: dict[str, Any], change: dict[str, Any], kind: str
) -> None:
    read = ReadPost(talk.say(0, "bo", text))
    usual = {"first": False, "waited": 300.0} | amid
    likely = [judge_kind(read, Surroundings(**usual))[kind]]
    likely.append(judge_kind(read, Surroundings(**(usual | change)))[kind])
    assert likely[0] < likely[1]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("We do so on Sundays, as the council asked https://twitter.com/ann/status/12345", "reply"),
        ("We do so on Sundays, as the council asked https://x.com/ann", "answer"),
        ("“@ann We open on Sundays” and we do so, as the council asked", "reply"),
        ("“We open on Sundays” and we do so, as the council asked", "answer"),
        ("We do so https://glam.example/@ann/1234567 on Sundays", "reply"),
        ("We do so, as bsky.app/profile/ann.example/post/abc has it, on Sundays", "reply"),
    ],
)
def test_who_quotes_or_shows_a_post_replies(talk: Any, text: str, kind: str) -> None:
    assert tell_kind(ReadPost(talk.say(0, "bo", text))) == kind


def test_whoever_replies_to_an_asking_post_answers(evening: Any, chat: Chat) -> None:
    asked = evening.posts[3].id
    said = [
        evening.say(9, "bo", "@host_lib Nine to five, and nobody decides", reply_to=asked),
        evening.say(9.5, "cy", "@bo Nine to five, and nobody decides", reply_to="p6"),
    ]
    placed = place_posts(find_questions(chat, evening.posts), evening.posts)
    kinds = {one.post: one.kind for one in placed}
    assert [kinds[post.id] for post in said] == ["answer", "reply"]


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
        evening.say(47, "ann", "Good night all! #shelfchat"),
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
