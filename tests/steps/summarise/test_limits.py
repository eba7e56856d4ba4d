"""Where the steps of a summary begin and end: how near, how many, how soon."""

from __future__ import annotations

import math
from typing import Any

import msgspec
import pytest

from chinwag.model import Bullet, Note, QuestionSummary, make_note
from chinwag.steps.summarise.agree import Supporters, find_supporters
from chinwag.steps.summarise.group import find_shared, group_statements
from chinwag.steps.summarise.lead import lead_chat, write_lead
from chinwag.steps.summarise.meaning import compare_meanings
from chinwag.steps.summarise.order import order_points
from chinwag.steps.summarise.relevance import WordSigns, weigh_gains
from chinwag.steps.summarise.replies import find_replies
from chinwag.steps.summarise.statement import Statement
from chinwag.steps.summarise.voices import count_in, split_copies
from chinwag.text.words import WordWeights

from .makers import make_point, make_statement, weigh

# Who says the same


def group(*statements: Statement, **same: Any) -> list[list[str]]:
    shared = find_shared(statements, weigh(statements))
    groups = group_statements(statements, shared, same.get("same"))
    return [[one.post.id for one in found] for found in groups]


def test_pairs_that_share_two_words_are_compared_from_two_tenths_on() -> None:
    """Of ten like words each: two shared are a cosine of 0.2."""
    one, two, three = (
        make_statement(0, "abcdefghij"),
        make_statement(1, "abklmnopqr"),
        make_statement(2, "astuvwxyzß"),
    )
    vectors = {s.post.id: dict.fromkeys(s.words, 1 / math.sqrt(10)) for s in (one, two, three)}
    assert find_shared([one, two, three], vectors) == {(0, 1): pytest.approx(0.2)}
    longer = make_statement(3, "abklmnopqrs")
    vectors["p3"] = dict.fromkeys(longer.words, 1 / math.sqrt(11))
    assert find_shared([one, longer], vectors) == {}


def test_a_word_that_more_than_sixty_say_makes_no_pairs() -> None:
    many = [make_statement(n, "ab" if n < 60 else "xy") for n in range(61)]
    assert len(find_shared(many, weigh(many))) == 60 * 59 / 2
    more = [make_statement(n, "ab") for n in range(61)]
    assert find_shared(more, weigh(more)) == {}


def test_the_same_words_are_one_group_from_four_fifths_on_whoever_says_them() -> None:
    one, other = make_statement(0, "abcd"), make_statement(1, "abce")
    own = make_statement(1, "abce", author="person0")

    def join(near: float, second: Statement) -> bool:
        return len(group_statements([one, second], {(0, 1): near})) == 1

    assert [join(near, other) for near in (0.79, 0.8)] == [False, True]
    assert [join(near, own) for near in (0.79, 0.8)] == [False, True]


def test_a_group_grows_while_all_its_pairs_are_near_on_average() -> None:
    statements = [make_statement(n, "abc") for n in range(3)]
    chain = {(0, 1): 0.9, (1, 2): 0.8}
    # 0.8 and 0.0 are 0.4 on average
    assert len(group_statements(statements, {}, chain)) == 2
    assert len(group_statements(statements, {}, chain | {(0, 2): 0.1})) == 2
    assert len(group_statements(statements, {}, chain | {(0, 2): 0.2})) == 1


def test_a_group_has_forty_members_at_most() -> None:
    statements = [make_statement(n, "abc") for n in range(41)]
    everyone = {(a, b): 1.0 for a in range(41) for b in range(a + 1, 41)}
    assert sorted(map(len, group_statements(statements, everyone))) == [1, 40]


def test_who_is_told_to_say_the_same_is_joined() -> None:
    statements = [make_statement(0, "abc"), make_statement(1, "xyz")]
    assert group_statements(statements, {}) == [[statements[0]], [statements[1]]]
    assert group_statements(statements, {}, {(0, 1): 0.6}) == [statements]


# Who agrees, and whose voices count


