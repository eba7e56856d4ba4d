"""What became of the posts of a capture: which came late, and which an edit took from the tag."""

from __future__ import annotations

from datetime import datetime

from chinwag.model import Sighting, Version
from chinwag.steps.collect.account import find_late, find_untagged

from .makers import at, make_post


def see(at: datetime | None) -> Sighting:
    return Sighting(route="mastodon:stream", address="glam.example", at=at)


def test_a_post_is_late_where_every_sighting_is() -> None:
    posts = [
        make_post("soon", sightings=(see(at(5)), see(at(60)))),
        make_post("late", sightings=(see(at(5.1)), see(at(60)))),
        make_post("in a file, too", sightings=(see(None), see(at(60)))),
        make_post("in a file", sightings=(see(None),)),
        make_post("nowhere"),
    ]
    assert find_late(posts) == ("late",)


def test_a_tag_is_lost_where_neither_the_list_nor_the_text_has_it() -> None:
    earlier = (Version(text="Maps #ShelfChat", at=at(1)),)
    posts = [
        make_post("lost", "Maps", versions=earlier),
        make_post("listed", "Maps", hashtags=("shelfchat",), versions=earlier),
        make_post("in the text", "#shelfchat #maps", hashtags=("maps",), versions=earlier),
        make_post("never there", "Maps", versions=(Version(text="Map", at=at(1)),)),
    ]
    assert find_untagged(posts, "shelfchat") == ("lost",)
