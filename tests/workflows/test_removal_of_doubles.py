"""A post that two files hold is one post while it stands, and one when it is taken out."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chinwag.stores.folder import ChatFolder
from chinwag.workflows.check_folder import check_folder
from chinwag.workflows.recap_files import recap_files
from chinwag.workflows.remove_posts import remove_posts

SAID = (
    ("18:00:05", "host", "Q1: What do you mend at home?"),
    ("18:02:10", "ann", "A1: lamps, and now and then a clock that nobody else would open"),
    ("18:03:20", "bo", "A1: bicycles, with more patience than skill, most Sunday mornings"),
    ("18:03:50", "ann", "A1: and the kettle of my neighbour, for the third time this year"),
)


def write_files(folder: Path, *, has_link: bool) -> tuple[Path, Path]:
    """Write the evening as a server tells it, and as a sheet whose times end with the minute."""
    rows = [
        {
            "id": f"https://mend.example/users/{author}/statuses/{number}",
            "url": f"https://mend.example/@{author}/{number}",
            "author": author,
            "text": f"{text} #mendchat",
            "time": f"2026-10-13T{time}Z",
        }
        for number, (time, author, text) in enumerate(SAID, 117000000000000001)
    ]
    exported, sheet = folder / "posts.jsonl", folder / "sheet.csv"
    exported.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    lines = ["time,author,text,link"] + [
        f'{row["time"][:16]}Z,{row["author"]},"{row["text"]}",{row["url"] if has_link else ""}'
        for row in rows
    ]
    sheet.write_text("\n".join(lines), encoding="utf-8")
    return exported, sheet


@pytest.mark.parametrize("has_link", [True, False])
def test_what_two_files_hold_is_taken_out_once(has_link: bool, tmp_path: Path) -> None:
    into = tmp_path / "mend"
    recap_files(list(write_files(tmp_path, has_link=has_link)), into)
    assert len(ChatFolder.open(into).read_posts()) == 4

    report = remove_posts(into, (), "ann", at=datetime(2026, 10, 14, tzinfo=UTC))

    assert report.posts == 2
    posts = ChatFolder.open(into).read_posts()
    assert [(post.author, post.removed) for post in posts] == [
        ("host", ""),
        ("", "asked"),
        ("bo", ""),
        ("", "asked"),
    ]
    checked = check_folder(into)
    assert (checked.faults, checked.outdated) == ((), ())
    assert list(checked.removed) == [
        "2 posts were taken out at their authors’ wish or by the hosts."
    ]


def test_two_posts_of_one_minute_stay_two_when_they_are_out(tmp_path: Path) -> None:
    into = tmp_path / "mend"
    recap_files(list(write_files(tmp_path, has_link=True)), into)
    day = datetime(2026, 10, 14, tzinfo=UTC)
    remove_posts(into, (), "bo", at=day)
    remove_posts(into, (), "ann", at=day)
    assert sum(bool(post.removed) for post in ChatFolder.open(into).read_posts()) == 3
