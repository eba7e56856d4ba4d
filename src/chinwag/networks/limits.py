"""How fast a server lets itself be asked, as it says in the headers of its answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_EPOCH = 1e9  # a smaller number in a "reset" header counts seconds from now (RateLimit-Reset)


class Limits:
    """What a server said of how fast it may be asked, for reading and for writing apart.

    Understood are X-RateLimit-* (Mastodon: reset as a time; X: as seconds since 1970), RateLimit-*
    (Bluesky: likewise; IETF draft: as seconds from now) and Retry-After (RFC 9110, 10.2.3). Near
    the end of an allowance the rest is spread over the time that is left.
    """

    def __init__(self) -> None:
        self._next: dict[bool, datetime] = {}  # is it a GET: not before
        self.noted_at = datetime.min.replace(tzinfo=UTC)

    def note(self, method: str, headers: Mapping[str, str], now: datetime) -> None:
        """Take in what an answer's headers say, at the time it came."""
        self.noted_at = now
        wait = _find_retry(headers, now) or _find_spacing(headers, now)
        if wait:
            self._next[method == "GET"] = now + timedelta(seconds=wait)
        elif _find_header(headers, "remaining"):
            self._next.pop(method == "GET", None)

    def find_wait(self, method: str, now: datetime) -> float:
        """Give the seconds until the server may be asked again; 0 where it may at once."""
        return max(0.0, (self._next.get(method == "GET", now) - now).total_seconds())


def find_wait(headers: Mapping[str, str], now: datetime) -> float | None:
    """Give the seconds for which a refusal asks to wait, or None: Retry-After, else the reset."""
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
    """Give the seconds between requests that the rest of an allowance is good for."""
    remaining, limit = _find_header(headers, "remaining"), _find_header(headers, "limit")
    wait = _find_reset(headers, now)
    if not (remaining.isascii() and remaining.isdecimal()) or not wait:
        return 0.0
    left = int(remaining[:9])
    plenty = limit.isascii() and limit.isdecimal() and left * 10 >= int(limit[:9])
    return 0.0 if left and plenty else wait / (left + 1)


def _find_header(headers: Mapping[str, str], name: str) -> str:
    said = headers.get(f"x-rate-limit-{name}") or headers.get(f"x-ratelimit-{name}")
    return (said or headers.get(f"ratelimit-{name}") or "").strip()


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
