"""Commands by which a person overrules the machine: correct, remove, undo, update."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from chinwag.cli import changes, options, say
from chinwag.cli.blog import describe_copies, edit_copies
from chinwag.cli.editor import describe_helped_update, help_edit, open_helpers
from chinwag.cli.model import end_with
from chinwag.config import read_settings
from chinwag.model import KINDS
from chinwag.setup.clock import SystemClock
from chinwag.setup.person import find_person
from chinwag.workflows.correct_placement import Verdict, correct_placement, note_correction
from chinwag.workflows.make_again import make_again
from chinwag.workflows.publish_to_blog import list_published
from chinwag.workflows.remove_posts import note_removal, remove_posts
from chinwag.workflows.undo import note_undo
from chinwag.workflows.undo import undo as undo_change


@click.command(
    epilog=options.examples(
        "chinwag correct my-chat 585645642548121601 --question 3",
        "chinwag correct my-chat 8121601 8121744 --question 9.2 --because 'It names the budget'",
        "chinwag correct my-chat 585645642548121601 --question none",
        "chinwag correct my-chat 8121601 --kind thanks",
    )
)
@options.folder
@click.argument("posts", nargs=-1, required=True, metavar="POST...")
@click.option("--question", help="The number of the question, or `none`.")
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    metavar="KIND",
    help=f"The kind of post: {', '.join(KINDS)}.",
)
@click.option("--because", default="", help="Why, for people who read it later.")
@options.who
@options.note_only
@options.as_json
def correct(
    folder: Path,
    posts: tuple[str, ...],
    question: str | None,
    kind: str | None,
    because: str,
    who: str,
    note_only: bool,
    as_json: bool,
) -> None:
    """Correct where posts belong, or what kind they are.

    POST is a post's id, its address, or the end of either. The correction survives every later
    run. The other posts are placed again, since it may show where they belong, too; the summary and
    the story are made again where there were any. `chinwag undo` takes it back.
    """
    if question is None and kind is None:
        raise click.UsageError("Give --question, --kind, or both.")
    verdict = Verdict(question=_read_label(question), kind=kind or "", because=because)
    at, person = SystemClock().now(), find_person(read_settings(), who)
    if note_only:
        noted = note_correction(folder, posts, verdict, at=at, who=person)
        say.answer(as_json, noted, changes.describe_noted_corrections)
        return
    with say.follow_progress(silent=as_json) as progress:
        made = correct_placement(folder, posts, verdict, at=at, who=person, progress=progress)
    say.answer(as_json, made, changes.describe_corrections)


def _read_label(said: str | None) -> str | msgspec.UnsetType | None:
    """Return the label of a question as typed, None for no question, UNSET where none was typed."""
    if said is None:
        return msgspec.UNSET
    return None if said.strip().lower() == "none" else said.strip().lstrip("Qq")


@click.command(
    epilog=options.examples(
        "chinwag remove my-chat 585645642548121601",
        "chinwag remove my-chat --author pat@glam.example",
        "chinwag remove my-chat 8121744 --spam",
    )
)
@options.folder
@click.argument("posts", nargs=-1, metavar="[POST...]")
@click.option("--author", default="", help="Take out everything by this handle, now and later.")
@click.option("--spam", is_flag=True, help="It is spam: nobody asked for it.")
@options.who
@options.note_only
@options.as_json
def remove(
    folder: Path,
    posts: tuple[str, ...],
    author: str,
    spam: bool,
    who: str,
    note_only: bool,
    as_json: bool,
) -> None:
    """Take out what an author wants taken out, or spam.

    It goes from the posts, the summary, the story and the files as received, and does not come
    back with files that are added later. What others quote of it goes, too, and so do the handle
    and the name of an author who is out. Copies that have left this folder are yours to replace.
    It cannot be undone once it is carried out.
    """
    if not posts and not author:
        raise click.UsageError("Name a post, or an author with --author.")
    at, person = SystemClock().now(), find_person(read_settings(), who)
    if note_only:
        noted = note_removal(folder, posts, author, at=at, who=person, as_spam=spam)
        say.answer(as_json, noted, changes.describe_removal)
        return
    with say.follow_progress(silent=as_json) as progress:
        report = remove_posts(folder, posts, author, progress, at=at, who=person, as_spam=spam)
    published = list_published(folder)
    copies = [] if report.while_captured or report.is_noted else edit_copies(folder, published)
    if as_json:
        told = {**msgspec.structs.asdict(report), "published": copies}
        say.answer(as_json, told, lambda _: None)
        return
    changes.describe_removal(report)
    describe_copies(folder, published, copies)


@click.command(
    epilog=options.examples("chinwag undo my-chat", "chinwag undo my-chat 585645642548121601")
)
@options.folder
@click.argument("posts", nargs=-1, metavar="[POST...]")
@options.note_only
@options.as_json
def undo(folder: Path, posts: tuple[str, ...], note_only: bool, as_json: bool) -> None:
    """Take back the latest change that a person made.

    That is a correction, an edit of the chat, or a removal that has only been noted. With POST the
    latest of that post. `chinwag show --changes` lists them.
    """
    if note_only:
        say.answer(as_json, note_undo(folder, posts), changes.describe_noted_undo)
        return
    with say.follow_progress(silent=as_json) as progress:
        report = undo_change(folder, posts, progress)
    say.answer(as_json, report, changes.describe_undo)


@click.command(
    epilog=options.examples("chinwag update my-chat", "chinwag update my-chat --editor llama3.2")
)
@options.folder
@options.model
@options.editor
@options.yes
@options.as_json
def update(folder: Path, model: str, editor: str, yes: bool, as_json: bool) -> None:
    """Make again what is out of date.

    That is whatever was made before a correction, a removal, an edit of chat.toml or a file that
    came later: posts, placements, summary, story. What is up to date is not made again.
    With --editor or --model a language model is asked, too, about what it was not asked before.
    """
    helpers = open_helpers(model, editor)
    with say.follow_progress(silent=as_json) as progress:
        made = make_again(folder, progress)
    if not helpers:
        say.answer(as_json, made, changes.describe_update)
        return
    helped = help_edit(folder, helpers, yes=yes)
    make_again(folder)
    say.answer(as_json, {"update": made, **helped.as_rows()}, describe_helped_update)
    end_with(helped)
