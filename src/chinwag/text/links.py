"""Links in plain text: finding them, and making them fit to show."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

LINK = re.compile(r"https?://[^\s<>\"“”]+|(?:pic\.twitter\.com|t\.co)/\w+", re.IGNORECASE)
_ENDS = tuple(".,;:!?'’…")
_CLOSING = {")": "(", "]": "["}


def find_links(text: str) -> tuple[str, ...]:
    """Return the links in a text in order, without the punctuation that ends the sentence."""
    return tuple(map(trim_link, LINK.findall(text))) if "/" in text else ()


def trim_link(link: str) -> str:
    """Take off what belongs to the sentence, not to the address: `.,;:!?…` and lone brackets."""
    while link.endswith(_ENDS) or _ends_in_lone_bracket(link):
        link = link[:-1]
    return link


def _ends_in_lone_bracket(link: str) -> bool:
    """Return whether a text ends in a closing bracket that nothing in it opens."""
    closing = link[-1:]
    opening = _CLOSING.get(closing)
    return opening is not None and link.count(opening) < link.count(closing)


_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|ref_src|ref_url|twclid|yclid|_hs\w+"
    r"|spm|cmpid|ncid|mkt_tok|trk)$",
    re.IGNORECASE,
)


def strip_tracking(link: str) -> str:
    """Return an address without the parts that only say who shared it; all else stays as it was.

    An address without a scheme ("t.co/x") gets "https://". One that cannot be read is returned.
    """
    whole = link if "://" in link else f"https://{link}"
    try:
        parts = urlsplit(whole)
    except ValueError:
        return link
    given = parts.query.split("&")
    kept = [part for part in given if not _TRACKING.match(part.partition("=")[0])]
    return whole if kept == given else urlunsplit(parts._replace(query="&".join(kept)))
