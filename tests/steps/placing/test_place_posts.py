"""Every post gets one placement, with a reason; corrections stand and inform the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from chinwag.model import Chat, Placement, Post, make_note, quote_note
from chinwag.model.placement import KINDS
from chinwag.steps.placing import place_posts
from chinwag.steps.questions import find_questions
from chinwag.text.labels import strip_labels


def place(
    chat: Chat, posts: Sequence[Post], corrections: Sequence[Placement] = ()
) -> dict[str, Placement]:
    placements = place_posts(find_questions(chat, posts), posts, corrections)
    assert [placement.post for placement in placements] == [post.id for post in posts]
    return {placement.post: placement for placement in placements}


def test_every_post_of_the_evening(chat: Chat, evening: Any) -> None:
    placed = place(chat, evening.posts)
    assert {id_: (p.question, p.by, p.kind) for id_, p in placed.items()} == {
        "p1": (None, "time", "housekeeping"),
        "p2": (None, "time", "greeting"),
        "p3": (None, "time", "greeting"),
        "p4": ("1", "label", "question"),
        "p5": ("1", "label", "answer"),
        "p6": ("1", "label", "answer"),
        "p7": ("1", "time", "answer"),
        "p8": (None, "time", "housekeeping"),
        "p9": ("2", "label", "question"),
        "p10": ("2", "label", "answer"),
        "p11": ("2", "label", "answer"),
        "p12": ("2", "label", "answer"),
        "p13": ("3", "label", "question"),
        "p14": ("3", "label", "answer"),
        "p15": ("3", "label", "answer"),
        "p16": (None, "time", "thanks"),
    }
    assert placed["p5"].reason == make_note("says-label", label="A1")
    assert placed["p7"].reason == make_note("came-after", question="1", numbered=True, seconds=180)
    assert placed["p4"].reason == make_note("asks", question="1", numbered=True)
    assert placed["p16"].reason == make_note("thanks-only")


def test_a_host_who_tells_how_to_number_answers_nothing(chat: Chat, talk: Any) -> None:
    said = "Welcome! Say hello and where you are, then number your answers A1, A2... #shelfchat"
    welcome = talk.say(-2, "host", said)
    early = talk.say(-1, "ann", "A1: I cannot wait, keys #shelfchat")
    talk.say(0, "host", "Q1: What would you lend, and why? #shelfchat")
    talk.say(1, "bo", "A1: A drill that works, once a year is enough #shelfchat")
    talk.say(10, "host", "Q2: Where would people sit, and why? #shelfchat")
    own = talk.say(11, "host", "A2: On the stairs, as they do now #shelfchat")
    placed = place(chat, talk.posts)
    assert [placed[post.id].question for post in (welcome, early, own)] == [None, "1", "2"]
    assert placed[welcome.id].kind in ("greeting", "housekeeping")


def test_of_two_labels_the_reason_names_that_of_the_question(chat: Chat, evening: Any) -> None:
    both = evening.say(56, "gus", "A1 and A2: more light, and a lift #shelfchat")
    placed = place(chat, evening.posts)[both.id]
    assert placed.reason == make_note("says-label", label=f"A{placed.question}")


def test_a_label_outranks_time(chat: Chat, evening: Any) -> None:
    late = evening.say(55, "gus", "Catching up. A1: we never close #shelfchat")
    at_the_end = evening.say(56, "gus", "More than we have! #shelfchat A2")
    placed = place(chat, evening.posts)
    assert (placed[late.id].question, placed[late.id].by) == ("1", "label")
    assert (placed[at_the_end.id].question, placed[at_the_end.id].reason) == (
        "2",
        make_note("says-label", label="A2"),
    )


def test_a_reply_belongs_with_what_it_answers(chat: Chat, evening: Any) -> None:
    reply = evening.say(32, "cy", "@bo How many guards do you pay?", reply_to="p11")
    deeper = evening.say(34, "bo", "@cy Three of them", reply_to=reply.id)
    placed = place(chat, evening.posts)
    assert (placed[reply.id].question, placed[reply.id].by) == ("2", "reply")
    assert placed[reply.id].reason == make_note("replies-to-answer", question="2", numbered=True)
    assert placed[deeper.id].question == "2"


def test_a_reply_to_the_question_itself(chat: Chat, evening: Any) -> None:
    reply = evening.say(31, "cy", "@host_lib Insurance, too", reply_to="p9")
    placed = place(chat, evening.posts)[reply.id]
    assert (placed.question, placed.by, placed.reason) == (
        "2",
        "reply",
        make_note("replies-to-question", question="2", numbered=True),
    )


def test_a_thread_of_ones_own_goes_on(chat: Chat, evening: Any) -> None:
    first = evening.say(29, "fay", "A2: We asked the fire service 1/2 #shelfchat")
    second = evening.say(30.5, "fay", "and they want two people there 2/2", reply_to=first.id)
    placed = place(chat, evening.posts)[second.id]
    assert placed.question == "2"
    assert placed.reason == make_note("continues-answer", question="2", numbered=True)


def test_just_after_a_question_people_still_answer_the_one_before(chat: Chat, evening: Any) -> None:
    soon = evening.say(
        30.1,
        "gus",
        "Our council pays staff and heating from one purse, and so longer money talks #shelfchat",
    )
    later = evening.say(40, "gus", "Machines never smile #shelfchat")
    placed = place(chat, evening.posts)
    assert (placed[soon.id].question, placed[later.id].question) == ("2", "3")


def test_an_answer_on_a_part_goes_to_the_part(chat: Chat, evening: Any) -> None:
    evening.say(38, "host_lib", "Q3 part 2: And what must never be left to machines? #shelfchat")
    part = evening.say(39, "bo", "A3.2: Children #shelfchat")
    letter = evening.say(39.5, "cy", "A3b The archive #shelfchat")
    whole = evening.say(41, "eli", "A3: Telling people off #shelfchat")
    placed = place(chat, evening.posts)
    assert [placed[p.id].question for p in (part, letter)] == ["3.2", "3.2"]
    assert placed[whole.id].question in ("3", "3.2")


def test_a_bare_number_means_the_first_part_where_people_name_the_second(
    chat: Chat, evening: Any
) -> None:
    evening.say(38, "host_lib", "Q3 part 2: And what must never be left to machines? #shelfchat")
    evening.say(39, "bo", "A3b: Children #shelfchat")
    bare = evening.say(44, "ann", "A3 once more: machines for loans, all night #shelfchat")
    assert place(chat, evening.posts)[bare.id].question == "3"


def test_a_bare_number_is_the_part_then_open_for_whoever_answered_the_first(
    chat: Chat, evening: Any
) -> None:
    evening.say(38, "host_lib", "Q3 part 2: And what must never be left to machines? #shelfchat")
    again = evening.say(43, "ann", "A3: Children #shelfchat")
    fresh = evening.say(43.5, "gus", "A3: Robots #shelfchat")
    placed = place(chat, evening.posts)
    assert [placed[p.id].question for p in (again, fresh)] == ["3.2", "3"]


def test_a_label_that_nearly_opens_a_post_counts_in_full(chat: Chat, evening: Any) -> None:
    asides = [
        evening.say(60, "gus", "And A1 while the kettle boils: we never close #shelfchat"),
        evening.say(61, "fay", "A1, having slept on it: noon is plenty #shelfchat"),
        evening.say(62, "hal", "Back from my shift, A1: open till midnight #shelfchat"),
    ]
    placed = place(chat, evening.posts)
    assert [placed[p.id].question for p in asides] == ["1", "1", "1"]
    assert all(placed[p.id].confidence > 0.9 for p in asides)


def test_a_reply_follows_a_label_far_back(chat: Chat, evening: Any) -> None:
    for number in range(4, 9):
        evening.say(30 + 5 * number, "host_lib", f"Q{number}: What would you try next? #shelfchat")
    late = evening.say(600, "gus", "A1 over breakfast: we never close #shelfchat")
    reply = evening.say(602, "fay", "That changes my mind about ours", reply_to=late.id)
    placed = place(chat, evening.posts)
    assert [placed[p.id].question for p in (late, reply)] == ["1", "1"]


def test_talk_with_others_does_not_move_a_persons_turn(chat: Chat, evening: Any) -> None:
    """Who answers Q2 and then talks with somebody about Q1 goes on with Q3 when it is asked."""
    old = evening.say(20.5, "gus", "A1: Ours shuts at five #shelfchat")
    talk = evening.say(21, "bo", "@gus At five, every day?", reply_to=old.id)
    turn = evening.say(34, "bo", "Volunteers, and a rota that they keep themselves #shelfchat")
    placed = place(chat, evening.posts)
    assert [placed[p.id].question for p in (talk, turn)] == ["1", "3"]


CATCHING_UP = (
    (61, "Ten till six; our trustees settled on that #shelfchat"),
    (65, "Hard to say: lighting, wages for two #shelfchat"),
    (70, "A rota of retired neighbours, perhaps #shelfchat"),
)


def test_who_comes_when_all_is_over_answers_one_question_after_the_other(
    chat: Chat, slow: Any
) -> None:
    posts = [slow.say(minute, "gus", text) for minute, text in CATCHING_UP]
    placed = place(chat, slow.posts)
    assert [placed[post.id].question for post in posts] == ["1", "2", "3"]


def test_a_part_that_nobody_asked_goes_to_the_question(chat: Chat, evening: Any) -> None:
    answer = evening.say(10, "eli", "A1a Every day but Monday #shelfchat")
    assert place(chat, evening.posts)[answer.id].question == "1"


def test_a_number_that_nobody_asked_is_placed_by_time(chat: Chat, evening: Any) -> None:
    answer = evening.say(36, "eli", "A7: Robots #shelfchat")
    placed = place(chat, evening.posts)[answer.id]
    assert (placed.question, placed.by) == ("3", "time")


def test_a_correction_stands_and_informs_its_replies(chat: Chat, evening: Any) -> None:
    answer = evening.say(36, "eli", "Ours pays by the hour #shelfchat")
    reply = evening.say(37, "fay", "@eli And at weekends?", reply_to=answer.id)
    assert place(chat, evening.posts)[reply.id].question == "3"
    correction = Placement(
        post=answer.id,
        question="1",
        reason=quote_note("says who reads it"),
        confidence=1.0,
        by="person",
    )
    placed = place(chat, evening.posts, [correction])
    assert placed[answer.id] == correction
    assert (placed[reply.id].question, placed[reply.id].by) == ("1", "reply")


def test_a_correction_to_no_question_stands(chat: Chat, evening: Any) -> None:
    correction = Placement(
        post="p5", question=None, reason=quote_note("a joke"), confidence=1.0, by="person"
    )
    assert place(chat, evening.posts, [correction])["p5"] == correction


def test_posts_without_their_own_text_are_placed_with_little_confidence(
    chat: Chat, evening: Any
) -> None:
    lost = evening.say(33, "gus", "A2 Security at night is dear", text_lost=True, thread="p14")
    gone = evening.say(34, "gus", "", deleted=True)
    repost = evening.say(35, "gus", "RT @ann: Self-service at night works", repost_of="?")
    placed = place(chat, evening.posts)
    for post in (lost, gone, repost):
        assert placed[post.id].confidence <= 0.5
        assert placed[post.id].question == "3"


def test_before_the_first_question_nothing_is_answered(chat: Chat, evening: Any) -> None:
    early = evening.say(3, "cy", "Has everybody got a cup of tea? #shelfchat")
    placed = place(chat, evening.posts)[early.id]
    assert (placed.question, placed.reason) == (None, make_note("before-first-question"))


def test_what_is_said_long_after_the_last_question_answers_none(chat: Chat, evening: Any) -> None:
    """Half a day, where the questions came every quarter of an hour; a number still counts."""
    in_time = evening.say(30 + 719, "ann", "Our cellar floods whenever the river rises")
    after = evening.say(30 + 721, "bo", "Our attic leaks whenever the wind turns round")
    reply = evening.say(30 + 722, "cy", "Which pipes, then?", reply_to="p11")
    named = evening.say(30 + 723, "dee", "A3: Our attic, whenever the wind turns")
    lost = evening.say(30 + 724, "eli", "Our attic leaks", text_lost=True)
    placed = place(chat, evening.posts)
    assert [placed[post.id].question for post in (in_time, after, reply, named)] == [
        "3",
        None,
        "2",
        "3",
    ]
    assert placed[after.id].reason == make_note("after-last-question")
    assert placed[lost.id].question is not None


def test_where_questions_come_every_day_four_days_are_in_time(chat: Chat, talk: Any) -> None:
    day = 24 * 60
    for number in (1, 2, 3):
        talk.say(number * day, "host", f"Q{number}: What would you change next, no. {number}?")
    in_time = talk.say(7 * day - 5, "ann", "Our cellar floods whenever the river rises")
    after = talk.say(7 * day + 5, "bo", "Our attic leaks whenever the wind turns round")
    placed = place(chat, talk.posts)
    assert [placed[post.id].question for post in (in_time, after)] == ["3", None]


def test_thanks_to_somebody_of_the_talk_stay_with_it(chat: Chat, evening: Any, look: Any) -> None:
    said = [
        evening.say(19, "ann", "@dee How kind of you", reply_to="p10"),
        evening.say(46, "bo", "@host_lib How kind of you", reply_to="p16"),
        evening.say(47, "cy", "How kind of you all"),
    ]
    kinds = dict.fromkeys((post.id for post in said), "thanks") | {"p16": "thanks"}
    placed = {one.post: one for one in look(chat, evening.posts, kinds).place()}
    assert [placed[post.id].question for post in said] == ["2", None, None]
    assert placed[said[1].id].reason == make_note("thanks-only")


def test_no_machine_is_wholly_sure_and_what_is_passed_on_is_hardly_so(
    chat: Chat, evening: Any
) -> None:
    bare = evening.say(35, "gus", "RT @ann: Self-service at night works", repost_of="?")
    named = evening.say(36, "gus", "RT @ann: A3: Self-service at night works", repost_of="?")
    placed = place(chat, evening.posts)
    assert placed["p5"].confidence == 0.99
    assert placed[bare.id].confidence == 0.5
    assert placed[named.id].confidence > 0.9


def test_an_un_numbered_chat_is_placed_by_its_groups(chat: Chat, talk: Any) -> None:
    for minute in (0, 4, 6, 25, 27, 31):
        talk.say(minute, f"person{minute}", "We lend tools #shelfchat")
    assert [p.question for p in place(chat, talk.posts).values()] == ["1"] * 3 + ["2"] * 3


def test_no_posts(chat: Chat) -> None:
    assert place_posts(chat, []) == ()


def test_a_chat_without_questions_says_so(chat: Chat, talk: Any) -> None:
    post = talk.say(0, "ann", "We lend tools to everybody who asks #shelfchat")
    assert place_posts(chat, [post]) == (
        Placement(
            post="p1",
            question=None,
            reason=make_note("no-questions"),
            confidence=0.8,
            by="time",
        ),
    )


def test_the_same_in_gives_the_same_out_in_any_order(chat: Chat, evening: Any) -> None:
    hidden = [
        msgspec.structs.replace(post, text=strip_labels(post.text))
        if post.text.startswith("A")
        else post
        for post in evening.posts
    ]
    assert place(chat, hidden) == place(chat, list(reversed(hidden)))


_LINES = (
    "A1: yes",
    "A2 no",
    "Q1: how?",
    "Q2: why not?",
    "thanks!",
    "@ann indeed",
    "",
    "So it is",
    "Q3",
)


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 90),
            st.sampled_from(("ann", "bo", "host")),
            st.sampled_from(_LINES),
            st.integers(0, 30),
        ),
        max_size=25,
    )
)
def test_whatever_is_said_every_post_is_placed(
    begin_talk: Any, rows: list[tuple[int, str, str, int]]
) -> None:
    talk = begin_talk()
    for minute, author, text, parent in rows:
        talk.say(minute, author, text, reply_to=f"p{parent}" if parent else None)
    chat = find_questions(Chat(series="#s", hashtag="s", title="s"), talk.posts)
    placements = place_posts(chat, talk.posts)
    assert [placement.post for placement in placements] == [post.id for post in talk.posts]
    labels = {question.label for question in chat.questions} | {None}
    for placement in placements:
        assert placement.question in labels
        assert placement.kind in KINDS
        assert placement.reason
        assert 0.0 <= placement.confidence <= 1.0


def test_a_post_is_left_out_as_surely_as_its_kind_is_none_of_the_talk(
    evening: Any, chat: Chat
) -> None:
    """From 0.7 on, since in doubt a post stays; and no machine is surer than 0.99."""
    evening.say(2, "fay", "Good evening, Fay from Hull here, glad to be back #shelfchat")
    placed = place_posts(find_questions(chat, evening.posts), evening.posts)
    left_out = {
        one.kind: one.confidence
        for one in placed
        if one.question is None and one.kind in ("greeting", "thanks", "housekeeping")
    }
    assert set(left_out) == {"greeting", "thanks", "housekeeping"}
    assert all(0.7 <= confidence <= 0.99 for confidence in left_out.values())
