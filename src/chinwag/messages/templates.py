"""Templates: the sentences of notes, with places that say how a part is written.

A place is `{part}`, `{part:form}` or `{part:form other}`, where `other` is a second part that the
form needs. Without a form a number is written with its marks and a text stands as it is. A form is
the noun of a counted thing ("{posts:post}" becomes "2 posts") or one of FORMS.
"""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

import msgspec

FORMS = frozenset(
    (
        "capitalised",  # a name with a capital first letter
        "duration",  # seconds, in minutes
        "hour",  # a moment: "18:02"
        "label",  # a question's label and whether the chat numbers them: "Q3", "part 3"
        "list",  # texts: "a, b and c"
        "moment",  # a moment: "2026-10-13 18:02"; with another moment of the same day "18:02"
        "zone",  # a moment: the time zone in which moments are written, "UTC" or "(Europe/London)"
        "naming",  # {word: people}: "“tea” (4 people) and “soup” (3 people)"
    )
)


class Place(msgspec.Struct, frozen=True):
    """A place of a template: `before` is the text in front of it, `part` is "" at the end."""

    before: str
    part: str = ""
    form: str = ""
    other: str = ""


def read_template(template: str) -> Iterator[Place]:
    """Yield the places of a template in order. Raises ValueError for a brace that never closes."""
    for before, part, spec, _conversion in Formatter().parse(template):
        form, _, other = (spec or "").partition(" ")
        yield Place(before, part or "", form, other)


def list_parts(template: str) -> frozenset[str]:
    """Return the names of all parts that a template shows."""
    names = {name for place in read_template(template) for name in (place.part, place.other)}
    return frozenset(names - {""})
