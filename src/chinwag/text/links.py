"""Links in plain text: where they are, and what to show of them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

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


_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|ref_src|ref_url|twclid|yclid|_hs\w+"
    r"|spm|cmpid|ncid|mkt_tok|trk)$",
    re.IGNORECASE,
)


def strip_tracking(link: str) -> str:
    """Give an address without the parts that only tell who shared it; all else stays as it was.

    An address without a scheme ("t.co/x") gets "https://". One that cannot be read is given back.
    """
    whole = link if "://" in link else f"https://{link}"
    try:
        parts = urlsplit(whole)
    except ValueError:
        return link
    kept = [part for part in parts.query.split("&") if not _TRACKING.match(part.split("=")[0])]
    if len(kept) == len(parts.query.split("&")):
        return whole
    return urlunsplit(parts._replace(query="&".join(kept)))
