"""MASTODON: servers of the fediverse that speak Mastodon's API, each read for itself.

What lives here: the declaration (`NETWORK`), `opening` (routes and accounts from settings),
`server` (one server, and what its routes tell each other), `stream`, `poll` and `threads` (its
routes), `announce` (posting), `seen` (what a route has given already), `counts` (how many replies
each status has). What a status says is read by `records/mastodon_statuses`.
README.md: limits, terms, policy, what was tried.
May import: what NETWORKS may. May not import: other networks.
Example: `for route in list_server_routes(MastodonServer("glammr.us", token=token)): ...`
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import msgspec

from chinwag.model import Secret
from chinwag.networks.contract import Route
from chinwag.networks.declaration import Account, Network, Option, Posting


class MastodonSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The settings whose keys begin with `mastodon_`."""

    servers: Annotated[
        tuple[str, ...],
        msgspec.Meta(description="Mastodon servers to read, such as glammr.us mastodon.social."),
    ] = ()
    tokens: Annotated[
        Mapping[str, Secret],
        msgspec.Meta(description="An access token for each server that wants one: SERVER=TOKEN."),
    ] = msgspec.field(default_factory=dict)


def _make_routes(
    settings: MastodonSettings, servers: Sequence[str], operator: str
) -> Sequence[Route]:
    from chinwag.networks.mastodon.opening import make_routes

    return make_routes(settings, servers, operator)


def _list_accounts(
    settings: MastodonSettings, servers: Sequence[str], operator: str
) -> Sequence[Account]:
    from chinwag.networks.mastodon.opening import list_accounts

    return list_accounts(settings, servers, operator)


NETWORK = Network(
    name="mastodon",
    settings=MastodonSettings,
    option=Option(
        name="mastodon", value="SERVER", help="A Mastodon server to read; may be repeated."
    ),
    make_routes=_make_routes,
    posting=Posting(
        option=Option(name="mastodon", value="SERVER", help="Only there."),
        list_accounts=_list_accounts,
        remedy="make an access token on your Mastodon server, with the scopes read and write, and"
        " give it as a setting (mastodon_tokens: SERVER=TOKEN)",
    ),
    is_read_unasked=True,
)
