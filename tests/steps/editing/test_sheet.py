"""The sheet: an edition as one file, and back; mistakes are told with their lines."""

from __future__ import annotations

from itertools import permutations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.steps.conftest import Talk
from tests.steps.editing.desk import Desk, quote

from chinwag.messages import open_catalogue
from chinwag.model import (
    Block,
    Edition,
    HeadingBlock,
    LinkBlock,
    ParagraphBlock,
    PictureBlock,
    PointBlock,
    QuotationBlock,
    Quote,
    RuleBlock,
)
from chinwag.steps.editing import (
    Material,
    compare_editions,
    gather_material,
    list_points,
    read_sheet,
    write_sheet,
)
from chinwag.steps.editing.marks import mark_posts
from chinwag.steps.editing.sheet_lines import list_marks, read_lines

DRILLS = "- [hfdm @ann +1] We lend drills, and nobody ever breaks one"
TENTS = "- [vny7 @cem] Tents come back wet in autumn"
POLES = "- [pueh @ann] Tent poles. Always the tent poles."
SPARE = "- [ap55 @dee] We keep a box of spare poles at the desk"


def read(desk: Desk, *lines: str) -> tuple[Block, ...]:
    """Return the blocks of a sheet without mistakes."""
    sheet = read_sheet("\n".join(lines), desk.gather())
    assert sheet.mistakes == ()
    return sheet.blocks


def list_mistakes(desk: Desk, *lines: str) -> list[tuple[int, str]]:
    sheet = read_sheet("\n".join(lines), desk.gather())
    words = open_catalogue()
    return [(one.line, words.word_note(one.why)) for one in sheet.mistakes]


def read_point(desk: Desk, *lines: str) -> PointBlock:
    (block,) = read(desk, *lines)
    assert isinstance(block, PointBlock)
    return block


def test_the_sheet_of_a_draft(desk: Desk) -> None:
    sheet = write_sheet(desk.gather()).split("\n")
    assert len(sheet[: sheet.index("")]) == 5
    assert sheet[6:] == [
        "edition: 0",
        "",
        "## [Q1] What do you lend?",
        "",
        DRILLS,
        TENTS,
        "",
        "## [Q2] What comes back broken?",
        "",
        POLES,
        "",
        "- <https://poles.example>",
        "",
        "### Not used",
        "",
        SPARE,
        "",
    ]


def test_a_sheet_read_unchanged_is_the_same_edition(desk: Desk) -> None:
    material = desk.gather()
    read = read_sheet(write_sheet(material), material)
    assert (read.blocks, read.made_from, read.mistakes) == (material.edition.blocks, 0, ())


def test_what_a_host_writes_and_takes(desk: Desk) -> None:
    blocks = read(
        desk,
        "An opening *paragraph*,",
        "on two lines.",
        "",
        "## [Q2] What broke?",
        SPARE,
        "---",
        "> [vny7 @cem] Tents come back […] in autumn",
        "![A heap of poles](https://pictures.example/poles.jpg)",
        "- <https://poles.example> where to buy them",
        "### Own part",
        "1. a list",
        "2. of mine",
        "## Own heading",
    )
    spare = desk.gather().unused["2"][0]
    assert blocks == (
        ParagraphBlock(text="An opening *paragraph*,\non two lines."),
        HeadingBlock(text="What broke?", question="2", reworded=True),
        spare,
        RuleBlock(),
        QuotationBlock(quote=Quote(post="p4", author="cem", text="Tents come back […] in autumn")),
        PictureBlock(address="https://pictures.example/poles.jpg", description="A heap of poles"),
        LinkBlock(url="https://poles.example", words="where to buy them", posts=("p6",)),
        HeadingBlock(text="Own part", level=3),
        ParagraphBlock(text="1. a list\n2. of mine"),
        HeadingBlock(text="Own heading"),
    )