@pytest.mark.parametrize(("minute", "counts"), [(10, True), (10.1, False), (0, False)])
def test_a_nameless_yes_means_a_post_of_the_last_ten_minutes(minute: float, counts: bool) -> None:
    said = [
        make_statement(0, "abc", author="ann"),
        make_statement(minute or 0.0, "y", author="bo", text="@ann agreed"),
    ]
    if not minute:
        said[1] = make_statement(0.0, "y", author="bo", text="@ann agreed")
    assert bool(find_supporters(said).by_post) is counts


@pytest.mark.parametrize(
    ("passed_on", "counts"), [("Late fines keep the poor away", True), ("Late fines keep", False)]
)
def test_four_words_tell_which_post_is_passed_on(passed_on: str, counts: bool) -> None:
    said = [
        make_statement(0, "abc", author="ann", text="Late fines keep the poor away from us"),
        make_statement(30, "y", author="bo", text=f"Exactly! RT @ann: {passed_on}"),
    ]
    assert bool(find_supporters(said).by_post) is counts


def test_nobody_agrees_with_a_question_or_with_what_cannot_be_quoted() -> None:
    asks = make_statement(0, "abc", author="ann", text="Late fines, really?")
    mute = make_statement(1, "abc", author="bo", point="")
    said = [asks, mute]
    said += [make_statement(n, "y", text="Yes!", reply_to=f"p{n - 2}") for n in (2, 3)]
    assert find_supporters(said) == Supporters({}, frozenset())


def test_one_plain_yes_is_not_counted_and_two_are_and_one_that_surely_makes_the_point() -> None:
    point = make_statement(0, "abc", author="ann")
    first, second = make_statement(1, "y", author="bo"), make_statement(2, "y", author="cy")

    def agree(*some: Statement, sure: frozenset[str] = frozenset()) -> Supporters:
        return Supporters({"p0": some}, sure)

    assert count_in([point], [], agree(first)) == []
    assert count_in([point], [], agree(first, second)) == [first, second]
    assert count_in([point], [], agree(first, sure=frozenset(("p1",)))) == [first]
    assert count_in([point], [], agree(first, sure=frozenset(("p2",)))) == []
    dee = make_statement(3, "abd", author="dee")
    assert count_in([point, dee], [], agree(first)) == [first]
    own = make_statement(4, "y", author="ann")
    assert count_in([point], [], agree(first, own)) == []


def test_who_copied_a_point_is_no_second_person_when_saying_yes_too() -> None:
    point, copied = make_statement(0, "abc", author="ann"), make_statement(1, "abc", author="bo")
    others = [make_statement(n, "y", author=name) for n, name in ((2, "bo"), (3, "cy"), (4, "dee"))]
    sure = frozenset(("p2",))
    assert count_in([point], [copied], Supporters({"p0": others}, sure)) == others[1:]
    assert count_in([point], [copied], Supporters({"p1": others[:2]}, sure)) == []


NINE = "one two three four five six seven eight nine"


@pytest.mark.parametrize(
    ("text", "copies"),
    [
        (NINE.upper(), True),
        ("one two three four five six seven eight and more", True),  # eight in a row
        ("one two three four five six seven and that is more", False),
        ("So “four five six seven eight” it is, says she to all of us here", True),
        ("So “four five six seven” it is, says she to all of us here", False),
        ("one two three", True),  # the whole of it
    ],
)
def test_a_copy_repeats_eight_words_or_quotes_five(text: str, copies: bool) -> None:
    first, second = make_statement(0, "a", text=NINE), make_statement(1, "a", text=text)
    assert split_copies([first, second]) == (
        ([first], [second]) if copies else ([first, second], [])
    )
    own = make_statement(2, "a", author="person0", text=NINE)
    assert split_copies([first, own]) == ([first, own], [])


# What an encoder tells


class Encoder:
    """Gives each text a vector of two numbers: the others stand at an angle to "Fines"."""

    name = "angles"
    languages: frozenset[str] = frozenset()

    def __init__(self, cosine: float = 1.0) -> None:
        self.asked: list[str] = []
        self._angle = math.acos(cosine)

    def encode(self, texts: Any) -> list[list[float]]:
        self.asked += texts
        angles = [0.0 if text.startswith("Fines") else self._angle for text in texts]
        return [[math.cos(angle), math.sin(angle)] for angle in angles]


