"""Posts as they were said."""

from __future__ import annotations

from chinwag.model import Post, Sighting
from chinwag.steps.collect import order_posts

from .makers import at, make_post


def see(id_: str, line: int, minutes: float) -> Post:
    seen = Sighting(route="made", address="log.csv", line=line)
    return make_post(id_, created_at=at(minutes), sightings=(seen,))


def list_ids(posts: tuple[Post, ...]) -> list[str]:
    return [post.id for post in posts]


def test_posts_of_one_minute_stand_as_in_a_file_that_goes_forward() -> None:
    posts = [see("d", 4, 2), see("b", 3, 1), see("c", 2, 1), see("a", 1, 0)]
    assert list_ids(order_posts(posts)) == ["a", "c", "b", "d"]


def test_a_file_with_the_newest_first_is_read_upwards() -> None:
    posts = [see("d", 1, 2), see("b", 2, 1), see("c", 3, 1), see("a", 4, 0)]
    assert list_ids(order_posts(posts)) == ["a", "c", "b", "d"]


def test_long_numbers_tell_the_order_within_a_second() -> None:
    posts = [make_post("1136999504622837763"), make_post("999999504622837763")]
    assert list_ids(order_posts(posts)) == ["999999504622837763", "1136999504622837763"]
