"""Every network's declaration, found by its name in `records/registry.py`."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from chinwag.networks.declaration import Network
from chinwag.records.registry import CONVERTERS

Networks = tuple[Network[Any], ...]


def list_networks() -> Networks:
    """Return the networks that people can name, in the order of the registry."""
    networks = map(find_network, CONVERTERS)
    return tuple(network for network in networks if network.is_offered)


def find_network(name: str) -> Network[Any]:
    """Return what the folder `networks/NAME` declares.

    Raises LookupError for a name that the registry has and no folder declares.
    """
    place = f"chinwag.networks.{name}"
    try:
        network = import_module(place).NETWORK
    except (ModuleNotFoundError, AttributeError) as fault:
        raise LookupError(f"{place} declares no NETWORK: {fault}") from fault
    if not isinstance(network, Network) or network.name != name:
        raise LookupError(f"{place} declares {network!r}, which is not the network {name!r}")
    return network
