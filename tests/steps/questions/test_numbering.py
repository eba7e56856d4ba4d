"""However a host numbers: every question is found in its words, every answer under its number."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.steps.conftest import Talk

from chinwag.model import Chat, Post
from chinwag.steps.placing import place_posts
from chinwag.steps.questions import find_questions
from chinwag.steps.reading.read_post import read_in_time

ASKED = ("What comes back broken?", "Who mends it, and when?", "Are you ready for the next move?")
ANSWERED = (
    ("The cordless drill, every weekend", "Hedge trimmers in July", "Drill bits, always blunt"),
    ("Two of us on the first Monday", "A retired joiner, who likes it", "Nobody yet"),
    ("We need a bigger shed", "The shelves first", "A van would help us"),
)
PEOPLE = ("nell", "odo", "wim")

# Three labels of questions and three of answers, as hosts and guests write them; "" for none.
WAYS = [
    ("Q1/3|Q2/3|Q3/3", "A1|A2|A3"),
    ("Q1/3:|Q2/3:|Q3/3:", "A1/3|A2/3|A3/3"),
    ("Q1 of 3:|Q2 of 3:|Q3 of 3:", "A1:|A2:|A3:"),
    ("Question One:|Question Two:|Question Three:", "A1:|A2:|A3:"),
    ("QUESTION ONE -|QUESTION TWO -|QUESTION THREE -", ""),
    ("Q one|Q two|Q three", "A one|A two|A three"),
    ("Question the first:|Question the second:|Question the third:", "A1:|A2:|A3:"),
    ("Question #1:|Question #2:|Question #3:", "Answer #1:|Answer #2:|Answer #3:"),
    ("Question no. 1:|Question no. 2:|Question no. 3:", "A1|A2|A3"),
    ("Question A:|Question B:|Question C:", "Answer A:|Answer B:|Answer C:"),
    ("First question:|Second question:|Third question:", ""),
    ("Our first question tonight:|Our second question tonight:|Our third question tonight:", ""),
    ("1st question:|2nd question:|3rd question:", "A1|A2|A3"),
    ("First:|Second:|Third:", ""),
    ("One:|Two:|Three:", "One:|Two:|Three:"),
    ("V1:|V2:|V3:", "A1:|A2:|A3:"),
    ("F1:|F2:|F3:", "S1:|S2:|S3:"),
    ("S1:|S2:|S3:", "S1:|S2:|S3:"),
    ("K1:|K2:|K3:", "V1:|V2:|V3:"),
    ("P1:|P2:|P3:", "O1:|O2:|O3:"),
    ("D1:|D2:|D3:", "R1:|R2:|R3:"),
    ("В1:|В2:|В3:", "О1:|О2:|О3:"),
    ("Ε1:|Ε2:|Ε3:", "Α1:|Α2:|Α3:"),
    ("ש1:|ש2:|ש3:", "ת1:|ת2:|ת3:"),
    ("س١:|س٢:|س٣:", "ج١:|ج٢:|ج٣:"),
    ("שאלה 1:|שאלה 2:|שאלה 3:", "תשובה 1:|תשובה 2:|תשובה 3:"),
    ("Ερώτηση 1:|Ερώτηση 2:|Ερώτηση 3:", "Απάντηση 1:|Απάντηση 2:|Απάντηση 3:"),
    ("Вопрос 1:|Вопрос 2:|Вопрос 3:", "Ответ 1:|Ответ 2:|Ответ 3:"),
    ("Fråga 1:|Fråga 2:|Fråga 3:", "Svar 1:|Svar 2:|Svar 3:"),
    ("Frage eins:|Frage zwei:|Frage drei:", "Antwort eins:|Antwort zwei:|Antwort drei:"),
    ("1. Frage:|2. Frage:|3. Frage:", "1. Antwort:|2. Antwort:|3. Antwort:"),
    ("Primera pregunta:|Segunda pregunta:|Tercera pregunta:", "R1:|R2:|R3:"),
    ("1ª pregunta:|2ª pregunta:|3ª pregunta:", "R1:|R2:|R3:"),
    ("Première question :|Deuxième question :|Troisième question :", "R1 :|R2 :|R3 :"),
    ("प्रश्न १:|प्रश्न २:|प्रश्न ३:", "उत्तर १:|उत्तर २:|उत्तर ३:"),
    ("問１：|問２：|問３：", "答１：|答２：|答３："),
    ("问题一：|问题二：|问题三：", "回答一：|回答二：|回答三："),
    ("第一题：|第二题：|第三题：", "答一：|答二：|答三："),
    ("第1問：|第2問：|第3問：", ""),
    ("一、|二、|三、", "一、|二、|三、"),
    ("1番：|2番：|3番：", "1番：|2番：|3番："),
    ("질문1:|질문2:|질문3:", "답변1:|답변2:|답변3:"),
    ("1️⃣|2️⃣|3️⃣", "1️⃣|2️⃣|3️⃣"),
    ("1️⃣|2️⃣|3️⃣", ""),
    ("Q1️⃣|Q2️⃣|Q3️⃣", "A1️⃣|A2️⃣|A3️⃣"),
    ("①|②|③", "①|②|③"),
    ("❶|❷|❸", "❶|❷|❸"),
    ("Q①|Q②|Q③", "A①|A②|A③"),
    ("⑴|⑵|⑶", "⑴|⑵|⑶"),
    ("🥇|🥈|🥉", ""),
    ("Q¹|Q²|Q³", "A¹|A²|A³"),
    ("Q₁:|Q₂:|Q₃:", "A₁:|A₂:|A₃:"),
    ("QI|QII|QIII", "AI|AII|AIII"),
    ("Q.I:|Q.II:|Q.III:", "A.I:|A.II:|A.III:"),
    ("I.|II.|III.", "I.|II.|III."),
    ("Ⅰ|Ⅱ|Ⅲ", "Ⅰ|Ⅱ|Ⅲ"),
    ("1.|2.|3.", "1.|2.|3."),
    ("1.|2.|3.", "A1|A2|A3"),
    ("1.|2.|3.", ""),
    ("1)|2)|3)", "1)|2)|3)"),
    ("(1)|(2)|(3)", "(1)|(2)|(3)"),
    ("[1]|[2]|[3]", "[1]|[2]|[3]"),
    ("1 -|2 -|3 -", "1 -|2 -|3 -"),
    ("#1|#2|#3", "#1|#2|#3"),
    ("№1|№2|№3", "№1|№2|№3"),
    ("**1.**|**2.**|**3.**", "**1.**|**2.**|**3.**"),
    ("*Q1*|*Q2*|*Q3*", "*A1*|*A2*|*A3*"),
    ("A.|B.|C.", "A.|B.|C."),
    ("α)|β)|γ)", "α)|β)|γ)"),
    ("א.|ב.|ג.", "א.|ב.|ג."),
    ("SLQ1|SLQ2|SLQ3", "SLA1|SLA2|SLA3"),
    ("shelfQ1:|shelfQ2:|shelfQ3:", "shelfA1:|shelfA2:|shelfA3:"),
    ("#shelfQ1|#shelfQ2|#shelfQ3", "#shelfA1|#shelfA2|#shelfA3"),
    ("#Q1|#Q2|#Q3", "#A1|#A2|#A3"),
    ("Q.1|Q.2|Q.3", "A.1|A.2|A.3"),
    ("Q-1|Q-2|Q-3", "A-1|A-2|A-3"),
    ("Q#1|Q#2|Q#3", "A#1|A#2|A#3"),
    ("Q№1|Q№2|Q№3", "A№1|A№2|A№3"),
    ("Q_1|Q_2|Q_3", "A_1|A_2|A_3"),
    ("Q(1)|Q(2)|Q(3)", "A(1)|A(2)|A(3)"),
    ("Q:1|Q:2|Q:3", "A:1|A:2|A:3"),
    ("𝗤𝟭|𝗤𝟮|𝗤𝟯", "𝗔𝟭|𝗔𝟮|𝗔𝟯"),
    ("Ｑ１|Ｑ２|Ｑ３", "Ａ１|Ａ２|Ａ３"),
    ("🅠1|🅠2|🅠3", "🅐1|🅐2|🅐3"),
    ("ꞯ1|ꞯ2|ꞯ3", "ᴀ1|ᴀ2|ᴀ3"),
    ("❓Q1|❓Q2|❓Q3", "💬A1|💬A2|💬A3"),
    ("👉 1.|👉 2.|👉 3.", "👉 1.|👉 2.|👉 3."),
    ("“Q1:|“Q2:|“Q3:", "A1:|A2:|A3:"),
    ("Q1a|Q2a|Q3a", "A1a|A2a|A3a"),
    ("Prompt 1:|Prompt 2:|Prompt 3:", ""),
    ("Discussion point 1:|Discussion point 2:|Discussion point 3:", ""),
    ("Time for question one:|Time for question two:|Time for question three:", "A1|A2|A3"),
]


def hold(talk: Talk, way: tuple[str, str], number: int) -> Sequence[Post]:
    """Say a chat of so many questions, each with three answers and a reply."""
    asking, answering = (labels.split("|") if labels else [""] * 3 for labels in way)
    talk.say(0, "host", "Welcome to the chat on tool libraries #shedchat")
    for at in range(number):
        begins = 5 + 10 * at
        talk.say(begins, "host", f"{asking[at]} {ASKED[at]} #shedchat")
        for late, (person, words) in enumerate(zip(PEOPLE, ANSWERED[at], strict=True), 1):
            said = talk.say(begins + late, person, f"{answering[at]} {words} #shedchat".lstrip())
        more = {"reply_to": said.id, "reply_to_author": said.author}
        talk.say(begins + 4, "nell", "@wim and with a flat battery, too #shedchat", **more)
    talk.say(40, "host", "Thanks all, see you in April #shedchat")
    return talk.posts


@pytest.mark.parametrize("number", [2, 3])
@pytest.mark.parametrize("way", WAYS, ids=[asking for asking, _answering in WAYS])
def test_questions_and_answers_are_found_as_they_are_numbered(
    begin_talk: type[Talk], way: tuple[str, str], number: int
) -> None:
    posts = hold(begin_talk(), way, number)
    chat = find_questions(Chat(series="#shedchat", hashtag="shedchat", title=""), posts)
    placed = place_posts(chat, posts)
    labels = [question.label for question in chat.questions]
    assert [(question.text, question.posts) for question in chat.questions] == [
        (ASKED[at], (posts[1 + 5 * at].id,)) for at in range(number)
    ]
    assert [one.question for one in placed] == [
        None,
        *(label for label in labels for _post in range(5)),
        None,
    ]


def tell(posts: Sequence[Post]) -> tuple[list[str], list[str | None]]:
    """Return the labels of a chat's questions, and the question of each post."""
    chat = find_questions(Chat(series="#shedchat", hashtag="shedchat", title=""), posts)
    placed = place_posts(chat, posts)
    return [f"{one.label} {one.text}" for one in chat.questions], [one.question for one in placed]


