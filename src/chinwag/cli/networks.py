"""The options by which a person names networks, made of what each network declares."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from chinwag.networks.declaration import Network, Option
from chinwag.networks.registry import Networks, list_networks

Command = Callable[..., Any]


def add_reading(command: Command, networks: Networks | None = None) -> Command:
    """Add the options that name what is read; the command gets their values as `named`."""
    networks = list_networks() if networks is None else networks
    return _add(command, [(network, network.option) for network in networks])


def add_posting(command: Command, networks: Networks | None = None) -> Command:
    """Add the options that name where something is posted; the command gets them as `named`."""
    networks = list_networks() if networks is None else networks
    return _add(command, [(one, one.posting.option) for one in networks if one.posting])


def _add(command: Command, offered: list[tuple[Network[Any], Option]]) -> Command:
    names = [network.name for network, _ in offered]

    @functools.wraps(command)
    def gathered(**given: Any) -> Any:
        values = {name: given.pop(_name_parameter(name)) for name in names}
        named = {name: _list_values(value) for name, value in values.items() if value}
        return command(named=named, **given)

    made: Command = gathered
    for network, option in reversed(offered):
        made = _make_option(network, option)(made)
    return made


def _make_option(network: Network[Any], option: Option) -> Callable[[Command], Command]:
    shown, parameter = f"--{option.name}", _name_parameter(network.name)
    if not option.value:
        return click.option(shown, parameter, is_flag=True, help=option.help)
    kind = click.Path(path_type=Path) if option.is_file else None
    return click.option(
        shown, parameter, multiple=True, type=kind, metavar=option.value, help=option.help
    )


def _name_parameter(network: str) -> str:
    return f"on_{network}"


def _list_values(value: bool | tuple[object, ...]) -> tuple[str, ...]:
    """Return the values of an option that was given: none for one that takes none."""
    return () if isinstance(value, bool) else tuple(map(str, value))
