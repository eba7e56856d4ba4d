"""Every kind of blog, by the name of its folder."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from chinwag.blogs.declaration import BlogKind

NAMES = ("wordpress",)


def list_blogs() -> tuple[BlogKind[Any], ...]:
    """Return the kinds of blogs that people can name."""
    return tuple(map(find_blog, NAMES))


def find_blog(name: str) -> BlogKind[Any]:
    """Return what the folder `blogs/NAME` declares. Raises LookupError for any other name."""
    if name not in NAMES:
        raise LookupError(f"there is no kind of blog called {name!r}")
    kind = import_module(f"chinwag.blogs.{name}").BLOG
    if not isinstance(kind, BlogKind) or kind.name != name:
        raise LookupError(f"chinwag.blogs.{name} declares {kind!r}, which is not {name!r}")
    return kind
