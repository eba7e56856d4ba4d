"""Writing a post as the network keeps it: its text, facets counted in bytes, a key for retries.

After the lexicons `app.bsky.feed.post`, `app.bsky.richtext.facet` and `app.bsky.embed.images`
(docs.bsky.app) and the record key type `tid` (atproto.com/specs/tid). Everything here is pure.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from wcwidth import iter_graphemes

from chinwag.records.ids import BLUESKY_POST, TID_LETTERS
from chinwag.text.hashtags import HASHTAG
from chinwag.text.links import LINK, trim_link

MOST_GRAPHEMES = 300
MOST_BYTES = 3_000
LARGEST_PICTURE = 2_000_000  # bytes; 1,000,000 until the lexicon of 2026
PICTURE_TYPES = ("image/png", "image/jpeg", "image/webp", "image/gif")

MENTION = re.compile(r"(?<![\w@/.])@((?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,})", re.IGNORECASE)

_FIRST = int(datetime(2023, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000
_SPAN = 2 * 365 * 86_400 * 1_000_000  # microseconds; all keys lie in 2023 and 2024

Facet = dict[str, Any]


def count_graphemes(text: str) -> int:
    """Return the number of graphemes (Unicode UAX 29), which the limit of 300 counts."""
    return sum(1 for _ in iter_graphemes(text))


def name_record(key: str, did: str) -> str:
    """Return the record key for an announcement's key and an account: always the same, a TID.

    Its time is made from the key and means nothing.
    """
    digest = hashlib.sha256(f"chinwag {did} {key}".encode()).digest()
    number = (_FIRST + int.from_bytes(digest[:8], "big") % _SPAN) << 10
    number |= int.from_bytes(digest[8:10], "big") & 0x3FF
    return "".join(TID_LETTERS[number >> shift & 31] for shift in range(60, -1, -5))


def find_facets(text: str, people: Mapping[str, str]) -> list[Facet]:
    """Return the links, hashtags and mentions of a text, by bytes of its UTF-8.

    `people` has the DID of each handle that exists, in lower case; other handles stay words.
    """
    found = sorted(_list_features(text, people), key=lambda one: (one[0], -one[1]))
    facets: list[Facet] = []
    end_before = 0
    for start, end, feature in found:
        if start < end_before:
            continue  # a "#" inside an address is no hashtag
        end_before = end
        index = {"byteStart": len(text[:start].encode()), "byteEnd": len(text[:end].encode())}
        facets.append({"index": index, "features": [feature]})
    return facets


def make_record(
    text: str, *, lang: str, at: datetime, people: Mapping[str, str], **parts: Any
) -> dict[str, Any]:
    """Return a post's record; `parts` are `reply` and `embed`, left out where they are empty."""
    record: dict[str, Any] = {
        "$type": BLUESKY_POST,
        "text": text,
        "createdAt": at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
    if lang:
        record["langs"] = [lang]
    if facets := find_facets(text, people):
        record["facets"] = facets
    return record | {name: part for name, part in parts.items() if part}


def show_picture(blob: Any, alt: str, data: bytes) -> dict[str, Any]:
    """Return the embed of a described picture, with its proportions where its bytes hold them."""
    image: dict[str, Any] = {"alt": alt, "image": blob}
    if size := measure_picture(data):
        image["aspectRatio"] = {"width": size[0], "height": size[1]}
    return {"$type": "app.bsky.embed.images", "images": [image]}


def measure_picture(data: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG, GIF or JPEG in pixels, None for anything else."""
    size = _read_size(data)
    return size if size and all(size) else None


def _read_size(data: bytes) -> tuple[int, int] | None:
    with suppress(struct.error):
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            width, height = struct.unpack(">II", data[16:24])
            return width, height
        if data.startswith((b"GIF87a", b"GIF89a")):
            width, height = struct.unpack("<HH", data[6:10])
            return width, height
    return _measure_jpeg(data) if data.startswith(b"\xff\xd8") else None


def _measure_jpeg(data: bytes) -> tuple[int, int] | None:
    """Return the size in the first frame header (ITU T.81, B.2.2): any SOF but DHT, JPG and DAC."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def _list_features(
    text: str, people: Mapping[str, str]
) -> Iterator[tuple[int, int, dict[str, str]]]:
    kind = "app.bsky.richtext.facet"
    for found in LINK.finditer(text):
        address = trim_link(found[0])
        full = address if "://" in address else f"https://{address}"
        yield found.start(), found.start() + len(address), {"$type": f"{kind}#link", "uri": full}
    for found in HASHTAG.finditer(text):
        yield found.start(), found.end(), {"$type": f"{kind}#tag", "tag": found[1]}
    for found in MENTION.finditer(text):
        if did := people.get(found[1].lower()):
            yield found.start(), found.end(), {"$type": f"{kind}#mention", "did": did}
