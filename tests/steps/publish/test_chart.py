"""The hour as bars: what is drawn, what is left out, and what is said about it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from chinwag.messages import open_catalogue
from chinwag.model import Story, Window
from chinwag.steps.publish.chart import draw_chart
from chinwag.steps.publish.hours import Hours


def draw(story: Story) -> Any:
    chart = draw_chart(story, Hours(story, open_catalogue()))
    assert chart is not None
    return chart


def set_window(story: Story, minutes: int) -> Story:
    start = story.chat.window.start if story.chat.window else story.posts[0].created_at
    window = Window(start=start, end=start + timedelta(minutes=minutes))
    return msgspec.structs.replace(story, chat=msgspec.structs.replace(story.chat, window=window))


def test_a_bar_stands_for_the_posts_of_its_minute(story: Story) -> None:
    chart = draw(story)
    assert [(bar.time, bar.posts, bar.asked) for bar in chart.bars[5:9]] == [
        ("20:05", 1, "Q1"),
        ("20:06", 2, ""),
        ("20:07", 2, ""),
        ("20:08", 2, ""),
    ]
    assert sum(bar.posts for bar in chart.bars) == 41


def test_questions_are_marked_where_they_were_asked(story: Story) -> None:
    assert [(mark.label, mark.time, mark.row) for mark in draw(story).marks] == [
        ("Q1", "20:05", 0),
        ("Q2", "20:15", 0),
        ("Q3", "20:28", 0),
        ("Q4.2", "20:41", 0),
    ]


def test_a_question_that_was_only_answered_is_not_marked(story: Story) -> None:
    first, *others = story.questions
    assert first.question is not None
    unasked = msgspec.structs.replace(
        first, asked=(), question=msgspec.structs.replace(first.question, posts=())
    )
    without = msgspec.structs.replace(story, questions=(unasked, *others))
    assert [mark.label for mark in draw(without).marks] == ["Q2", "Q3", "Q4.2"]


def test_what_lies_outside_is_counted_and_does_not_squash_the_hour(story: Story) -> None:
    chart = draw(story)
    assert (len(chart.bars), chart.outside) == (
        60,
        ("1 post came before what is drawn.", "1 post came after."),
    )


def test_the_description_says_what_the_picture_shows(story: Story) -> None:
    assert draw(story).description == (
        "Bars show how many posts were written in every minute; the busiest stretch is 20:02, "
        "with 2 posts. Dashed lines mark where each question was asked: Q1 at 20:05, Q2 at 20:15, "
        "Q3 at 20:28 and Q4.2 at 20:41."
    )


@pytest.mark.parametrize(
    ("minutes", "bin_minutes"), [(60, 1), (90, 1), (180, 2), (300, 5), (60 * 24 * 7, 120)]
)
def test_long_chats_have_wider_bars(story: Story, minutes: int, bin_minutes: int) -> None:
    chart = draw(set_window(story, minutes))
    assert len(chart.bars) in (minutes // bin_minutes, minutes // bin_minutes + 1)
    assert all(0 <= bar.left <= 100 and 0 <= bar.height <= 100 for bar in chart.bars)


def test_labels_that_would_meet_stand_in_rows(story: Story) -> None:
    marks = draw(set_window(story, 60 * 24)).marks
    assert [mark.row for mark in marks] == [0, 1, 2, 3]


def test_without_a_window_single_stragglers_are_left_out(story: Story) -> None:
    many = tuple(
        msgspec.structs.replace(post, id=f"{post.id}-{copy}")
        for post in story.posts
        for copy in range(3)
    )
    open_story = msgspec.structs.replace(
        story, posts=many, chat=msgspec.structs.replace(story.chat, window=None)
    )
    assert len(draw(open_story).bars) < 110


def test_a_single_post_is_one_bar_and_no_post_is_no_chart(story: Story) -> None:
    chat = msgspec.structs.replace(story.chat, window=None, questions=())
    one = msgspec.structs.replace(story, chat=chat, posts=story.posts[:1], questions=())
    none = msgspec.structs.replace(one, posts=())
    assert [bar.posts for bar in draw(one).bars] == [1]
    assert draw_chart(none, Hours(none, open_catalogue())) is None


@pytest.mark.parametrize(
    ("posts", "levels"), [(1, ["2", "4"]), (3, ["2", "4"]), (15, ["8", "16"]), (31, ["20", "40"])]
)
def test_the_scale_ends_little_above_the_highest_bar(
    story: Story, posts: int, levels: list[str]
) -> None:
    moment = story.posts[10]
    same = tuple(msgspec.structs.replace(moment, id=str(number)) for number in range(posts))
    chart = draw(msgspec.structs.replace(story, posts=same))
    assert [level.words for level in chart.levels] == levels
