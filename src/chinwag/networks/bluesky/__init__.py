"""BLUESKY: the AT Protocol network, read by its streams, its app view and its search.

What lives here: the declaration (`NETWORK`), `opening` (routes and accounts from settings),
`jetstream` and `firehose` (everything as it happens, read by `stream`, of which `sieve` keeps the
chat's), `threads` and `search` (the app view, whose posts `views` reads), `people` (who a DID is),
`session` (signing in), `announce` and `record` (posting). What a record says is read by
`records/bluesky_posts`.
README.md: limits, terms, policy, what was tried.
May import: what NETWORKS may. May not import: other networks.
Example: `BlueskyJetstream(hosts, app_view=app_view)`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import msgspec

from chinwag.model import Secret
from chinwag.networks.contract import Route
from chinwag.networks.declaration import Account, Network, Option, Posting


class BlueskySettings(msgspec.Struct, frozen=True, kw_only=True):
    """The settings whose keys begin with `bluesky_`."""

    jetstreams: Annotated[
        tuple[str, ...],
        msgspec.Meta(description="Where Bluesky's posts are read as they come, tried in turn."),
    ] = ("https://jetstream.us-east.bsky.network", "https://jetstream.us-west.bsky.network")
    relay: Annotated[
        str,
        msgspec.Meta(
            description="A relay to read instead of Jetstream, such as https://bsky.network."
        ),
    ] = ""
    app_view: Annotated[
        str, msgspec.Meta(description="Where Bluesky's threads and profiles are read.")
    ] = "https://public.api.bsky.app"
    address: Annotated[str, msgspec.Meta(description="The server of your Bluesky account.")] = (
        "https://bsky.social"
    )
    handle: Annotated[str, msgspec.Meta(description="Your Bluesky handle.")] = ""
    password: Annotated[
        Secret,
        msgspec.Meta(description="An app password of that account, never its own password."),
    ] = Secret()


def _make_routes(settings: BlueskySettings, named: Sequence[str], operator: str) -> Sequence[Route]:
    from chinwag.networks.bluesky.opening import make_routes

    return make_routes(settings, named, operator)


def _list_accounts(
    settings: BlueskySettings, named: Sequence[str], operator: str
) -> Sequence[Account]:
    from chinwag.networks.bluesky.opening import list_accounts

    return list_accounts(settings, named, operator)


NETWORK = Network(
    name="bluesky",
    settings=BlueskySettings,
    option=Option(name="bluesky", help="Read Bluesky."),
    make_routes=_make_routes,
    posting=Posting(
        option=Option(name="bluesky", help="Only on Bluesky."),
        list_accounts=_list_accounts,
        remedy="set bluesky_handle and bluesky_password",
    ),
    is_read_unasked=True,
)
