"""A removal: what somebody asked to have taken out, kept without keeping what was said."""

from __future__ import annotations

from datetime import datetime

import msgspec

ASKED = "asked"  # its author asked for it, or the hosts or the network took it out
SPAM = "spam"  # the hosts took it out as spam: nobody asked for it


class Removal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One request to be left out: a line of `removed.jsonl`.

    `of` is "post", "person", or "name": somebody whose posts have all gone one by one, and whom
    nothing is to name any more. `digests` are HMACs, with the key of the folder, of everything by
    which what was taken out can be recognised (its ids and addresses, its author with its time and
    words, stretches of its words; of a person the handle, numbers and names): so that files which
    come later do not bring it back, and nobody without the key can try guesses on them. `files` are
    the files under `raw/` in which a name of it stood. `why` is ASKED or SPAM.

    `post` and `author` are the id of a post and the SHA-256 of a handle, as earlier versions kept
    them. `who` noted the request (a host, never the author) and `at` which time (aware UTC); ""
    and None where that was not kept.
    """

    post: str = ""
    author: str = ""
    of: str = "post"
    digests: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    why: str = ASKED
    who: str = ""
    at: datetime | None = None

    @property
    def is_of_person(self) -> bool:
        """Whether everything by somebody is to be left out, not one post."""
        return self.of == "person" or bool(self.author)
