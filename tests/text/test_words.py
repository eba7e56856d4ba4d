"""Words are cut, weighed and compared alike whatever the language and the order."""

import math

import pytest

from chinwag.text.words import (
    WordWeights,
    content_words,
    cosine,
    count_words,
    make_vector,
    split_words,
    weigh_words,
)


def test_links_and_mentions_are_no_words_and_a_hashtag_is_its_word() -> None:
    text = (
        "@ann@example.org We’re moving to #OpenAccess: https://example.org/a?b=c pic.twitter.com/x1"
    )
    assert split_words(text) == ("we're", "moving", "to", "openaccess")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The librarians' budgets were cut again", ("librarian", "budget", "cut")),
        ("Teaching the lesson, planning lessons", ("teach", "lesson", "plan", "lesson")),
        ("Les bibliothèques sont ouvertes à tous", ("bibliothèqu", "ouvert")),
        ("図書館で学ぶ", ("図書", "書館", "館で", "で学", "学ぶ")),
        ("", ()),
        ("yes, I do", ()),
    ],
)
def test_content_words(text: str, words: tuple[str, ...]) -> None:
    assert content_words(text) == words


@pytest.mark.parametrize(
    ("one", "same_topic", "other"),
    [
        ("図書館の予算が減った", "予算が減って困る", "天気がいい"),
        ("المكتبة تحتاج ميزانية", "ميزانية المكتبات صغيرة", "الطقس جميل اليوم"),
        ("Kütüphaneler kapalıydı", "kütüphanelerimiz kapandı", "hava güzel"),
        ("Die Bücher fehlen uns", "zu wenige Bücher", "das Wetter ist schön"),
    ],
)
def test_the_same_topic_is_nearer_than_another(one: str, same_topic: str, other: str) -> None:
    texts = [content_words(text) for text in (one, same_topic, other)]
    weights = weigh_words(texts)
    first, second, third = (make_vector(words, weights) for words in texts)
    assert cosine(first, second) > 0.1
    assert cosine(first, third) == 0


def test_a_text_is_wholly_like_itself_and_rare_words_weigh_more() -> None:
    said = ["budget cuts in libraries", "libraries lend books", "libraries open late"]
    texts = [content_words(text) for text in said]
    weights = weigh_words(texts)
    vector = make_vector(texts[0], weights)
    assert cosine(vector, vector) == pytest.approx(1)
    assert weights.of["budget"] > weights.of["library"]
    assert weights.unseen > weights.of["budget"]


def test_the_order_of_texts_and_words_changes_nothing() -> None:
    said = ["open access for all", "access to books", "books for all people"]
    texts = [content_words(text) for text in said]
    there = weigh_words(texts)
    back = weigh_words(reversed(texts))
    assert there.of == back.of
    assert cosine(
        make_vector(texts[0], there), make_vector(content_words("all access open"), there)
    ) == pytest.approx(1)


@pytest.mark.parametrize(
    "forms",
    [
        ("slow", "slowly"),
        ("quick", "quickly"),
        ("plan", "plans", "planned", "planning"),
        ("city", "cities"),
        ("fall", "falls", "falling"),  # a double "l" or "s" is the word's own
        ("pass", "passes", "passed", "passing"),
        ("change", "changes", "changed", "changing"),
        ("library", "libraries", "library's"),
        ("öğrenciler", "öğrenci"),
        ("المكتبة", "والمكتبة", "بالمكتبة"),
    ],
)
def test_forms_of_a_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({content_words(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("glass", "glas"),
        ("bed", "b"),
        ("bring", "br"),
        ("king", "k"),
        ("fly", "f"),
        ("cars", "cats"),
        ("5", "55"),
    ],
)
def test_other_words_have_other_stems(one: str, other: str) -> None:
    assert content_words(one) != content_words(other)
    assert content_words(one)


def test_lone_latin_letters_say_nothing_and_lone_digits_do() -> None:
    assert content_words("x 5 図") == ("5", "図")


@pytest.mark.parametrize(
    ("text", "number"),
    [("", 0), ("one two's three", 3), ("図書館", 1), ("図書館で", 2), ("A図書館で学ぶ", 3)],
)
def test_words_are_counted_as_a_reader_counts(text: str, number: int) -> None:
    assert count_words(text) == number


def test_weights_and_vectors_are_those_of_the_books() -> None:
    """`1 + ln((1 + n) / (1 + texts with it))`, times `1 + ln(times)`, scaled to length one."""
    weights = weigh_words([("bus", "bus", "tram"), ("bus",), ("train",)])
    assert weights == WordWeights(
        of={
            "bus": 1 + math.log(4 / 3),
            "tram": 1 + math.log(4 / 2),
            "train": 1 + math.log(4 / 2),
        },
        unseen=1 + math.log(4),
    )
    raw = {"bus": (1 + math.log(2)) * weights.of["bus"], "ship": weights.unseen}
    length = math.hypot(*raw.values())
    assert make_vector(("bus", "ship", "bus"), weights) == pytest.approx(
        {word: value / length for word, value in raw.items()}
    )
    assert make_vector((), weights) == {}


def test_the_cosine_is_the_sum_over_shared_words_and_never_more_than_one() -> None:
    assert cosine({"bus": 0.6, "tram": 0.8}, {"bus": 0.8, "ship": 0.6}) == 0.48
    assert cosine({"bus": 0.6}, {"bus": 0.8, "ship": 0.6}) == 0.48
    assert cosine({"bus": 1.0000001}, {"bus": 1.0}) == 1.0


def test_a_stem_of_many_texts_is_held_once() -> None:
    (one,), (other,) = content_words("mending"), content_words("The mended, of course")[:1]
    assert one == "mend"
    assert one is other
