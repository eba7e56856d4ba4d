"""What came back, read tolerantly: JSON as asked for, or somewhere in what was said around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from chinwag.text.html import cut_between

LONGEST = 200_000  # signs of an answer that are looked at
_FENCE = re.compile(r"```(?:json)?")
_IDS = re.compile(r"[\w.-]+")


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence as a model gave it: for which point, resting on which posts (short ids)."""

    point: str
    posts: tuple[str, ...]
    text: str


def read_sentences(answer: str) -> tuple[Sentence, ...]:
    """Return the sentences of an answer in order; () where it holds none that can be understood.

    Every JSON value in the text is tried, the first that holds sentences counts: a model may talk
    before and after, fence its JSON, or break off.
    """
    for value in find_values(answer):
        sentences = tuple(_read_rows(value))
        if sentences:
            return sentences
    return tuple(_read_broken(_cut_wrapping(answer)))


def _cut_wrapping(answer: str) -> str:
    """Return an answer without what a model thought before it, and without fences."""
    return _FENCE.sub(" ", cut_between(answer[:LONGEST], "<think>", "</think>"))


def find_values(answer: str) -> Iterator[Any]:
    """Yield the JSON values in an answer that begin at a bracket, the outermost first."""
    text = _cut_wrapping(answer)
    starts = [found.start() for found in re.finditer(r"[{\[]", text)][:50]
    ends = [found.end() for found in re.finditer(r"[}\]]", text)][-50:]
    for start in starts:
        for end in reversed(ends):
            if end > start:
                try:
                    yield msgspec.json.decode(text[start:end])
                except (msgspec.DecodeError, RecursionError):
                    continue
                break


def _read_broken(text: str) -> Iterator[Sentence]:
    """Yield the whole entries of an answer that breaks off or joins its entries badly."""
    for found in re.finditer(r"\{[^{}]*\}", text):
        try:
            yield from _read_rows(msgspec.json.decode(found.group()))
        except msgspec.DecodeError:
            continue


def _read_rows(value: Any) -> Iterator[Sentence]:
    rows = value.get("sentences", [value]) if isinstance(value, dict) else value
    for row in rows if isinstance(rows, list) else []:
        if not isinstance(row, dict) or not isinstance(row.get("sentence"), str):
            continue
        posts = row.get("posts", ())
        named = _IDS.findall(posts) if isinstance(posts, str) else posts
        yield Sentence(
            point=str(row.get("point", "")).strip(),
            posts=tuple(str(one).strip() for one in named if isinstance(one, str | int))
            if isinstance(named, list)
            else (),
            text=row["sentence"].strip(),
        )
