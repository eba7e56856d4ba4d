"""Search finds words and phrases, narrowed and in order, on both databases alike."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from chinwag.web.chats.models import Chat, Entry, EntryKind
from chinwag.web.chats.queries.search import FoundPages, Search, read_terms, search_entries

ALL = Entry.objects.all()
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
def test_a_day_is_all_of_its_moments_and_none_of_the_next() -> None:
    for key, moment in (("b", (0, 0, 0, 0)), ("c", (23, 59, 59, 999999))):
        Entry.objects.filter(key=key).update(said_at=datetime(2026, 10, 9, *moment, tzinfo=UTC))
    Entry.objects.filter(key="a").update(said_at=datetime(2026, 10, 10, tzinfo=UTC))
    assert find(words="library", since=date(2026, 10, 9), until=date(2026, 10, 9)) == ["c", "b"]
    assert find(words="library", since=date(2026, 10, 10), until=date.max) == ["a"]
    assert find(words="library", until=date.min) == []


@pytest.mark.usefixtures("entries")
def test_words_that_many_hold_are_found_in_the_same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chinwag.web.chats.queries.search._COMMON", 1)
    assert find(words="library") == ["c", "b", "a"]
    assert find(words="library", person="ana") == ["b", "a"]
    assert find(words="library", order="best")[0] == "c"


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize("order", ["newest", "best"])
def test_pages_hold_what_was_found_in_its_order(order: str) -> None:
    found = [entry.key for entry in search_entries(ALL, Search("library", order=order))]
    pages = FoundPages(search_entries(ALL, Search("library", order=order)), 2)
    assert (pages.count, pages.has_more) == (3, False)
    assert [[entry.key for entry in page] for page in pages] == [found[:2], found[2:]]


@pytest.mark.usefixtures("entries")
def test_no_more_is_counted_than_can_be_turned_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chinwag.web.chats.queries.search.MOST_FOUND", 2)
    pages = FoundPages(search_entries(ALL, Search("library")), 1)
    assert (pages.count, pages.has_more, pages.num_pages) == (2, True, 2)
    assert [entry.key for entry in pages.get_page(9)] == ["b"]
    page = Client().get("/search?q=library").content.decode()
    assert "More than 2 results; the first 2 can be read here." in page
    assert "1 result<" in Client().get("/search?q=twice").content.decode()


@pytest.mark.usefixtures("entries")
def test_what_is_changed_or_gone_is_not_found_any_more() -> None:
    Entry.objects.filter(key="a").update(text="A bicycle shed")
    Entry.objects.filter(key="b").delete()
    assert find(words="library") == ["c"]
    assert find(words="bicycle") == ["a"]


def test_terms_are_words_and_phrases() -> None:
    assert read_terms('one "two three" four"') == ["one", "two three", 'four"']
    assert len(read_terms("word " * 50)) == 12
