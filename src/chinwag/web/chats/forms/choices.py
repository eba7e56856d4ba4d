"""Filling the choices of a form that are known only when it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms


def offer(form: forms.Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    """Let a field of the form offer these choices."""
    field = cast(forms.ChoiceField, form.fields[name])
    field.choices = choices
