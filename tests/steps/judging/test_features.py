"""What a model is told of a post: each feature where it is there, and not where it is not."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from chinwag.model import Media, Post
from chinwag.steps.judging.features import list_form, list_words, list_wrapping
from chinwag.steps.judging.judgements import (
    describe_kind,
    describe_worth,
    judge_kind,
    judge_worth,
    list_known_words,
    list_post_words,
    name_places,
    tell_post_language,
)
from chinwag.steps.judging.model import judge, load_models
from chinwag.steps.judging.surroundings import Surroundings, list_occasion, list_stance
from chinwag.steps.reading import ReadPost
from chinwag.text.words import split_words


def read_form(text: str) -> set[str]:
    return set(list_form(text, split_words(text)))


def read_wrapping(text: str, **more: Any) -> set[str]:
    said: dict[str, Any] = {"url": "", "source": "test", "reply_to": None}
    post = Post(
        id="1", author="ann", text=text, created_at=datetime(2026, 3, 3, tzinfo=UTC), **said | more
    )
    return set(list_wrapping(ReadPost(post)))


@pytest.mark.parametrize(
    ("feature", "there", "not_there"),
    [
        ("asks", "Why? We do", "We do"),
        ("ends asking", "We do, why?", "Why? We do"),
        ("exclaims", "We do!", "We do"),
        ("exclaims twice", "We! do!", "We do!"),
        ("digit", "We lend 5", "We lend five"),
        ("price", "It costs $5", "It costs 5"),
        ("clock", "At 7pm we close", "At seven we close"),
        ("comma", "Tools, seeds", "Tools and seeds"),
        ("commas", "Tools, seeds, vans, maps", "Tools, seeds, vans"),
        ("bracket", "Tools (seeds)", "Tools, seeds"),
        ("colon", "Tools: seeds", "Tools; seeds"),
        ("quotation marks", "“Tools”", "Tools"),
        ("opens small", "we lend tools", "We lend tools"),
        ("ends whole", "We lend tools.", "We lend tools"),
        ("goes on", "We lend tools...", "We lend tools."),
        ("smiley", "Tools ;)", "Tools :"),
        ("shouts", "TOOLS for all", "Tools for all"),
        ("capital", "We met Ann", "We met ann"),
        ("capitals", "We met Ann, Bo, Cy", "We met Ann, Bo"),
        ("code", "a = {b}; c", "a = b; c"),
        ("sentences=1", "We do", "We do. They do."),
        ("sentences=2", "We do. They do.", "We do."),
        ("sentences=4", "We do. They do. You do. She does. He does.", "We do. They do. You do."),
        ("words>0", "We", ""),
        ("words>4", "One two three four five", "One two three four"),
        ("words>32", "we " * 33, "we " * 32),
        ("says thanks", "We say thanks to you", "We say so to you"),
        ("opens with thanks", "Thanks to you", "We say thanks to you"),
        ("says thanks shortly", "Thanks to you", "Thanks to you, and to those who came by tram"),
    ],
)
def test_the_form_of_a_text(feature: str, there: str, not_there: str) -> None:
    assert feature in read_form(there)
    assert feature not in read_form(not_there)


@pytest.mark.parametrize(
    ("feature", "there", "not_there"),
    [
        ("label=answer", "A1: we do", "Q1: do we?"),
        ("label=question", "Q1: do we?", "A1: we do"),
        ("label=answer+question", "A1: we do (Q2)", "A1: we do"),
        ("label=", "We do", "A1: we do"),
        ("label in the midst", "We all said in A2 that it works", "A2: it works"),
        ("opens with a name", "@ann we do", "We do, @ann"),
        ("opens with a quotation", "“We do” says he", "He says “we do”"),
        ("passes on", "So true! RT @ann: we do", "So true! @ann we do"),
        ("tags=0", "We do", "We do #so"),
        ("tags=4", "#a #b #c #d #e we do", "#a #b #c we do"),
        ("names=0", "We do", "We do, @ann"),
        ("names=3", "@a @b @c @d we do", "@a @b we do"),
        ("counter", "We do 1/2", "We do"),
        ("heap of tags", "#a #b #c #d #e #f #g #h", "#a #b #c #d #e #f #g"),
        ("link", "https://a.example/x we do", "We do"),
        (
            "ends in a link",
            "We do https://a.example/x",
            "https://a.example/x we do, " + "and so " * 6,
        ),
        # A link closes a post where at most eleven letters ("https://a.b" has 19) stand after it.
        (
            "ends in a link",
            "We do https://a.example/x " + "so it goes",
            "We do https://a.example/x " + "so it goes,",
        ),
    ],
)
def test_what_stands_around_the_words(feature: str, there: str, not_there: str) -> None:
    assert feature in read_wrapping(there)
    assert feature not in read_wrapping(not_there)


def test_what_a_source_tells_of_links_pictures_and_quotations() -> None:
    plain = read_wrapping("We do")
    told = read_wrapping(
        "We do",
        links=("https://a.example",),
        media=(Media(url="https://a.example/p"),),
        quote_of="9",
    )
    assert told - plain == {"link", "media", "quotes a post"}


def test_words_come_alone_in_pairs_and_at_either_end() -> None:
    assert list(list_words(("we", "do", "we"))) == [
        "we",
        "do",
        "we do",
        "do we",
        "^ we",
        "^ we do",
        "we $",
    ]
    assert list(list_words(())) == []


def test_what_others_made_of_a_post_counts_up_to_three() -> None:
    """One answer is told from none, two from one, and four from three; more say no more."""
    post = Post(
        id="1",
        author="ann",
        text="A1: We lend tools",
        created_at=datetime(2026, 3, 3, tzinfo=UTC),
        reply_to=None,
        url="",
        source="test",
    )
    reads = [ReadPost(post)]
    plain, words = describe_worth(reads, Surroundings(), 0, 0)
    echoes = [
        [one for one in describe_worth(reads, Surroundings(), *counts)[0] if one not in plain]
        for counts in ((1, 0), (2, 1), (3, 2), (4, 3), (90, 4))
    ]
    assert echoes == [
        ["answered>0"],
        ["answered>0", "answered>1", "passed on>0"],
        ["answered>0", "answered>1", "passed on>0", "passed on>1"],
        ["answered>0", "answered>1", "answered>3", "passed on>0", "passed on>1"],
        ["answered>0", "answered>1", "answered>3", "passed on>0", "passed on>1", "passed on>3"],
    ]
    assert words == list(list_words(("we", "lend", "tools")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A1 I only came to see what #shelfchat is about", ["names the chat"]),
        ("#Shelfchat is the best hour of my week", ["names the chat"]),
        ("A1: We lend tools #shelfchat", []),
        ("#shelfchat A1: We lend tools, and #seeds", []),
        (
            "@host Ann Lee, curator of a seed bank, first time here #shelfchat",
            ["presents somebody"],
        ),
        ("Dave from Leeds. I mend clocks #shelfchat", ["presents somebody"]),
        ("A1 Lend tools, then seeds #shelfchat", []),
    ],
)
def test_a_post_may_speak_of_the_chat_or_of_its_author(text: str, expected: list[str]) -> None:
    said: dict[str, Any] = {"author": "ann", "reply_to": None, "url": "", "source": "test"}
    read = ReadPost(Post(id="1", text=text, created_at=datetime(2026, 3, 3, tzinfo=UTC), **said))
    form, _words = describe_worth([read], Surroundings(hashtag="shelfchat"), 0, 0)
    assert [one for one in form if one in ("names the chat", "presents somebody")] == expected


def test_several_posts_of_a_person_are_judged_as_one_text() -> None:
    said: dict[str, Any] = {"author": "ann", "reply_to": None, "url": "", "source": "test"}
    at = datetime(2026, 3, 3, tzinfo=UTC)
    parts = [
        ReadPost(Post(id="1", text="A1: We lend tools.", created_at=at, **said)),
        ReadPost(Post(id="2", text="And seeds!", created_at=at, **said)),
    ]
    form, words = describe_worth(parts, Surroundings(labels_expected=False), 0, 0)
    assert words == list(list_words(("we", "lend", "tools", "and", "seeds")))
    assert "label unexpected" in form
    assert not [one for one in form if one.startswith("label=")]
    assert {"words>4", "exclaims"} <= set(form)
    assert "words>8" not in form


def test_where_a_sentence_stands_in_its_post() -> None:
    assert [name_places(number) for number in range(5)] == [
        [],
        ["alone"],
        ["first", "last"],
        ["first", "midst", "last"],
        ["first", "midst", "midst", "last"],
    ]


def test_who_speaks_to_whom_and_how_long_after_the_question() -> None:
    guest = Surroundings(first=False, to="other", waited=61.0)
    assert list(list_stance(guest)) == [
        "guest",
        "to=other",
        "guest to=other",
        "numbered",
        "waited>15",
        "waited>30",
        "waited>60",
    ]
    host = Surroundings(host=True, numbered=False)
    assert list(list_stance(host)) == ["host", "to=", "host to=", "numberless"]


@pytest.mark.parametrize(
    ("text", "host", "expected"),
    [
        ("Q3 is next", True, ["host only numbers"]),
        ("Q3: what do you lend?", True, ["host numbers and asks"]),
        ("Q3 is next", False, ["guest only numbers"]),
        ("Q3: what was it?", False, ["guest numbers and asks"]),
        ("A3: we lend tools", True, []),
        ("We lend tools", True, []),
    ],
)
def test_whether_a_post_with_a_questions_number_asks(
    text: str, host: bool, expected: list[str]
) -> None:
    post = Post(
        id="1",
        author="ann",
        text=text,
        created_at=datetime(2026, 3, 3, tzinfo=UTC),
        reply_to=None,
        url="",
        source="test",
    )
    form, _ = describe_kind(ReadPost(post), Surroundings(first=False, host=host))
    assert [one for one in form if "numbers" in one] == expected


def test_who_comes_goes_or_waits() -> None:
    assert list(list_occasion(Surroundings(first=True, early=True))) == [
        "first",
        "guest first",
        "early",
        "guest early",
    ]
    assert list(list_occasion(Surroundings(first=False, closing=True, host=True))) == [
        "closing",
        "host closing",
    ]


def test_what_is_held_of_a_posts_words_is_what_its_kind_and_worth_ask_for() -> None:
    text = "A1 We lend zzyzx drying racks, and a fan saved our atlases. Good night all!"
    at = datetime(2026, 3, 3, tzinfo=UTC)
    read = ReadPost(
        Post(id="1", author="ann", text=text, created_at=at, reply_to=None, url="", source="test")
    )
    models = [model for name in ("kind", "worth") for model in load_models(name).values()]
    told, held = list_post_words(read), list_known_words(read)
    assert held == tuple(one for one in told if any(one in model.weights for model in models))
    assert 0 < len(held) < len(told)
    around, language = Surroundings(), tell_post_language(read)
    assert judge_kind(read, around) == judge("kind", language, *describe_kind(read, around))
    worth = describe_worth((read,), around, 2, 1)
    assert judge_worth((read,), around, 2, 1) == judge("worth", language, *worth)
