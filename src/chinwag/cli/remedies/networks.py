"""What can be done where a network, or an account on it, does not do what was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

NETWORKS: dict[str, str | Callable[[Mapping[str, Any]], str]] = {
    "picture-unreadable": "Check the name.",
    "not-a-picture": "Give a PNG, JPEG or WebP file.",
    "picture-without-description": "Say with --alt what it shows.",
}
