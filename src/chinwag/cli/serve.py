"""The commands that serve: one story, or the site of a team's chats."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from chinwag.cli import options
from chinwag.cli.server import serve_story
from chinwag.config import read_settings
from chinwag.errors import InputError


@click.command(
    epilog=options.examples(
        "chinwag serve my-chat",
        "chinwag serve my-chat --port 8080",
        "chinwag serve --site ~/chats",
    )
)
@click.argument("folder", type=options.FOLDER, required=False, metavar="[DIR]")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    help="The port to listen on; 0 takes any that is free (a story alone).",
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address that a site listens on."
)
@click.option("--site", type=options.FOLDER, help="Where the site keeps everything.")
def serve(folder: Path | None, port: int, host: str, site: Path | None) -> None:
    """Serve the story of DIR on this machine, or a site of all your chats; Ctrl-C ends it.

    A story is seen on this machine alone. The site needs `chinwag[web]`; docs/hosts/site.md tells
    how to put it on a server.
    """
    if folder is not None:
        serve_story(folder, port)
    else:
        _serve_site(host, port, site)


def _serve_site(host: str, port: int, folder: Path | None) -> None:
    if find_spec("django") is None:
        raise InputError("The site needs more packages.", code="web-missing")
    from chinwag.web.environment import use_folder  # noqa: PLC0415 (an extra)
    from chinwag.web.serve import prepare_site, serve_site  # noqa: PLC0415
    from chinwag.web.site import Site  # noqa: PLC0415

    if folder is not None:
        use_folder(folder)
    site = Site.of(read_settings())
    code = prepare_site(site)

    def tell() -> None:
        click.echo(f"The site is at http://{host}:{port}/ and keeps everything in {site.folder}.")
        if code:
            click.echo(
                f"To become its owner, open http://{host}:{port}/site/first/ and give: {code}"
            )
        click.echo("Press Ctrl-C to end it.")

    serve_site(host, port, tell)
