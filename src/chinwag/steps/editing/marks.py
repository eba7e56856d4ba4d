"""Marks: what a sheet calls a point. The same post has the same mark in every sheet of a chat.

A mark is the beginning of a digest of the post's id, four characters, or as many more as
distinguish it from every other; a second point that quotes the same post has "-2" behind it.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence

from chinwag.model import PointBlock

SHORTEST = 4


def mark_posts(ids: Iterable[str]) -> dict[str, str]:
    """Return {post: mark}, with no mark the beginning of another's digest."""
    digests = {one: _digest(one) for one in ids}
    ordered = sorted(digests.values())
    lengths: dict[str, int] = {}
    for place, digest in enumerate(ordered):
        beside = (*ordered[max(0, place - 1) : place], *ordered[place + 1 : place + 2])
        shared = max((_count_shared(digest, other) for other in beside), default=0)
        lengths[digest] = max(SHORTEST, shared + 1)
    return {one: digest[: lengths[digest]] for one, digest in digests.items()}


def mark_points(points: Sequence[PointBlock], marks: Mapping[str, str]) -> dict[str, PointBlock]:
    """Return {mark: point}: each is called by the post that its first voice quotes."""
    marked: dict[str, PointBlock] = {}
    for point in points:
        mark = name = marks.get(point.voices[0].quoted, "")
        number = 1
        while name in marked and marked[name] != point:
            number += 1
            name = f"{mark}-{number}"
        marked.setdefault(name, point)
    return marked


def _digest(id_: str) -> str:
    raw = hashlib.sha256(id_.encode("utf-8", "surrogatepass")).digest()
    return base64.b32encode(raw).decode().lower().rstrip("=")


def _count_shared(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), len(one))
