"""The command by which a host posts questions natively on every network."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import click

from chinwag.cli import networks, options, say
from chinwag.cli.announced import AnnounceListener
from chinwag.config import read_settings
from chinwag.errors import InputError, NetworkError
from chinwag.networks.contract import Announcer
from chinwag.setup.accounts import open_accounts
from chinwag.setup.clock import SystemClock
from chinwag.setup.person import find_person
from chinwag.setup.pictures import read_picture
from chinwag.setup.routes import Named
from chinwag.workflows.announce_question import (
    AnnounceReport,
    announce_question,
    refuse_past,
    rehearse,
    rehearse_without_account,
)
from chinwag.workflows.announcement_words import Words, find_time_zone
from chinwag.workflows.change_announcement import (
    delete_announcement,
    edit_announcement,
    rehearse_deletion,
    rehearse_edit,
)


@click.command(
    epilog=options.examples(
        "chinwag announce october Q3",
        "chinwag announce october Q3 --dry-run",
        "chinwag announce october 'Ten minutes left' --mastodon glammr.us",
        "chinwag announce october Q1 --picture room.png --alt 'An empty reading room'",
        "chinwag announce october Q4 --at 2026-10-13T19:45",
        "chinwag announce october Q3 --edit 'What would you do with two empty rooms?'",
        "chinwag announce october Q3 --delete",
    )
)
@options.folder
@click.argument("what", metavar="WHAT")
@networks.add_posting
@click.option("--picture", type=options.FOLDER, help="A picture to go with it.")
@click.option("--alt", default="", help="What the picture shows, for people who do not see it.")
@click.option("--lang", default="en", show_default=True, help="The language of the words.")
@click.option("--at", help="When it should go out: 2026-10-13T19:45.")
@click.option("--tz", help="The time zone of --at, if it is not the chat's.")
@click.option("--edit", metavar="WORDS", help="Put these words in place of what is out.")
@click.option("--delete", is_flag=True, help="Take back what is out.")
@click.option("--dry-run", is_flag=True, help="Say what would go out, and do nothing.")
@options.who
@options.as_json
def announce(
    folder: Path,
    what: str,
    named: Named,
    picture: Path | None,
    alt: str,
    lang: str,
    at: str | None,
    tz: str | None,
    edit: str | None,
    delete: bool,
    dry_run: bool,
    who: str,
    as_json: bool,
) -> None:
    """Post a question, or other words, on each network where you have an account.

    WHAT is the number of a question of the folder (Q3), or the words themselves; the hashtag is
    added where it is not in them. Nothing goes out twice, however often you try. The accounts are
    those of your settings: a token for each Mastodon server, an app password for Bluesky. Times are
    those of the chat's time zone.
    """
    clock, zone = SystemClock(), tz or find_time_zone(folder)
    words = Words(
        picture=read_picture(picture, alt) if picture else None,
        lang=lang,
        at=options.read_moment("--at", at, zone),
    )
    listener = AnnounceListener(zone, clock.now, is_silent=as_json, is_edit=edit is not None)

    asked = _Asked(folder, what, words, edit, delete, dry_run, who)
    if dry_run and words.at is not None:
        refuse_past(words.at, clock.now())
        listener.rehearse(words.at)

    try:
        report = asyncio.run(_carry_out(asked, named, clock, listener))
    except KeyboardInterrupt:
        listener.stop()
        raise
    except InputError as error:
        if error.code != "no-account" or not dry_run or delete or edit is not None:
            raise
        report = rehearse_without_account(folder, what)
    say.answer(as_json, report, listener.describe)
    if report.failed:
        sys.exit(NetworkError.exit_status)


class _Asked(NamedTuple):
    """What a host asks for: to announce `what`, or to edit or delete what is out."""

    folder: Path
    what: str
    words: Words
    edit: str | None
    delete: bool
    dry_run: bool
    who: str


async def _carry_out(
    asked: _Asked, named: Named, clock: SystemClock, listener: AnnounceListener
) -> AnnounceReport:
    settings = read_settings()
    async with open_accounts(settings, named) as accounts:
        if asked.dry_run:
            return _rehearse(asked, accounts)
        if asked.delete:
            return await delete_announcement(asked.folder, asked.what, accounts)
        if asked.edit is None:
            listener.begin(asked.what, accounts, asked.words.at)
            return await announce_question(
                asked.folder, asked.what, accounts, clock.now, asked.words, listener.hear
            )
        person = find_person(settings, asked.who)
        return await edit_announcement(
            asked.folder,
            asked.what,
            asked.edit,
            accounts,
            asked.words,
            at=clock.now(),
            who=person,
        )


def _rehearse(asked: _Asked, accounts: Mapping[str, Announcer]) -> AnnounceReport:
    if asked.delete:
        return rehearse_deletion(asked.folder, asked.what, accounts)
    if asked.edit is not None:
        return rehearse_edit(asked.folder, asked.what, asked.edit, accounts, asked.words)
    return rehearse(asked.folder, asked.what, accounts, asked.words)
