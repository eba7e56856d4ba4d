"""A saved feed that breaks off, is too large, or tries to unfold itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.importers.reasons import say_reason

from chinwag.importers import read_file
from chinwag.importers.formats import feed_xml
from chinwag.model import AsideRow, Post
from chinwag.records.contract import ReadOptions

START = '<?xml version="1.0"?>\n<rss version="2.0"><channel><title>#pondchat</title>\n'
ENTRY = (
    "<item><link>https://pond.example/@ann/11700000000000000{number}</link>"
    "<pubDate>Tue, 13 Oct 2026 18:0{number}:00 +0000</pubDate>"
    "<description>A{number}: two newts</description></item>\n"
)
END = "</channel></rss>\n"


def read(path: Path, text: str) -> list[str]:
    """Give the text of each post and the reason of each row kept aside."""
    path.write_text(text, encoding="utf-8")
    said: list[str] = []
    for record in read_file(path, ReadOptions()):
        if isinstance(record, Post):
            said.append(record.text)
        elif isinstance(record, AsideRow):
            said.append(say_reason(record))
    return said


def test_a_feed_that_breaks_off_gives_the_entries_that_are_whole(tmp_path: Path) -> None:
    entries = [ENTRY.format(number=number) for number in (1, 2, 3)]
    whole = START + "".join(entries) + END

    assert read(tmp_path / "feed.rss", whole) == [f"A{one}: two newts" for one in (1, 2, 3)]
    cut = whole[: whole.index("A3: two") + 5]
    *posts, reason = read(tmp_path / "feed.rss", cut)
    assert posts == ["A1: two newts", "A2: two newts"]
    assert reason.startswith("what follows the last entry that is whole cannot be read: it is no X")


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ('<!DOCTYPE rss [<!ENTITY a "aa">]>', "it declares a document type, which no feed needs"),
        ('<!DOCTYPE rss SYSTEM "file:///etc/hosts">', "it declares a document type"),
    ],
)
def test_a_feed_that_declares_what_to_unfold_is_not_read(
    declared: str, said: str, tmp_path: Path
) -> None:
    text = START.replace("<rss", f"{declared}<rss") + ENTRY.format(number=1) + END
    path = tmp_path / "feed.rss"
    path.write_text(text, encoding="utf-8")

    records = list(read_file(path, ReadOptions(), format="feed-xml"))

    assert [type(record) for record in records] == [AsideRow]
    assert isinstance(records[0], AsideRow)
    assert said in say_reason(records[0])


def test_a_feed_that_is_too_large_is_kept_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = START + ENTRY.format(number=1) + END
    monkeypatch.setattr(feed_xml, "MOST_BYTES", len(text.encode()))
    assert read(tmp_path / "feed.rss", text) == ["A1: two newts"]
    assert read(tmp_path / "feed.rss", text + " ") == ["the feed is larger than 0 MB"]


def test_other_xml_is_no_feed(tmp_path: Path) -> None:
    path = tmp_path / "sheet.xml"
    path.write_text('<?xml version="1.0"?><feedback><item>A1</item></feedback>', encoding="utf-8")

    (record,) = read_file(path, ReadOptions(), format="feed-xml")

    assert isinstance(record, AsideRow)
    assert say_reason(record).endswith("its outermost element is no feed's")
