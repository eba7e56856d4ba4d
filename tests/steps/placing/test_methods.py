"""What each method says of a post by itself: label, reply, quotation, time, sequence."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Any

import msgspec
import pytest

from chinwag.model import Chat, Placement, Post, Question, quote_note
from chinwag.steps.placing.by_label import NOTHING, Named, weigh_labels
from chinwag.steps.placing.by_reply import find_quoted, find_replies, weigh_reply
from chinwag.steps.placing.by_time import weigh_time
from chinwag.steps.placing.by_words import WordModel
from chinwag.steps.placing.pace import Pace, find_delay, measure_pace, weigh_wait
from chinwag.steps.placing.ties import tie_posts
from chinwag.steps.placing.told import Told, read_told
from chinwag.steps.placing.weights import FIRM, LOOSE
from chinwag.steps.reading.read_post import read_in_time
from chinwag.steps.reading.view import ChatView, view_chat

PACE = Pace(median=math.log(0.3), popularity=(-1.0, -1.2, -1.3))


@pytest.fixture
def asked(talk: Any) -> Any:
    """Three questions, ten minutes apart: a unit is 600 seconds."""
    for number, what in enumerate(("lend", "sit", "open"), 1):
        talk.say(10 * number - 10, "host", f"Q{number}: What would you {what}, and why?")
    return talk


# Words


def test_the_words_of_a_question_count_and_those_that_name_a_stretch_do_not(
    chat: Chat, talk: Any
) -> None:
    opening = talk.say(0, "host", "Who brings the kettle?")
    answer = talk.say(6, "ann", "The kettle and the plates are mine to bring.")
    stretches = (
        Question(label="1", text=opening.text, posts=(opening.id,)),
        Question(label="2", text="20:05 to 20:16, kettle and plates"),
    )
    begun = [
        msgspec.structs.replace(one, asked_at=opening.created_at, by="time") for one in stretches
    ]
    found = msgspec.structs.replace(chat, questions=tuple(begun))
    view = view_chat(found, read_in_time(talk.posts))
    words = WordModel(view)
    assert [words.shared(view.places[answer.id], state) for state in (0, 1)] == [
        ["bring", "kettl"],
        [],
    ]


# Time


def test_a_delay_is_counted_from_when_the_post_was_begun(chat: Chat, asked: Any, look: Any) -> None:
    """A letter takes a fifth of a second: fifty take ten."""
    long = asked.say(5, "ann", "x" * 50)
    lost = asked.say(6, "bo", "x" * 50, text_lost=True)
    at_once = asked.say(10, "cy", "x" * 280)
    view = look(chat, asked.posts).view
    at = [view.places[post.id] for post in (long, lost, at_once)]
    assert find_delay(view, at[0], 0) == pytest.approx(math.log((300 - 10) / 600))
    assert find_delay(view, at[1], 0) == pytest.approx(math.log(360 / 600))
    assert find_delay(view, at[2], 0) == pytest.approx(math.log((600 - 56) / 600))
    assert find_delay(view, at[2], 1) == pytest.approx(math.log(1 / 600))  # no answer comes sooner


def test_whoever_writes_long_is_taken_to_have_begun_before(
    chat: Chat, asked: Any, look: Any
) -> None:
    """Of two posts of one moment the long one answers the older question."""
    moment = 10.9
    short, long = (asked.say(moment, who, "x" * size) for who, size in (("ann", 10), ("bo", 250)))
    view = look(chat, asked.posts).view
    shares = [
        weigh_wait(view, at, 0, PACE) - weigh_wait(view, at, 1, PACE)
        for at in (view.places[short.id], view.places[long.id])
    ]
    assert shares[0] < shares[1]


def test_a_wait_is_log_normal_and_some_come_at_any_time(chat: Chat, asked: Any, look: Any) -> None:
    post = asked.say(5, "ann", "x" * 50)
    view = look(chat, asked.posts).view
    units = 290 / 600
    usual = NormalDist(math.log(0.3), 0.75).pdf(math.log(units)) / units
    assert weigh_wait(view, view.places[post.id], 0, PACE) == pytest.approx(math.log(usual + 0.005))


def test_time_weighs_the_questions_in_reach_from_the_likeliest_down(
    chat: Chat, asked: Any, look: Any
) -> None:
    post = asked.say(15, "ann", "x" * 50)
    reply = asked.say(15, "bo", "x" * 50, reply_to=post.id)
    named = asked.say(15, "cy", "@ann " + "x" * 45)
    to_asking = asked.say(15, "dee", "x" * 50, reply_to="p2")
    early = asked.say(-5, "eli", "Hello")
    looked = look(chat, asked.posts)
    view = looked.view
    at = {one.id: view.places[one.id] for one in (post, reply, named, to_asking, early)}
    waits = {
        state: PACE.popularity[state] + weigh_wait(view, at[post.id], state, PACE)
        for state in (0, 1)
    }
    back = max(-6.0, waits[0] - waits[1])
    assert -6.0 < back < 0
    assert weigh_time(view, at[post.id], PACE) == pytest.approx({0: back, 1: 0.0, 2: -6.0})
    # A reply comes when it comes.
    for one in (reply, named, to_asking):
        told = weigh_time(view, at[one.id], PACE)
        assert told == pytest.approx({0: 0.25 * back, 1: 0.0, 2: -6.0})
    assert weigh_time(view, at[early.id], PACE) == {}


def test_time_alone_never_speaks_more_than_so_much_against_a_question(
    chat: Chat, asked: Any, look: Any
) -> None:
    post = asked.say(25, "ann", "Tools")
    slow = Pace(median=math.log(0.1), popularity=(-9.0, -1.2, -1.3))
    view = look(chat, asked.posts).view
    assert weigh_time(view, view.places[post.id], slow)[0] == -6.0


def test_in_groups_a_post_belongs_to_its_group_or_shortly_to_the_one_before(
    chat: Chat, talk: Any
) -> None:
    asking = [talk.say(minute, "host", "And what do you do?") for minute in (0, 30, 60)]
    fresh, stale = talk.say(64, "ann", "Cellars"), talk.say(64.1, "bo", "Cellars")
    first = talk.say(1, "cy", "Cellars")
    questions = tuple(
        Question(
            label=f"{number}", text="What?", asked_at=post.created_at, posts=(post.id,), by="time"
        )
        for number, post in enumerate(asking, 1)
    )
    grouped = msgspec.structs.replace(chat, numbered=False, questions=questions)
    view = view_chat(grouped, read_in_time(talk.posts))
    assert weigh_time(view, view.places[fresh.id], PACE) == {0: -2.0, 1: -0.6, 2: 0.0}
    assert weigh_time(view, view.places[stale.id], PACE) == {0: -3.5, 1: -2.0, 2: 0.0}
    assert weigh_time(view, view.places[first.id], PACE) == {0: 0.0, 1: -6.0}
    nobody_asks = tuple(msgspec.structs.replace(one, posts=()) for one in questions)
    stretches = msgspec.structs.replace(grouped, questions=nobody_asks)
    view = view_chat(stretches, read_in_time(talk.posts))
    assert weigh_time(view, view.places[fresh.id], PACE) == {0: -12.0, 1: -6.0, 2: 0.0}


def test_a_pace_is_measured_from_what_is_placed_held_near_what_is_usual(
    chat: Chat, asked: Any, look: Any
) -> None:
    """Ten usual delays (0.43 units) count beside those measured; replies tell no pace.

    All questions are equally popular, whatever they have been answered so far.
    """
    quick = [asked.say(20 + 0.1 * n, f"p{n}", "") for n in range(1, 12)]
    reply = asked.say(21, "zoe", "", reply_to=quick[0].id)
    looked = look(chat, asked.posts)
    none = measure_pace(looked.view, {})
    assert none.median == math.log(0.43)
    assert none.popularity == pytest.approx((math.log(1 / 3),) * 3)
    placed = {post.id: "3" for post in (*quick, reply)}
    some = measure_pace(looked.view, placed)
    assert some.median == pytest.approx(math.log(11 * 6 / 600))
    assert some.popularity == pytest.approx((math.log(1 / 3),) * 3)


# Labels


def read_label(chat: Chat, asked: Any, look: Any, text: str, **more: object) -> Named:
    post = asked.say(25, "ann", text, **more)
    looked = look(chat, asked.posts)
    named: Named = weigh_labels(looked.view, looked.turns)[looked.view.places[post.id]]
    return named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("A2: yes", Named({1: 8.0}, {1: "A2"})),
        ("And A2 as well", Named({1: 8.0}, {1: "A2"})),
        ("Oh and A2 as well", Named({1: 8.0}, {1: "A2"})),
        ("We all said in A2 that it works", Named({1: 3.0}, {1: "A2"})),
        ("#a #b @c d e A2 works", Named({1: 8.0}, {1: "A2"})),
        ("We all said so #shelfchat A2", Named({1: 8.0}, {1: "A2"})),
        ("We all said this on A2: it works", Named({1: 8.0}, {1: "A2"})),
        ("A1/2: both", Named({0: 8.0, 1: 8.0}, {0: "A1", 1: "A2"})),
        ("A1: as said in A2 by all of us", Named({0: 8.0}, {0: "A1"})),
        ("A1: yes (Q2)", Named({0: 8.0}, {0: "A1"})),
        ("On Q2 I say yes to all", Named({1: 8.0}, {1: "Q2"})),
        ("T2 I say yes", Named({1: 8.0}, {1: "T2"})),
        ("A7: yes", NOTHING),
        ("yes", NOTHING),
    ],
)
def test_a_label_weighs_by_where_it_stands(
    chat: Chat, asked: Any, look: Any, text: str, named: Named
) -> None:
    assert read_label(chat, asked, look, text) == named


def test_words_that_are_not_the_authors_name_nothing(chat: Chat, asked: Any, look: Any) -> None:
    assert read_label(chat, asked, look, "A2: yes", text_lost=True) == NOTHING
    assert read_label(chat, asked, look, "A2: yes", deleted=True) == NOTHING


def test_told_is_what_authors_asked_named_and_people_placed(
    chat: Chat, asked: Any, look: Any
) -> None:
    named = asked.say(25, "ann", "A2: yes")
    passing = asked.say(26, "bo", "We all said in A2 that it works")
    looked = look(chat, asked.posts)
    told = dict(
        zip(
            (p.id for p in looked.view.posts), read_told(looked.view, looked.turns, {}), strict=True
        )
    )
    assert told["p2"] == Told(named=told["p2"].named, asks=1, settled=1)
    assert told["p2"].states == (1,)
    assert told[named.id] == Told(named=Named({1: 8.0}, {1: "A2"}), asks=None, settled=None)
    assert told[named.id].states == (1,)
    assert told[passing.id].states == ()


# Replies, quotations, what goes on


def find_last(view: ChatView, post: Post) -> dict[str, int]:
    """Return the place of each person's latest post before one."""
    return {one.author: at for at, one in enumerate(view.posts[: view.places[post.id]])}