def number(talk: Talk, asks: str, *, early: str = "", silent: str = "") -> bool:
    """Return whether a host's mark that alone says nothing is read as a question's number.

    `asks` tells for each number whether a question mark stands beside it; `early` are the numbers
    that a guest uses before the host, `silent` those after which nobody else speaks.
    """
    for at, mark in enumerate(asks, 1):
        if str(at) in early:
            talk.say(10 * at, "odo", f"V{at}: the cordless drill #shedchat")
        words = "What comes back broken?" if mark == "?" else "Tools that come back broken"
        talk.say(10 * at + 1, "host", f"V{at}: {words} #shedchat")
        if str(at) not in silent:
            talk.say(10 * at + 2, "nell", "Hedge trimmers, mostly #shedchat")
    reads = read_in_time(talk.posts)
    roles = [[label.role for label in read.labels] for read in reads if read.author == "host"]
    assert roles in ([["question"]] * len(asks), [[]] * len(asks))
    return bool(roles[0])


@pytest.mark.parametrize(
    ("asks", "early", "silent", "numbered"),
    [
        ("??..", "", "", False),  # half of them ask: no row of questions
        ("???.", "", "", True),
        ("???", "1", "", True),  # first with two thirds of the numbers
        ("???...", "123", "", False),
        ("???", "", "1", True),  # others speak in half of the gaps
        ("????", "", "12", False),
        ("???", "", "123", False),
    ],
)
def test_who_rises_through_the_numbers_and_asks_numbers_the_questions(
    talk: Talk, asks: str, early: str, silent: str, numbered: bool
) -> None:
    assert number(talk, asks, early=early, silent=silent) is numbered


