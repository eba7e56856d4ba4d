"""People named in plain text: `@handle` as Twitter writes it, and whom a post speaks to first."""

from __future__ import annotations

import re

MENTION = re.compile(r"(?<![\w@＠/.])[@＠](\w{1,30})(?!@|\.?\w)")
_BEFORE = re.compile(r"[@＠\s]+")
_REPOST = re.compile(r"RT @\w+")
_LEADING = re.compile(r"\s*\.?[@＠](\w{1,30})\b")


def find_mentions(text: str) -> tuple[str, ...]:
    """Return the handles named in a text, as written, without `@`, in order, doubles included."""
    return tuple(MENTION.findall(text)) if "@" in text or "\uff20" in text else ()


def bare_handle(said: str) -> str:
    """Return a handle without `@` and without blanks around it."""
    before = _BEFORE.match(said)
    return (said[before.end() :] if before else said).rstrip()


def find_addressee(text: str) -> str:
    """Return the handle with which a text starts, without `@`, or ""."""
    found = _LEADING.match(text)
    return found[1] if found else ""


def says_repost(text: str) -> bool:
    """Return whether a text opens as a repost made by hand or by an old tool: `RT @handle`."""
    return _REPOST.match(text) is not None


def write_handle(author: str) -> str:
    """Return how somebody is called in print: "@ana"; a name of several words has no "@".

    Logs of meetings, and tables that people made, give names in the place of handles.
    """
    bare = author.removeprefix("@")
    return bare if len(bare.split()) > 1 else f"@{bare}"
