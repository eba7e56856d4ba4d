"""A day and an hour, as a browser asks for them."""

from __future__ import annotations

from typing import Any

from django import forms

_FORMAT = "%Y-%m-%dT%H:%M"


def make_moment_field(**more: Any) -> forms.DateTimeField:
    """Return a field for a day and an hour; `more` are the arguments that any field takes."""
    return forms.DateTimeField(
        input_formats=[_FORMAT, f"{_FORMAT}:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_FORMAT),
        **more,
    )
