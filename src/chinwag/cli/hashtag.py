"""A hashtag as a person types it."""

from __future__ import annotations

import string

from chinwag.errors import InputError

# Marks of other scripts stay: they are part of a word there.
_NEVER_IN_TAGS = set(string.punctuation + string.whitespace) - {"_"}

_QUOTES = "'\"‘’‚‛“”„‟«»`´"  # an editor's curly ones are no quotes to a shell


def read_hashtag(said: str) -> str:
    """Return a hashtag without its sign, "" for none. Raises InputError for what cannot be one."""
    tag = said.strip().strip(_QUOTES).strip().lstrip("#\uff03")
    if said and (not tag or _NEVER_IN_TAGS & set(tag)):
        raise InputError("{said!r} is not a hashtag.", code="hashtag-invalid", said=said)
    return tag
