"""From an earlier format of the chat folder to this one, without loss.

Format 1 kept sentences where format 2 keeps notes (a code and its parts). A sentence of format 1
becomes a note of the code "said", shown as it stands until the next run makes it anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from chinwag.model import quote_note
from chinwag.stores.folder import layout

Values = dict[str, Any]


def upgrade_file(name: str, content: bytes) -> bytes:
    """Return the content of a file of format 1, of a name in UPGRADES, as this format has it.

    What is not readable stays as it is: whoever reads the file says so.
    """
    if not name.endswith(".jsonl"):
        return _upgrade(name, content)
    return b"".join(_upgrade(name, line) + b"\n" for line in content.splitlines())


def _upgrade(name: str, document: bytes) -> bytes:
    try:
        values = msgspec.json.decode(document, type=Values)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return document
    return msgspec.json.encode(UPGRADES[name](values))


def upgrade_placement(row: Values) -> Values:
    """Return a placement of format 1 as format 2 has it."""
    by = "words" if row.get("by") == "wording" else row.get("by")
    return {**row, "reason": _quote(row.get("reason")), "by": by}


UPGRADES: Mapping[str, Callable[[Values], Values]] = {
    layout.PLACEMENTS: upgrade_placement,
    layout.CORRECTIONS: upgrade_placement,
}


def _quote(text: Any) -> Any:
    """Return a sentence as a note; anything else as it is, for the decoder to judge."""
    return msgspec.to_builtins(quote_note(text)) if isinstance(text, str) else text
