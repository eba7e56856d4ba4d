"""Commands for whoever runs a site: folders come in, the index is checked, an owner is made."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chinwag.cli import options
from chinwag.cli.notes import WORDS
from chinwag.cli.say import answer, follow_progress, say
from chinwag.cli.site import of_site, require_web

if TYPE_CHECKING:
    from chinwag.web.keeper.adopt import Adopted
    from chinwag.web.keeper.compare import Difference
    from chinwag.web.site import Site

_WORDS = {
    "missing": "{folder} is gone. Put it back from a backup, or import its files again.",
    "unreadable": "{folder} cannot be read: {why} `chinwag check` tells what to do.",
    "changed": "{folder} has changed since it was indexed. A running site takes that up by itself.",
    "incomplete": "Not all posts of {folder} are in the index. Run `chinwag admin reindex`.",
    "unknown": "{folder} is no chat of the site: plan a chat for that day, or take it away.",
}


@click.group()
def admin() -> None:
    """Look after a site: its index, its folders, its owner."""


@admin.command(epilog=options.examples("chinwag admin add my-chat --site ~/chats --publish"))
@click.argument("folders", type=options.FOLDER, nargs=-1, required=True, metavar="DIR...")
@click.option("--series", default="", help="The address of the series; its hashtag unless given.")
@click.option("--publish", is_flag=True, help="Let everybody read the story.")
@of_site
@options.as_json
def add(
    folders: tuple[Path, ...], series: str, publish: bool, site: Path | None, as_json: bool
) -> None:
    """Copy chat folders into a site.

    A series that is not there yet is made, with the name and hashtag of the chat. What is there
    already is left as it is.
    """
    opened = _open(site)
    from chinwag.web.keeper.adopt import adopt_folder  # noqa: PLC0415 (Django must be set up)

    added = [
        adopt_folder(folder, opened, series=series, is_published=publish) for folder in folders
    ]
    answer(as_json, added, partial(_describe_added, opened))


@admin.command(epilog=options.examples("chinwag admin check --site ~/chats"))
@of_site
@options.as_json
def check(site: Path | None, as_json: bool) -> None:
    """Compare a site's index with its chat folders.

    Ends with status 3 where they differ, and says what to do.
    """
    opened = _open(site)
    from chinwag.web.keeper.compare import compare_index  # noqa: PLC0415

    found = compare_index(opened)
    answer(as_json, found, _describe_differences)
    if found:
        sys.exit(3)


@admin.command(epilog=options.examples("chinwag admin reindex --site ~/chats"))
@of_site
@options.as_json
def reindex(site: Path | None, as_json: bool) -> None:
    """Make a site's index again from its chat folders.

    The folders are not changed. Ends with status 3 where a folder cannot be read.
    """
    opened = _open(site)
    from chinwag.web.keeper.compare import make_index_anew  # noqa: PLC0415

    with follow_progress(silent=as_json) as progress:
        number, failed = make_index_anew(opened, progress)
    answer(as_json, {"indexed": number, "failed": failed}, lambda _: _describe_made(number, failed))
    if failed:
        sys.exit(3)


@admin.command("owner-code", epilog=options.examples("chinwag admin owner-code --site ~/chats"))
@of_site
@options.as_json
def owner_code(site: Path | None, as_json: bool) -> None:
    """Make a one-time code for the site's owner.

    Whoever gives it becomes the owner: the first one, or one who has lost their address, their
    phone or their passkey. Earlier codes end.
    """
    opened = _open(site)
    from chinwag.web.chats.actions.series import make_first_code  # noqa: PLC0415

    made = {"code": make_first_code(), "address": f"{opened.address}/site/first/"}
    answer(as_json, made, lambda _: click.echo(f"Open {made['address']} and give: {made['code']}"))


def _open(folder: Path | None) -> Site:
    """Return the site, its database as this version needs it."""
    require_web()
    from chinwag.web.opening import open_site, prepare_database  # noqa: PLC0415 (an extra)

    site = open_site(folder)
    prepare_database(site)
    return site


def _describe_added(site: Site, added: list[Adopted]) -> None:
    for one in added:
        where = f"{site.address}{one.path}"
        say(f"{where} is there now." if one.is_new else f"{where} was there already.")


def _describe_differences(found: tuple[Difference, ...]) -> None:
    for one in found:
        say(_WORDS[one.code].format(folder=one.folder, why=one.why), first="- ")
    if not found:
        say("The index says what the folders say.")


def _describe_made(number: int, failed: tuple[Difference, ...]) -> None:
    say(f"{WORDS.count(number, 'chat')} indexed." if number else "No chat is indexed.")
    if failed:
        _describe_differences(failed)