def test_an_encoder_is_asked_about_six_words_or_more_that_are_not_the_same() -> None:
    def compare(words: float, one: str = "abcdef") -> dict[tuple[int, int], float]:
        said = [make_statement(0, one, text="Fines"), make_statement(1, "abcdef", text="Doors")]
        return compare_meanings(said, {(0, 1): words}, Encoder(0.53))

    assert compare(0.3) == {(0, 1): pytest.approx(0.53)}
    assert compare(0.29) == {}  # what words do not suggest is not asked
    assert compare(0.79) == {(0, 1): pytest.approx(0.53)}
    assert compare(0.8) == {}  # words alone decide
    assert compare(0.4, one="abcde") == {}  # five words are near to everything
    assert compare_meanings([], {}, None) == {}


def test_some_sixty_texts_are_encoded_those_of_the_nearest_pairs() -> None:
    statements = [make_statement(n, "abcdef", text=f"Fines {n}") for n in range(80)]
    pairs = {(n, n + 1): 0.49 - n / 1000 for n in range(0, 80, 2)}
    encoder = Encoder()
    compare_meanings(statements, pairs, encoder)
    assert encoder.asked == [f"Fines {n}" for n in range(60)]


def test_a_pair_of_which_one_text_was_not_encoded_is_not_compared() -> None:
    statements = [make_statement(n, "abcdef", text=f"Fines {n}") for n in range(70)]
    pairs = {(0, n): 0.49 - n / 1000 for n in range(1, 70)}
    assert list(compare_meanings(statements, pairs, Encoder())) == [(0, n) for n in range(1, 60)]


# In which order, with what under it


def test_shared_points_come_first_and_ideas_stand_by_theme() -> None:
    shared = make_point(9, "abc", make_statement(10, "abd"))
    first, second, third = (make_point(n, row) for n, row in enumerate(("def", "ghi", "jkl")))
    near = {frozenset(("p0", "p2")): 0.12, frozenset(("p0", "p1")): 0.119}

    def nearness(one: Any, other: Any) -> float:
        return near.get(frozenset((one.quoted.post.id, other.quoted.post.id)), 0.0)

    ordered = order_points([second, third, shared, first], nearness)
    assert [point.quoted.post.id for point in ordered] == ["p9", "p0", "p2", "p1"]


def test_an_idea_that_answers_another_stands_with_it() -> None:
    points = [
        make_point(0, "abc"),
        make_point(1, "def"),
        make_point(2, "ghi", reply_to="p0"),
    ]
    assert [p.quoted.post.id for p in order_points(points, lambda *_: 0.0)] == ["p0", "p2", "p1"]


ANSWER = "Only where the staffed desk stays lit until midnight"


@pytest.mark.parametrize(
    ("text", "more", "stands"),
    [
        (ANSWER, {}, True),
        ("Only where the staffed desk is", {}, False),  # adds too little
        (f"{ANSWER} (1/2)", {}, False),
        (f"RT @ann: {ANSWER}", {}, False),
        (ANSWER, {"author": "ann"}, False),  # quoted above
        (ANSWER, {"reply_to": "elsewhere"}, False),
        (ANSWER, {"point": ANSWER}, False),  # a point of its own
        (f"{ANSWER}?", {}, False),
        (ANSWER, {"reply_to": None, "quote_of": "p0"}, True),
    ],
)
def test_what_stands_under_a_point(text: str, more: dict[str, Any], stands: bool) -> None:
    point = make_point(0, "abcdef", author="ann")
    said = {"reply_to": "p0", "point": "", "author": "bo", "kind": "reply", "text": text} | more
    answer = make_statement(1, "xyz", **said)
    found = find_replies([point], [point.quoted, answer])
    assert {post: [quote.post for quote in quotes] for post, quotes in found.items()} == (
        {"p0": ["p1"]} if stands else {}
    )


