"""Reading what a server's JSON holds without trusting its shape."""

from __future__ import annotations

from typing import Any


def as_dict(value: object) -> dict[str, Any]:
    """Return a JSON object, or an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> list[Any]:
    """Return a JSON array, or an empty one for anything else."""
    return value if isinstance(value, list) else []


def as_text(value: object) -> str:
    """Return a string or a whole number as text, "" for anything else."""
    if isinstance(value, str):
        return value
    return str(value) if type(value) is int else ""


def as_dicts(value: object) -> list[dict[str, Any]]:
    """Return the objects of a JSON array, an empty one for each element that is something else."""
    return list(map(as_dict, as_list(value)))


def find_text(value: object, *keys: str) -> str:
    """Return the first text that an object has under one of the keys, "" where it has none."""
    known = as_dict(value)
    texts = (as_text(known.get(key)) for key in keys)
    return next(filter(None, texts), "")


def as_count(value: object) -> int:
    """Return a whole number above 0, and 0 for anything else."""
    return value if type(value) is int and value > 0 else 0


def dig(value: object, *keys: str) -> Any:
    """Return what lies under a path of keys, None where the path ends early."""
    for key in keys:
        value = as_dict(value).get(key)
    return value
