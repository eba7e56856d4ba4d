"""How fast a server may be asked, by the headers of its answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_EPOCH = 1e9  # a smaller number in a "reset" header counts seconds from now


class Limits:
    """How fast a server may be asked, for reading and for writing separately.

    It understands X-RateLimit-* (Mastodon: the reset is a time; X: seconds since 1970), RateLimit-*
    (Bluesky: seconds since 1970; IETF draft: seconds from now) and Retry-After (RFC 9110, 10.2.3).
    Near the end of an allowance, what is left of it is spread over the time that is left.
    """

    def __init__(self) -> None:
        self._next: dict[bool, datetime] = {}  # whether it is a GET: not before this time
        self.noted_at = datetime.min.replace(tzinfo=UTC)

    def note(self, method: str, headers: Mapping[str, str], now: datetime) -> None:
        """Note the limits in an answer's headers, and when the answer came."""
        self.noted_at = now
        wait = _find_retry(headers, now) or _find_spacing(headers, now)
        if wait:
            self._next[method == "GET"] = now + timedelta(seconds=wait)
        elif _find_header(headers, "remaining"):
            self._next.pop(method == "GET", None)

    def find_wait(self, method: str, now: datetime) -> float:
        """Return the seconds until the server may be asked again; 0 where it may at once."""
        return max(0.0, (self._next.get(method == "GET", now) - now).total_seconds())


def find_wait(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds that a refusal asks to wait (Retry-After, else the reset), or None."""
    wait = _find_retry(headers, now)
    if wait is None and _find_header(headers, "remaining") == "0":
        wait = _find_reset(headers, now)
    return wait


def _find_retry(headers: Mapping[str, str], now: datetime) -> float | None:
    said = headers.get("retry-after", "").strip()
    if not said:
        return None
    if said.isascii() and said.isdecimal():
        return float(said[:9])
    try:
        return _count_seconds(parsedate_to_datetime(said), now)
    except ValueError:
        return None


def _find_spacing(headers: Mapping[str, str], now: datetime) -> float:
    """Return the seconds between requests that spread the rest of an allowance until its reset."""
    left, limit = _find_count(headers, "remaining"), _find_count(headers, "limit")
    wait = _find_reset(headers, now)
    if left is None or not wait:
        return 0.0
    has_plenty = left > 0 and limit is not None and left * 10 >= limit
    return 0.0 if has_plenty else wait / (left + 1)


def _find_count(headers: Mapping[str, str], name: str) -> int | None:
    said = _find_header(headers, name)
    is_count = said.isascii() and said.isdecimal()
    return int(said[:9]) if is_count else None


def _find_header(headers: Mapping[str, str], name: str) -> str:
    for family in ("x-rate-limit", "x-ratelimit", "ratelimit"):
        if value := headers.get(f"{family}-{name}"):
            return value.strip()
    return ""


def _find_reset(headers: Mapping[str, str], now: datetime) -> float | None:
    said = _find_header(headers, "reset")
    try:
        if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]*)?", said):
            return _count_seconds(datetime.fromisoformat(said), now)
        number = float(said)
        return max(0.0, number - now.timestamp()) if number > _EPOCH else number
    except ValueError:
        return None


def _count_seconds(then: datetime, now: datetime) -> float:
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max(0.0, (then - now).total_seconds())
