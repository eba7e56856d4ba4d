"""Commands that make what a chat folder holds: place, summarise."""

from __future__ import annotations

from pathlib import Path

import click

from chinwag.cli import describe, options, say
from chinwag.cli.model import ask_model, describe_worded, end_with
from chinwag.config import read_settings
from chinwag.setup.models import open_encoder, open_model
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
        "chinwag summarise my-chat --own-words",
        "chinwag summarise my-chat --encoder words",
    )
)
@options.folder
@options.fewest
@options.most
@options.model
@options.yes
@click.option(
    "--own-words", is_flag=True, help="Put the posts' own words back in place of a model's."
)
@options.encoder
@options.as_json
def summarise(
    folder: Path,
    fewest: int | None,
    most: int | None,
    model: str,
    yes: bool,
    own_words: bool,
    encoder: str,
    as_json: bool,
) -> None:
    """Draft the summary of every question.

    With --model a language model words the points. Whatever it says that the posts do not is
    refused, and the post's own words stand. docs/hosts/language-models.md tells more.
    """
    if model and own_words:
        raise click.UsageError("Give --model or --own-words, not both.")
    engine = open_model(read_settings(), model) if model else None
    finder = open_encoder(read_settings(), encoder)
    summary = summarise_chat(folder, fewest=fewest, most=most, encoder=finder)
    if own_words:
        summary = forget_rewordings(folder, encoder=finder)
    if engine is None:
        say.answer(as_json, summary, describe.describe_summary)
        return
    worded = ask_model(folder, engine, yes=yes, encoder=finder)
    say.answer(as_json, worded, describe_worded)
    end_with(worded)
