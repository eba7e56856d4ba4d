"""Small files in the forms that real tools write give what a host expects of them.

They lie outside the repository, in a shared/data folder; the forms themselves are tried with
invented words in test_tools.py, test_saved_chat.py and the payloads.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from chinwag.errors import InputError
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.import_files import import_files
from chinwag.workflows.place_chat import place_chat

QUESTIONS = ["1", "2"]
TYPED = ChatDetails(time_zone="UTC", date="2024-03-05")
NUMBERED = ChatDetails(time_zone="UTC", columns={"created_at": "1", "author": "2", "text": "3"})
PLAIN = ChatDetails()

# File: what is said of it, its posts, how many of them answer another.
FILES: dict[str, tuple[ChatDetails, int, int]] = {
    "bskyr.csv": (PLAIN, 12, 2),
    "bytes-literal.csv": (PLAIN, 12, 0),
    "date-beside-whole-time.csv": (PLAIN, 12, 0),
    "discord-replies.json": (PLAIN, 12, 2),
    "irc-in-markdown.md": (TYPED, 12, 0),
    "jitsi-paste.txt": (TYPED, 12, 0),
    "label-keycap.csv": (PLAIN, 12, 2),
    "label-number-dot.csv": (PLAIN, 12, 2),
    "label-q1-of-2.csv": (PLAIN, 12, 2),
    "label-question-one.csv": (PLAIN, 12, 2),
    "mastodon-archive.json": (PLAIN, 12, 2),
    "no-header.csv": (NUMBERED, 12, 0),
    "nodexl-edges.csv": (PLAIN, 12, 2),
    "reply-handle.csv": (PLAIN, 12, 0),
    "rtweet-x-ids.csv": (PLAIN, 12, 2),
    "sfm.csv": (PLAIN, 12, 0),
    "short-question-comes.csv": (PLAIN, 12, 2),
    "slack-day.json": (PLAIN, 12, 2),
    "snscrape-rawcontent.jsonl": (PLAIN, 12, 2),
    "stray-tag.json": (PLAIN, 13, 0),
    "telegram-text-list.json": (PLAIN, 12, 0),
    "tweets-without-users.json": (PLAIN, 12, 2),
    "twint-reply-lists.csv": (PLAIN, 12, 0),
    "twint-zone-name.csv": (PLAIN, 12, 0),
    "twitter-analytics.csv": (PLAIN, 12, 0),
    "twitter-web-exporter.json": (PLAIN, 12, 2),
    "weekday-irc.log": (TYPED, 12, 0),
    "zoom.txt": (TYPED, 12, 0),
}


@pytest.mark.parametrize("name", FILES)
def test_a_tool_s_file_gives_its_posts_replies_and_questions(
    name: str, shared_data: Path, tmp_path: Path
) -> None:
    details, posts, replies = FILES[name]
    file = shared_data / "field" / name
    people = file.with_suffix(".users.json")
    report = import_files([file, *([people] if people.exists() else [])], tmp_path / "c", details)
    found = ChatFolder.open(tmp_path / "c").read_posts()
    assert (len(found), sum(bool(post.reply_to) for post in found)) == (posts, replies)
    assert all(post.text and post.author for post in found)
    assert "parents-missing" not in [gap.what.code for gap in report.ledger.gaps]
    chat, _placements = place_chat(tmp_path / "c")
    assert [question.label for question in chat.questions] == QUESTIONS
    assert all(question.text and "/2" not in question.text for question in chat.questions)


def test_rich_text_is_refused_by_name(shared_data: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        import_files([shared_data / "field" / "textedit-log.rtf"], tmp_path / "c", TYPED)
    assert str(refused.value) == (
        "textedit-log.rtf is a Rich Text document, not an export of posts."
    )
    assert not (tmp_path / "c").exists()
