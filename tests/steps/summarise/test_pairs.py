"""What tells that two people make the same point, and what keeps two apart whatever else is like."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import msgspec
import pytest

from chinwag.steps.judging import model, same
from chinwag.steps.judging.same import MEANING, REPLY, WORDS, SameModel, Signs, load_same
from chinwag.steps.summarise.agree import find_supporters
from chinwag.steps.summarise.pairs import (
    SamePoints,
    add_meaning,
    describe_pairs,
    describe_reply,
    find_same,
)

from .makers import make_statement

PAIR = (0, 1)
FINES, DOORS = ("fines", "keep", "poorest", "families"), ("fines", "keep", "families", "away")


def describe(
    one: Any = FINES, other: Any = DOORS, asked: str = "", **more: Any
) -> dict[str, float] | None:
    statements = [make_statement(0, one, quality=0.7), make_statement(1, other, **more)]
    told = describe_pairs(statements, {PAIR: 0.6}, asked.split())
    return {name: round(sign, 2) for name, sign in told[PAIR].items()} if told else None


def test_a_pair_is_told_by_its_words_its_worth_and_its_labels() -> None:
    assert describe() == {
        "cosine": 0.6,
        "stems": 0.6,
        "unasked": 3.0,
        "neighbours": 1.0,
        "shorter": 4.0,
        "worth": 0.7,
        "one objects": 0.0,
        "both numbered": 0.0,
    }
    assert describe(asked="fines families", other=("keep", "fines"), quality=0.5) == {
        "cosine": 0.6,
        "stems": 0.58,
        "unasked": 1.0,
        "neighbours": 0.0,
        "shorter": 2.0,
        "worth": 0.5,
        "one objects": 0.0,
        "both numbered": 0.0,
    }
    told = describe(text="But fines keep families away")
    assert told is not None
    assert told["one objects"] == 1.0


def test_words_are_compared_across_their_endings_by_five_letters() -> None:
    told = describe(one=("reading", "poorest"), other=("readers", "poorer"))
    assert told is not None
    assert (told["stems"], told["unasked"]) == (0.34, 0.0)


def test_both_are_numbered_where_both_bear_an_answers_number() -> None:
    both = [make_statement(n, FINES, numbered=True) for n in (0, 1)]
    assert describe_pairs(both, {PAIR: 0.6}, ())[PAIR]["both numbered"] == 1.0


def test_nobody_makes_the_same_point_as_themselves_or_as_whom_they_answer() -> None:
    assert describe(author="person0") is None
    assert describe(reply_to="p0") is None
    assert describe(reply_to="p9") is not None


def test_a_meaning_counts_by_itself_and_with_the_words() -> None:
    assert add_meaning({"cosine": 0.5}, 0.6) == {
        "cosine": 0.5,
        "meaning": 0.6,
        "meaning and words": 0.3,
    }


PLAIN = {
    "agrees": 1.0,
    "agreement": math.log(0.27),
    "asks": 0.0,
    "asked": 0.0,
    "objects": 0.0,
    "praises": 0.0,
    "quality": math.log(0.45),
    "thanks": 0.0,
    "worth": 1.0,
    "own words>2": 0.0,
    "own words>5": 0.0,
    "own words>9": 0.0,
}


def describe_answer(text: str = "", agrees: bool = True, own: str = "ab", **answered: Any) -> Signs:
    """Describe a reply with a quarter's chance of only agreeing; a letter of `own` is a word."""
    said = make_statement(0, "xyz", **{"quality": 0.4} | answered)
    more = {"text": text} if text else {}
    return describe_reply(make_statement(1, own + "x", agreement=0.25, **more), said, agrees=agrees)


@pytest.mark.parametrize(
    ("own", "least"), [("ab", ()), ("abc", (2,)), ("abcdef", (2, 5)), ("abcdefghij", (2, 5, 9))]
)
def test_a_reply_is_told_by_its_yes_and_how_much_of_its_own_it_says(
    own: str, least: tuple[int, ...]
) -> None:
    assert describe_answer(own=own) == PLAIN | {f"own words>{one}": 1.0 for one in least}


def test_a_yes_to_a_question_or_that_asks_back_agrees_with_nothing() -> None:
    assert describe_answer("Yes, but no") == PLAIN | {"objects": 1.0}
    assert describe_answer("Yes, but no", agrees=False) == PLAIN | {"objects": 1.0, "agrees": 0.0}
    assert describe_answer("Yes, and how?") == PLAIN | {"agrees": 0.0, "asks": 1.0}
    asked = describe_reply(
        make_statement(1, "abx", agreement=0.25),
        make_statement(0, "xyz", text="Fines?", quality=0.4),
        agrees=True,
    )
    assert asked == PLAIN | {"agrees": 0.0, "asked": 1.0}


def test_praise_thanks_and_a_poor_point_are_told() -> None:
    assert describe_answer("Great idea") == PLAIN | {"praises": 1.0}
    assert describe_answer("Thanks, all") == PLAIN | {"thanks": 1.0}
    assert describe_answer(quality=0.39) == PLAIN | {"worth": 0.0, "quality": math.log(0.44)}


# What was learned


def test_a_pair_is_told_from_where_it_is_likelier_than_not_and_as_surely_as_it_is_likely() -> None:
    told = SameModel(bias=-1.0, weights={"cosine": 2.0})
    assert told.weigh({"cosine": 0.5, "unknown": 9.0}) == 0.5
    assert told.weigh({}) == pytest.approx(1 / (1 + math.exp(1)))
    assert told.find_nearness({"cosine": 0.5}) == 0.5
    assert told.find_nearness({"cosine": 0.49}) == 0.0
    assert told.find_nearness({"cosine": 1.0}) == pytest.approx(1 / (1 + math.exp(-1)))


