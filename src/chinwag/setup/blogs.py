"""From settings to a blog."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

from chinwag.blogs.contract import Blog
from chinwag.blogs.registry import find_blog
from chinwag.config import Settings
from chinwag.setup.clock import SystemClock


def open_blog(settings: Settings, kind: str) -> AbstractAsyncContextManager[Blog]:
    """Return the blog of the settings, of a kind of `blogs.registry`, to be opened.

    It raises InputError, when it is opened, where a setting is missing or not valid.
    """
    blog = find_blog(kind)
    return blog.open(settings.find_own(blog), settings.operator, SystemClock())
