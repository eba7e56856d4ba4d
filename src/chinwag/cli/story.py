"""Commands that make what a chat folder holds: place, summarise."""

from __future__ import annotations

from pathlib import Path

import click

from chinwag.cli import describe, options, say
from chinwag.cli.editor import describe_helped, help_edit, open_helpers
from chinwag.cli.model import end_with
from chinwag.config import read_settings
from chinwag.setup.models import open_encoder
from chinwag.workflows.ask_editor import forget_decisions
from chinwag.workflows.place_chat import place_chat
from chinwag.workflows.reword_summary import forget_rewordings
from chinwag.workflows.show_folder import show_folder
from chinwag.workflows.summarise_chat import summarise_chat


@click.command(
    epilog=options.examples("chinwag place my-chat", "chinwag place my-chat --encoder words")
)
@options.folder
@options.encoder
@options.as_json
def place(folder: Path, encoder: str, as_json: bool) -> None:
    """Place every post under its question.

    Corrections that people made stand.
    """
    chat, placements = place_chat(folder, encoder=open_encoder(read_settings(), encoder))
    measures = show_folder(folder).measures
    made = {"chat": chat, "placements": placements, "measures": measures}
    say.answer(as_json, made, describe.describe_placing)


@click.command(
    epilog=options.examples(
        "chinwag summarise my-chat",
        "chinwag summarise my-chat --most 5",
        "chinwag summarise my-chat --model llama3.2",
        "chinwag summarise my-chat --editor llama3.2",
        "chinwag summarise my-chat --own-words",
        "chinwag summarise my-chat --encoder words",
    )
)
@options.folder
@options.fewest
@options.most
@options.model
@options.editor
@options.yes
@click.option(
    "--own-words", is_flag=True, help="Put the posts' own words back in place of a model's."
)
@click.option(
    "--own-choice", is_flag=True, help="Put back the points and places that no model chose."
)
@options.encoder
@options.as_json
def summarise(
    folder: Path,
    fewest: int | None,
    most: int | None,
    model: str,
    editor: str,
    yes: bool,
    own_words: bool,
    own_choice: bool,
    encoder: str,
    as_json: bool,
) -> None:
    """Draft the summary of every question.

    With --model a language model words the points. Whatever it says that the posts do not is
    refused, and the post's own words stand. With --editor one chooses the points, by numbers of
    posts and stretches of them. docs/hosts/language-models.md tells more.
    """
    if (model and own_words) or (editor and own_choice):
        raise click.UsageError("Give --model or --own-words, --editor or --own-choice, not both.")
    helpers = open_helpers(model, editor)
    finder = open_encoder(read_settings(), encoder)
    if own_choice:
        forget_decisions(folder, encoder=finder)
    summary = summarise_chat(folder, fewest=fewest, most=most, encoder=finder)
    if own_words:
        summary = forget_rewordings(folder, encoder=finder)
    if not helpers:
        say.answer(as_json, summary, describe.describe_summary)
        return
    helped = help_edit(folder, helpers, yes=yes, encoder=finder)
    say.answer(as_json, helped.as_answer(), describe_helped)
    end_with(helped)
