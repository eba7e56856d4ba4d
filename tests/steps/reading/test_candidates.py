"""What speaks for one post's answering another, circumstance by circumstance."""

from __future__ import annotations

import math
from typing import Any

import pytest

from chinwag.steps.reading import infer_replies
from chinwag.steps.reading.inferred_replies import (
    Candidate,
    choose_answered,
    find_candidates,
    load_weights,
)
from chinwag.steps.reading.read_post import read_in_time


def look(talk: Any, *rows: tuple[float, str, str]) -> dict[int, dict[str, float]]:
    """Return what speaks for each candidate of the last post; rows are seconds, author, text."""
    for seconds, author, text in rows:
        talk.say(seconds / 60, author, text)
    *_, last = find_candidates(read_in_time(talk.posts))
    return {candidate.at: candidate.says for candidate in last}


def test_whom_a_post_names_first_or_among_others(talk: Any) -> None:
    says = look(
        talk,
        (0, "ann", "Do you lend seeds?"),
        (7, "bo", "@cy vans cost"),
        (20, "ann", "Beans"),
        (80, "cy", "@ann @bo yes, I agree"),
    )
    assert says == {
        2: {"led": 1.0, "led, latest": 1.0, "minutes": pytest.approx(math.log1p(1.0))},
        1: {
            "led with others": 1.0,
            "led with others, latest": 1.0,
            "minutes": pytest.approx(math.log1p(73 / 60)),
            "posts between": pytest.approx(math.log1p(1)),
            "spoken to": 1.0,
            "of their circle": 1.0,
        },
        0: {
            "led": 1.0,
            "led, posts since": pytest.approx(math.log1p(1)),
            "minutes": pytest.approx(math.log1p(80 / 60)),
            "posts between": pytest.approx(math.log1p(2)),
            "asks": 1.0,
        },
    }


def test_ones_own_post_before_and_one_that_is_quoted(talk: Any) -> None:
    """Five seconds to read, and 0.2 for each of 54 letters to write: 15.4."""
    text = "“We lend seeds in spring” says @ann A1: and vans 2/2"
    says = look(talk, (0, "ann", "We lend seeds in spring"), (6, "bo", "Vans 1/2"), (9, "bo", text))
    writing = 5 + 0.2 * len(text)
    likeness = {at: row.pop("words") for at, row in says.items()}
    assert 0 < likeness[1] < likeness[0] < 1
    assert says == {
        1: {
            "own": 1.0,
            "own, latest": 1.0,
            "minutes": pytest.approx(math.log1p(3 / 60)),
            "no time to write": pytest.approx(1 - 3 / writing),
            "own, next in row": 1.0,
            "own, names others": 1.0,
        },
        0: {
            "named": 1.0,
            "named, latest": 1.0,
            "minutes": pytest.approx(math.log1p(9 / 60)),
            "no time to write": pytest.approx(1 - 9 / writing),
            "posts between": pytest.approx(math.log1p(1)),
            "quotes": 1.0,
        },
    }


def test_who_was_called_by_a_bare_name_and_then_speaks(talk: Any) -> None:
    says = look(
        talk,
        (0, "ann", "we lend seeds"),
        (5, "cy", "ann: which seeds?"),
        (31, "bo", "vans"),
        (40, "ann", "beans mostly"),
    )
    assert says == {
        2: {"none": 1.0, "none, latest": 1.0, "minutes": pytest.approx(math.log1p(9 / 60))},
        1: {
            "none": 1.0,
            "none, latest": 1.0,
            "minutes": pytest.approx(math.log1p(35 / 60)),
            "posts between": pytest.approx(math.log1p(1)),
            "spoken to": 1.0,
            "asks": 1.0,
            "none, called just before": 1.0,
        },
        0: {
            "own": 1.0,
            "own, latest": 1.0,
            "minutes": pytest.approx(math.log1p(40 / 60)),
            "posts between": pytest.approx(math.log1p(2)),
        },
    }


def test_how_a_post_goes_on_reacts_bears_a_number_and_names_people(talk: Any) -> None:
    talk.say(0, "bo", "Vans")
    for text, names in (
        ("Also A1: vans @x", {"own, goes on", "own, names others"}),
        ("Yes, vans (A1) @x", {"own, reacts", "own, numbered", "own, names others"}),
    ):
        talk.posts = talk.posts[:1]
        says = look(talk, (60, "bo", text))[0]
        usual = {"own", "own, latest", "minutes", "words"}
        assert set(says) - usual == names


def test_the_last_six_posts_of_whom_one_names_three_of_ones_own_and_three_before(talk: Any) -> None:
    rows = [(n, "ann", "Seeds") for n in range(8)]
    rows += [(10 + n, "cy", "Vans") for n in range(4)]
    rows += [(20 + n, f"p{n}", "Beans") for n in range(4)]
    says = look(talk, *((float(s), a, t) for s, a, t in rows), (300.0, "cy", "@ann why?"))
    assert list(says) == [15, 14, 13, 11, 10, 9, 7, 6, 5, 4, 3, 2]


def test_after_half_an_hour_time_tells_no_more_and_after_a_day_nothing_is_answered(
    talk: Any,
) -> None:
    day = 24 * 3600.0
    says = look(talk, (0, "ann", "Seeds"), (1, "bo", "Vans"), (day + 1, "cy", "@ann @bo why?"))
    assert {at: row["minutes"] for at, row in says.items()} == {1: pytest.approx(math.log1p(30))}


def test_posts_of_whole_minutes_tell_nothing_of_the_time_to_write(talk: Any) -> None:
    says = look(talk, (0, "ann", "Seeds"), (0, "bo", "@ann seeds of what?"))
    assert "no time to write" not in says[0]
    assert "minutes" not in says[0]


def candidate(at: int, log_odds: float) -> Candidate:
    """Return a candidate of these odds against nobody, said by a name that leads."""
    return Candidate(at, {"led": log_odds / load_weights()["led"]})


@pytest.mark.parametrize(
    ("odds", "chosen"),
    [
        ([], None),
        ([0.0], (0, 0.5)),
        ([math.log(0.25 / 0.75) + 0.01], (0, 0.252)),
        ([math.log(0.25 / 0.75) - 0.01], None),  # nobody is likelier than 0.75
        ([math.log(1.0), math.log(2.0)], (1, 0.5)),
        ([math.log(2.0), math.log(2.0)], (0, 0.4)),  # the latest comes first
        ([math.log(1.0)] * 2, (0, 0.333)),
        ([math.log(1.0)] * 4, None),  # none is likelier than a quarter
    ],
)
def test_the_likeliest_is_answered_unless_nobody_may_be(
    odds: list[float], chosen: tuple[int, float] | None
) -> None:
    found = choose_answered([candidate(at, one) for at, one in enumerate(odds)])
    assert (None if found is None else (found[0].at, round(found[1], 3))) == chosen


def test_the_reason_says_what_told(talk: Any) -> None:
    talk.say(0, "ann", "We lend seeds in spring")
    talk.say(1, "bo", "Vans cost us more than seeds")
    talk.say(2, "cy", "@ann “We lend seeds in spring” and so do we")
    talk.say(3, "bo", "@ann Which seeds do you lend in spring?")
    talk.say(3.1, "ann", "Beans")
    talk.say(5, "dee", "@ann Which seeds do you lend in spring, then?")
    reasons = {link.post: link.reason for link in infer_replies(talk.posts)}
    assert reasons["p3"] == "quotes @ann"
    assert reasons["p4"] == "speaks to @ann, whose latest post this was"
    assert reasons["p6"] == "speaks to @ann, and this post of theirs fits best"
