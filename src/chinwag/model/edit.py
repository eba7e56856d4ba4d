"""An edit: what a person changed in what the chat itself says, so that it can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """One edit of `chat.toml` by a command: a line of `edits.jsonl`.

    `before` and `after` hold those fields of the chat that it changed, by name, as JSON values,
    and of questions and moderators only what a person said of them: no words of a post. `who` made
    the edit and `at` which time (aware UTC).
    """

    who: str
    at: datetime
    before: Mapping[str, Any]
    after: Mapping[str, Any]
