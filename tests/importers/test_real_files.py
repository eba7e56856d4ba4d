"""Every file of the real chats: which format it is in, and that it may end anywhere."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path

import pytest

from chinwag.errors import ChinwagError, UnknownFormat
from chinwag.importers import choose_format, read_file
from chinwag.importers.source import Source
from chinwag.records.contract import ReadOptions

THOROUGH = os.environ.get("CHINWAG_TEST_PROFILE") == "thorough"
OPTIONS = ReadOptions(time_zone="America/New_York", date="2020-05-01", hashtag="inkchat")
REFUSED = ""
FORMATS = {  # by what matches the path of a file below raw/, the first that does
    "*/README.md": REFUSED,
    "*/*_README.md": REFUSED,
    "*/LICENSE.txt": REFUSED,
    "pstweetchat/2019/05_*.md": REFUSED,  # it says that there was no chat
    "pstweetchat/*/*.md": "transcript-markdown",
    "pstweetchat/*/*.txt": "transcript-tchat",
    "ngsschat-storify/*.csv": "storify-csv",
    "twarc-v2/*.jsonl": "twitter-v2-jsonl",
    "critlib/*.csv": "twarc-v1-csv",
    "critlib/*.json": "twarc-v1-jsonl",
    "tags/*.csv": "tags-csv",
    "bluesky/*.json": "bluesky-json",
}
EDGE = 6_000  # bytes at the start of a file of which every prefix is read, if thorough
CUTS = 25 if THOROUGH else 4  # pieces of the rest


def tell_format(path: Path) -> str:
    try:
        return choose_format(Source.open(path)).name
    except UnknownFormat:
        return REFUSED


def list_files(raw: Path) -> dict[Path, str]:
    """Give the files below raw/ with the format that each is in; recorded answers apart."""
    files = [one for one in sorted(raw.rglob("*")) if one.is_file()]
    return {
        file: next(
            (name for glob, name in FORMATS.items() if file.relative_to(raw).match(glob)), "?"
        )
        for file in files
        if file.suffix not in (".yml", ".yaml")
    }


def test_every_real_file_is_known_for_what_it_is(shared_data: Path) -> None:
    raw = shared_data / "raw"
    expected = list_files(raw)

    told = {file: tell_format(file) for file in expected}

    assert told == expected
    assert set(expected.values()) == {*FORMATS.values()}


@pytest.mark.parametrize("name", sorted({*FORMATS.values()} - {REFUSED}))
def test_a_real_file_cut_anywhere_is_read_as_far_as_it_goes(
    shared_data: Path, tmp_path: Path, name: str
) -> None:
    raw = shared_data / "raw"
    files = [file for file, known in list_files(raw).items() if known == name]
    smallest = min(files, key=lambda file: file.stat().st_size)
    for file in files if THOROUGH else [smallest]:
        whole = file.read_bytes()
        step = 1 if THOROUGH and file == smallest else EDGE // 20
        ends = {*range(1, min(EDGE, len(whole)), step), len(whole)}
        ends |= {len(whole) * cut // CUTS for cut in range(1, CUTS)}
        posts = [count_posts(whole[:end], tmp_path / file.name, name) for end in sorted(ends)]
        # Whatever is there stays there as more of the file comes; only the row that is cut may go.
        assert all(more >= fewer - 1 for fewer, more in pairwise(posts)), file
        assert posts[-1] > 0


def count_posts(data: bytes, path: Path, format: str) -> int:
    """Read what there is of a file; a refusal of the family of errors gives no posts."""
    path.write_bytes(data)
    try:
        reading = read_file(path, OPTIONS, format=format)
        for _ in reading:
            pass
    except ChinwagError:
        return 0
    return reading.posts
