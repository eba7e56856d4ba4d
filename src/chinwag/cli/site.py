"""What the commands of a site have in common."""

from __future__ import annotations

from importlib.util import find_spec

import click

from chinwag.cli import options
from chinwag.errors import InputError

of_site = click.option("--site", type=options.FOLDER, help="Where the site keeps everything.")


def require_web() -> None:
    """Raise InputError where the packages that a site needs are not installed."""
    if find_spec("django") is None:
        raise InputError("The site needs more packages.", code="web-missing")
