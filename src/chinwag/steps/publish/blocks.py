"""The blocks of a write-up: what every form of it says, before any form writes it down.

Words are plain text as somebody said it. Each form makes them harmless in its own way.
"""

from __future__ import annotations

import msgspec


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """Words in one style ("", "strong" or "em"), with a `link`, an address or "".

    `lang` is a BCP 47 tag where the words are in another language than the write-up.
    """

    text: str
    style: str = ""
    link: str = ""
    lang: str = ""


Runs = tuple[Run, ...]


class Heading(msgspec.Struct, frozen=True, kw_only=True):
    """A heading: level 2 for a question, 3 for a part of one. The title is level 1."""

    level: int
    runs: Runs


class Paragraph(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph."""

    runs: Runs


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """An item of a list, with what stands indented under it."""

    runs: Runs
    under: tuple[Runs, ...] = ()


class Items(msgspec.Struct, frozen=True, kw_only=True):
    """A list."""

    items: tuple[Item, ...]


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A picture of the story, by its name there, and what it shows in words."""

    name: str
    words: str


Block = Heading | Paragraph | Items | Picture


class WriteUp(msgspec.Struct, frozen=True, kw_only=True):
    """A whole write-up. `language` is a BCP 47 tag, `excerpt` a short description of it."""

    title: str
    subtitle: str
    excerpt: str
    language: str
    blocks: tuple[Block, ...]


def make_runs(text: str, style: str = "") -> Runs:
    """Return plain words as runs."""
    return (Run(text=text, style=style),)


def read_runs(runs: Runs) -> str:
    """Return the words of runs alone."""
    return "".join(run.text for run in runs)
