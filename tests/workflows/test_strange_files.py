"""A file that holds nothing of the chat is refused before anything changes."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.cli.snug_chat import CHAT, Rows, write_csv

import chinwag
from chinwag.errors import InputError, Kept
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.import_files import import_files

START = datetime.fromisoformat("2026-10-13T18:00:00+00:00")
IDS = tuple(row[0] for row in CHAT)


def shift(days: int, hashtag: str = "#snugchat", rows: Rows = CHAT) -> Rows:
    """Return the chat's rows as of another day, under other ids."""
    return [
        (
            f"9{id_}",
            author,
            (datetime.fromisoformat(at) + timedelta(days=days)).isoformat(),
            text.replace("#snugchat", hashtag),
        )
        for id_, author, at, text in rows
    ]


def read_tree(root: Path) -> dict[str, bytes]:
    files = (path for path in root.rglob("*") if path.is_file())
    return {str(path.relative_to(root)): path.read_bytes() for path in files}


def list_ids(folder: Path) -> tuple[str, ...]:
    return tuple(post.id for post in ChatFolder.open(folder).read_posts())


QUIET: Rows = [
    ("31", "ines_asks", "2015-03-10T09:00:00Z", "Anything on your desk? #snugchat"),
    ("32", "bo_stacks", "2015-03-10T15:00:00Z", "A kettle, and it is cold #snugchat"),
]

STRANGE = {
    "of an earlier year": (
        shift(-4235),
        "file-of-other-day",
        "other.csv is of 10 March 2015, your chat of 13 October 2026: it holds nothing of your"
        " chat.",
    ),
    "of two days, and quiet": (
        [*QUIET, ("33", "bo_stacks", "2015-03-12T15:00:00Z", "A lamp #snugchat")],
        "file-of-other-day",
        "other.csv is of 10 March 2015 to 12 March 2015, your chat of 13 October 2026: it holds"
        " nothing of your chat.",
    ),
    "of the next week": (
        shift(7),
        "file-of-other-day",
        "other.csv is of 20 October 2026, your chat of 13 October 2026: it holds nothing of your"
        " chat.",
    ),
    "of another chat at the same time": (
        shift(0, "#boatchat"),
        "file-of-other-hashtag",
        "other.csv is of #boatchat, your chat of #snugchat: it holds nothing of your chat.",
    ),
    "of another chat, small": (
        shift(0, "#boatchat", CHAT[:3]),
        "file-of-other-hashtag",
        "other.csv is of #boatchat, your chat of #snugchat: it holds nothing of your chat.",
    ),
}


@pytest.mark.parametrize("kind", STRANGE)
def test_a_file_of_another_chat_is_refused_before_anything_changes(
    snug: Path, tmp_path: Path, kind: str
) -> None:
    rows, code, said = STRANGE[kind]
    before = read_tree(snug)
    with pytest.raises(InputError) as refused:
        chinwag.recap_files([write_csv(tmp_path / "other.csv", rows)], snug)
    assert (refused.value.code, refused.value.kept) == (code, Kept.UNCHANGED)
    assert str(refused.value) == said
    assert read_tree(snug) == before


@pytest.mark.parametrize("kind", STRANGE)
def test_it_is_taken_in_anyway_where_a_person_says_so(
    snug: Path, tmp_path: Path, kind: str
) -> None:
    rows, _code, _said = STRANGE[kind]
    other = write_csv(tmp_path / "other.csv", rows)
    report = import_files([other], snug, ChatDetails(anyway=True))
    assert [file.name for file in report.ledger.files] == ["snug.csv", "other.csv"]
    assert set(list_ids(snug)) >= set(IDS)


def test_a_file_that_lies_outside_a_given_window_is_refused(tmp_path: Path) -> None:
    details = ChatDetails(start=START, end=START + timedelta(hours=1))
    import_files([write_csv(tmp_path / "snug.csv", CHAT)], tmp_path / "chat", details)
    late = [("41", "bo_stacks", "2026-10-13T21:05:00Z", "Home at last #snugchat")]
    with pytest.raises(InputError) as refused:
        import_files([write_csv(tmp_path / "late.csv", late)], tmp_path / "chat", ChatDetails())
    assert str(refused.value) == (
        "No post of late.csv belongs to your chat: they are of 13 October 2026, 21:05 to 21:05"
        " (UTC), the chat is of 13 October 2026, 18:00 to 19:00 (UTC)."
    )
    assert list_ids(tmp_path / "chat") == IDS


def test_of_two_files_of_two_chats_neither_is_archived(tmp_path: Path) -> None:
    files = [
        write_csv(tmp_path / "snug.csv", CHAT),
        write_csv(tmp_path / "old.csv", shift(-4235)),
    ]
    with pytest.raises(InputError) as refused:
        import_files(files, tmp_path / "chat", ChatDetails())
    assert refused.value.code == "file-without-chat"
    assert refused.value.fields["file"] == "old.csv"
    assert not (tmp_path / "chat").exists()


def test_late_answers_archives_and_other_sources_are_of_the_chat(
    snug: Path, tmp_path: Path
) -> None:
    late = tmp_path / "late.jsonl"
    late.write_text(
        '{"id": "51", "author": "eli_maps", "created_at": "2026-10-17T09:00:00Z",'
        ' "text": "Cold tea, too", "reply_to_id": "4"}\n'
    )
    archive = write_csv(tmp_path / "archive.csv", [*shift(-4235), *CHAT, *shift(30)])
    plain = write_csv(
        tmp_path / "untagged.csv",
        [("61", "eli_maps", "2026-10-13T18:09:00Z", "A1: My neighbour, who bakes")],
    )
    import_files([late], snug, ChatDetails())
    import_files([archive], snug, ChatDetails())
    import_files([plain], snug, ChatDetails())
    assert sorted(list_ids(snug)) == sorted((*IDS, "51", "61"))


def test_an_archive_with_later_chats_does_not_make_it_another_chat(
    snug: Path, tmp_path: Path
) -> None:
    archive = write_csv(tmp_path / "archive.csv", [*CHAT, *shift(30), *shift(61)])
    report = import_files([archive], snug, ChatDetails())
    assert report.chat.title == "#snugchat, 13 October 2026"
    assert list_ids(snug) == IDS
