"""What a blog declares of itself, as data: `config` makes keys of it, and `setup` opens it.

It is read at every start: it imports no client, and its function imports what it needs when it is
called.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Generic, TypeVar

import msgspec

from chinwag.blogs.contract import Blog
from chinwag.http.clock import Clock

OwnSettings = TypeVar("OwnSettings", bound=msgspec.Struct)


class BlogKind(msgspec.Struct, Generic[OwnSettings], frozen=True, kw_only=True):
    """A kind of blog, whole.

    `name` is that of its folder. `settings` is a struct of its own settings, each with its help and
    a default; in the configuration a field `user` of `wordpress` is called `wordpress_user`. `open`
    takes these, the operator of this Chinwag, and a clock; it raises InputError where a
    setting is missing or not valid.
    """

    name: str
    settings: type[OwnSettings]
    open: Callable[[OwnSettings, str, Clock], AbstractAsyncContextManager[Blog]]