@pytest.mark.parametrize(
    ("sort", "signs"),
    [
        (WORDS, set(describe() or ())),
        (MEANING, {*(describe() or ()), "meaning", "meaning and words"}),
        (REPLY, set(PLAIN)),
    ],
)
def test_what_ships_weighs_every_sign_and_no_word(sort: str, signs: set[str]) -> None:
    assert load_same(sort).weights.keys() == signs


def test_nearer_words_a_nearer_meaning_and_a_plain_yes_speak_for_it() -> None:
    assert load_same(WORDS).weights["cosine"] > 0
    assert load_same(MEANING).weights["meaning and words"] > 0
    assert load_same(REPLY).weights["agrees"] > 0
    assert load_same(REPLY).weights["agreement"] > 0


@pytest.fixture
def by_cosine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let words' cosine decide from 0.6 on, with an encoder its own from 0.7 on."""
    for sort, sign, least in ((WORDS, "cosine", 0.6), (MEANING, "meaning", 0.7)):
        told = SameModel(bias=-least * 100, weights={sign: 100.0})
        (tmp_path / f"same.{sort}.json").write_bytes(msgspec.json.encode(told))
    monkeypatch.setattr(model, "WEIGHTS", tmp_path)
    same.read_same.cache_clear()


def tell(
    words: float = 0.7, meaning: float | None = None, question: str = "Why?", **more: Any
) -> SamePoints:
    said = {"one": {"text": "Fines"}, "other": {"text": "Doors"} | more}
    statements = [
        make_statement(0, FINES, **said["one"]),
        make_statement(1, DOORS, **said["other"]),
    ]
    meanings = {} if meaning is None else {PAIR: meaning}
    return find_same(statements, {PAIR: words}, meanings, question)


@pytest.mark.usefixtures("by_cosine")
def test_what_was_learned_of_words_decides_and_of_meaning_where_it_is_known() -> None:
    assert tell().same.keys() == {PAIR}
    assert tell(0.59).same == {}
    assert tell(0.3, 0.71).same.keys() == {PAIR}
    assert tell(0.9, 0.69).same == {}


@pytest.mark.usefixtures("by_cosine")
def test_where_nothing_is_asked_words_decide() -> None:
    assert tell(0.3, 0.71, question="20:00 to 20:20: buses").same == {}
    assert tell(0.9, 0.1, question="20:00 to 20:20: buses").same.keys() == {PAIR}


@pytest.mark.usefixtures("by_cosine")
def test_a_not_and_another_number_never_say_the_same() -> None:
    assert tell(text="Doors of 8 pounds").same
    assert not tell(text="Doors not").same
    statements = [
        make_statement(0, FINES, text="Fines of 8 pounds"),
        make_statement(1, DOORS, text="Doors of 7 pounds"),
    ]
    assert find_same(statements, {PAIR: 0.9}, {}, "Why?").same == {}
    statements[1] = make_statement(1, DOORS, text="Doors of 8 pounds")
    assert find_same(statements, {PAIR: 0.9}, {}, "Why?").same.keys() == {PAIR}


def test_a_second_bullet_would_repeat_the_first_from_a_cosine_of_60() -> None:
    assert tell(0.3, 0.6).alike == {PAIR}
    assert tell(0.3, 0.59).alike == frozenset()


# Who surely makes the point that they answer


@pytest.mark.parametrize(
    ("worth", "agreement", "sure"),
    [(0.6, 0.05, False), (0.6, 0.3, True), (0.05, 0.3, False), (0.2, 0.9, True)],
)
def test_who_likely_only_agrees_surely_makes_a_point_of_worth(
    worth: float, agreement: float, sure: bool
) -> None:
    said = [
        make_statement(0, FINES, author="ann", quality=worth),
        make_statement(
            1, "", author="bo", text="Yes!", point="", reply_to="p0", agreement=agreement
        ),
    ]
    found = find_supporters(said)
    assert found.by_post == {"p0": [said[1]]}
    assert found.sure == (frozenset(("p1",)) if sure else frozenset())


def test_who_praises_makes_a_point_where_they_likely_agree_and_thanks_do_not() -> None:
    reply = {"author": "bo", "point": "", "reply_to": "p0"}
    point = make_statement(0, FINES, author="ann")
    praise = make_statement(1, "", text="Awesome stuff", agreement=0.9, **reply)
    hardly = make_statement(1, "", text="Awesome stuff", agreement=0.05, **reply)
    thanks = make_statement(1, "", text="Awesome stuff, thanks", agreement=0.9, **reply)
    assert find_supporters([point, praise]).by_post == {"p0": [praise]}
    assert find_supporters([point, hardly]).by_post == {}
    assert find_supporters([point, thanks]).by_post == {}


def test_a_yes_with_a_not_counts_where_it_surely_makes_the_point() -> None:
    said = [
        make_statement(0, FINES, author="ann"),
        make_statement(
            1, "a", author="bo", text="Yes! Not here.", point="", reply_to="p0", agreement=0.5
        ),
        make_statement(
            2, "", author="cy", text="Yes, but no", point="", reply_to="p0", agreement=0.01
        ),
    ]
    found = find_supporters(said)
    assert found.by_post == {"p0": [said[1]]}
    assert found.sure == {"p1"}
