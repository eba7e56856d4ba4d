"""Printing from a command: results in words or as JSON, errors with a remedy, progress bars."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import click
import msgspec

from chinwag.cli.remedies import find_remedy, say_kept
from chinwag.errors import ChinwagError
from chinwag.workflows.progress import Progress as FollowsProgress
from chinwag.workflows.progress import say_nothing

if TYPE_CHECKING:
    from rich.progress import TaskID

Result = TypeVar("Result")


def answer(as_json: bool, result: Result, describe: Callable[[Result], None]) -> None:
    """Print the result of a command: as JSON, or described in words."""
    if as_json:
        encoded = msgspec.json.encode(result, enc_hook=str)
        click.echo(msgspec.json.format(encoded, indent=2).decode())
    else:
        describe(result)


def say_line(value: object) -> None:
    """Print a value as one line of JSON, for a program that reads a line at a time."""
    click.echo(msgspec.json.encode(value, enc_hook=str).decode())


def say_error(error: ChinwagError, *, as_json: bool) -> None:
    """Print on standard error what happened, what to do next and what still stands."""
    todo, kept = find_remedy(error), say_kept(error)
    if as_json:
        said: dict[str, object] = {"error": type(error).__name__, "code": error.code}
        said |= {"what": str(error), "todo": todo, "kept": kept, "fields": error.fields}
        click.echo(msgspec.json.encode(said, enc_hook=str).decode(), err=True)
        return
    what = wrap(f"Error: {error}").removeprefix("Error: ")
    click.echo(click.style("Error: ", fg="red", bold=True) + what, err=True)
    for more in (todo, kept):
        if more:
            click.echo(wrap(more), err=True)


def clean(text: str) -> str:
    """Return text from outside without control characters, so that no post steers a terminal."""
    return "".join(sign if sign.isprintable() or sign in "\n\t" else "\ufffd" for sign in text)


@contextmanager
def follow_progress(*, silent: bool) -> Iterator[FollowsProgress]:
    """Yield a Progress that draws one bar a task on standard error, where that is a terminal."""
    if silent or not sys.stderr.isatty():
        yield say_nothing
        return
    # What draws takes longer to load than a short file takes to read.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    console = Console(stderr=True)
    if not console.is_terminal:
        yield say_nothing
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def follow(doing: str, done: int, total: int) -> None:
            if doing not in tasks:
                tasks[doing] = bars.add_task(doing, total=total or None)
            bars.update(tasks[doing], completed=done, total=total or None)

        yield follow


def say(text: object = "", *, first: str = "", then: str = "") -> None:
    """Print one paragraph, wrapped at the terminal's width and never over 80 columns.

    `first` stands before its first line ("- "), `then` before the others.
    """
    click.echo(wrap(text, first=first, then=then))


def wrap(text: object, *, first: str = "", then: str = "") -> str:
    """Return one paragraph as `say` prints it."""
    width = min(shutil.get_terminal_size().columns, 80)
    return textwrap.fill(
        clean(str(text)),
        width,
        initial_indent=first,
        subsequent_indent=then or " " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> None:
    """Print a table that fits into 80 columns; the columns `numbers` stand to the right."""
    from rich.console import Console  # noqa: PLC0415 - only what prints a table waits for it
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, pad_edge=False, header_style="bold")
    for place, title in enumerate(head):
        right = place in numbers
        table.add_column(title, justify="right" if right else "left", no_wrap=right)
    for row in rows:
        table.add_row(*(Text(clean(cell)) for cell in row))
    console = Console(highlight=False, width=min(Console().width, 80))
    with console.capture() as printed:
        console.print(table)
    for line in printed.get().splitlines():
        click.echo(line.rstrip())