def test_a_list_in_several_posts_numbers_no_answers(talk: Talk) -> None:
    talk.say(0, "host", "Q1: What comes back broken? #shedchat")
    talk.say(1, "nell", "A1: the cordless drill #shedchat")
    talk.say(10, "host", "Q2: Who mends it, and when? #shedchat")
    talk.say(11, "odo", "1. Somebody writes down what is broken #shedchat")
    talk.say(12, "odo", "2. The joiner comes on Monday #shedchat")
    talk.say(13, "odo", "3. Somebody writes down what it cost #shedchat")
    talk.say(14, "nell", "A2: nobody yet #shedchat")
    assert tell(talk.posts) == (
        ["1 What comes back broken?", "2 Who mends it, and when?"],
        ["1", "1", "2", "2", "2", "2", "2"],
    )


def test_without_a_letter_one_notation_is_one_series(talk: Talk) -> None:
    """What a host lists by "1." and "2." is no part of what the same host asks by signs."""
    talk.say(0, "host", "① What comes back broken? #shedchat")
    talk.say(1, "nell", "① the cordless drill #shedchat")
    talk.say(2, "host", "1. Oil the blades when they come back #shedchat")
    talk.say(3, "odo", "So do we #shedchat")
    talk.say(4, "host", "2. Write down who has what, will you? #shedchat")
    talk.say(5, "wim", "① drill bits #shedchat")
    talk.say(10, "host", "② Who mends it, and when? #shedchat")
    talk.say(11, "nell", "② nobody yet #shedchat")
    talk.say(12, "wim", "② a retired joiner #shedchat")
    assert tell(talk.posts) == (
        ["1 What comes back broken?", "2 Who mends it, and when?"],
        ["1"] * 6 + ["2"] * 3,
    )