def test_replies_mentions_and_quotations_tie_posts(chat: Chat, asked: Any, look: Any) -> None:
    first = asked.say(21, "ann", "Tools and seeds for everybody in the street")
    reply = asked.say(22, "bo", "Seeds, too?", reply_to=first.id)
    own = asked.say(22.5, "ann", "And a kettle", reply_to=first.id)
    lost = asked.say(22.6, "cy", "", reply_to=first.id, text_lost=True)
    named = asked.say(23, "dee", "@ann is the kettle yours to give away?")
    quote = asked.say(24, "eli", "This! “@ann: Tools and seeds for everybody”")
    to_asking = asked.say(24.5, "fay", "A van", reply_to="p3")
    looked = look(chat, asked.posts)
    view = looked.view
    at = {post.id: view.places[post.id] for post in asked.posts}
    assert find_replies(view) == [
        (at[reply.id], at[first.id], FIRM),
        (at[own.id], at[first.id], FIRM),
        (at[lost.id], at[first.id], LOOSE),
        (at[named.id], at[own.id], FIRM),  # whom it names, and what about, says so surely
        (at[quote.id], at[first.id], FIRM),
        (at[to_asking.id], at["p3"], FIRM),
    ]
    assert weigh_reply(view, at[to_asking.id]) == {2: 6.0}
    assert weigh_reply(view, at[reply.id]) == {}
    assert weigh_reply(view, at[first.id]) == {}
    # Posts that ask tie nothing.
    assert tie_posts(view, {}) == find_replies(view)[:-1]
    # Nor does what a person took out.
    out = Placement(
        post=own.id, question=None, reason=quote_note("a joke"), confidence=1.0, by="person"
    )
    assert tie_posts(view, {own.id: out}) == [
        (at[reply.id], at[first.id], FIRM),
        (at[lost.id], at[first.id], LOOSE),
        (at[quote.id], at[first.id], FIRM),
    ]


