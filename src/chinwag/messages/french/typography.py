"""French typography: the spaces that belong before tall signs and inside quotation marks.

The catalogue is written with plain spaces, so that it can be read and edited; the spaces that do
not break are put in when it is opened.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

_NARROW, _WIDE = "\u202f", "\u00a0"
_TALL = re.compile(r" (?=[;!?%](?:\s|$|\)|»|\u00a0))")
_COLON = re.compile(r" (?=:(?:\s|$))")

Key = TypeVar("Key")


def set_spaces(text: str) -> str:
    """Return a French text with no-break spaces where its typography wants them."""
    text = text.replace("« ", f"«{_WIDE}").replace(" »", f"{_WIDE}»")
    return _COLON.sub(_WIDE, _TALL.sub(_NARROW, text))


def set_all(texts: Mapping[Key, str]) -> dict[Key, str]:
    """Return texts by their keys, each with its spaces."""
    return {key: set_spaces(text) for key, text in texts.items()}