@pytest.mark.parametrize(
    ("words", "origin", "quoted", "text"),
    [
        ("We lend drills", "quoted", "p2", "We lend drills"),
        ("“We lend drills”", "quoted", "p2", "We lend drills"),
        ("We lend […] and nobody", "quoted", "p2", "We lend […] and nobody"),
        ("We lend [...] and nobody", "quoted", "p2", "We lend […] and nobody"),
        ("Saws and drills", "quoted", "p3", "Saws and drills"),
        ("Drills are lent", "person", "p2", "Drills are lent"),
        ("We lend drill", "person", "p2", "We lend drill"),
        ("", "quoted", "p2", "We lend drills, and nobody ever breaks one"),
    ],
)
def test_whose_words_a_point_is_in(
    desk: Desk, words: str, origin: str, quoted: str, text: str
) -> None:
    bullet = read_point(desk, f"- [hfdm @ann +1] {words}").bullet
    assert (bullet.origin, bullet.quoted, bullet.text) == (origin, quoted, text)
    assert (set(bullet.posts), bullet.people, bullet.kind) == ({"p2", "p3"}, 2, "shared")


def test_own_words_rest_on_those_of_the_posts_and_can_be_put_back(desk: Desk) -> None:
    own = read_point(desk, "- [hfdm] Drills are lent")
    before = desk.gather().points["hfdm"]
    assert own.bullet.parts == (Quote(post="p2", author="ann", text=before.bullet.text),)
    assert own.voices == before.voices
    material = desk.gather(Edition(number=1, blocks=(own,)))
    (again,) = read_sheet(f"- [hfdm] {before.bullet.text}", material).blocks
    assert again == before


@pytest.mark.parametrize(
    "line",
    [
        "- [hfdm vny7] We lend drills, and nobody ever breaks one",
        "- [hfdm @ann + vny7 @cem]",
        "- [HFDM @ann +1] [vny7 @cem] We lend drills, and nobody ever breaks one",
        f"{DRILLS} {TENTS}",
    ],
)
def test_two_marks_on_one_line_join_their_points(desk: Desk, line: str) -> None:
    point = read_point(desk, line)
    points = desk.gather().points
    assert point.bullet == quote(
        desk.posts[1], "We lend drills, and nobody ever breaks one", desk.posts[2], desk.posts[3]
    )
    assert point.voices == (*points["hfdm"].voices, *points["vny7"].voices)


def test_joined_points_are_parted_where_both_have_a_line_again(desk: Desk) -> None:
    apart = desk.gather()
    joined = read(desk, "- [vny7 hfdm] We lend drills, and nobody ever breaks one")
    material = desk.gather(Edition(number=1, blocks=joined))
    again = read_sheet("- [vny7]\n- [hfdm]", material)
    assert (again.mistakes, again.blocks) == ((), (apart.points["vny7"], apart.points["hfdm"]))
    own = read(desk, "- [vny7 hfdm] They lend this and that")
    material = desk.gather(Edition(number=1, blocks=own))
    first, second = read_sheet("- [vny7] They lend this and that\n- [hfdm]", material).blocks
    assert isinstance(first, PointBlock)
    assert (first.bullet.text, first.bullet.posts) == ("They lend this and that", ("p4",))
    assert second == apart.points["hfdm"]


def test_joined_points_in_other_words_are_the_hosts(desk: Desk) -> None:
    point = read_point(desk, f"{DRILLS}, but {TENTS} again")
    assert point.bullet.origin == "person"
    assert point.bullet.text == (
        "We lend drills, and nobody ever breaks one, but Tents come back wet in autumn again"
    )


def test_an_answer_under_a_point(desk: Desk) -> None:
    point = read_point(desk, POLES, "  - [ap55 @dee] a box of spare poles")
    assert point.bullet.replies == (Quote(post="p7", author="dee", text="a box of spare poles"),)
    material = desk.gather(Edition(number=1, blocks=(point,)))
    sheet = write_sheet(material)
    assert read_sheet(sheet, material).blocks == (point,)
    struck = "\n".join(line for line in sheet.split("\n") if not line.startswith("  - "))
    (alone,) = read_sheet(struck, material).blocks
    assert isinstance(alone, PointBlock)
    assert alone.bullet.replies == ()


