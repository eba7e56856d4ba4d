"""A removal: what somebody asked to have taken out, kept without keeping what was said."""

from __future__ import annotations

import msgspec


class Removal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One wish to be left out: a line of `removed.jsonl`.

    Either `post`, the id of a post, or `author`, the SHA-256 of a handle in lower case without
    `@`: so that whatever they said is left out of files that come later, too, and the folder does
    not name them.
    """

    post: str = ""
    author: str = ""
