"""The translated parts of the sample chat: one question, discussed in nine languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import msgspec

START = datetime(2026, 10, 13, 19, 0, tzinfo=UTC)


class Line(NamedTuple):
    """One post of the script: its language, key, parent's key, and the truth about it."""

    language: str
    minute: int
    author: str
    key: str
    parent: str
    kind: str
    point: str
    text: str

    @property
    def id(self) -> str:
        """The post's id, such as "fr-a"."""
        return f"{self.language}-{self.key}"


def read_lines(script: Path) -> Iterator[Line]:
    """Give the posts of a script; its first lines say how it is written."""
    language = ""
    for line in script.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            language = line.removeprefix("== ").strip()
        elif line.strip() and not line.startswith("#"):
            minute, author, keys, kind, point, text = (
                part.strip() for part in line.split(" | ", 5)
            )
            key, _, parent = keys.partition(" > ")
            point = "" if point == "-" else point
            yield Line(language, int(minute), author, key, parent, kind, point, text)


def tell_files(script: Path) -> dict[str, str]:
    """Give a file of posts for each language, and the truth about them all, by name."""
    files: dict[str, str] = {"truth.jsonl": ""}
    for line in read_lines(script):
        parent = f"{line.language}-{line.parent}" if line.parent else None
        name = f"{line.language}.jsonl"
        files[name] = files.get(name, "") + _encode(
            id=line.id,
            author=line.author,
            text=line.text,
            created_at=START + timedelta(minutes=line.minute),
            reply_to=parent,
        )
        files["truth.jsonl"] += _encode(
            post=line.id, language=line.language, kind=line.kind, point=line.point
        )
    return files


def _encode(**fields: object) -> str:
    return msgspec.json.encode(fields).decode() + "\n"
