"""Reading what a server's JSON holds without trusting its shape."""

from __future__ import annotations

from typing import Any


def as_dict(value: object) -> dict[str, Any]:
    """Give a JSON object, or an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> list[Any]:
    """Give a JSON array, or an empty one for anything else."""
    return value if isinstance(value, list) else []


def as_text(value: object) -> str:
    """Give a string or a whole number as text, "" for anything else."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def as_count(value: object) -> int:
    """Give a whole number that is not negative, 0 for anything else."""
    return value if type(value) is int and value > 0 else 0


def dig(value: object, *keys: str) -> Any:
    """Give what lies under a path of keys, or None where the path ends early."""
    for key in keys:
        value = as_dict(value).get(key)
    return value
