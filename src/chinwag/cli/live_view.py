"""What `chinwag capture` shows while it runs: a live view in a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import click
import msgspec
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from chinwag.capture.view import CaptureView, RouteView
from chinwag.cli.notes import WORDS, word_note
from chinwag.cli.remedies import word_remedy
from chinwag.cli.say import clean, count
from chinwag.model import Note

WIDTH = 80
_QUESTIONS = 12  # lines for questions, at most
_STATES = {
    "starting": ("starting", "dim"),
    "running": ("running", "green"),
    "waiting": ("waiting", "yellow"),
    "ended": ("ended", "dim"),
    "failed": ("failed", "bold red"),
}


class TerminalListener:
    """Draws the capture anew about once a second, never wider than 80 columns."""

    def __init__(self, console: Console) -> None:
        self._live = Live(console=console, auto_refresh=False, transient=False)

    def __enter__(self) -> TerminalListener:
        self._live.start()
        return self

    def __exit__(self, *fault: object) -> None:
        self._live.stop()

    def hear_kept(self, posts: Sequence[str], at: datetime) -> None:
        """Wait for the next drawing."""

    def hear_notice(self, route: str, kind: str, note: Note) -> None:
        """Wait for the next drawing, which says it beside the route."""

    def see(self, view: CaptureView) -> None:
        """Draw the capture."""
        self._live.update(draw_view(view), refresh=True)


class LineListener:
    """Says in lines what happens: for a log file, or a terminal that cannot be drawn on."""

    def __init__(self) -> None:
        self._posts = -1

    def hear_kept(self, posts: Sequence[str], at: datetime) -> None:
        """Say nothing: the count follows once a second."""

    def hear_notice(
        self,
        route: str,
        kind: str,  # noqa: ARG002 - part of the promise
        note: Note,
    ) -> None:
        """Say what happened."""
        where = f"{route}: " if route else ""
        click.echo(clean(f"{where}{word_note(note)}"))

    def see(self, view: CaptureView) -> None:
        """Say how many posts there are, where that has changed."""
        if view.posts != self._posts:
            self._posts = view.posts
            people = count(view.people, "person", "people")
            click.echo(f"{view.at:%H:%M:%S} UTC  {count(view.posts, 'post')} by {people}")


class JsonListener:
    """Says each thing that happens as one JSON object a line, at once."""

    def hear_kept(self, posts: Sequence[str], at: datetime) -> None:
        """Say which posts are on the disk, and since when."""
        self._say({"event": "kept", "at": at, "posts": list(posts)})

    def hear_notice(self, route: str, kind: str, note: Note) -> None:
        """Say what happened to a route, or to the folder."""
        told = {"route": route, "kind": kind, "code": note.code}
        told |= {"what": WORDS.word_note(note), "todo": word_remedy(note.code, note.parts)}
        self._say({"event": "notice", **told})

    def see(self, view: CaptureView) -> None:
        """Say how the capture stands."""
        self._say({"event": "view", **msgspec.to_builtins(view)})

    def _say(self, said: dict[str, object]) -> None:
        click.echo(msgspec.json.encode(said).decode())


def draw_view(view: CaptureView) -> RenderableType:
    """Give the capture as it is drawn."""
    parts: list[RenderableType] = [_draw_head(view), _draw_routes(view)]
    if view.questions:
        parts.append(_draw_questions(view))
    if view.last is not None:
        words = " ".join(clean(view.last.text).split())
        line = f"{_clock(view.last.created_at)}  @{clean(view.last.author)}: {words}"
        parts.append(Text(_cut(line, WIDTH), style="dim"))
    parts += [Text(line, style="yellow") for line in list_wrongs(view)]
    parts.append(Text("Ctrl-C ends the capture; run it again to fill in what is missing."))
    return Group(*parts)


def list_wrongs(view: CaptureView) -> list[str]:
    """Give what is wrong, and what to do, in sentences; nothing where all is well."""
    of_routes = (
        clean(f"{route.name}: {word_note(route.note)}")
        for route in view.routes
        if route.note and route.state != "ended"
    )
    of_folder = [word_note(view.problem)] if view.problem else []
    return list(dict.fromkeys((*of_folder, *of_routes)))


def _draw_head(view: CaptureView) -> Text:
    lag = "" if view.lag is None else f", {view.lag:.1f} s from post to disk"
    deleted = f", {count(view.deleted, 'deletion')} honoured" if view.deleted else ""
    reposts = f", {count(view.reposts, 'repost')}" if view.reposts else ""
    people = count(view.people, "person", "people")
    text = Text(f"#{clean(view.hashtag)}  ", style="bold")
    text.append(f"{_clock(view.at)} UTC\n", style="dim")
    text.append(f"{count(view.posts, 'post')} by {people}{reposts}{deleted}\n")
    text.append(f"{view.rate:.1f} posts a minute{lag}", style="dim")
    return text


def _draw_routes(view: CaptureView) -> Table:
    table = Table(box=None, pad_edge=False, width=WIDTH, header_style="bold")
    table.add_column("Route", no_wrap=True, ratio=1, overflow="ellipsis")
    table.add_column("", no_wrap=True, width=8)
    table.add_column("Records", justify="right", no_wrap=True, width=8)
    table.add_column("Last", justify="right", no_wrap=True, width=10)
    for route in view.routes:
        words, style = _STATES[route.state]
        table.add_row(
            clean(route.name),
            Text(words, style=style),
            f"{route.received:,}",
            _say_age(route, view),
        )
    return table


def _draw_questions(view: CaptureView) -> Table:
    table = Table(box=None, pad_edge=False, width=WIDTH, header_style="bold")
    table.add_column("Question", no_wrap=True, width=8)
    table.add_column("", no_wrap=True, ratio=1, overflow="ellipsis")
    table.add_column("Posts", justify="right", no_wrap=True, width=6)
    for question in view.questions[-_QUESTIONS:]:
        words = " ".join(clean(question.text).split())
        table.add_row(f"Q{clean(question.label)}", Text(words), f"{question.posts:,}")
    if view.unplaced:
        table.add_row("", Text("under no question", style="dim"), f"{view.unplaced:,}")
    return table


def _say_age(route: RouteView, view: CaptureView) -> str:
    if route.last is None:
        return "never"
    seconds = max(0, int((view.at - route.last).total_seconds()))
    if seconds < 60:
        return f"{seconds} s ago"
    return f"{seconds // 60} min ago" if seconds < 5_400 else f"{seconds // 3_600} h ago"


def _clock(moment: datetime) -> str:
    return f"{moment:%H:%M:%S}"


def _cut(line: str, width: int) -> str:
    return line if len(line) <= width else line[: width - 1] + "…"
