"""What the body of an answer says: JSON as values, and what a useless one says in a few words."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import msgspec


def decode_json(body: bytes | str) -> Any:
    """Return JSON as values. Raises ValueError for anything else, and for absurdly deep nesting.

    Bytes that are not UTF-8, and halves of surrogate pairs, become U+FFFD: an emoji that a server
    cut in two must not cost a page of posts.
    """
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        text = body.decode("utf-8", "replace") if isinstance(body, bytes) else body
    except RecursionError:
        raise ValueError("nested beyond reason") from None
    try:
        spelt = json.dumps(json.loads(text), ensure_ascii=False)
    except RecursionError:
        raise ValueError("nested beyond reason") from None
    return json.loads(spelt.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def read_object(body: bytes) -> dict[str, Any]:
    """Return the object that a JSON body is, {} for anything else."""
    try:
        value = decode_json(body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


_TOLD = ("message", "error_description", "error", "detail", "title")


def describe_body(headers: Mapping[str, str], body: bytes) -> str:
    """Return what a useless answer says, as a short clause; "" for nothing.

    The words are cut, and characters that would steer a terminal are taken out.
    """
    try:
        value = decode_json(body)
    except ValueError:
        return _describe_page(headers, body)
    said = value if isinstance(value, str) else ""
    if isinstance(value, dict):
        said = next((value[key] for key in _TOLD if isinstance(value.get(key), str)), "")
    return clean_words(said)


def _describe_page(headers: Mapping[str, str], body: bytes) -> str:
    text = body[:20_000].decode("utf-8", "replace")
    title = re.search(r"<title[^<>]*>([^<]*)</title>", text, re.IGNORECASE)
    if "html" in headers.get("content-type", "") or title or text.lstrip().startswith("<!"):
        named = clean_words(title[1]) if title else ""
        return f"an HTML page, “{named}”" if named else "an HTML page"
    return f"“{clean_words(text[:80])}”" if text.strip() else ""


def clean_words(said: str) -> str:
    """Return words from outside on one line, cut at 200 characters, without control characters."""
    words = "".join(char if char.isprintable() else " " for char in said[:400]).split()
    return " ".join(words)[:200].rstrip(" .")
