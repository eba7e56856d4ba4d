"""What a capture of this installation can read, as its settings and the networks say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from chinwag.config import Settings
from chinwag.errors import ChinwagError
from chinwag.networks.contract import Route
from chinwag.networks.registry import list_networks
from chinwag.setup.routes import make_routes

OWN = ""  # among what is named of a network: what the settings name of it


class Source(NamedTuple):
    """A network that can be read.

    `origins` are the servers that are read without naming any, and `takes` what a person may name
    ("SERVER"), "" where there is nothing to name.
    """

    name: str
    takes: str
    origins: tuple[str, ...]


def list_sources(settings: Settings) -> tuple[Source, ...]:
    """Return the networks that a capture can read.

    Those that read a file of this machine are left out, and those that lack what they need.
    """
    sources: list[Source] = []
    for network in list_networks():
        if network.option.is_file:
            continue
        try:
            routes = make_routes(settings, {network.name: ()})
        except ChinwagError:
            continue
        origins = tuple(dict.fromkeys(route.origin for route in routes))
        if origins or network.option.value:
            sources.append(Source(network.name, network.option.value, origins))
    return tuple(sources)


def open_routes(settings: Settings, chosen: Mapping[str, Sequence[str]]) -> tuple[Route, ...]:
    """Return the routes to what was chosen, by the network's name, each once.

    Raises InputError for a value that cannot be.
    """
    own = {name: () for name, values in chosen.items() if OWN in values}
    more = {name: [one for one in values if one != OWN] for name, values in chosen.items()}
    named = {name: values for name, values in more.items() if values}
    routes = [
        *(make_routes(settings, own) if own else ()),
        *(make_routes(settings, named) if named else ()),
    ]
    return tuple({route.name: route for route in routes}.values())
