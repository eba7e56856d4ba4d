"""The commands that serve: one story, or the site of a team's chats."""

from __future__ import annotations

from pathlib import Path

import click

from chinwag.cli import options
from chinwag.cli.server import serve_story
from chinwag.cli.site import of_site, require_web


@click.command(
    epilog=options.examples(
        "chinwag serve my-chat",
        "chinwag serve my-chat --port 8080",
        "chinwag serve --site ~/chats",
        "chinwag serve --site ~/chats --only keeper",
    )
)
@click.argument("folder", type=options.FOLDER, required=False, metavar="[DIR]")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    help="The port to listen on; 0 takes any that is free.",
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address that a site listens on."
)
@of_site
@click.option(
    "--only",
    type=click.Choice(["web", "keeper"]),
    help="Serve this part of the site alone: its pages, or what it does in the background.",
)
def serve(folder: Path | None, port: int, host: str, site: Path | None, only: str | None) -> None:
    """Serve the story of DIR on this machine, or a site of all your chats; Ctrl-C ends it.

    A story is seen on this machine alone. The site needs `chinwag[web]`; docs/hosts/site.md tells
    how to put it on a server, in one process or in several.
    """
    if folder is not None:
        serve_story(folder, port)
    else:
        _serve_site(host, port, site, only)


def _serve_site(host: str, port: int, folder: Path | None, only: str | None) -> None:
    require_web()
    from chinwag.web.serve import open_to_serve, serve_site  # noqa: PLC0415 (an extra)

    opened = open_to_serve(folder, host, port, only)

    def tell() -> None:
        kept = f"keeps everything in {opened.site.folder}."
        if opened.address:
            click.echo(f"The site is at {opened.address} and {kept}")
        else:
            click.echo(f"The site's keeper {kept}")
        if opened.code:
            first = f"{opened.address or f'{opened.site.address}/'}site/first/"
            click.echo(f"To become its owner, open {first} and give: {opened.code}")
        click.echo("Press Ctrl-C to end it.")

    serve_site(opened, only, tell)
