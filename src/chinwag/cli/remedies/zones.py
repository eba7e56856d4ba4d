"""Which time zone somebody may have meant."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any
from zoneinfo import available_timezones

_MOST = 3
_EXAMPLES = "Name a place, as in --tz Europe/London, --tz America/New_York or --tz UTC."


def word_zone(fields: Mapping[str, Any]) -> str:
    """Return how to name a time zone; where what was typed is near some names, these."""
    near = " or ".join(f"--tz {name}" for name in _list_near(fields["name"]))
    return f"Did you mean {near}?" if near else _EXAMPLES


def _list_near(typed: str) -> list[str]:
    """Return the zones of that name or city, whatever its case, else those spelt much like it."""
    folded = {name.casefold(): name for name in sorted(available_timezones())}
    wanted = "_".join(typed.casefold().split())
    if wanted in folded:
        return [folded[wanted]]
    city = wanted.rpartition("/")[2]
    same = [name for fold, name in folded.items() if "/" in name and fold.split("/")[-1] == city]
    near = get_close_matches(wanted, folded, n=_MOST, cutoff=0.85) if "/" in wanted else []
    return same[:_MOST] or [folded[name] for name in near]