@pytest.mark.parametrize(
    "lines",
    [
        ("1/2 Our shed is full of drills.", "2/2 Would you lend one out for a week?"),
        ("Tip 1: oil the blades.", "Tip 2: write down who has what."),
        ("12 March is our next day.", "13 March is too late."),
        ("2-1 to the shed team!", "3-1 to the shed team!"),
        ("3-D printers break.", "4-H clubs borrow a lot."),
        ("1. Oil it 2. Lend it", "2. Take it back 3. Oil it"),
        ("I think so.", "II is the better shed."),
        ("A1 is closed again.", "A2 is slow today."),
        ("10:30 is fine.", "11:00 is fine."),
    ],
)
def test_what_only_looks_like_numbering_asks_nothing(
    begin_talk: type[Talk], lines: tuple[str, str]
) -> None:
    plain, numbered = begin_talk(), begin_talk()
    for talk, first, second in ((plain, "Hm.", "Well."), (numbered, *lines)):
        talk.say(0, "host", "Q1: What comes back broken? #shedchat")
        talk.say(1, "nell", f"{first} #shedchat")
        talk.say(2, "wim", "A1: the cordless drill #shedchat")
        talk.say(10, "host", "Q2: Who mends it, and when? #shedchat")
        talk.say(11, "nell", f"{second} #shedchat")
        talk.say(12, "wim", "A2: nobody yet #shedchat")
    assert tell(numbered.posts)[0] == tell(plain.posts)[0]


