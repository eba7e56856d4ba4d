"""What a network declares of itself, as data, so that no door and no setting lists the networks.

`config` makes keys of a declaration, `cli` options, and `setup` routes and accounts. A declaration
stands in the network's `__init__.py` and is read at every start: it imports no client, and its
functions import what they need when they are called.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Generic, TypeVar

import msgspec

from chinwag.http.clock import Clock
from chinwag.networks.contract import Announcer, Route

OwnSettings = TypeVar("OwnSettings", bound=msgspec.Struct)


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """How a person names a network: `--mastodon SERVER`.

    `name` is the option without its dashes. `value` is what it takes, "" for an option that takes
    nothing; one that takes a value may be repeated. Where `is_file` is true, the value names a
    text file, and the network is given the file's text.
    """

    name: str
    help: str
    value: str = ""
    is_file: bool = False


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """An account that a host can post with.

    `name` tells it from every other ("mastodon glam.example"). `open` asks the server for what
    posting needs. It raises NetworkError where it cannot be asked or knows no such account.
    """

    name: str
    open: Callable[[Clock], AbstractAsyncContextManager[Announcer]]


class Posting(msgspec.Struct, Generic[OwnSettings], frozen=True, kw_only=True):
    """How a host posts on a network.

    `list_accounts` takes the network's settings, the values of the option and the operator, and
    returns the accounts that the settings hold: all of them where no value is given. It raises
    InputError for a value that is not valid. `remedy` tells a host without an account what to do: a
    clause in the imperative, which names the settings.
    """

    option: Option
    list_accounts: Callable[[OwnSettings, Sequence[str], str], Sequence[Account]]
    remedy: str


class Network(msgspec.Struct, Generic[OwnSettings], frozen=True, kw_only=True):
    """A network, whole.

    `name` is that of its folder, and what stands before the colon of its routes. `settings` is a
    struct of the network's own settings, each with its help and a default; in the configuration a
    field `tokens` of the network `mastodon` is called `mastodon_tokens`.

    `make_routes` takes these settings, the values of the option and the operator of
    this Chinwag, and returns the routes; it raises InputError for a value that is not valid. It is
    called where a person gives `option`, and, if `is_read_unasked`, where nobody names a network.
    `posting` is None where nothing can be posted. A network that is not offered is in no help.
    """

    name: str
    settings: type[OwnSettings]
    option: Option
    make_routes: Callable[[OwnSettings, Sequence[str], str], Sequence[Route]]
    posting: Posting[OwnSettings] | None = None
    is_read_unasked: bool = False
    is_offered: bool = True
