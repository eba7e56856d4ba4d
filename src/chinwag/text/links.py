"""Links in plain text: where they are, and what to show of them."""

from __future__ import annotations

import re

LINK = re.compile(r"https?://[^\s<>\"“”]+|(?:pic\.twitter\.com|t\.co)/\w+", re.IGNORECASE)
_CLOSING = {")": "(", "]": "["}


def find_links(text: str) -> tuple[str, ...]:
    """Give the links in a text in order, without the punctuation that ends the sentence."""
    return tuple(trim_link(found) for found in LINK.findall(text))


def trim_link(link: str) -> str:
    """Take off what belongs to the sentence, not to the address: `.,;:!?…` and lone brackets."""
    while link:
        last = link[-1]
        opening = _CLOSING.get(last)
        if last in ".,;:!?'’…" or (opening and link.count(opening) < link.count(last)):
            link = link[:-1]
        else:
            break
    return link