@pytest.mark.parametrize(
    "short",
    [
        "What comes back broken?",
        "What comes next?",
        "Who is ready?",
        "Why move?",
        "Ready to lend?",
        "What follows now?",
        "Your next move?",
        "What would you repeat soon?",
    ],
)
def test_a_short_question_of_a_short_chat_is_one(begin_talk: type[Talk], short: str) -> None:
    talk = begin_talk()
    talk.say(0, "host", "Q1: What tool do people borrow most? #shedchat")
    talk.say(1, "nell", "A1: the cordless drill #shedchat")
    talk.say(2, "odo", "A1: the hedge trimmer #shedchat")
    talk.say(10, "host", f"Q2: {short} #shedchat")
    talk.say(11, "nell", "A2: the drill bits, blunt #shedchat")
    talk.say(12, "odo", "A2: the cables, cut #shedchat")
    assert tell(talk.posts) == (
        ["1 What tool do people borrow most?", f"2 {short}"],
        ["1", "1", "1", "2", "2", "2"],
    )


@pytest.mark.parametrize("announcing", ["Q2: ready?", "Q2: are you ready?", "Q2 coming up next!"])
def test_a_question_that_is_announced_is_the_one_that_follows(
    begin_talk: type[Talk], announcing: str
) -> None:
    talk = begin_talk()
    talk.say(0, "host", "Q1: What tool do people borrow most? #shedchat")
    talk.say(1, "nell", "A1: the cordless drill #shedchat")
    talk.say(9, "host", f"{announcing} #shedchat")
    talk.say(10, "host", "Q2: What comes back broken? #shedchat")
    talk.say(11, "nell", "A2: the drill bits, blunt #shedchat")
    assert tell(talk.posts)[0] == [
        "1 What tool do people borrow most?",
        "2 What comes back broken?",
    ]


@pytest.mark.parametrize(
    "asking",
    [
        "Q1.5 And who lends them out?",
        "Q1.5. And who lends them out?",
        "Q1: 5. And who lends them out?",
    ],
)
def test_what_people_answer_as_1_5_is_a_question_of_its_own(talk: Talk, asking: str) -> None:
    talk.say(0, "host", "Q1: What comes back broken? #shedchat")
    talk.say(1, "nell", "A1: the cordless drill #shedchat")
    talk.say(5, "wim", f"{asking} #shedchat")
    talk.say(6, "nell", "A1.5: the two of us #shedchat")
    talk.say(7, "odo", "A1.5. My sister and I #shedchat")
    talk.say(10, "host", "Q2: Who mends it, and when? #shedchat")
    talk.say(11, "odo", "A2: a retired joiner #shedchat")
    questions = ["1 What comes back broken?", "1.5 And who lends them out?"]
    assert tell(talk.posts) == (
        [*questions, "2 Who mends it, and when?"],
        ["1", "1", "1.5", "1.5", "1.5", "2", "2"],
    )


def test_a_part_that_is_asked_after_the_next_question_stays_with_its_own(talk: Talk) -> None:
    talk.say(0, "host", "Q1: What comes back broken? #shedchat")
    talk.say(1, "nell", "A1: the cordless drill #shedchat")
    talk.say(10, "host", "Q2: Who mends it, and when? #shedchat")
    talk.say(11, "odo", "A2: a retired joiner #shedchat")
    talk.say(12, "wim", "Q1.5 And who lends them out? #shedchat")
    talk.say(13, "nell", "A1.5: the two of us #shedchat")
    talk.say(14, "odo", "A1.5. My sister and I #shedchat")
    assert tell(talk.posts) == (
        ["1 What comes back broken?", "2 Who mends it, and when?"],
        ["1", "1", "2", "2", "1", "1", "1"],
    )


def test_the_only_asking_of_a_number_keeps_its_part(talk: Talk) -> None:
    talk.say(0, "host", "Q1: What comes back broken? #shedchat")
    talk.say(1, "nell", "A1: the cordless drill #shedchat")
    talk.say(10, "host", "Q2.7. Who mends it, and when? #shedchat")
    talk.say(11, "odo", "A2.7: a retired joiner #shedchat")
    assert tell(talk.posts) == (
        ["1 What comes back broken?", "2.7 Who mends it, and when?"],
        ["1", "1", "2.7", "2.7"],
    )


