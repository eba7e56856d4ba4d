"""Hashtags as networks read them: `#` and letters, marks, digits or underscores, not all digits.

Rule after Unicode UAX 31, section 2.5 (hashtag identifiers), narrowed to what Mastodon, Bluesky
and Twitter share; tags compare without regard to case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

HASHTAG = re.compile(r"(?<![\w&/])[#\uFF03](?=\w*[^\W\d])(\w+)")


def find_hashtags(text: str) -> tuple[str, ...]:
    """Return the hashtags in a text, as written, without `#`, in order, doubles included."""
    return tuple(HASHTAG.findall(text)) if "#" in text or "\uff03" in text else ()


def join_hashtags(text: str, listed: Iterable[str]) -> tuple[str, ...]:
    """Return the hashtags in a text, as `find_hashtags`, then those that are only in the list."""
    tags = list(find_hashtags(text))
    known = {fold_tag(tag) for tag in tags}
    for tag in listed:
        if (folded := fold_tag(tag)) and folded not in known:
            known.add(folded)
            tags.append(tag.strip().lstrip("#"))
    return tuple(tags)


def fold_tag(tag: str) -> str:
    """Return a tag in the form in which tags compare: no `#`, no case."""
    return tag.strip().lstrip("#\uff03").casefold()
