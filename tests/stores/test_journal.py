"""A capture's journal: on the disk or not at all, and read back as it was written."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from chinwag.errors import DamagedFolder, FolderError
from chinwag.model import RawPost
from chinwag.stores.folder.captured import hold_capture, is_captured, keep_captures_out
from chinwag.stores.folder.journal import (
    Journal,
    list_open_journals,
    mend_tail,
    read_cursors,
    read_journal,
    write_cursors,
)

AT = datetime(2026, 11, 24, 18, 55, tzinfo=UTC)
RAWS = tuple(
    RawPost(
        route="mastodon:stream",
        address="glam.example",
        payload={"event": "update", "status": {"id": str(number), "content": "<p>\u2028 “ä”</p>"}},
        at=AT,
    )
    for number in range(3)
)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = Journal.begin(tmp_path, AT)
    yield made
    made.close()


def number_lines(raws: tuple[RawPost, ...]) -> list[RawPost]:
    return [msgspec.structs.replace(raw, line=line) for line, raw in enumerate(raws, 1)]


def test_what_is_appended_is_read_back(journal: Journal, tmp_path: Path) -> None:
    journal.append(RAWS[:2])
    journal.append(RAWS[2:])
    assert [path.name for path in list_open_journals(tmp_path)] == [
        "capture-20261124T185500Z.jsonl"
    ]
    assert list(read_journal(journal.path)) == number_lines(RAWS)


def test_a_second_journal_of_the_same_second_has_a_name_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "capture-20261124T185500Z.jsonl.gz").touch()

    journal = Journal.begin(tmp_path, AT)
    journal.close()

    assert journal.path.name == "capture-20261124T185500Z-2.jsonl"


@pytest.mark.parametrize("torn", [b"{", b'{"route":"mastodon:str', b"x" * 200_000])
def test_an_unfinished_last_line_is_left_and_cut_off(journal: Journal, torn: bytes) -> None:
    journal.append(RAWS)
    whole = journal.path.read_bytes()
    with journal.path.open("ab") as file:
        file.write(torn)

    assert list(read_journal(journal.path)) == number_lines(RAWS)
    assert mend_tail(journal.path) == len(torn)
    assert journal.path.read_bytes() == whole
    assert mend_tail(journal.path) == 0


def test_where_the_disk_refuses_nothing_is_half_written(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.append(RAWS[:1])
    real = os.write

    def write_half(descriptor: int, data: memoryview) -> int:
        if len(data) > 40:
            return real(descriptor, data[:40])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", write_half)
    with pytest.raises(OSError, match="No space left"):
        journal.append(RAWS[1:])
    monkeypatch.undo()
    journal.append(RAWS[2:])

    assert list(read_journal(journal.path)) == number_lines((RAWS[0], RAWS[2]))


def test_a_line_can_be_put_down_anew_and_the_journal_goes_on(
    journal: Journal, tmp_path: Path
) -> None:
    journal.append(RAWS[:2])

    def change(raw: RawPost) -> RawPost:
        is_first = raw.payload["status"]["id"] == "0"
        return msgspec.structs.replace(raw, payload={}) if is_first else raw

    assert journal.rewrite(change) == 1
    assert journal.rewrite(lambda raw: raw) == 0
    journal.append(RAWS[2:])

    first = msgspec.structs.replace(RAWS[0], payload={})
    assert list(read_journal(journal.path)) == number_lines((first, *RAWS[1:]))
    assert [path.name for path in (tmp_path / "raw").iterdir()] == [journal.path.name]


def test_a_line_that_is_none_is_named(journal: Journal) -> None:
    journal.append(RAWS[:1])
    with journal.path.open("ab") as file:
        file.write(b'{"route": 7}\n')
    with pytest.raises(DamagedFolder) as damage:
        list(read_journal(journal.path))

    assert str(damage.value).startswith(f"{journal.path} cannot be read: line 2 says ")


def test_cursors_are_kept_whole(tmp_path: Path) -> None:
    assert read_cursors(tmp_path) == {}
    write_cursors(tmp_path, {"b": "2", "a": "1"})
    assert read_cursors(tmp_path) == {"a": "1", "b": "2"}
    (tmp_path / "cursors.json").write_text("{")
    with pytest.raises(DamagedFolder):
        read_cursors(tmp_path)


def test_one_capture_holds_a_folder(tmp_path: Path) -> None:
    assert not is_captured(tmp_path)
    with hold_capture(tmp_path):
        assert is_captured(tmp_path)
        with pytest.raises(FolderError), hold_capture(tmp_path):
            pass
    assert not is_captured(tmp_path)


def test_no_capture_begins_while_an_import_reads_everything_anew(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    with keep_captures_out(tmp_path) as is_free, keep_captures_out(tmp_path) as is_free_too:
        assert (is_free, is_free_too) == (True, True)
        with pytest.raises(FolderError), hold_capture(tmp_path, patience=0):
            pass
    with hold_capture(tmp_path), keep_captures_out(tmp_path) as is_free:
        assert not is_free