def test_a_part_that_nobody_answers_by_name_is_no_question(talk: Talk) -> None:
    talk.say(0, "host", "Q1: What comes back broken? #shedchat")
    talk.say(1, "nell", "A1: the cordless drill #shedchat")
    talk.say(10, "host", "Q2: Who mends it, and when? #shedchat")
    talk.say(12, "wim", "Q1.5 And who lends them out? #shedchat")
    talk.say(13, "nell", "A2: the two of us #shedchat")
    assert tell(talk.posts)[0] == ["1 What comes back broken?", "2 Who mends it, and when?"]


def ask_around(talk: Talk, *lines: tuple[float, str, str]) -> tuple[list[str], list[str | None]]:
    """Return what a chat tells whose first and third questions stand around some lines."""
    talk.say(0, "host", "Q1: What comes back broken? #shedchat")
    talk.say(1, "nell", "A1: the cordless drill #shedchat")
    talk.say(2, "odo", "A1 hedge trimmers in July #shedchat")
    for minute, author, text in lines:
        talk.say(minute, author, f"{text} #shedchat")
    talk.say(20, "host", "Q3: Are you ready for the next move? #shedchat")
    talk.say(21, "nell", "A3: we need a bigger shed #shedchat")
    talk.say(22, "odo", "A3 a van would help us #shedchat")
    questions, placed = tell(talk.posts)
    assert questions[0] == "1 What comes back broken?"
    assert questions[-1] == "3 Are you ready for the next move?"
    return questions[1:-1], placed[3:-3]


SAID = ((11.0, "nell", "A2: nobody yet"), (12.0, "wim", "A2: a retired joiner"))


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        (
            "Q2: Who mends the drills, on which day...",
            "...and who pays for the parts?",
            "Who mends the drills, on which day and who pays for the parts?",
        ),
        (
            "Q2: Who mends the drills, on which day",
            "(cont) and who pays for the parts?",
            "Who mends the drills, on which day and who pays for the parts?",
        ),
        (
            "Q2: Who mends the drills, and",
            "who pays for the parts?",
            "Who mends the drills, and who pays for the parts?",
        ),
        (
            "Q2: Who mends the drills, and who",
            "pays for them",
            "Who mends the drills, and who pays for them",
        ),
        (
            "Q2: Some mend on Mondays, some never.",
            "Q2 cont'd: Who pays for the parts in yours?",
            "Some mend on Mondays, some never. Who pays for the parts in yours?",
        ),
        (
            "Q2: Who mends the drills?",
            "And who pays for the parts?",
            "Who mends the drills? And who pays for the parts?",
        ),
    ],
)
def test_a_question_goes_on_in_its_hosts_next_post(
    talk: Talk, first: str, second: str, whole: str
) -> None:
    lines = ((10.0, "host", first), (10.5, "host", second), *SAID)
    assert ask_around(talk, *lines) == ([f"2 {whole}"], ["2"] * 4)


@pytest.mark.parametrize(
    ("minute", "author", "second"),
    [
        (13.0, "host", "and who pays for the parts?"),  # too late
        (11.5, "host", "And who pays for the parts?"),  # the first half could stand alone
        (10.5, "nell", "and who pays for the parts?"),
        (10.5, "host", "@nell and who pays for the parts?"),
        (10.5, "host", "Lovely drills, everybody!"),
    ],
)
def test_what_does_not_go_on_with_a_question_is_no_half_of_it(
    talk: Talk, minute: float, author: str, second: str
) -> None:
    lines = [(10.0, "host", "Q2: Who mends the drills?"), (minute, author, second), *SAID]
    assert ask_around(talk, *sorted(lines))[0] == ["2 Who mends the drills?"]


