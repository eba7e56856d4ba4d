"""What one cell of a table says: a text, a handle, the id of another post, yes or no."""

from __future__ import annotations

import re

from chinwag.text.hashtags import join_hashtags
from chinwag.text.mentions import bare_handle

_TRUE = frozenset({"true", "1", "1.0", "yes", "y", "t", "wahr", "ja", "oui", "vrai", "sí", "si"})
_FALSE = frozenset({"", "false", "0", "0.0", "no", "n", "f", "none", "null", "nan", "na", "falsch"})
_STATUS = re.compile(r"/status(?:es)?/(\d+)")
_PROFILE = re.compile(r"https?://[^/\s]+/(?:profile/)?@?([^/?#\s]+)/?\Z")
_BETWEEN_TAGS = re.compile(r"[\s,;|\[\]'\"]+")


def say_cell(value: object) -> str:
    """Return a cell as text; what is neither text nor a number says nothing."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return str(value)


def is_true(value: object) -> bool:
    """Return whether a cell says yes, in one of the ways in which tools say it."""
    return value is True or say_cell(value).casefold() in _TRUE


def find_status(address: str) -> str:
    """Return the id in the address of a post on X, "" for any other text."""
    found = _STATUS.search(address)
    return found[1] if found else ""


def read_handle(value: object) -> str:
    """Return a handle without `@`, out of the address of a profile where that is what there is."""
    said = say_cell(value)
    profile = _PROFILE.fullmatch(said)
    return bare_handle(profile[1] if profile else said)


def read_reference(value: object) -> str:
    """Return the id that a cell names, "" for the many ways to say that there is none."""
    said = say_cell(value)
    if said.casefold() in _FALSE:
        return ""
    if found := find_status(said):
        return found
    return said.removesuffix(".0") if said[0].isdigit() else said


def list_hashtags(value: object, text: str) -> tuple[str, ...]:
    """Return the tags as written in the text, then those that only the column has."""
    listed = value if isinstance(value, list) else _BETWEEN_TAGS.split(say_cell(value))
    names = map(_name_tag, listed)
    return join_hashtags(text, (name for name in names if isinstance(name, str)))


def _name_tag(tag: object) -> object:
    if isinstance(tag, dict):
        return tag.get("text") or tag.get("tag")
    return tag