def test_only_what_the_host_has_written_since_is_counted(desk: Desk) -> None:
    first = Edition(number=1, blocks=read(desk, "One of mine.", "", "Another.", "", DRILLS))
    assert compare_editions(desk.gather().edition, first).paragraphs == 2
    second = Edition(number=2, blocks=read(desk, "One of mine.", "", "Other words.", "", DRILLS))
    assert compare_editions(first, second).paragraphs == 1


def test_an_answer_stands_once_and_is_none_where_it_makes_the_point(desk: Desk) -> None:
    answer = "  - [ap55 @dee] a box of spare poles"
    assert read_point(desk, POLES, answer, answer).bullet.replies == (
        Quote(post="p7", author="dee", text="a box of spare poles"),
    )
    joined = read_point(desk, "- [pueh ap55] Tent poles. Always the tent poles.", answer)
    assert joined.bullet.replies == ()


def test_a_line_across_before_the_next_question_stands_there(desk: Desk) -> None:
    headings = ("## [Q1] What do you lend?", "## [Q2] What comes back broken?")
    blocks = read(desk, headings[0], DRILLS, "### Not used", TENTS, "", "---", "", headings[1])
    assert [type(block) for block in blocks] == [HeadingBlock, PointBlock, RuleBlock, HeadingBlock]


def test_a_point_that_is_quoted_apart_or_answers_another_is_not_left_out(desk: Desk) -> None:
    blocks = read(desk, DRILLS, f"  {SPARE}", f"  {TENTS}", "> [pueh @ann] Tent poles.")
    before = desk.gather().edition
    after = Edition(number=1, blocks=blocks)
    outcome = compare_editions(before, after)
    assert (outcome.points, outcome.left_out, outcome.added) == (1, 0, 0)
    assert (outcome.apart, outcome.answers) == (1, 2)
    again = compare_editions(after, msgspec.structs.replace(after, blocks=blocks[:1]))
    assert (again.left_out, again.apart, again.answers) == (0, 0, 0)


def test_a_post_with_which_a_point_goes_on_is_not_offered_by_itself(desk: Desk) -> None:
    spare, hoses = desk.posts[6], desk.posts[7]
    parts = [Quote(post=one.id, author=one.author, text=one.text) for one in (spare, hoses)]
    run = msgspec.structs.replace(
        quote(spare, " ".join(part.text for part in parts)),
        posts=(spare.id, hoses.id),
        parts=tuple(parts),
    )
    offered = {"2": (quote(hoses, "Hoses split"), run, quote(spare, spare.text))}
    material = gather_material(desk.chat, desk.posts, desk.summary, offered, None)
    assert [point.bullet for point in material.unused["2"]] == [run]


def test_lines_that_an_editor_has_wrapped_are_one(desk: Desk) -> None:
    point = read_point(desk, "- [hfdm @ann +1] We lend drills,", "  and nobody ever breaks one")
    assert point == desk.gather().points["hfdm"]
    assert read_point(desk, "- [hfdm @ann] We lend drills, and", "nobody ever breaks one") == point
    blocks = read(desk, "- [hfdm @ann] We lend drills, and", "that is my own line.")
    assert [type(block) for block in blocks] == [PointBlock, ParagraphBlock]


