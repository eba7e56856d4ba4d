"""The hour as bars: posts in every minute (or two, or five), with the questions marked on it.

Only what lies within the chat's hours is drawn, so that a late post does not squash the hour; what
lies outside is counted and mentioned. All places are in per cent of the width, so that a page can
make the chart as wide as its column while the words on it keep their size.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

import msgspec

from chinwag.messages import Catalogue
from chinwag.model import Story
from chinwag.steps.publish.hours import Hours

MOST_BARS = 110
_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440)
_LETTER_WIDTH = 2.6  # per cent of a phone's width that a letter of a label takes
_TICKS = 6


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """One bar: from where to where in per cent of the width, its height in per cent, its count."""

    left: float
    width: float
    height: float
    posts: int
    time: str
    asked: str


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A question on the chart: where and in which bar it was asked, and its label's row."""

    left: float
    label: str
    time: str
    row: int
    bar: int


class Tick(msgspec.Struct, frozen=True, kw_only=True):
    """A time or a number beside an axis, and where it stands in per cent."""

    at: float
    words: str
    anchor: str = "middle"


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the template draws and says."""

    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    times: tuple[Tick, ...]
    levels: tuple[Tick, ...]
    rows: int
    title: str
    description: str
    caption: str
    outside: tuple[str, ...]


class _Frame(msgspec.Struct, frozen=True):
    """The stretch that is drawn: it begins at `start` and has `bins` bars of `minutes` each."""

    start: datetime
    minutes: int
    bins: int

    def find_bin(self, moment: datetime) -> int:
        """Return the number of the bar that a moment falls into; it may lie outside."""
        return int((moment - self.start) // timedelta(minutes=self.minutes))

    def find_place(self, moment: datetime) -> float:
        """Return where a moment lies, in per cent of the width."""
        whole = timedelta(minutes=self.minutes) * self.bins
        return round(100 * ((moment - self.start) / whole), 2)


def draw_chart(story: Story, hours: Hours) -> Chart | None:
    """Return the chart of a story, or None where there is nothing to draw."""
    frame = _choose_frame(story, hours)
    if frame is None:
        return None
    heights = [0] * frame.bins
    before = after = 0
    for post in story.posts:
        place = frame.find_bin(post.created_at)
        before += place < 0
        after += place >= frame.bins
        if 0 <= place < frame.bins:
            heights[place] += 1
    marks = _place_marks(story, hours, frame)
    bars = _make_bars(heights, frame, hours, marks)
    return Chart(
        bars=bars,
        marks=marks,
        times=_choose_times(frame, hours),
        levels=_choose_levels(max(heights)),
        rows=1 + max((mark.row for mark in marks), default=0),
        title=hours.words.say("chart_title"),
        description=_describe(bars, marks, frame, hours.words),
        caption=_write_caption(frame, hours, marks),
        outside=_tell_outside(before, after, hours.words),
    )


def _choose_frame(story: Story, hours: Hours) -> _Frame | None:
    start, end = _choose_span(story)
    if start is None or end is None:
        return None
    length = max((end - start).total_seconds() / 60, 1)
    minutes = next((step for step in _STEPS if length / step <= MOST_BARS), 0)
    minutes = minutes or _STEPS[-1] * ceil(length / _STEPS[-1] / MOST_BARS)
    start = _floor(start, minutes, hours)
    bins = int((end - start) // timedelta(minutes=minutes)) + 1
    frame = _Frame(start, minutes, bins)
    if bins > 1 and not any(frame.find_bin(post.created_at) == bins - 1 for post in story.posts):
        return _Frame(start, minutes, max(1, frame.find_bin(end - timedelta(seconds=1)) + 1))
    return frame


def _choose_span(story: Story) -> tuple[datetime | None, datetime | None]:
    """Return the chat's window, else the stretch that holds the middle 96 in 100 of the posts."""
    if story.chat.window:
        return story.chat.window.start, story.chat.window.end
    if not story.posts:
        return None, None
    edge = len(story.posts) // 50
    return story.posts[edge].created_at, story.posts[-1 - edge].created_at


def _floor(moment: datetime, minutes: int, hours: Hours) -> datetime:
    """Return the last round time before a moment, in the chat's zone."""
    local = hours.to_local(moment)
    past = (local.hour * 60 + local.minute) % minutes
    return moment - timedelta(minutes=past, seconds=local.second, microseconds=local.microsecond)


