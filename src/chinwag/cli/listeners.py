"""Who hears a capture at the command line: a terminal, a log of lines, or a program."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import click
import msgspec
from rich.console import Console
from rich.live import Live

from chinwag.capture.state import ChatState
from chinwag.capture.view import CaptureView
from chinwag.cli.live_view import draw_view, tell_time
from chinwag.cli.notes import WORDS, word_note
from chinwag.cli.remedies import word_remedy
from chinwag.cli.say import clean, say_line
from chinwag.model import Note


class TerminalListener:
    """Draws the capture anew about once a second, over the whole of the terminal as it is then."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live = Live(console=console, auto_refresh=False, screen=True)

    def __enter__(self) -> TerminalListener:
        self._live.start()
        return self

    def __exit__(self, *fault: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Give the terminal back."""
        self._live.stop()

    def hear_kept(self, posts: Sequence[str], at: datetime) -> None:
        """Wait for the next drawing."""

    def hear_notice(self, route: str, kind: str, note: Note) -> None:
        """Wait for the next drawing, which says it in its first lines."""

    def hear_written(self, state: ChatState) -> None:
        """Say nothing: the folder is for other programs."""

    def see(self, view: CaptureView) -> None:
        """Draw the capture."""
        width, height = self._console.size
        self._live.update(draw_view(view, width, height), refresh=True)


class LineListener:
    """Says in lines what happens: for a log file, or a terminal that cannot be drawn on.

    What is said of a route over and over again is said once, until the route works again.
    """

    def __init__(self) -> None:
        self._posts = -1
        self._said: dict[str, set[str]] = {}

    def hear_kept(self, posts: Sequence[str], at: datetime) -> None:
        """Say nothing: the count follows once a second."""

    def hear_notice(self, route: str, kind: str, note: Note) -> None:
        """Say what happened."""
        if kind == "recovered":
            self._said.pop(route, None)
        said = self._said.setdefault(route, set())
        what = word_note(note)
        if what in said and kind != "connected":
            return
        said.add(what)
        where = f"{route}: " if route else ""
        click.echo(clean(f"{where}{what}"))

    def hear_written(self, state: ChatState) -> None:
        """Say nothing: the folder is for other programs."""

    def see(self, view: CaptureView) -> None:
        """Say how many posts there are, where that has changed."""
        if view.posts != self._posts:
            self._posts = view.posts
            people = WORDS.count(view.people, "person")
            at = tell_time(view, view.at, seconds=True)
            click.echo(f"{at} {view.time_zone}  {WORDS.count(view.posts, 'post')} by {people}")


class JsonListener:
    """Says each thing that happens as one JSON object a line, at once."""

    def hear_kept(self, posts: Sequence[str], at: datetime) -> None:
        """Say which posts are on the disk, and since when."""
        say_line({"event": "kept", "at": at, "posts": list(posts)})

    def hear_notice(self, route: str, kind: str, note: Note) -> None:
        """Say what happened to a route, or to the folder."""
        told = {"route": route, "kind": kind, "code": note.code}
        told |= {"what": WORDS.word_note(note), "todo": word_remedy(note.code, note.parts)}
        say_line({"event": "notice", **told})

    def hear_written(self, state: ChatState) -> None:
        """Say nothing: the folder is for other programs."""

    def see(self, view: CaptureView) -> None:
        """Say how the capture stands."""
        say_line({"event": "view", **msgspec.to_builtins(view)})
