"""WORDPRESS: posts by its REST API, with an application password.

What lives here: the declaration (`BLOG`), `api` (where the API is, asking it, and what its refusals
mean), `terms` (categories and tags), `media` (files), `markup` (a fragment as blocks of its editor)
and `blog` (the promise). Written after https://developer.wordpress.org/rest-api/ and tested against
WordPress 6.1.
May import: what BLOGS may. May not import: other blogs.
Example: `async with BLOG.open(WordPressSettings(address="blog.example"), "", clock) as blog: ...`
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Annotated

import msgspec

from chinwag.blogs.contract import Blog
from chinwag.blogs.declaration import BlogKind
from chinwag.http.clock import Clock
from chinwag.model import Secret


class WordPressSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The settings whose keys begin with `wordpress_`."""

    address: Annotated[
        str, msgspec.Meta(description="Your WordPress's address, such as https://blog.example.")
    ] = ""
    user: Annotated[
        str, msgspec.Meta(description="The name with which you sign in to WordPress.")
    ] = ""
    password: Annotated[
        Secret,
        msgspec.Meta(
            description="An application password of that user, from Users > Profile in WordPress."
        ),
    ] = Secret()


def _open(
    settings: WordPressSettings, operator: str, clock: Clock
) -> AbstractAsyncContextManager[Blog]:
    from chinwag.blogs.wordpress.blog import open_wordpress

    return open_wordpress(settings.address, settings.user, settings.password, operator, clock)


BLOG = BlogKind(name="wordpress", settings=WordPressSettings, open=_open)
