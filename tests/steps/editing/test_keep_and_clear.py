"""An edition survives: its sources are lost one by one, and words that are taken out are gone."""

from __future__ import annotations

import msgspec
import pytest
from tests.steps.editing.desk import Desk, quote

from chinwag.model import (
    Block,
    Edition,
    GoneBlock,
    HeadingBlock,
    LinkBlock,
    ParagraphBlock,
    PictureBlock,
    PointBlock,
    QuotationBlock,
    Quote,
    make_note,
)
from chinwag.steps.editing import (
    clear_edition,
    find_edition_faults,
    find_gone,
    keep_edition,
    read_sheet,
)

GONE = GoneBlock(why=make_note("edition-point-gone", posts=1))
WORDS_GONE = GoneBlock(why=make_note("edition-words-gone"))
DRILLS = "We lend drills, and nobody ever breaks one"


def edit(desk: Desk, *lines: str) -> Edition:
    material = desk.gather()
    sheet = read_sheet("\n".join(lines), material)
    assert sheet.mistakes == ()
    return Edition(
        number=1,
        blocks=sheet.blocks,
        hidden=sheet.hidden,
        names=sheet.names,
        seen=material.list_seen(),
    )


def clear(desk: Desk, edition: Edition, id_: str) -> Edition:
    """Return the edition after a post has been taken out; what is left of it traces."""
    before = desk.posts
    desk.delete(id_)
    cleared = clear_edition(edition, find_gone(before, desk.posts), desk.posts)
    assert find_edition_faults(cleared, desk.posts) == ()
    assert keep_edition(cleared, desk.posts) == cleared
    return cleared


def one_point(*blocks: Block) -> PointBlock:
    (block,) = blocks
    assert isinstance(block, PointBlock)
    return block


def test_nothing_changes_where_nothing_has_gone(desk: Desk) -> None:
    edition = edit(desk, "Mine", "- [hfdm vny7] Drills and tents", "> [pueh @ann] Tent poles.")
    assert keep_edition(edition, desk.posts) == edition
    assert clear_edition(edition, (), desk.posts) == edition
    assert find_edition_faults(edition, desk.posts) == ()


def test_a_point_goes_with_its_post(desk: Desk) -> None:
    edition = edit(desk, "- [vny7 @cem]", "> [vny7 @cem] Tents come back wet")
    assert clear(desk, edition, "p4").blocks == (GONE, GONE)


def test_a_joined_point_loses_only_that_voice(desk: Desk) -> None:
    edition = edit(desk, "- [vny7 hfdm] Tents come back wet in autumn")
    point = one_point(*clear(desk, edition, "p4").blocks)
    assert point.bullet == quote(desk.posts[1], DRILLS, desk.posts[2])


def test_own_words_stay_unless_they_take_up_the_voice_that_goes(desk: Desk) -> None:
    edition = edit(desk, "- [vny7 hfdm] Two said what they lend", "Own words of nobody else")
    point, paragraph = clear(desk, edition, "p4").blocks
    assert isinstance(point, PointBlock)
    assert (point.bullet.text, point.bullet.origin) == ("Two said what they lend", "person")
    assert point.bullet.parts == (Quote(post="p2", author="ann", text=DRILLS),)
    assert (point.bullet.quoted, point.bullet.posts) == ("p2", ("p2", "p3"))
    assert paragraph == ParagraphBlock(text="Own words of nobody else")


@pytest.mark.parametrize(
    "words",
    ["He says that tents come back wet in autumn", "As @cem says, it rains", "Cem Kaya says so"],
)
def test_own_words_that_take_up_what_is_gone_go(desk: Desk, words: str) -> None:
    named = [
        msgspec.structs.replace(post, author_name="Cem Kaya") if post.author == "cem" else post
        for post in desk.posts
    ]
    desk.posts = tuple(named)
    edition = edit(
        desk,
        f"## [Q1] {words}",
        f"## {words}",
        f"- [hfdm vny7] {words}",
        f"![{words}](https://a.example/b.png)",
        f"- <https://a.example> {words}",
        words,
    )
    first, heading, point, picture, link, paragraph = clear(desk, edition, "p4").blocks
    assert first == HeadingBlock(text="", question="1")
    assert isinstance(point, PointBlock)
    assert point.bullet == quote(desk.posts[1], DRILLS, desk.posts[2])
    assert [heading, picture, link, paragraph] == [WORDS_GONE] * 4


