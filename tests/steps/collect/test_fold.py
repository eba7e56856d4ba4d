"""Reposts under their originals; what people add stays theirs."""

from __future__ import annotations

import pytest

from chinwag.model import Post, Repost
from chinwag.steps.collect import Folded, fold_reposts

from .makers import at, make_post

SAID = "We moved the maps to the door & lent twice as many in a month #shelfchat"


def make_original() -> Post:
    return make_post("1", f"{SAID} https://maps.example/door", author="ann", created_at=at(0))


def make_repost(id_: str, text: str, minutes: float = 5, **more: str) -> Post:
    return make_post(id_, text, created_at=at(minutes), **{"author": "ben", **more})


@pytest.mark.parametrize(
    ("text", "repost_of"),
    [
        ("RT @ann: " + SAID[:50] + "…", "1"),
        ("", "1"),
        ("RT @ann: " + SAID, ""),
        ("RT @Ann " + SAID, ""),
        ("RT @ann:" + SAID, ""),
        ("RT @ann: " + SAID.replace("&", "&amp;") + " http://t.co/xyz", ""),
        ("RT @ann: " + SAID[:50] + "…", ""),
        ("RT @cy: RT @ann: " + SAID[:40] + "…", ""),
        ("MT @ann: We moved maps to the door & lent twice as many #shelfchat", ""),
        (SAID, "?"),
    ],
)
def test_a_pure_repost_goes_under_its_original(text: str, repost_of: str) -> None:
    original = make_original()
    if repost_of == "?":
        text = "RT @ann: " + text
    repost = make_repost("2", text, repost_of=repost_of)
    folded = fold_reposts([repost, original])
    under = Repost(id="2", author="ben", at=at(5))
    assert folded == Folded(
        posts=(make_post("1", original.text, author="ann", reposts=(under,)),), folded=1
    )


@pytest.mark.parametrize(
    "text",
    [
        "So do we, and it works! RT @ann: " + SAID,
        "RT @ann: " + SAID + " << we tried that and nobody came",
    ],
)
def test_who_adds_words_of_their_own_has_said_something(text: str) -> None:
    posts = fold_reposts([make_original(), make_repost("2", text)]).posts
    assert posts == (make_original(), make_repost("2", text, quote_of="1"))


def test_a_repost_of_a_repost_goes_under_the_first_original() -> None:
    posts = [
        make_original(),
        make_repost("2", "RT @ann: " + SAID, 5),
        make_repost("3", "RT @ben: RT @ann: " + SAID, 7, author="cy", repost_of="2"),
    ]
    (post,) = fold_reposts(posts).posts
    assert [repost.id for repost in post.reposts] == ["2", "3"]


def test_the_earliest_repost_stands_for_an_original_that_is_not_there() -> None:
    early = make_repost("2", "RT @dee: We read aloud at noon #shelfchat", 3)
    later = make_repost("3", "RT @dee: We read aloud at noon #shelfchat", 9, author="cy")
    known = make_repost("4", "We count steps", 4, repost_of="77")
    again = make_repost("5", "We count steps", 6, author="cy", repost_of="77")
    folded = fold_reposts([later, early, known, again])
    assert folded == Folded(
        posts=(
            make_post(
                "2", early.text, author="ben", created_at=at(3), repost_of="?",
                reposts=(Repost(id="3", author="cy", at=at(9)),),
            ),
            make_post(
                "4", known.text, author="ben", created_at=at(4), repost_of="77",
                reposts=(Repost(id="5", author="cy", at=at(6)),),
            ),
        ),
        folded=2,
        standing=("2", "4"),
    )  # fmt: skip


def test_a_repost_never_goes_under_another_saying_of_the_author() -> None:
    other = make_post("1", "Our café opens at nine on Sundays #shelfchat", author="ann")
    short = make_post("9", "Yes!", author="ann")
    folded = fold_reposts([other, short, make_repost("2", "RT @ann: " + SAID)])
    assert (folded.folded, folded.standing) == (0, ("2",))


def test_nothing_goes_under_words_that_are_lost() -> None:
    lost = make_post("1", SAID, author="ann", text_lost=True)
    folded = fold_reposts([lost, make_repost("2", "RT @ann: " + SAID)])
    assert (folded.folded, folded.standing) == (0, ("2",))


def test_a_tombstone_stays() -> None:
    gone = make_post("2", "", author="", url="", deleted=True)
    assert fold_reposts([make_original(), gone]).posts == (make_original(), gone)


def test_folding_again_changes_nothing() -> None:
    posts = [make_original(), make_repost("2", "RT @ann: " + SAID), make_repost("3", "RT @dee: hm")]
    once = fold_reposts(posts)
    assert fold_reposts(once.posts).posts == once.posts


def test_another_saying_that_begins_alike_does_not_hide_the_original() -> None:
    alike = make_post("0", "We moved the café upstairs #shelfchat", author="ann", created_at=at(-1))
    original = make_original()
    repost = make_repost("2", "RT @ann: We moved the " + SAID.removeprefix("We moved the "))
    reworded = make_repost("3", "MT @ann: We moved the maps to door & lent twice as many in month")
    posts = fold_reposts([alike, original, repost, reworded]).posts
    assert [[under.id for under in post.reposts] for post in posts] == [[], ["2", "3"]]


def test_a_circle_of_reposts_stands_at_one_end_with_all_that_lead_into_it() -> None:
    into = make_repost("1", "We count steps", 9, repost_of="2")
    first = make_post("2", "We count steps", repost_of="3", aliases=("8",))
    second = make_repost("3", "We count steps", 2, author="cy", repost_of="8")
    folded = fold_reposts([into, first, second])
    under = (Repost(id="3", author="cy", at=at(2)), Repost(id="1", author="ben", at=at(9)))
    standing = make_post("2", first.text, repost_of="3", aliases=("8",), reposts=under)
    assert folded == Folded(posts=(standing,), folded=2)
    assert fold_reposts(folded.posts).posts == folded.posts
