"""What docs/developers/story-files.md says of the files is what is written."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from chinwag.model import Story
from chinwag.steps.publish import render_json, render_posts_csv
from chinwag.steps.publish.data import BULLET_COLUMNS, POST_COLUMNS

DOCUMENT = Path(__file__).parents[3] / "docs" / "developers" / "story-files.md"


def read_section(title: str) -> str:
    text = DOCUMENT.read_text(encoding="utf-8")
    return text.split(f"## {title}\n")[1].split("\n## ")[0]


def test_the_fields_of_the_json_are_described(story: Story) -> None:
    section = read_section("`story.json`")
    document = json.loads(render_json(story))
    assert re.findall(r"^\| `(\w+)` \|", section, re.M) == list(document)
    told = section.split("A question has")[1]
    assert [name for name in document["questions"][0] if f"`{name}`" not in told] == []


def test_the_columns_of_the_tables_are_described_in_order() -> None:
    for title, columns in (("`posts.csv`", POST_COLUMNS), ("`bullets.csv`", BULLET_COLUMNS)):
        told = re.findall(r"[:,] `(\w+)`", read_section(title))
        assert tuple(told) == columns


def test_the_recipe_gives_back_the_texts(story: Story, tmp_path: Path) -> None:
    recipe = "\n".join(
        line.removeprefix("    ")
        for line in read_section("Cells that begin with `'`").splitlines()
        if line.startswith("    ")
    )
    path = tmp_path / "posts.csv"
    path.write_text(render_posts_csv(story), encoding="utf-8", newline="")
    held: dict[str, Any] = {}
    exec(recipe.replace("story/posts.csv", str(path)), held)  # noqa: S102
    assert [row["text"] for row in held["rows"]] == [
        "" if post.text_lost else post.text for post in story.posts
    ]