def test_names(desk: Desk) -> None:
    lines = ("hide: @ann", "name: @cem = Cem  Kaya")
    sheet = read_sheet("\n".join(lines), desk.gather())
    assert (sheet.hidden, sheet.names, sheet.mistakes) == (("ann",), {"cem": "Cem Kaya"}, ())


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("- [zzz2 @ann] words", "no post of this chat has the mark “zzz2”"),
        ("- [@ann] words", "no post of this chat has the mark “@ann”"),
        ("- hfdm @ann] words", "the mark “hfdm” needs square brackets around it and “- ” before it"),
        ("## [Q7] Seven?", "this chat has no question 7; it has 1 and 2"),
        ("hide: @nobody", "nobody called “nobody” took part"),
        ("name: @ann", "the name to show for ann is missing: name: @ann = Real Name"),
        (
            "> [hfdm @ann] We lent drills",
            "a quotation (“> ”) stays letter for letter, and the post of “hfdm” does not say this",
        ),
        ("![](https://pictures.example/a.jpg)", "the picture is not described between its square brackets"),
        ("![A cat](cat.jpg)", "“cat.jpg” is no web address"),
        ("- <ftp://files.example>", "“ftp://files.example” is no web address"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(desk: Desk, line: str, words: str) -> None:
    assert list_mistakes(desk, "## [Q1] What do you lend?", "", line) == [(3, words)]


def test_all_mistakes_are_told_at_once(desk: Desk) -> None:
    assert list_mistakes(
        desk,
        DRILLS,
        DRILLS,
        "  - [ap55 @dee] a box of sparse poles",
        "## [Q1] One",
        "## [Q1] Once more",
        "### Not used",
        "Words of mine",
        "- [nono2 @x] not looked at here",
    ) == [
        (2, "“hfdm” stands in line 1 already"),
        (
            3,
            "an answer under a point stays letter for letter, and the post of “ap55” does not say "
            "this",
        ),
        (5, "“[Q1]” stands in line 4 already"),
        (
            7,
            "this stands under points that are not used, where it would be lost; move it above “Not"
            " used”, or below the next question’s heading",
        ),
    ]


def test_a_heading_that_is_gone_does_not_take_its_points_along(desk: Desk) -> None:
    below = ("### Not used", SPARE, POLES)
    assert list_mistakes(desk, "## [Q1] What do you lend?", DRILLS, *below) == [
        (
            5,
            "this point of question 2 stands among those that are not used, and the heading [Q2] is "
            "missing above it",
        )
    ]
    assert list_mistakes(desk, "## [Q2] What comes back broken?", *below) == []


def test_words_that_look_like_marks_are_words(begin_talk: type[Talk]) -> None:
    desk = Desk(begin_talk())
    text = "Look at [vny7 @cem] and <!-- at this --> [1/2]"
    post = msgspec.structs.replace(desk.posts[1], text=text)
    desk.posts = (desk.posts[0], post, *desk.posts[2:])
    (first, second) = desk.summary.questions
    bullet = msgspec.structs.replace(first.bullets[0], text=text)
    first = msgspec.structs.replace(first, bullets=(bullet, *first.bullets[1:]))
    desk.summary = msgspec.structs.replace(desk.summary, questions=(first, second))
    material = desk.gather()
    assert read_sheet(write_sheet(material), material).blocks == material.edition.blocks


def test_what_came_since_is_offered_and_not_inserted(desk: Desk) -> None:
    material = desk.gather()
    edition = Edition(number=1, blocks=material.edition.blocks, seen=material.list_seen())
    later = desk.gather(edition, quote(desk.posts[7], "Hoses split in the first frost"))
    assert later.edition.blocks == edition.blocks
    lines = write_sheet(later).split("\n")
    at = lines.index("### New since edition 1")
    assert lines[at + 2 : at + 6] == [
        f"- [{later.post_marks['p8']} @eve] Hoses split in the first frost",
        "",
        "### Not used",
        "",
    ]


@given(st.data())
def test_no_order_and_no_deletion_loses_a_source(data: st.DataObject) -> None:
    material: Material = Desk(Talk()).gather()
    lines = [DRILLS, TENTS, POLES, SPARE]
    order = data.draw(st.sampled_from(list(permutations(lines))))
    kept = order[: data.draw(st.integers(0, len(order)))]
    breaks = data.draw(
        st.lists(st.sampled_from(["", "## [Q2] x", "Words"]), max_size=2, unique=True)
    )
    read = read_sheet("\n".join([*breaks, "", *kept]), material)
    points = list_points(Edition(number=1, blocks=read.blocks))
    marks = [line[3:7] for line in kept]
    assert read.mistakes == ()
    assert points == tuple(material.points[mark] for mark in marks)


def test_a_mark_of_digits_alone_is_a_mark() -> None:
    marks = mark_posts(["p313"])
    mark = marks["p313"]
    assert mark.isdigit()
    (line,) = read_lines(f"- [{mark} @ann +1] words", {mark})
    assert list_marks(line.marks) == (mark,)
