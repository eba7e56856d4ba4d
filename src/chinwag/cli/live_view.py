"""The capture as a terminal shows it: what matters first, and all of it in the lines there are."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.text import Text

from chinwag.capture.view import CaptureView, QuestionView, RouteView
from chinwag.cli.notes import WORDS, word_note
from chinwag.cli.say import clean
from chinwag.steps.attend import Unreplied
from chinwag.text.mentions import write_handle

WIDTH = 80
_FOOTER = "Ctrl-C ends it; run it again to fill in what is missing."
_STYLES = {"waiting": "yellow", "failed": "bold red"}
# (questions, posts without a reply, whether each route has a line, whether the last post is shown)
# for ever smaller terminals; the first that fits is drawn.
_SIZES = (
    (99, 5, True, True),
    (99, 3, True, True),
    (99, 3, False, True),
    (6, 1, False, True),
    (4, 1, False, False),
    (2, 0, False, False),
    (1, 0, False, False),
)


def draw_view(view: CaptureView, width: int = WIDTH, height: int = 99) -> RenderableType:
    """Return the capture as it is drawn in so many columns and lines."""
    for size in _SIZES:
        lines = _draw_lines(view, width, *size)
        if len(lines) <= height:
            break
    return Group(*lines[: max(1, height)])


def _draw_lines(
    view: CaptureView, width: int, questions: int, unreplied: int, has_routes: bool, has_last: bool
) -> list[Text]:
    lines = [*_draw_status(view, width), *_draw_head(view, width), *_draw_counts(view, width)]
    lines += _draw_questions(view, questions)
    lines += _draw_unreplied(view, unreplied)
    if has_last and view.last is not None:
        lines.append(Text(f"Last  {_quote(view.last.author, view.last.text)}", style="dim"))
    if has_last and view.last_spam is not None:
        lines.append(Text(f"Spam? {_quote(view.last_spam.author, view.last_spam.text)}"))
        lines += _wrap(_tell_spam(view.last_spam.author), width, "dim")
    lines += _draw_routes(view, width) if has_routes else [_sum_up_routes(view)]
    lines.append(Text(_FOOTER, style="dim"))
    for line in lines:
        line.no_wrap = True
        line.truncate(width, overflow="ellipsis")
    return lines


# --- the first lines: is everything all right?


def describe_status(view: CaptureView) -> list[str]:
    """Return in sentences that all is well, or what is wrong and what to do."""
    wrong = [route for route in view.routes if route.is_wrong]
    if not wrong and not view.problem:
        return [_describe_well(view.routes)]
    said = [clean(word_note(view.problem))] if view.problem else []
    if wrong:
        said.append(_count_wrong(wrong, len(view.routes)))
    said += dict.fromkeys(clean(word_note(route.note)) for route in wrong if route.note)
    return said


def list_limits(view: CaptureView) -> list[str]:
    """Return in sentences what cannot be had by routes that work."""
    return list(
        dict.fromkeys(
            clean(f"{route.name}: {word_note(route.note)}")
            for route in view.routes
            if route.note and not route.is_wrong
        )
    )


def _describe_well(routes: Sequence[RouteView]) -> str:
    starting = sum(route.state == "starting" for route in routes)
    if starting:
        number = WORDS.count(starting, "route")
        return f"All is well so far; {number} of {len(routes)} still to answer."
    return "All is well."


def _count_wrong(wrong: Sequence[RouteView], total: int) -> str:
    given_up = sum(route.state == "failed" for route in wrong)
    number = f"{len(wrong)} of {WORDS.count(total, 'route')} {WORDS.count(len(wrong), 'does')}"
    if given_up == len(wrong):
        return f"{number} not work and will not be tried again."
    return f"{number} not work; what breaks is tried again by itself, and nothing is lost."


def _draw_status(view: CaptureView, width: int) -> list[Text]:
    is_well = not view.problem and not any(route.is_wrong for route in view.routes)
    style = "bold green" if is_well else "bold yellow"
    return [line for said in describe_status(view) for line in _wrap(said, width, style)]


# --- the chat


def describe_clock(view: CaptureView) -> str:
    """Return the time, how much of the hour is left, and when the capture ends, in its zone."""
    parts = [f"{tell_time(view, view.at, seconds=True)} {_name_zone(view)}"]
    if view.start is not None and view.at < view.start:
        parts.append(f"begins in {_tell_span(view.at, view.start)}")
    elif view.end is not None and view.at < view.end:
        parts.append(f"{_tell_span(view.at, view.end)} left")
    elif view.end is not None:
        parts.append(f"over since {tell_time(view, view.end)}")
    if view.closes is not None and view.at >= view.closes:
        parts.append("the capture ends in a few minutes, after a last look at every server")
    elif view.closes is None:
        parts.append("ends with Ctrl-C")
    else:
        parts.append(f"the capture ends at {tell_time(view, view.closes)}")
    return ", ".join(parts)


def tell_time(view: CaptureView, moment: datetime, *, seconds: bool = False) -> str:
    """Return a moment by the clocks of the chat's time zone."""
    local = moment.astimezone(ZoneInfo(view.time_zone))
    return f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}"


def _name_zone(view: CaptureView) -> str:
    return view.at.astimezone(ZoneInfo(view.time_zone)).tzname() or view.time_zone


