"""Commands that copy a site, and make a site of a copy."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chinwag.cli import options
from chinwag.cli.notes import WORDS
from chinwag.cli.say import answer, follow_progress, say
from chinwag.cli.site import of_site, require_web

if TYPE_CHECKING:
    from chinwag.web.backup.copies import Backup
    from chinwag.web.backup.restore import Restored
    from chinwag.web.site import Site


@click.command(
    epilog=options.examples(
        "chinwag backup /media/usb/chats --site ~/chats",
        "chinwag backup /media/usb/chats --site ~/chats --with-keys --keep 30",
    )
)
@click.argument("place", type=options.FOLDER, metavar="PATH")
@of_site
@click.option("--with-keys", is_flag=True, help="Put the site's keys into it, too.")
@click.option("--keep", type=click.IntRange(min=1), help="Keep only so many backups in PATH.")
@options.as_json
def backup(
    place: Path, site: Path | None, with_keys: bool, keep: int | None, as_json: bool
) -> None:
    """Copy a site into a new folder in PATH; the site may go on running.

    It holds the chat folders, the uploads, and all that the database alone knows: people, plans,
    settings, the log. Files that have not changed since the last backup take no more room.
    """
    require_web()
    from chinwag.web.opening import open_site  # noqa: PLC0415 (an extra)

    opened = open_site(site)
    from chinwag.web.backup.copies import make_backup  # noqa: PLC0415 (Django must be set up)

    with follow_progress(silent=as_json) as progress:
        made = make_backup(opened, place, progress, with_keys=with_keys, keep=keep)
    answer(as_json, made, partial(_describe_backup, opened))


@click.command(
    epilog=options.examples(
        "chinwag restore /media/usb/chats --site ~/chats",
        "chinwag restore /media/usb/chats/2026-12-01T03-00-00Z --site ~/chats",
        "chinwag restore ~/chats/dumps/2026-12-01T03-00-00Z.jsonl.gz --site ~/chats",
    )
)
@click.argument("path", type=click.Path(path_type=Path, exists=True), metavar="PATH")
@of_site
@options.as_json
def restore(path: Path, site: Path | None, as_json: bool) -> None:
    """Fill an empty site from a backup: the latest in PATH, or the one that PATH names.

    Every file is compared with its checksum first. What people wanted out after the backup was made
    is taken out again before anything is shown. Everybody signs in again. A dump of the database
    alone may be given, too: the chat folders stay as they are then.
    """
    require_web()
    from chinwag.web.opening import open_site  # noqa: PLC0415 (an extra)

    opened = open_site(site)
    from chinwag.web.backup.restore import restore_site  # noqa: PLC0415 (Django must be set up)

    with follow_progress(silent=as_json) as progress:
        restored = restore_site(opened, path, progress)
    answer(as_json, restored, _describe_restored)


def _describe_backup(site: Site, made: Backup) -> None:
    held = made.manifest
    rows = WORDS.count(held.rows, "row")
    say(
        f"{made.path} holds {WORDS.count(held.folders, 'chat')} and {rows} of the"
        f" database: {held.bytes / 1e6:,.1f} MB, {made.new_bytes / 1e6:,.1f} MB of them new."
    )
    if not held.has_keys:
        say(
            f"The site's keys are not in it. Keep a copy of {site.folder}/sealing-keys elsewhere:"
            " without it the passwords of accounts and second steps must be set up again after a"
            " restore."
        )
    for old in made.dropped:
        say(f"Dropped: {old}")


def _describe_restored(restored: Restored) -> None:
    say(
        f"{WORDS.count(restored.chats, 'chat')} and {WORDS.count(restored.rows, 'row')} of the"
        f" database are back from {restored.copy}."
    )
    if restored.repeated:
        say(f"Taken out again, as was wanted since: {restored.repeated:,}.")
    if restored.second_steps:
        say("Second steps whose key is not here are gone: set them up again.")
    for folder, why in restored.failed:
        say(f"{folder} cannot be read: {why}", first="- ")
