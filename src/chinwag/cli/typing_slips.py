"""Slips of the keyboard and the shell: dashes that an editor made long, a # without quotes."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from difflib import get_close_matches

_LONG_DASHES = re.compile("^[\u2010-\u2015\u2212\u2e3a\u2e3b\ufe58\uff0d-]+(?=[^\\W\\d_])")
HASH_HINT = (
    "If you typed it: without quotes a shell takes what follows a # for a comment. Write the"
    " hashtag without its #, or in quotes: '#mychat'."
)
_NO_COMMAND = re.compile(r"No such command '(.+)'\.")
_CUT_OFF = ("Option '--hashtag' requires an argument.", "Missing option '--into'.")


def straighten_dashes(typed: Sequence[str], options: Collection[str]) -> list[str]:
    """Return the words of a command line with "—into" read as "--into".

    That holds for one or several dashes of any length, where the command has the option.
    """
    return [_straighten(word, options) for word in typed]


def _straighten(word: str, options: Collection[str]) -> str:
    name, equals, value = word.partition("=")
    option = _LONG_DASHES.sub("--", name)
    return f"{option}{equals}{value}" if option != name and option in options else word


def find_hint(message: str, commands: Collection[str]) -> str:
    """Return what may lie behind an error of usage, "" where nothing is known."""
    if unknown := _NO_COMMAND.fullmatch(message):
        near = get_close_matches(unknown[1].casefold(), commands, n=1)
        return f"Did you mean `chinwag {near[0]}`?" if near else ""
    return HASH_HINT if message in _CUT_OFF else ""
