"""From settings to networks: which routes a capture takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from chinwag.config import Settings
from chinwag.networks.contract import Route
from chinwag.networks.declaration import Option
from chinwag.networks.registry import Networks, list_networks
from chinwag.setup.text_file import read_text

Named = Mapping[str, Sequence[str]]  # a network's name: the values that a person gave with it


def make_routes(
    settings: Settings, named: Named, networks: Networks | None = None
) -> tuple[Route, ...]:
    """Return the routes to the networks that a person names.

    Where nobody names one, those that declare so are read as the settings say. Raises InputError
    for a value that is not valid.
    """
    routes: list[Route] = []
    for network in list_networks() if networks is None else networks:
        if network.name in named or (not named and network.is_read_unasked):
            values = _read_values(network.option, named.get(network.name, ()))
            own = settings.find_own(network)
            routes += network.make_routes(own, values, settings.operator)
    return tuple(routes)


def _read_values(option: Option, values: Sequence[str]) -> tuple[str, ...]:
    """Return the values, or the texts of the files that they name."""
    if not option.is_file:
        return tuple(values)
    return tuple(read_text(Path(value), "file") for value in values)
