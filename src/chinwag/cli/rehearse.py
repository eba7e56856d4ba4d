"""The command that tries everything before the hour, and posts nothing."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from chinwag.cli import networks, options, say
from chinwag.cli.hashtag import read_hashtag
from chinwag.cli.notes import WORDS, word_note
from chinwag.config import Settings, read_settings
from chinwag.errors import InputError, NetworkError
from chinwag.model import Chat
from chinwag.setup.accounts import open_accounts
from chinwag.setup.clock import SystemClock
from chinwag.setup.routes import Named, make_routes
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.rehearse_chat import Rehearsal, Trial, rehearse_chat


@click.command(
    epilog=options.examples(
        "chinwag rehearse '#mychat'",
        "chinwag rehearse --into october",
        "chinwag rehearse '#mychat' --mastodon glammr.us --bluesky",
    )
)
@click.argument("hashtag", default="", metavar="[#HASHTAG]")
@click.option("--into", type=options.FOLDER, help="The chat folder, if it is made already.")
@networks.add_reading
@options.as_json
def rehearse(hashtag: str, into: Path | None, named: Named, as_json: bool) -> None:
    """Check before the hour that everything will work: every server, every token, every right.

    Nothing is posted and nothing is kept. Name the same sources as for `chinwag capture`; the
    accounts are those of your settings. With a folder, its questions are tried against each
    network's limit.
    """
    chat = _find_chat(read_hashtag(hashtag), into)
    rehearsal = asyncio.run(_rehearse(chat, read_settings(), named))
    say.answer(as_json, rehearsal, describe_rehearsal)
    if not rehearsal.works:
        sys.exit(NetworkError.exit_status)


def describe_rehearsal(rehearsal: Rehearsal) -> None:
    """Say whether the hour will work, then how many of each kind work, and what does not."""
    say.say("All of it works." if rehearsal.works else "Not all of it works yet.")
    _describe("route", "brings", "posts", rehearsal.routes)
    _describe("account", "may", "post", rehearsal.accounts)
    _describe("announcement", "fits", "", rehearsal.questions)
    if not rehearsal.accounts:
        say.say("There is no account to announce with: `chinwag settings` lists what is set.")


def _describe(noun: str, does: str, rest: str, trials: Sequence[Trial]) -> None:
    if not trials:
        return
    working = sum(trial.works for trial in trials)
    does = WORDS.count(working, does)
    words = f"{working} of {WORDS.count(len(trials), noun)} {does} {rest}"
    say.say(f"{words.rstrip()}.")
    for said, names in _group_notes(trials).items():
        say.say(f"{', '.join(names)}: {said}", first="- ", then="  ")


def _group_notes(trials: Sequence[Trial]) -> dict[str, list[str]]:
    """Return what is wrong or limited, each once, with the names of all of which it is said."""
    groups: dict[str, list[str]] = {}
    for trial in trials:
        if trial.note is not None or not trial.works:
            said = "it says nothing." if trial.note is None else word_note(trial.note)
            groups.setdefault(said, []).append(trial.name)
    return groups


async def _rehearse(chat: Chat, settings: Settings, named: Named) -> Rehearsal:
    clock, routes = SystemClock(), make_routes(settings, named)
    try:
        async with open_accounts(settings, {}) as accounts:
            return await rehearse_chat(chat, routes, accounts, clock, asyncio.sleep)
    except InputError as error:
        if error.code != "no-account":
            raise
    return await rehearse_chat(chat, routes, {}, clock, asyncio.sleep)


def _find_chat(hashtag: str, into: Path | None) -> Chat:
    """Return the chat of the folder, or one that has a hashtag alone."""
    if into is not None and ChatFolder.at(into).is_made:
        return ChatFolder.open(into).read_chat()
    if not hashtag:
        raise InputError(
            "Neither a hashtag nor a chat folder was given.", code="rehearsal-without-chat"
        )
    return Chat(series=f"#{hashtag}", hashtag=hashtag, title=hashtag)