@pytest.mark.parametrize("apart", ["Q2: 7.", "Q2.7", "Q2.7:"])
def test_a_part_may_stand_apart_from_its_number(talk: Talk, apart: str) -> None:
    lines = (
        (10.0, "host", "Q2: Who mends the drills?"),
        (11.0, "nell", "A2: nobody yet"),
        (12.0, "host", f"{apart} Who pays for the parts?"),
        (13.0, "nell", "A2.7: nobody"),
        (14.0, "odo", "A2.7 all of us"),
    )
    assert ask_around(talk, *lines) == (
        ["2 Who mends the drills?", "2.7 Who pays for the parts?"],
        ["2", "2", "2.7", "2.7", "2.7"],
    )


def test_a_first_part_that_stands_apart_is_the_question_itself(talk: Talk) -> None:
    lines = (
        (10.0, "host", "Q2: 1. Who mends the drills?"),
        (11.0, "nell", "A2.1: nobody yet"),
        (12.0, "host", "Q2: 2. Who pays for the parts?"),
        (13.0, "nell", "A2.2: nobody"),
        (14.0, "odo", "A2.2 all of us"),
    )
    assert ask_around(talk, *lines) == (
        ["2 Who mends the drills?", "2.2 Who pays for the parts?"],
        ["2", "2", "2.2", "2.2", "2.2"],
    )


def test_parts_are_counted_past_nine(talk: Talk) -> None:
    tools = ["drill", "saw", "plane", "lathe", "vice", "rasp", "file", "awl", "jig", "press"]
    lines = []
    for part, tool in enumerate(tools, 1):
        begins = 5 + part
        lines += [
            (float(begins), "host", f"Q2.{part}: Who mends the {tool}?"),
            (begins + 0.3, "nell", f"A2.{part}: nobody"),
            (begins + 0.6, "odo", f"A2.{part} the {tool} is new"),
        ]
    labels = ["2", *(f"2.{part}" for part in range(2, 11))]
    assert ask_around(talk, *lines) == (
        [f"{label} Who mends the {tool}?" for label, tool in zip(labels, tools, strict=True)],
        [label for label in labels for _post in range(3)],
    )


@pytest.mark.parametrize(
    "game",
    [
        (5.0, "wim", "Question 5: is it glue, or is it string?"),  # before Q2, from a guest
        (14.0, "host", "A game: Question 5: which tool has teeth and no mouth?"),
        (14.0, "wim", "In our quiz Question 5 was: which tool has teeth and no mouth?"),
        (14.0, "odo", "I guess Question 5 is about string?"),
    ],
)
def test_a_guessing_game_about_a_number_asks_no_question(
    talk: Talk, game: tuple[float, str, str]
) -> None:
    lines = sorted(((10.0, "host", "Q2: Who mends the drills?"), *SAID, game))
    assert ask_around(talk, *lines)[0] == ["2 Who mends the drills?"]


def test_a_number_that_is_answered_is_a_question_however_it_came(talk: Talk) -> None:
    lines = (
        (10.0, "host", "Q2: Who mends the drills?"),
        *SAID,
        (14.0, "wim", "My own: Question 5: which tool has teeth and no mouth?"),
        (15.0, "nell", "A5: a saw"),
        (16.0, "odo", "A5: a rake"),
    )
    for minute, author, text in lines:
        talk.say(minute, author, f"{text} #shedchat")
    talk.say(0, "host", "Q1: What comes back broken? #shedchat")
    assert tell(talk.posts)[0] == [
        "1 What comes back broken?",
        "2 Who mends the drills?",
        "5 which tool has teeth and no mouth?",
    ]


@pytest.mark.parametrize("word", ["Slide", "Fig.", "Abb.", "Tableau", "図"])
def test_captions_are_no_questions(talk: Talk, word: str) -> None:
    talk.say(0, "host", "Welcome to our talk about sheds #shedchat")
    for at, asked in enumerate(ASKED, 1):
        talk.say(5 * at, "host", f"{word} {at}: {asked} #shedchat")
        talk.say(5 * at + 1, "nell", ANSWERED[at - 1][0] + " #shedchat")
        talk.say(5 * at + 2, "odo", ANSWERED[at - 1][1] + " #shedchat")
    questions = tell(talk.posts)[0]
    assert [asked for asked in ASKED if any(asked in one for one in questions)] == []
