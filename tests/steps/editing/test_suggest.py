"""Suggestions: each is one change, none puts a word in anybody's mouth, people's own words stay."""

from __future__ import annotations

import msgspec
import pytest
from tests.steps.editing.desk import Desk, quote

from chinwag.model import Block, Bullet, HeadingBlock, PointBlock, Suggestion
from chinwag.steps.editing import draft_edition, suggest_edits, take_point, word_point

DRILLS, SAWS, TENTS, POLES, SPARE, HOSES = "p2", "p3", "p4", "p6", "p7", "p8"


def find(desk: Desk, id_: str, text: str, *others: str) -> Bullet:
    posts = {post.id: post for post in desk.posts}
    return quote(posts[id_], text, *(posts[one] for one in others))


def suggest(desk: Desk, *blocks: Block, **chosen: list[Bullet]) -> tuple[Suggestion, ...]:
    standing = blocks or draft_edition(desk.summary).blocks
    by_label = {label.removeprefix("q"): bullets for label, bullets in chosen.items()}
    return suggest_edits(standing, by_label, desk.posts)


def test_what_is_chosen_as_it_stands_is_no_suggestion(desk: Desk) -> None:
    as_drafted = {f"q{one.label}": list(one.bullets) for one in desk.summary.questions}
    assert suggest(desk, **as_drafted) == ()
    assert suggest(desk, q1=[], q9=[find(desk, HOSES, "Hoses split")]) == ()


def test_each_kind_of_change_is_suggested_alone(desk: Desk) -> None:
    drills = find(desk, DRILLS, "We lend drills", TENTS)
    spare = find(desk, SPARE, "We keep a box of spare poles at the desk", HOSES)
    poles = msgspec.structs.replace(
        find(desk, POLES, "Tent poles. Always the tent poles."), theme="tent poles"
    )
    assert suggest(desk, q1=[poles, drills], q2=[spare]) == (
        Suggestion(kind="move", question="1", points=(POLES,)),
        Suggestion(kind="theme", question="1", points=(POLES,), theme="tent poles"),
        Suggestion(kind="shorten", question="1", points=(DRILLS,), bullet=drills),
        Suggestion(kind="join", question="1", points=(DRILLS, TENTS)),
        Suggestion(kind="take", question="2", points=(SPARE,), bullet=spare),
    )


def test_points_are_put_into_the_order_of_the_choice(desk: Desk) -> None:
    drills, tents = desk.summary.questions[0].bullets
    hoses = find(desk, HOSES, "Hoses split in the first frost of the year")
    taken, order = suggest(desk, q1=[tents, hoses, drills])
    assert taken == Suggestion(
        kind="take", question="1", points=(HOSES,), bullet=hoses, after=TENTS
    )
    assert order == Suggestion(kind="order", question="1", points=(TENTS, DRILLS))


def test_a_post_behind_a_point_is_not_taken_as_a_second_one(desk: Desk) -> None:
    saws = find(desk, SAWS, "Saws and drills, all summer long", HOSES)
    assert suggest(desk, q1=[saws]) == (
        Suggestion(kind="shorten", question="1", points=(DRILLS,), bullet=saws),
    )
    hoses = find(desk, HOSES, "Hoses split in the first frost of the year", SAWS)
    (taken,) = suggest(desk, q2=[hoses])
    assert taken.bullet is not None
    assert (taken.bullet.posts, taken.bullet.people, taken.bullet.kind) == ((HOSES,), 1, "single")


def test_words_of_the_hosts_own_stay(desk: Desk) -> None:
    posts = {post.id: post for post in desk.posts}
    point = take_point(desk.summary.questions[0].bullets[0])
    own = word_point([point], "Drills last", posts)
    assert own.bullet.origin == "person"
    heading = HeadingBlock(text="What do you lend?", question="1")
    assert suggest(desk, heading, own, q1=[find(desk, DRILLS, "We lend drills")]) == ()


@pytest.mark.parametrize("first", [DRILLS, TENTS])
def test_a_joined_point_is_found_by_every_voice(desk: Desk, first: str) -> None:
    drills, tents = map(take_point, desk.summary.questions[0].bullets)
    joined = PointBlock(bullet=drills.bullet, voices=(*drills.voices, *tents.voices))
    heading = HeadingBlock(text="What do you lend?", question="1")
    words = {DRILLS: "We lend drills, and nobody ever breaks one"}
    chosen = find(desk, first, words.get(first, "Tents come back wet in autumn"))
    assert suggest(desk, heading, joined, q1=[chosen]) == ()
