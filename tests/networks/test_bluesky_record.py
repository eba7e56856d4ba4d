"""What is written to Bluesky: facets by bytes, keys that a retry meets, characters as people see."""

from __future__ import annotations

import re
import struct
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chinwag.networks.bluesky.record import (
    count_graphemes,
    find_facets,
    make_record,
    measure_picture,
    name_record,
    show_picture,
)

ANA = "did:plc:ana"


def show(text: str, facets: list[dict[str, object]]) -> list[tuple[str, str]]:
    """Give the words on which each facet stands, cut out by its bytes, and what it is."""
    data = text.encode()
    return [
        (
            data[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode(),  # type: ignore[index]
            str(list(facet["features"][0].values())[1]),  # type: ignore[index]
        )
        for facet in facets
    ]


def test_links_hashtags_and_mentions_are_facets_by_the_bytes_of_their_words() -> None:
    text = "📚 Q1: Très bien, @Ana.Example.net? See (https://lib.example/a_(b)#top). #InkChat #Büch"

    facets = find_facets(text, {"ana.example.net": ANA})

    assert show(text, facets) == [
        ("@Ana.Example.net", ANA),
        ("https://lib.example/a_(b)#top", "https://lib.example/a_(b)#top"),
        ("#InkChat", "InkChat"),
        ("#Büch", "Büch"),
    ]


def test_a_handle_that_is_nobodys_stays_a_word() -> None:
    assert find_facets("Write to me@lib.example or @nobody.example", {}) == []


@given(st.text(), st.text())
def test_every_facet_stands_on_whole_characters(before: str, after: str) -> None:
    text = f"{before} #InkChat {after}".encode("utf-8", "replace").decode()

    assert ("#InkChat", "InkChat") in show(text, find_facets(text, {}))


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("abc", 3), ("e\u0301", 1), ("👩‍👩‍👧‍👦", 1), ("🇬🇧🇫🇷", 2), ("a\r\nb", 3)],
)
def test_characters_are_counted_as_people_see_them(text: str, count: int) -> None:
    assert count_graphemes(text) == count


def test_a_key_names_one_record_for_an_account_in_the_form_of_a_tid() -> None:
    names = {name_record(f"q{number}", ANA) for number in range(1000)}

    assert len(names) == 1000
    assert all(re.fullmatch(r"[234567a-j][234567a-z]{12}", name) for name in names)
    assert name_record("q1", ANA) == name_record("q1", ANA) != name_record("q1", "did:plc:bob")
    assert max(names) < "3mfoo"  # none of them is a time to come: 3mf... began in 2026


def test_a_record_has_the_time_in_utc_and_leaves_out_what_is_empty() -> None:
    at = datetime(2026, 3, 5, 19, 0, 1, 123456, tzinfo=UTC)

    assert make_record("Hello", lang="en", at=at, people={}, reply=None, embed=None) == {
        "$type": "app.bsky.feed.post",
        "text": "Hello",
        "createdAt": "2026-03-05T19:00:01.123Z",
        "langs": ["en"],
    }


PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 640, 480)
GIF = b"GIF89a" + struct.pack("<HH", 640, 480)
JPEG = b"\xff\xd8\xff\xe0\0\4ab\xff\xc2\0\x0b\x08" + struct.pack(">HH", 480, 640) + b"\3"


@pytest.mark.parametrize("picture", [PNG, GIF, JPEG])
def test_a_picture_tells_its_proportions(picture: bytes) -> None:
    assert measure_picture(picture) == (640, 480)
    assert show_picture({"$type": "blob"}, "A shelf", picture) == {
        "$type": "app.bsky.embed.images",
        "images": [
            {
                "alt": "A shelf",
                "image": {"$type": "blob"},
                "aspectRatio": {"width": 640, "height": 480},
            }
        ],
    }


@given(st.binary(max_size=40))
def test_what_is_no_picture_tells_nothing(data: bytes) -> None:
    for start in (b"", PNG[:16], GIF[:6], JPEG[:2], JPEG[:8]):
        measure_picture(start + data)  # never raises
    assert measure_picture(b"RIFF....WEBP") is None
