"""The sample's posts, given again as a table of somebody's own, are not archived twice."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from chinwag.model import Post
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.import_files import import_files

FILES = sorted((Path(__file__).parents[2] / "examples" / "stackschat").glob("*.json"))
LONDON = ChatDetails(time_zone="Europe/London")

SHEETS: dict[str, Callable[[Post], dict[str, str]]] = {
    "to the minute": lambda post: {
        "author": post.author,
        "text": post.text,
        "time": f"{tell_local(post):%Y-%m-%d %H:%M}",
    },
    "names for handles": lambda post: {
        "name": post.author_name or post.author,
        "message": " ".join(post.text.split()),
        "date": f"{tell_local(post):%d/%m/%Y}",
        "time": f"{tell_local(post):%H:%M:%S}",
    },
    "addresses": lambda post: {
        "id": "1.17434E+17",
        "username": f"@{post.author}",
        "text": post.text,
        "created_at": post.created_at.isoformat(timespec="seconds"),
        "url": post.url,
    },
}


def tell_local(post: Post) -> object:
    return post.created_at.astimezone(ZoneInfo("Europe/London"))


@pytest.mark.parametrize("form", SHEETS)
def test_the_sample_with_its_posts_as_a_table_gives_the_same_posts(
    form: str, tmp_path: Path
) -> None:
    import_files(FILES, tmp_path / "chat", LONDON)
    alone = ChatFolder.open(tmp_path / "chat").read_posts()
    rows = [SHEETS[form](post) for post in alone if not post.deleted]
    table = tmp_path / "table.csv"
    with table.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)

    import_files([*FILES, table], tmp_path / "both", LONDON)

    both = ChatFolder.open(tmp_path / "both").read_posts()
    assert [post.id for post in both] == [post.id for post in alone]
    assert len(rows) == 356
