"""Search finds words and phrases, narrowed and in order, on both databases alike."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from chinwag.web.chats.models import Chat, Entry, EntryKind
from chinwag.web.chats.queries.search import Search, read_terms, search_entries

TEXTS = {
    "a": "A café in the library, open late",
    "b": "The LIBRARY CAFE is open",
    "c": "Open the library early: the library, the library!",
    "d": "Nothing of that kind",
    "e": 'She said "open late" twice',
    "f": "Ana\n@ana@reading-rooms.example\nSee www.pages.example/plans/late_hours.pdf, or A8: Straße",
}


@pytest.fixture
def entries(chat: Chat) -> Chat:
    Entry.objects.all().delete()
    for day, (key, text) in enumerate(TEXTS.items(), start=1):
        Entry.objects.create(
            chat=chat,
            kind=EntryKind.POST,
            key=key,
            public=key,
            author="ana" if key in "ab" else "Ben",
            author_key="ana" if key in "ab" else "ben",
            said_at=datetime(2026, 10, day, 12, tzinfo=UTC),
            text=text,
        )
    return chat


def find(**sought: object) -> list[str]:
    search = Search(**({"words": ""} | sought))  # type: ignore[arg-type]
    return [entry.key for entry in search_entries(Entry.objects.all(), search)]


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("library", ["c", "b", "a"]),
        ("LIBRARY open", ["c", "b", "a"]),
        ('"open late"', ["e", "a"]),
        ('"library cafe"', ["b"]),
        ("nowhere", []),
        ("café", ["b", "a"]),
        ("rooms", ["f"]),
        ("@ana@reading-rooms.example", ["f"]),
        ("plans hours pages", ["f"]),
        ('"late hours"', ["f"]),
        ("a8 straße", ["f"]),
        ("library -open", ["c", "b", "a"]),
        ("*", ["f", "e", "d", "c", "b", "a"]),
        ('" OR 1=1 --', []),
        ("'; DROP TABLE x", []),
        ("library\x00", ["c", "b", "a"]),
    ],
)
def test_words_and_phrases_are_found_the_newest_first(words: str, found: list[str]) -> None:
    assert find(words=words) == found


@pytest.mark.usefixtures("entries")
def test_the_best_match_stands_first_when_asked() -> None:
    assert find(words="library", order="best")[0] == "c"


@pytest.mark.usefixtures("entries")
def test_a_search_is_narrowed() -> None:
    assert find(words="library", person="@Ana") == ["b", "a"]
    assert find(words="library", since=date(2026, 10, 2), until=date(2026, 10, 2)) == ["b"]
    assert find(words="library", kind="question") == []
    assert find(words="library", series="otherchat") == []
    assert find(person="ben") == ["f", "e", "d", "c"]


@pytest.mark.usefixtures("entries")
def test_what_is_changed_or_gone_is_not_found_any_more() -> None:
    Entry.objects.filter(key="a").update(text="A bicycle shed")
    Entry.objects.filter(key="b").delete()
    assert find(words="library") == ["c"]
    assert find(words="bicycle") == ["a"]


def test_terms_are_words_and_phrases() -> None:
    assert read_terms('one "two three" four"') == ["one", "two three", 'four"']
    assert len(read_terms("word " * 50)) == 12
