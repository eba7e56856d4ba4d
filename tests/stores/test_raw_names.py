"""Files under `raw/` have names that every disk takes, however long those were that came."""

from __future__ import annotations

from pathlib import Path

import pytest

from chinwag.stores.folder.raw import copy_raw, store_posts


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a" * 251 + ".csv", "a" * 196 + ".csv.gz"),
        ("\u5cf6" * 83 + ".csv", "\u5cf6" * 65 + ".csv.gz"),
        ("chat.csv", "chat.csv.gz"),
    ],
)
def test_a_name_is_cut_so_that_numbers_and_endings_fit(
    tmp_path: Path, name: str, kept: str
) -> None:
    raw, pending = tmp_path / "raw", tmp_path / "pending"
    raw.mkdir()
    for number, content in enumerate(("one", "two"), start=1):
        (tmp_path / name).write_text(content)
        stored = copy_raw(tmp_path / name, raw, pending)
        front = "" if number == 1 else "2-"
        assert (stored.name, stored.raw) == (name, f"raw/{front}{kept}")
    (tmp_path / name).write_text("one")
    assert copy_raw(tmp_path / name, raw, pending).raw == f"raw/{kept}"
    posts = store_posts([], kept, raw, pending)
    assert posts.raw == f"raw/{kept.removesuffix('.gz')}.posts.jsonl.gz"
    assert sorted(path.name for path in pending.iterdir()) == sorted(
        [kept, f"2-{kept}", posts.raw.removeprefix("raw/")]
    )