def test_of_two_answers_the_fuller_one_stands_under_the_point() -> None:
    point = make_point(0, "abcdef", author="ann")
    usual: dict[str, Any] = {"reply_to": "p0", "point": "", "kind": "reply"}
    short = make_statement(1, "x", text=ANSWER, **usual)
    full = make_statement(2, "y", text=f"{ANSWER} and guards patrol outside", **usual)
    (quote,) = find_replies([point], [point.quoted, short, full])["p0"]
    assert quote.post == "p2"


# What a bullet gains by a word


def test_a_gain_is_how_likely_a_word_stands_in_a_write_up_times_its_rarity() -> None:
    """The log-odds are the level and the learned weight of each sign times the sign."""
    said = [
        make_statement(0, ("fines",), text="fines"),
        make_statement(1, ("fines", "poor"), text="fines poor"),
    ]
    weights = WordWeights(of={"fine": 1.5, "fines": 1.5, "poor": 2.5}, unseen=3.0)
    gains = weigh_gains(said, weights, "fines")

    def gain(signs: WordSigns) -> float:
        odds = 1.526 + 1.345 * signs.asked + 0.192 * signs.people - 0.766 * signs.rarity
        odds += -1.18 * signs.late + 2.739 * signs.with_question
        return signs.rarity / (1 + math.exp(-odds))

    assert gains == pytest.approx(
        {
            "fines": gain(WordSigns(0.0, math.log(2), 1.5, 0.0, 0.0)),
            "poor": gain(WordSigns(0.0, 0.0, 2.5, 0.5, 0.0)),
        }
    )


# The lead


def make_bullet(number: int, text: str = "We lend lamps", people: int = 1) -> Bullet:
    kind = "shared" if people > 1 else "single"
    return Bullet(
        text=text, posts=(f"p{number}",), people=people, kind=kind, quoted=f"p{number}", author="x"
    )


def sum_up(*bullets: Bullet) -> QuestionSummary:
    return QuestionSummary(
        label="1", text="", posts=1, people=1, bullets=bullets, links=(), left_out=()
    )


def quote_of_chat(*bullets: Bullet) -> Note | None:
    """Return what the lead of a chat quotes; the first post is worth most."""
    worth = {"p0": 0.9, "p1": 0.5}
    told = lead_chat([sum_up(*bullets)], [make_statement(0, "x").post], worth)
    return told[1] if len(told) > 1 else None


def test_the_lead_of_a_chat_quotes_what_three_stand_behind_before_what_is_worth_most() -> None:
    best = make_note("chat-said", quote="We lend lamps", author="x")
    assert quote_of_chat(make_bullet(1, "Lamps"), make_bullet(0)) == best
    assert quote_of_chat(make_bullet(1, "Lamps", people=2), make_bullet(0)) == best
    three = make_note("chat-says", people=3, quote="Lamps")
    assert quote_of_chat(make_bullet(1, "Lamps", people=3), make_bullet(0)) == three
    agreed = msgspec.structs.replace(make_bullet(1, "Lamps"), agreed=2)
    said = make_note("chat-said", quote="Lamps", author="x")
    assert quote_of_chat(agreed, make_bullet(0)) == said


def test_the_lead_of_a_chat_quotes_30_words_at_most_and_cuts_none() -> None:
    for words, quoted in ((30, True), (31, False)):
        assert (quote_of_chat(make_bullet(0, " ".join(["w"] * words))) is not None) == quoted


def test_the_lead_of_a_question_tells_only_why_there_are_no_points() -> None:
    said = [make_statement(0, "x", text="Well")]
    assert write_lead([make_bullet(0)], said) == ()
    assert write_lead([], said) == (
        make_note("answered", people=1, posts=1),
        make_note("nothing-to-quote"),
    )


def test_the_lead_of_a_chat_counts_people_posts_and_answered_questions() -> None:
    assert lead_chat([], [], {}) == (make_note("chat-silent"),)
    post = make_statement(0, "x").post
    assert lead_chat([], [post], {}) == (make_note("chat-unanswered", people=1, posts=1),)