@pytest.mark.parametrize(
    ("text", "minute", "found"),
    [
        ("RT @ann: Tools and seeds for everybody", 22, True),
        ("Yes! MT @ann Tools and seeds for all", 22, True),  # four words of it
        ("“@ann: Tools and, for everybody”", 22, True),
        ("RT @bo: Tools and seeds for everybody", 22, False),  # he never said so
        ("RT @ann: Chairs with wheels and a lamp", 22, False),
        ("RT @ann: Tools", 22, False),  # too little to know it by
        ("RT @ann: Tools and seeds for everybody", 141.1, False),  # two hours later
        ("RT @ann: Tools and seeds for everybody", 141, True),
    ],
)
def test_a_quoted_post_is_known_by_its_authors_name_and_its_words(
    chat: Chat, asked: Any, look: Any, text: str, minute: float, found: bool
) -> None:
    first = asked.say(21, "ann", "Tools and seeds for everybody in the street")
    quote = asked.say(minute, "eli", text)
    view = look(chat, asked.posts).view
    expected = view.places[first.id] if found else -1
    assert find_quoted(view, view.places[quote.id], find_last(view, quote)) == expected


def test_a_quotation_that_the_source_tells_needs_no_words(
    chat: Chat, asked: Any, look: Any
) -> None:
    first = asked.say(21, "ann", "Tools")
    told = asked.say(22, "eli", "This!", quote_of=first.id)
    lost = asked.say(23, "eli", "This!", quote_of=first.id, text_lost=True)
    view = look(chat, asked.posts).view
    assert find_quoted(view, view.places[told.id], {}) == view.places[first.id]
    assert find_quoted(view, view.places[lost.id], {}) == -1
