"""A post is quoted without its wrapping, and never with a changed word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chinwag.text.cleaning import clean_post


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("A3: We lend laptops. #bookchat", "We lend laptops."),
        ("#bookchat A2 we lend laptops", "we lend laptops"),
        ("#reading #bookchat A1) Start small", "Start small"),
        ("A1#bookchat Start small", "Start small"),
        ("@ann @bob A1.2 - yes, and “quiet” hours…", "yes, and “quiet” hours…"),
        (".@ann we should ask readers first #BookChat", "we should ask readers first"),
        ("RT @ann: A4: Ask the readers #bookchat", "Ask the readers"),
        ("So true! RT @ann: Ask the readers #bookchat", "So true!"),
        ("So true! #bookchatRT @ann: Ask the readers #bookchat", "So true!"),
        ("The START @ann: doors open at nine", "The START @ann: doors open at nine"),
        ("Our guide:\n\nhttps://example.org/guide #bookchat", "Our guide"),
        ("See the map pic.twitter.com/abc123", "See the map"),
        ("Ask them (A2) #bookchat", "Ask them"),
        ("It costs nothing (2/2) #bookchat", "It costs nothing"),
        ("Open late. #libraries #exams #bookchat @ann", "Open late."),
        ("Lend\n\n  tools   and seeds", "Lend tools and seeds"),
        ("@ann@books.example A2: Oui, « toujours » !", "Oui, « toujours » !"),
        ("Nobody knows how #bookchat", "Nobody knows how"),
        ("They have insights #bookchat #fun", "They have insights"),
        ("We need more #funding #bookchat", "We need more #funding"),
        ("Hi @ann Ask the readers #bookchat", "Ask the readers"),
        ("(1/2) @ann we lend tools", "we lend tools"),
        ("A6 . I lend lamps", "I lend lamps"),
        (". I lend lamps", "I lend lamps"),
        (".NET runs on the lamps", ".NET runs on the lamps"),
        ("@ann &how would they pay?", "how would they pay?"),
        ("& then they pay", "then they pay"),
        ("A5 (not A4, on my phone): we lend lamps", "we lend lamps"),
        ("(not A4) we lend lamps", "(not A4) we lend lamps"),
        ("#bookchat | 1/3 | @ann - A1: we lend tools", "we lend tools"),
        ("A4 ;) Ask the readers :)", "Ask the readers :)"),
        ("#bookchat A2 have them read two books", "have them read two books"),
        ("A2 is the one that I like", "A2 is the one that I like"),
        ("A2: is the one that I like", "is the one that I like"),
        ("A2 and we lend tools", "we lend tools"),
        ("#bookchat https://example.org", ""),
        ("", ""),
    ],
)
def test_the_wrapping_comes_off(text: str, cleaned: str) -> None:
    assert clean_post(text, "bookchat") == cleaned


def test_a_label_comes_off_behind_as_many_tags_as_a_post_can_open_with() -> None:
    """A post on a small network has 140 characters or so: beyond 120 of tags nobody speaks."""
    near, far = "#" + "t" * 118 + " ", "#" + "t" * 119 + " "
    assert clean_post(f"{near}A1: Start small", "bookchat") == "Start small"
    assert clean_post(f"{far}A1: Start small", "bookchat") == f"{far}A1: Start small"


@pytest.mark.parametrize(
    "text",
    [
        "First time at #bookchat",
        "#bookchat is the best hour of my month",
        "@ann is right about late fines",
        "#bookchat-ters lend more",
        "@ann's library lends seeds",
        "We need more #funding",
        "Interested in #seeds #tools",
        "It costs 1/2 of what it did",
        "I still have to answer Q2",
        "Read https://example.org/guide before you start",
        "The #bookchat archive is what I read in the train",
    ],
)
def test_what_belongs_to_the_sentence_stays(text: str) -> None:
    assert clean_post(text, "bookchat") == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ann, ben and cem: the van is full", "the van is full"),
        ("ann ben: the van is full", "the van is full"),
        ("ann, the van: it is full", "the van: it is full"),
        ("ben it looks full", "it looks full"),
        ("ann is right", "ann is right"),
        ("dan ann: the van is full", "dan ann: the van is full"),
    ],
)
def test_several_people_addressed_by_name_are_taken_off(text: str, words: str) -> None:
    assert clean_post(text, people={"ann", "ben", "cem"}) == words


def test_people_addressed_by_name_alone_are_taken_off_where_they_are_known() -> None:
    assert clean_post("ann: fines never worked", people=frozenset({"ann"})) == "fines never worked"
    assert clean_post("Note: fines never worked", people=frozenset({"ann"})) == (
        "Note: fines never worked"
    )


_PIECES = st.sampled_from(
    ["@ann ", "A1: ", "#tag ", "RT @b: ", "(1/2)", " https://e.org/x ", "\n", ".", " — ", "wörd "]
)


@given(st.lists(_PIECES | st.text(max_size=8), max_size=12).map("".join))
def test_what_is_left_is_one_stretch_of_the_text(text: str) -> None:
    cleaned = clean_post(text, "tag")
    assert cleaned in " ".join(text.split())
    assert cleaned == " ".join(cleaned.split())


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("We mend chairs " + "#tag " * 4_000, "We mend chairs"),
        ("a" * 4_000 + "@" * 4_000, "a" * 4_000 + "@" * 4_000),
    ],
)
def test_what_wraps_a_post_very_many_times_is_taken_off(text: str, cleaned: str) -> None:
    assert clean_post(text, "tag") == cleaned


def test_no_more_than_sixty_things_are_taken_off_an_end_one_by_one() -> None:
    link = "https://a.example/b "
    assert clean_post(link * 50 + "We mend chairs") == "We mend chairs"
    assert clean_post(link * 800 + "We mend chairs") == link * 740 + "We mend chairs"