def _place_marks(story: Story, hours: Hours, frame: _Frame) -> tuple[Mark, ...]:
    """Return the questions' marks, their labels in as many rows as keep them apart on a phone."""
    asked = [
        (question.question.asked_at, question.summary.label)
        for question in story.questions
        if question.question
        and question.question.asked_at
        and question.question.posts  # else nobody knows when it was asked
        and question.question.by != "time"
    ]
    marks: list[Mark] = []
    ends: list[float] = []
    for moment, label in sorted(asked):
        left = frame.find_place(moment)
        if not 0 <= left <= 100:
            continue
        name = hours.words.name_question(label, numbered=story.chat.numbered, form="label_short")
        half = (len(name) + 1) * _LETTER_WIDTH / 2
        row = next((row for row, end in enumerate(ends) if end <= left - half), len(ends))
        ends[row : row + 1] = [left + half]
        time, bar = hours.write_time(moment), frame.find_bin(moment)
        marks.append(Mark(left=left, label=name, time=time, row=row, bar=bar))
    return tuple(marks)


def _make_bars(
    heights: Sequence[int], frame: _Frame, hours: Hours, marks: Sequence[Mark]
) -> tuple[Bar, ...]:
    top = choose_top(max(heights))
    width = 100 / frame.bins
    asked: dict[int, list[str]] = {}
    for mark in marks:
        asked.setdefault(mark.bar, []).append(mark.label)
    return tuple(
        Bar(
            left=round(place * width + width * 0.12, 3),
            width=round(width * 0.76, 3),
            height=round(100 * posts / top, 2),
            posts=posts,
            time=hours.write_time(frame.start + timedelta(minutes=frame.minutes) * place),
            asked=hours.words.join_words(asked.get(place, [])),
        )
        for place, posts in enumerate(heights)
    )


def choose_top(most: int) -> int:
    """Return the round number at which the scale ends: just above the highest bar, and even."""
    scale = 1
    while most > 30 * scale:
        scale *= 10
    return next(step * scale for step in (4, 6, 8, 10, 12, 16, 20, 24, 30) if most <= step * scale)


def _choose_levels(most: int) -> tuple[Tick, ...]:
    top = choose_top(most)
    return tuple(Tick(at=100 * level / top, words=str(level)) for level in (top // 2, top))


def _choose_times(frame: _Frame, hours: Hours) -> tuple[Tick, ...]:
    """Return the times below the axis: at most seven, at round hours of the chat's zone."""
    length = frame.minutes * frame.bins
    step = next((step for step in _STEPS[2:] if length / step <= _TICKS), _STEPS[-1])
    ticks: list[Tick] = []
    moment = _floor(frame.start + timedelta(minutes=step) - timedelta(seconds=1), step, hours)
    while (place := frame.find_place(moment)) <= 100 and len(ticks) <= MOST_BARS:
        words = hours.write_hour(moment) if step < 720 else hours.write_time(moment)
        anchor = "start" if place < 3 else "end" if place > 97 else "middle"
        ticks.append(Tick(at=place, words=words, anchor=anchor))
        moment += timedelta(minutes=step)
    return tuple(ticks)


def _write_bin(frame: _Frame, words: Catalogue) -> str:
    if frame.minutes == 1:
        return words.say("chart_one_minute")
    return words.count(frame.minutes, "minute")


def _describe(bars: Sequence[Bar], marks: Sequence[Mark], frame: _Frame, words: Catalogue) -> str:
    peak = max(bars, key=lambda bar: bar.posts)
    listed = [words.say("chart_mark", label=mark.label, time=mark.time) for mark in marks]
    return words.say(
        "chart_desc",
        bin=_write_bin(frame, words),
        peak=peak.time,
        most=words.count(peak.posts, "post"),
        marks=words.say("chart_marks", list=words.join_words(listed)) if listed else "",
    ).strip()


def _write_caption(frame: _Frame, hours: Hours, marks: Sequence[Mark]) -> str:
    key = "chart_caption_marks" if marks else "chart_caption"
    words = hours.words
    return words.say(key, bin=_write_bin(frame, words), zone=hours.name_zone(frame.start))


def _tell_outside(before: int, after: int, words: Catalogue) -> tuple[str, ...]:
    told = []
    if before:
        told.append(words.say("chart_before", posts=words.count(before, "post")))
    if after:
        told.append(words.say("chart_after", posts=words.count(after, "post")))
    return tuple(told)
