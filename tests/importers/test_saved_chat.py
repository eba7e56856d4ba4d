"""Chats saved or copied as text: the same hour in the form of each program."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.importers.reasons import say_reason

from chinwag.errors import InputError, UnknownFormat
from chinwag.importers import read_file
from chinwag.model import AsideRow, Deletion, Post
from chinwag.records.contract import ReadOptions

OPTIONS = ReadOptions(time_zone="UTC", date="2024-03-05")
SAID = [
    ("Ada Lindqvist", "Q1: Which map did you hang up first?", 3),
    ("Bo Renn", "A1: the atlas\nby the door", 4),
    ("Cy", "A1: a globe", 5),
]
ONE_LINE = {
    "Zoom": "18:{minute:02}:00\t From {name} to Everyone : {text}",
    "Zoom before": "18:{minute:02}:00 From  {name} : {text}",
    "WhatsApp on Android": "05/03/2024, 18:{minute:02} - {name}: {text}",
    "WhatsApp on an iPhone": "\u200e[05/03/2024, 18:{minute:02}:00] {name}: \u200e{text}",
    "WhatsApp with AM and PM": "05/03/24, 6:{minute:02}\u202fpm - {name}: {text}",
    "Element": "05/03/2024, 18:{minute:02}:00 - {name}: {text}",
    "Teams": "[18:{minute:02}] {name}: {text}",
    "typed": "{name} (18:{minute:02}): {text}",
}
TWO_LINES = {
    "Zoom of today": "2024-03-05 18:{minute:02}:00 From {name} to Everyone:\n\t{text}",
    "Discord": "[05-Mar-24 06:{minute:02} PM] {name}\n{text}\n",
    "Telegram": "{name}, [05.03.2024 18:{minute:02}]\n{text}\n",
    "Teams copied": "[18:{minute:02}] {name}\n{text}",
    "Jitsi Meet": "{name}\n{name} says:\n{text}\n18:{minute:02}",
}


def read(
    folder: Path, text: str, options: ReadOptions = OPTIONS
) -> list[Post | Deletion | AsideRow]:
    path = folder / "chat.txt"
    path.write_text(text, encoding="utf-8")
    reading = read_file(path, options)
    records = list(reading)
    assert reading.format == "saved-chat"
    return records


@pytest.mark.parametrize("program", [*ONE_LINE, *TWO_LINES])
def test_a_chat_is_read_in_the_form_of_each_program(program: str, tmp_path: Path) -> None:
    form = {**ONE_LINE, **TWO_LINES}[program]
    text = "\n".join(
        form.format(name=name, text=said.replace("\n", "\n\t"), minute=minute)
        for name, said, minute in SAID
    )

    london = ReadOptions(time_zone="Europe/London", date="2024-03-05")
    posts = read(tmp_path, f"{text}\n", london)

    assert [
        (post.author, post.text, post.created_at) for post in posts if isinstance(post, Post)
    ] == [(name, said, datetime(2024, 3, 5, 18, minute, tzinfo=UTC)) for name, said, minute in SAID]
    assert len(posts) == len(SAID)


def test_a_chat_without_times_keeps_the_order_of_its_lines_and_says_so(tmp_path: Path) -> None:
    lines = [f"{name}: {said}" for name, said, _ in SAID for said in (said.replace("\n", " "),)]

    posts = read(tmp_path, "\n".join([*lines, *lines]))

    assert [post.text for post in posts if isinstance(post, Post)] == 2 * [
        line.partition(": ")[2] for line in lines
    ]
    times = [post.created_at for post in posts if isinstance(post, Post)]
    assert times == sorted(set(times))
    assert all(
        "time not told, lines kept in their order" in post.repairs
        for post in posts
        if isinstance(post, Post)
    )


def test_prose_is_no_chat(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Note: one\nAim: two\nPlan: three\nDate: four\n", encoding="utf-8")

    with pytest.raises(UnknownFormat):
        read_file(path, OPTIONS)


def test_a_message_to_one_person_is_kept_aside_without_its_words(tmp_path: Path) -> None:
    text = (
        "18:03:00 From Ada to Everyone : one\n18:04:00 From Bo to Ada(Direct Message) : secret\n"
        "18:05:00 From Cy to Bo Renn : secret too\n18:06:00 From Cy : three\n"
    )

    records = read(tmp_path, text)

    assert [(type(record).__name__, record.text) for record in records if record.text] == [  # type: ignore[union-attr]
        ("Post", "one"),
        ("Post", "three"),
    ]
    rows = [record for record in records if isinstance(record, AsideRow)]
    assert [(row.line, say_reason(row), row.text) for row in rows] == [
        (2, "is not public", ""),
        (3, "is not public", ""),
    ]


def test_reactions_and_notices_are_no_posts_and_a_quoted_message_is_the_parent(
    tmp_path: Path,
) -> None:
    text = (
        "18:03:00 From Ada to Everyone:\n\tQ1: Which map first?\n"
        '18:04:00 From Bo to Everyone:\n\tReplying to "Q1: Which map..."\n\n\tthe atlas\n'
        '18:05:00 From Cy to Everyone:\n\tReacted to "the atlas" with 👍\n'
    )

    first, second = read(tmp_path, text)

    assert isinstance(first, Post)
    assert isinstance(second, Post)
    assert (second.text, second.reply_to) == ("the atlas", first.id)


def test_who_joined_is_no_message(tmp_path: Path) -> None:
    text = (
        "05/03/2024, 18:00 - Ada created group “Maps”\n05/03/2024, 18:03 - Ada: one\n"
        "05/03/2024, 18:04 - Bo: two\n05/03/2024, 18:04 - Cy joined\n"
        "05/03/2024, 18:05 - Bo: <Media omitted>\n05/03/2024, 18:06 - Cy: three\n"
    )

    records = read(tmp_path, text, ReadOptions(time_zone="Europe/London"))

    assert [record.text for record in records if isinstance(record, Post)] == [
        "one",
        "two",
        "three",
    ]
    assert len(records) == 3


def test_past_midnight_the_next_day_begins(tmp_path: Path) -> None:
    text = "[23:58] Ada: one\n[23:59] Bo: two\n[00:01] Cy: three\n"

    days = [post.created_at.day for post in read(tmp_path, text) if isinstance(post, Post)]

    assert days == [5, 5, 6]


def test_without_a_day_the_day_is_asked_for(tmp_path: Path) -> None:
    text = "[18:03] Ada: one\n[18:04] Bo: two\n[18:05] Cy: three\n"

    with pytest.raises(InputError, match="nothing tells the day"):
        read(tmp_path, text, ReadOptions(time_zone="UTC"))


def test_what_an_export_of_discord_writes_around_messages_is_none_of_their_words(
    tmp_path: Path,
) -> None:
    frame = "=" * 62
    text = (
        f"{frame}\nGuild: Maps\nChannel: atlas\n{frame}\n\n"
        "[05-Mar-24 06:03 PM] ada (pinned)\nQ1: Which map first?\n\n{Reactions}\n👍 (3)\n\n"
        "[05-Mar-24 06:04 PM] bo\nA1: this\n\n{Attachments}\nhttps://maps.example/1.png\n\n"
        "[05-Mar-24 06:05 PM] cy\nA1: a globe\n\n"
        f"{frame}\nExported 3 message(s)\n{frame}\n"
    )

    records = read(tmp_path, text)

    assert [(post.author, post.text) for post in records if isinstance(post, Post)] == [
        ("ada", "Q1: Which map first?"),
        ("bo", "A1: this\nhttps://maps.example/1.png"),
        ("cy", "A1: a globe"),
    ]
