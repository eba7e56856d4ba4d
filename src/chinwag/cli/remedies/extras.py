"""How to install what an extra of Chinwag brings, by the Python that is running."""

from __future__ import annotations

import shlex
import sys

_PACKAGE = "chinwag"


def word_install(extra: str) -> str:
    """Return the command that installs the packages of an extra where Chinwag is installed.

    It names them one by one, so that it works for an installation from a folder, too.
    """
    packages = " ".join(map(shlex.quote, _list_packages(extra) or [f"{_PACKAGE}[{extra}]"]))
    return f"{shlex.quote(sys.executable)} -m pip install {packages}"


def _list_packages(extra: str) -> list[str]:
    """Return the requirements of an extra; [] where the installation does not tell them."""
    from importlib.metadata import PackageNotFoundError, requires  # noqa: PLC0415 - rarely asked

    try:
        declared = requires(_PACKAGE) or []
    except PackageNotFoundError:
        return []
    split = (requirement.partition(";") for requirement in declared)
    return [name.strip() for name, _, when in split if _asks_for(when, extra)]


def _asks_for(marker: str, extra: str) -> bool:
    return marker.replace('"', "'").replace(" ", "").endswith(f"extra=='{extra}'")
