"""How many posts there were: estimated where two ways of looking are independent, else not."""

from __future__ import annotations

import math
import random
from datetime import UTC, datetime, timedelta

import pytest

from chinwag.messages import open_catalogue
from chinwag.model import Completeness, Post, RouteRecord, Sighting, make_note
from chinwag.steps.collect import estimate_completeness
from chinwag.steps.collect.completeness import METHOD, estimate_number

START = datetime(2026, 11, 24, 18, tzinfo=UTC)


def make_route(name: str, origin: str, kind: str = "poll") -> RouteRecord:
    return RouteRecord(
        name=name, network="mastodon", kind=kind, origin=origin, seen_as=(f"mastodon:{name} x",)
    )


def make_posts(*seen: tuple[str, int], tag: str = "inkchat") -> list[Post]:
    """Return so many posts for each "a", "b" or "ab": the routes that saw them."""
    posts = []
    for routes, many in seen:
        for number in range(many):
            sightings = tuple(Sighting(route=f"mastodon:{name}", address="x") for name in routes)
            posts.append(
                Post(
                    id=f"{tag}-{routes}-{number}",
                    author="ann",
                    text=f"#{tag}",
                    created_at=START + timedelta(seconds=number),
                    reply_to=None,
                    url="",
                    source="mastodon:a",
                    sightings=sightings,
                )
            )
    return posts


ROUTES = (make_route("a", "one"), make_route("b", "two"), make_route("t", "one", "thread"))


def test_the_number_is_chapmans_and_lies_in_its_interval() -> None:
    estimate, low, high = estimate_number(200, 150, 120)
    assert estimate == pytest.approx(201 * 151 / 121 - 1)
    assert 230 <= low < estimate < high < 280


def test_where_nothing_was_found_twice_there_may_be_any_number() -> None:
    assert estimate_number(9, 9, 0) == (99, 18, math.inf)


def test_where_both_saw_everything_hardly_anything_can_be_missing() -> None:
    estimate, low, high = estimate_number(300, 300, 300)
    assert (estimate, low, high) == (300, 300, 300)


def test_the_interval_holds_the_truth_about_19_times_in_20() -> None:
    chance = random.Random(7)
    for there, first_finds, second_finds in ((60, 0.5, 0.6), (400, 0.9, 0.8), (800, 0.99, 0.3)):
        held = 0
        for _ in range(600):
            first = {n for n in range(there) if chance.random() < first_finds}
            second = {n for n in range(there) if chance.random() < second_finds}
            _estimate, low, high = estimate_number(len(first), len(second), len(first & second))
            held += low <= there <= high
        assert 0.93 <= held / 600 <= 1.0


def test_what_threads_and_other_tags_found_does_not_count() -> None:
    posts = make_posts(("ab", 80), ("a", 10), ("b", 5), ("t", 40), ("at", 5))
    posts += make_posts(("ab", 50), tag="otherchat")
    (estimate,) = estimate_completeness(posts, ROUTES, "InkChat")

    number, low, high = estimate_number(95, 85, 80)
    assert estimate == Completeness(
        network="mastodon",
        method=METHOD,
        found=100,
        said=make_note(
            "some-missing", network="mastodon", hashtag="InkChat", posts=100, missing=1, most=4
        ),
        estimate=round(number, 1),
        low=low,
        high=high,
        first=("a",),
        second=("b",),
        by_first=95,
        by_second=85,
        by_both=80,
    )


def test_it_says_why_nothing_can_be_estimated() -> None:
    same_eyes = (make_route("a", "one"), make_route("b", "one"))
    (dependent,) = estimate_completeness(make_posts(("ab", 80)), same_eyes, "inkchat")
    (few,) = estimate_completeness(make_posts(("ab", 3), ("a", 1)), ROUTES, "inkchat")

    assert (dependent.estimate, dependent.why) == (None, make_note("one-origin"))
    assert few.estimate is None
    assert open_catalogue().word_notes((few.said, few.why)) == (
        "Mastodon: 4 posts with #inkchat were found. How many were missed cannot be estimated."
        " Only 3 of them were found in two independent ways, and an estimate needs 7 at least."
    )
