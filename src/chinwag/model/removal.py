"""A removal: what somebody asked to have taken out, kept without keeping what was said."""

from __future__ import annotations

from datetime import datetime

import msgspec


class Removal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One request to be left out: a line of `removed.jsonl`.

    Either `post`, the id of a post, or `author`, the SHA-256 of a handle in lower case without
    `@`: so that files which come later do not bring their words back, and the folder does not name
    them. `who` noted it (a host, never the author) and `at` which time (aware UTC); "" and None
    where that was not kept.
    """

    post: str = ""
    author: str = ""
    who: str = ""
    at: datetime | None = None
