"""PASTE: posts that a person copied, as a block of text or as links to them.

What lives here: the declaration (`NETWORK`) and `paste`, which cuts the block, and asks for the
posts behind links only where a person wants it. What a pasted post says is read by
`records/pasted_posts`. README.md: what is understood.
May import: what NETWORKS may. May not import: other networks.
Example: `Paste(text)`; `Paste(text, resolve=True)` asks the servers that the links name.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from chinwag.networks.contract import Route
from chinwag.networks.declaration import Network, Option


class PasteSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Pasting needs no settings."""


def _make_routes(
    settings: PasteSettings,  # noqa: ARG001
    texts: Sequence[str],
    operator: str,
) -> Sequence[Route]:
    from chinwag.networks.paste.paste import Paste

    return [Paste(text, operator=operator) for text in texts]


NETWORK = Network(
    name="paste",
    settings=PasteSettings,
    option=Option(name="paste", value="PATH", help="Copied posts.", is_file=True),
    make_routes=_make_routes,
)