def test_the_first_voice_of_a_shared_point_goes(desk: Desk) -> None:
    point = one_point(*clear(desk, edit(desk, "- [hfdm @ann +1]"), "p2").blocks)
    assert point.bullet == quote(desk.posts[2], "Saws and drills, all summer long")


def test_words_that_a_post_which_stays_has_lost_go_from_what_is_kept(desk: Desk) -> None:
    edition = edit(desk, "- [hfdm @ann +1]", "> [hfdm @ann] nobody ever breaks one")
    desk.posts = tuple(
        msgspec.structs.replace(post, text="A1: We lend drills, and […]")
        if post.id == "p2"
        else post
        for post in desk.posts
    )
    cleared = clear(desk, edition, "p4")
    point, quotation = cleared.blocks
    assert isinstance(point, PointBlock)
    assert point.bullet == quote(desk.posts[1], "We lend drills, and […]", desk.posts[2])
    assert quotation == GONE
    assert "nobody ever breaks one" not in msgspec.json.encode(cleared).decode()


def test_nobody_is_named_who_wants_to_be_gone(desk: Desk) -> None:
    edition = edit(desk, "hide: @cem", "name: @cem = Cem", "name: @ann = Ann")
    cleared = clear(desk, edition, "p4")
    assert (cleared.hidden, cleared.names) == ((), {"ann": "Ann"})
    assert "p4" not in cleared.seen


def test_a_link_is_nobodys_once_its_post_is_gone(desk: Desk) -> None:
    edition = edit(desk, "- <https://poles.example> poles", "![x](https://a.example/b.png)")
    assert clear(desk, edition, "p6").blocks == (
        LinkBlock(url="https://poles.example", words="poles"),
        PictureBlock(address="https://a.example/b.png", description="x"),
    )


def test_a_post_that_is_only_out_of_sight_brings_its_point_back(desk: Desk) -> None:
    edition = edit(desk, "- [vny7 @cem]", "> [vny7 @cem] Tents come back wet")
    without = [post for post in desk.posts if post.id != "p4"]
    assert keep_edition(edition, without).blocks == (GONE, GONE)
    assert clear_edition(edition, find_gone(desk.posts, without), without) == edition
    assert keep_edition(edition, desk.posts) == edition


def test_a_post_under_another_id_is_the_same_post(desk: Desk) -> None:
    edition = edit(desk, "- [vny7 @cem]", "> [vny7 @cem] Tents come back wet")
    renamed = tuple(
        msgspec.structs.replace(post, id="new", aliases=("p4",)) if post.id == "p4" else post
        for post in desk.posts
    )
    point, quotation = keep_edition(edition, renamed).blocks
    assert isinstance(point, PointBlock)
    assert (point.bullet.quoted, point.bullet.posts) == ("new", ("new",))
    assert isinstance(quotation, QuotationBlock)
    assert quotation.quote.post == "new"


def test_what_its_author_has_changed_is_quoted_as_it_is_now(desk: Desk) -> None:
    edition = edit(desk, "- [vny7 @cem]")
    edited = tuple(
        msgspec.structs.replace(post, text="A1: Tents come back dry") if post.id == "p4" else post
        for post in desk.posts
    )
    point = one_point(*keep_edition(edition, edited).blocks)
    assert point.bullet == quote(desk.posts[3], "Tents come back dry")


def test_an_edition_that_misquotes_is_found_out(desk: Desk) -> None:
    point = one_point(*edit(desk, "- [vny7 @cem]").blocks)
    bullet = msgspec.structs.replace(point.bullet, text="Tents come back dry")
    edition = Edition(number=1, blocks=(msgspec.structs.replace(point, bullet=bullet),))
    assert find_edition_faults(edition, desk.posts) == (
        "its words do not stand in post p4, which says: “A1: Tents come back wet in autumn #lend”. "
        "It says: “Tents come back dry”",
    )
