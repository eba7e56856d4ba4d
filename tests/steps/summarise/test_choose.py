"""Which points become bullets, from statements whose worth is given."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec
import pytest

from chinwag.model import Repost
from chinwag.steps.summarise.choose import Point, choose_points

from .makers import START, make_point, make_statement, weigh

WEIGHTS = dict.fromkeys("abcdefghijklmnopqrstuvwxyz", 1.0)


def choose(
    points: Sequence[Point],
    *,
    fewest: int = 3,
    most: int = 8,
    asked: Sequence[str] = (),
    alike: Sequence[frozenset[str]] = (),
) -> list[str]:
    """Return the ids of the posts quoted, in the order chosen."""
    every = [one for point in points for one in point.behind]
    chosen = choose_points(points, weigh(every), WEIGHTS, asked, alike, fewest=fewest, most=most)
    return [point.quoted.post.id for point in chosen]


def pass_on(point: Point, times: int) -> Point:
    """Return a point whose post was passed on so often."""
    reposts = tuple(Repost(id=f"r{n}", author=f"fan{n}", at=START) for n in range(times))
    quoted = msgspec.structs.replace(
        point.quoted, post=msgspec.structs.replace(point.quoted.post, reposts=reposts)
    )
    return msgspec.structs.replace(point, quoted=quoted, behind=(quoted, *point.behind[1:]))


def test_of_two_like_points_the_one_passed_on_is_chosen() -> None:
    plain, passed_on = make_point(0, "abcdefg"), pass_on(make_point(1, "hijklmn"), 4)
    assert choose([plain, passed_on], fewest=1, most=1) == ["p1"]
    assert choose([plain, make_point(1, "hijklmn")], fewest=1, most=1) == ["p0"]


def test_how_often_a_post_was_passed_on_may_be_a_count_alone() -> None:
    plain, counted = make_point(0, "abcdefg"), make_point(1, "hijklmn")
    post = msgspec.structs.replace(counted.quoted.post, repost_count=4)
    quoted = msgspec.structs.replace(counted.quoted, post=post)
    counted = Point(quoted=quoted, behind=(quoted,), people=1)
    assert choose([plain, counted], fewest=1, most=1) == ["p1"]


def test_shared_points_come_first_by_people_and_of_as_many_the_one_that_gains_most() -> None:
    of_two = make_point(0, "abcde", make_statement(10, "abcd"))
    of_three = make_point(1, "fghij", make_statement(11, "fghi"), make_statement(12, "fghj"))
    heard = pass_on(make_point(2, "klmno", make_statement(13, "klmn")), 3)
    single = make_point(3, "pqrst")
    points = [of_two, of_three, heard, single]
    assert choose(points) == ["p1", "p0", "p2", "p3"]
    assert choose(points, fewest=1, most=1) == ["p1"]
    assert choose(points, fewest=2, most=2) == ["p1", "p2"]  # passed on, it gains more than p0


def test_at_most_half_of_the_places_rounded_up_are_for_shared_points_while_single_ideas_wait() -> (
    None
):
    shared = [
        make_point(n, row, make_statement(10 + n, row[:4]))
        for n, row in enumerate(("abcde", "fghij", "klmno", "pqrst"))
    ]
    idea = make_point(5, "uvwxyz", quality=0.9)
    assert choose([*shared, idea], fewest=3, most=3) == ["p0", "p1", "p5"]


def test_what_is_worth_little_is_shown_only_where_nothing_better_is_said() -> None:
    good = [make_point(n, row) for n, row in enumerate(("abcde", "fghij", "klmno"))]
    at_the_bar, below = make_point(4, "pqrst", quality=0.4), make_point(5, "uvwxy", quality=0.39)
    assert choose([*good, at_the_bar]) == ["p0", "p1", "p2", "p4"]
    assert choose([*good, below]) == ["p0", "p1", "p2"]
    assert choose([*good, below], fewest=4) == ["p0", "p1", "p2"]
    assert choose([below, make_point(6, "abcde", quality=0.15)]) == ["p5", "p6"]
    assert choose([make_point(0, "abcde", quality=0.15)]) == ["p0"]
    assert choose([make_point(0, "abcde", quality=0.149)]) == []


def test_a_shared_point_worth_little_takes_no_place_from_a_good_idea() -> None:
    poor = make_point(0, "abcde", make_statement(10, "abcd"), quality=0.39)
    ideas = [make_point(n, row) for n, row in enumerate(("fghij", "klmno", "pqrst"), 1)]
    assert choose([poor, *ideas], fewest=3, most=3) == ["p1", "p2", "p3"]


def test_one_person_holds_a_third_of_the_bullets_where_enough_others_speak() -> None:
    rows = ("abc", "def", "ghi", "jkl", "mno", "pqr", "stu")
    crowd = [make_point(n, row) for n, row in enumerate(rows[:4])]
    often = [make_point(n, row, author="ann", quality=0.9) for n, row in enumerate(rows[4:], 4)]
    chosen = choose([*crowd, *often], fewest=3, most=6)
    assert sum(id_ in ("p4", "p5", "p6") for id_ in chosen) == 1  # of five that are shown, a third
    assert len(chosen) == 5


def test_where_few_speak_each_may_hold_more() -> None:
    points = [
        make_point(n, row, author=author)
        for n, (row, author) in enumerate(
            (("abc", "ann"), ("def", "ann"), ("ghi", "bo"), ("jkl", "bo"))
        )
    ]
    assert choose(points) == ["p0", "p1", "p2", "p3"]


def test_a_second_bullet_does_not_say_the_first_again() -> None:
    first = make_point(0, "abcdefgh", quality=0.9)
    again = make_point(1, "abcdefgz")
    other = make_point(2, "ijklmnop")
    assert choose([first, again, other]) == ["p0", "p2"]
    told_alike = frozenset(("p0", "p2"))
    assert choose([first, other], alike=[told_alike]) == ["p0"]


def test_letters_alone_tell_that_a_bullet_repeats_another() -> None:
    """No word in common, yet the same letters but for an ending."""
    first, again = make_point(0, "abc"), make_point(1, "def")
    texts = ("Libraries lend garden tools", "Library lends garden tool")
    points = [
        Point(quoted=quoted, behind=(quoted,), people=1)
        for quoted in (
            msgspec.structs.replace(point.quoted, point=text)
            for point, text in zip((first, again), texts, strict=True)
        )
    ]
    assert choose(points) == ["p0"]


def test_a_post_stands_behind_one_point_alone() -> None:
    shared = make_statement(10, "abcd")
    one, other = make_point(0, "abcde", shared), make_point(1, "fghij", shared)
    assert choose([one, other]) == ["p0"]


@pytest.mark.parametrize(("echoed", "shown"), [(8, ["p0"]), (9, [])])
def test_nine_words_in_ten_of_the_question_make_no_answer(echoed: int, shown: list[str]) -> None:
    words = "abcdefghij"
    assert choose([make_point(0, words)], asked=words[:echoed]) == shown


def test_five_points_are_all_shown_and_of_more_five_in_eight() -> None:
    letters = "abcdefghijklmnopqrstuvwx"
    points = [make_point(n, letters[2 * n : 2 * n + 2]) for n in range(12)]
    assert len(choose(points[:5])) == 5
    assert len(choose(points[:8])) == 5
    assert len(choose(points[:9])) == 6
    assert len(choose(points)) == 8
    assert len(choose(points, most=4)) == 4


def test_an_idea_that_adds_hardly_anything_is_not_shown_beyond_the_fewest() -> None:
    rich = [make_point(n, row) for n, row in enumerate(("abcdef", "ghijkl", "mnopqr"))]
    said_before = make_point(4, "agm")  # no new word, and too short to be like any of them
    adds = make_point(5, "agz")
    assert choose([*rich, said_before]) == ["p0", "p1", "p2"]
    assert choose([*rich, adds]) == ["p0", "p1", "p2", "p5"]


def gain_of(words: int, quality: float, confidence: float) -> float:
    """What docs/researchers/method.md says a first bullet gains."""
    return quality**4 * (1 + confidence) / 2 * words / math.pow(words + 8, 0.8)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((6, 0.8, 1.0), (5, 0.8, 1.0)),  # more words
        ((5, 0.85, 1.0), (6, 0.75, 1.0)),  # more worth, which counts most
        ((5, 0.8, 0.9), (5, 0.8, 0.7)),  # more surely placed
        ((6, 0.8, 0.7), (5, 0.8, 0.8)),
        ((7, 0.8, 1.0), (12, 0.62, 1.0)),
        ((12, 0.78, 1.0), (7, 0.8, 1.0)),
    ],
)
def test_words_worth_and_sureness_make_the_gain(
    one: tuple[int, float, float], other: tuple[int, float, float]
) -> None:
    assert gain_of(*one) > gain_of(*other)
    letters = "abcdefghijklmnopqrstuvwxyz"
    points = []
    for number, (words, quality, confidence) in enumerate((other, one)):
        row = letters[:words] if number else letters[-words:]
        points.append(make_point(number, row, quality=quality, confidence=confidence))
    assert choose(points, fewest=1, most=1) == ["p1"]
