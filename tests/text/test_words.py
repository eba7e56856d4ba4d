"""Words are cut, weighed and compared alike whatever the language and the order."""

import pytest

from chinwag.text.words import content_words, cosine, make_vector, split_words, weigh_words


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
