"""What stands after Ctrl-C: read from the folder, never assumed."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chinwag.cli.notes import WORDS

if TYPE_CHECKING:
    from chinwag.workflows.standing import Standing

_FOLDER = "chinwag.folder"


def remember_folder(context: click.Context, _parameter: click.Parameter, value: Path) -> Path:
    """Note which chat folder a command works on, and return it."""
    context.meta[_FOLDER] = value
    return value


def word_stopping(context: click.Context) -> str:
    """Return what stands, now that the command has been stopped."""
    from chinwag.workflows.standing import find_standing  # noqa: PLC0415 - only where one stopped

    folder = context.meta.get(_FOLDER)
    standing = find_standing(folder) if isinstance(folder, Path) else None
    if standing is None:
        return "Stopped. What was finished is kept, and nothing is half written."
    return f"Stopped. {_word_standing(shlex.quote(str(folder)), standing)}"


def _word_standing(folder: str, standing: Standing) -> str:
    if not standing.is_made:
        return f"{folder} was not made."
    whole = f"Every file of {folder} is whole; what this command had not finished is not in it."
    if standing.is_captured:
        return whole
    if standing.outdated:
        names = WORDS.join_words(list(standing.outdated))
        return f"{whole} Out of date: {names}. `chinwag update {folder}` makes that again."
    if standing.missing:
        names = WORDS.join_words(list(standing.missing))
        return f"{whole} Not made yet: {names}. `chinwag recap --into {folder}` makes that."
    return f"{whole} Nothing in it is out of date."
