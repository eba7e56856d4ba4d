"""X: a hashtag by the recent search of its API v2, with the group's own token; every post costs.

What lives here: the declaration (`NETWORK`) and `search`. What a post says is read by
`records/tweets_v2`. README.md: limits, prices, terms.
May import: what NETWORKS may. May not import: other networks.
Example: `XSearch(Secret("..."), most=500, price=0.005)`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import msgspec

from chinwag.model import Secret
from chinwag.networks.contract import Route
from chinwag.networks.declaration import Network, Option


class XSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The settings whose keys begin with `x_`."""

    token: Annotated[
        Secret,
        msgspec.Meta(
            description="The bearer token of your own app on X. Every post read costs you."
        ),
    ] = Secret()
    price: Annotated[
        float,
        msgspec.Meta(description="What a post read on X costs, as your console there says.", ge=0),
    ] = 0.0
    limit: Annotated[
        int,
        msgspec.Meta(description="After so many posts of a chat nothing more is read on X.", gt=0),
    ] = 2_000


def _make_routes(
    settings: XSettings,
    named: Sequence[str],  # noqa: ARG001 - there is one X
    operator: str,
) -> Sequence[Route]:
    from chinwag.networks.x.search import XSearch

    most, price = settings.limit, settings.price
    return [XSearch(settings.token, most=most, price=price, operator=operator)]


NETWORK = Network(
    name="x",
    settings=XSettings,
    option=Option(name="x", help="Search X with your own token; every post costs."),
    make_routes=_make_routes,
)
