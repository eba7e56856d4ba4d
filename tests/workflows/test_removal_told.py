"""Removal is told as removal, without times, and figures count nobody twice and no spam."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import chinwag
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.check_folder import check_folder
from chinwag.workflows.remove_posts import remove_posts
from chinwag.workflows.show_folder import show_folder, show_question

AT = datetime(2026, 10, 14, 9, 30, tzinfo=UTC)
ASKED = "2 posts were taken out at their authors’ wish or by the hosts."
SPAM = "1 post was taken out by the hosts as spam."


def make_rows() -> list[dict[str, Any]]:
    """Return an hour with a host on two networks, two people who want out, and two of spam."""
    said = [
        ("host@ink.example", "Ink Chat", 0, "Q1: What do you keep by the door?", ""),
        ("host.ink.example", "Ink Chat", 0, "Q1: What do you keep by the door? (from the sky)", ""),
        ("ada_1", "Ada Lind", 3, "A1 an atlas for everybody who cannot find the way", "wish"),
        ("bo_2", "Bo Renn", 4, "A1 a bell, a broom and a very long list of names", "wish"),
        ("cy_3", "Cy Marsh", 5, "A1 three umbrellas that nobody ever came back for", ""),
        ("host@ink.example", "Ink Chat", 6, "A1 and we keep a kettle behind the counter", ""),
        ("host.ink.example", "Ink Chat", 8, "A1 the kettle is on the sill upstairs by now", ""),
        ("buy_4", "Buy", 9, "Buy cheap essays now, 50% off, click https://essays.example/buy", ""),
        (
            "buy_5",
            "Buy",
            10,
            "Buy cheap essays now, 60% off, click https://essays.example/b",
            "spam",
        ),
    ]
    rows: list[dict[str, Any]] = []
    for number, (author, name, minute, text, mark) in enumerate(said):
        rows.append(
            {
                "id": str(1001 + number),
                "author": author,
                "author_name": name,
                "text": f"{text} #inkchat",
                "created_at": f"2026-10-13T18:{minute:02}:17Z",
                "mark": mark,
            }
        )
    answer = {"id": "1100", "author": "cy_3", "author_name": "Cy Marsh", "reply_to": "1003"}
    text = "@ada_1 so do we, on the shelf #inkchat"
    return [*rows, {**answer, "text": text, "created_at": "2026-10-13T18:11:17Z"}]


@pytest.fixture(scope="module")
def removed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a chat from which two people and one post of spam were taken out."""
    root = tmp_path_factory.mktemp("told")
    file, chat = root / "chat.jsonl", root / "chat"
    rows = make_rows()
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    details = ChatDetails(hashtag="inkchat", moderators=("host@ink.example", "host.ink.example"))
    chinwag.recap_files([file], chat, details)
    for row in rows:
        if row.get("mark") == "wish":
            remove_posts(chat, [], row["author"], at=AT)
        elif row.get("mark") == "spam":
            remove_posts(chat, [row["id"]], at=AT, as_spam=True)
    return chat


def test_page_and_write_up_tell_of_removals_without_their_times(removed: Path) -> None:
    page = (removed / "story" / "index.html").read_text(encoding="utf-8")
    write_up = (removed / "story" / "story.md").read_text(encoding="utf-8")
    assert [told in page for told in (ASKED, SPAM)] == [True, True]
    assert [told in write_up for told in (ASKED, SPAM)] == [True, True]
    assert "deleted by" not in page
    assert "T18:03:17" not in page
    assert "T18:04:17" not in page
    assert "T18:10:17" not in page
    assert "answers ?" not in page


def test_tables_and_json_hold_no_place_of_a_removed_post(removed: Path) -> None:
    story = json.loads((removed / "story" / "story.json").read_bytes())
    assert [post["id"] for post in story["posts"] if post.get("deleted")] == []
    assert {placement["post"] for placement in story["placements"]} == {
        post["id"] for post in story["posts"]
    }
    told = [gap["what"] for gap in story["ledger"]["gaps"] if "removed" in gap["what"]["code"]]
    assert [one["words"] for one in told] == [ASKED, SPAM]
    assert (story["ledger"]["removed"], story["ledger"]["spam"]) == (3, 1)
    table = (removed / "story" / "posts.csv").read_text(encoding="utf-8-sig")
    assert len(table.splitlines()) == 1 + len(story["posts"])


def test_show_and_check_tell_of_removals(removed: Path) -> None:
    report = check_folder(removed)
    assert report.faults == ()
    assert report.removed == (ASKED, SPAM)
    listed = (*show_question(removed, "1"), *show_question(removed, None))
    assert [one.post.id for one in listed if one.post.removed] == []


def test_one_total_everywhere_without_spam_and_each_host_once(removed: Path) -> None:
    measures = show_folder(removed).measures
    assert (measures.people, measures.posts, measures.removed) == (2, 6, 3)
    assert (measures.spam, measures.deleted) == (1, 3)
    assert measures.by_person == {"host@ink.example": 4, "cy_3": 2}
    story = json.loads((removed / "story" / "story.json").read_bytes())
    assert story["measures"]["people"] == 2
    assert story["measures"]["posts"] == 6
    lead = ChatFolder.open(removed).read_summary().lead[0]
    assert (lead.parts["people"], lead.parts["posts"]) == (2, 6)
    write_up = (removed / "story" / "story.md").read_text(encoding="utf-8")
    assert "2 people wrote 6 posts" in write_up
    thanks = write_up.split("With thanks to")[1]
    assert ("Buy" in thanks, thanks.count("Ink Chat"), "Cy Marsh" in thanks) == (False, 1, True)


def test_a_recap_tells_the_same_total_as_the_story(removed: Path, tmp_path: Path) -> None:
    chat = Path(shutil.copytree(removed, tmp_path / "chat"))
    made = chinwag.recap_files([], chat)
    assert made.imported.measures == show_folder(chat).measures


def test_an_author_taken_out_as_spam_is_told_as_spam(removed: Path, tmp_path: Path) -> None:
    chat = Path(shutil.copytree(removed, tmp_path / "chat"))
    remove_posts(chat, [], "buy_4", at=AT, as_spam=True)
    posts = ChatFolder.open(chat).read_posts()
    assert sorted(post.removed for post in posts if post.removed) == [
        "asked",
        "asked",
        "spam",
        "spam",
    ]
    report = check_folder(chat)
    assert report.removed == (ASKED, "2 posts were taken out by the hosts as spam.")
    assert show_folder(chat).measures.people == 2