def _draw_head(view: CaptureView, width: int) -> list[Text]:
    tag = f"#{clean(view.hashtag)}"
    lines = _wrap(f"{tag}  {describe_clock(view)}", width, "")
    lines[0].stylize("bold", 0, len(tag))
    return lines


def _draw_counts(view: CaptureView, width: int) -> list[Text]:
    people = WORDS.count(view.people, "person")
    parts = [f"{WORDS.count(view.posts, 'post')} by {people}", f"{view.rate:.1f} posts a minute"]
    if view.reposts:
        parts.append(WORDS.count(view.reposts, "repost"))
    if view.deleted:
        parts.append(WORDS.count(view.deleted, "honoured_deletion"))
    if view.removed:
        parts.append(WORDS.count(view.removed, "taken_out"))
    if view.spam:
        parts.append(WORDS.count(view.spam, "spam_apart"))
    if view.outside:
        parts.append(f"{WORDS.count(view.outside, 'post')} outside the hour")
    if view.lag is not None:
        parts.append(f"{view.lag:.1f} s from post to disk")
    return _wrap(", ".join(parts), width, "")


def _draw_questions(view: CaptureView, most: int) -> list[Text]:
    asked = [question for question in view.questions if question.asked_at is not None]
    later = [question for question in view.questions if question.asked_at is None]
    shown = [*asked[-most:], *later[: max(0, most - len(asked))]]
    if not shown:
        return []
    lines = [Text("Question  Answers  People  Last", style="bold")]
    current = asked[-1].label if asked else ""
    lines += [_draw_question(question, view, current) for question in shown]
    if view.unplaced:
        lines.append(Text(f"          {view.unplaced:>7,}  under no question", style="dim"))
    return lines


def _draw_question(question: QuestionView, view: CaptureView, current: str) -> Text:
    mark = ">" if question.label == current else " "
    words = " ".join(clean(question.text).split())
    figures = f"{question.answers:>7,}  {question.people:>6,}"
    if question.asked_at is None:
        last = "not asked"
    elif question.last is None:
        last = "no answer"
    else:
        last = f"{_tell_span(question.last, view.at)} ago"
    line = f"{mark} Q{clean(question.label):<6} {figures}  {last:<10}  {words}"
    return Text(line, style="bold" if mark == ">" else "")


def _draw_unreplied(view: CaptureView, most: int) -> list[Text]:
    if not view.unreplied:
        return []
    number = WORDS.count(view.unreplied, "waiting_post")
    lines = [Text(f"{number} no reply", style="bold")]
    lines += [_draw_post_in_need(one, view) for one in view.in_need[:most]]
    return lines


def _draw_post_in_need(one: Unreplied, view: CaptureView) -> Text:
    why = "asks you" if one.asks and one.is_to_host else "asks" if one.asks else ""
    if one.is_first:
        why = f"{why}, first post".removeprefix(", ")
    at = tell_time(view, one.post.created_at)
    # Why it is shown stands first: the words may be cut off at the terminal's edge.
    return Text(f"  {at}  {f'({why}) ' if why else ''}{_quote(one.post.author, one.post.text)}")


def _quote(author: str, text: str) -> str:
    return f"{write_handle(clean(author))}: {' '.join(clean(text).split())}"


def _tell_spam(author: str) -> str:
    """Return what can be done about what reads like spam."""
    handle = shlex.quote(clean(author))
    out = f"`chinwag remove DIR --author {handle} --spam`"
    return f"{out} takes it out; `correct --kind` lets it in."


# --- the routes


def _draw_routes(view: CaptureView, width: int) -> list[Text]:
    longest = max((len(clean(route.name)) for route in view.routes), default=0)
    lines = [
        Text(
            f"{clean(route.name):<{min(longest, 44)}.44}  {route.state:<8}  {route.received:>7,}"
            f"  {_tell_last(route, view)}",
            style=_STYLES.get(route.state, "dim"),
        )
        for route in view.routes
    ]
    limits = [line for limit in list_limits(view) for line in _wrap(limit, width, "dim")]
    return [*lines, *limits]


def _sum_up_routes(view: CaptureView) -> Text:
    well = sum(not route.is_wrong and route.state != "starting" for route in view.routes)
    received = sum(route.received for route in view.routes)
    routes = f"{well} of {WORDS.count(len(view.routes), 'route')} {WORDS.count(well, 'works')}"
    return Text(f"{routes}, {WORDS.count(received, 'record')} received", style="dim")


def _tell_last(route: RouteView, view: CaptureView) -> str:
    return "no post yet" if route.last is None else f"{_tell_span(route.last, view.at)} ago"


def _tell_span(since: datetime, until: datetime) -> str:
    seconds = max(0, int((until - since).total_seconds()))
    if seconds < 60:
        return f"{seconds} s"
    return f"{seconds // 60} min" if seconds < 5_400 else f"{seconds // 3_600} h"


def _wrap(said: str, width: int, style: str) -> list[Text]:
    """Return a sentence in as many lines as it needs."""
    lines: list[str] = [""]
    for word in said.split(" "):
        longer = f"{lines[-1]} {word}".lstrip()
        if cell_len(longer) > width and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return [Text(line, style=style) for line in lines]
