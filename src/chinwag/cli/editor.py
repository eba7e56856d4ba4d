"""Asking language models from the command line to choose, to word, or both, one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click
import msgspec

from chinwag.cli import changes, describe
from chinwag.cli.model import (
    Worded,
    ask_model,
    confirm,
    describe_failures,
    describe_worded,
    follow,
    is_small,
)
from chinwag.cli.notes import WORDS
from chinwag.cli.say import clean, say
from chinwag.config import Settings, read_settings
from chinwag.engines.language_model import LanguageModel
from chinwag.setup.models import find_cost, open_model
from chinwag.steps.deciding import DROPPED, Estimate
from chinwag.workflows.ask_editor import EditorReport, ask_editor
from chinwag.workflows.encoders import FindEncoder, find_encoder
from chinwag.workflows.reword_summary import Failure


class Helpers(NamedTuple):
    """The models that a person named: one that decides, one that words; None for none."""

    editor: LanguageModel | None
    model: LanguageModel | None


class Edited(msgspec.Struct, frozen=True, kw_only=True):
    """What asking an editor came to, and what it cost (None without prices in the settings)."""

    report: EditorReport
    cost: float | None
    currency: str


class Helped(NamedTuple):
    """What each model did; None for one that was not named."""

    editing: Edited | None
    wording: Worded | None

    @property
    def failures(self) -> Sequence[Failure]:
        """What could not be had of either."""
        of_editor = self.editing.report.failures if self.editing else ()
        return (*of_editor, *(self.wording.failures if self.wording else ()))

    def as_rows(self) -> dict[str, Any]:
        """Return what was done by name, without what was not asked for."""
        rows = {"editing": self.editing, "wording": self.wording}
        return {name: done for name, done in rows.items() if done is not None}

    def as_answer(self) -> Any:
        """Return what a command prints that asked models alone: of a wording, that itself."""
        return self.as_rows() if self.editing else self.wording


def open_helpers(model: str, editor: str) -> Helpers | None:
    """Return the models of these names at the address in the settings; None where none is named.

    Raises SettingsError where the settings do not say where they answer.
    """
    if not model and not editor:
        return None
    settings = read_settings()
    return Helpers(
        open_model(settings, editor) if editor else None,
        open_model(settings, model) if model else None,
    )


def help_edit(
    folder: Path, helpers: Helpers, *, yes: bool, encoder: FindEncoder = find_encoder
) -> Helped:
    """Let the models choose and word, in this order, after saying what that sends and costs."""
    edited = worded = None
    if helpers.editor:
        edited = _ask_editor(folder, helpers.editor, yes=yes, encoder=encoder)
    if helpers.model:
        worded = ask_model(folder, helpers.model, yes=yes, encoder=encoder)
    return Helped(edited, worded)


def _ask_editor(folder: Path, model: LanguageModel, *, yes: bool, encoder: FindEncoder) -> Edited:
    settings = read_settings()

    def approve(estimate: Estimate) -> bool:
        click.echo(clean(_tell_estimate(estimate, model, settings)), err=True)
        return yes or is_small(estimate, settings) or confirm()

    report = ask_editor(folder, model, approve, follow, encoder=encoder)
    cost = find_cost(report.tokens_in, report.tokens_out, settings)
    return Edited(report=report, cost=cost, currency=settings.model_currency)


def _tell_estimate(estimate: Estimate, model: LanguageModel, settings: Settings) -> str:
    """Return a sentence on what is about to be sent where, and about what it costs."""
    cost = find_cost(estimate.tokens_in, estimate.tokens_out, settings)
    price = f", at most about {cost:.2f} {settings.model_currency}" if cost is not None else ""
    posts, messages = WORDS.count(estimate.posts, "post"), WORDS.count(estimate.requests, "message")
    sent, answered = (
        WORDS.count(tokens, "token") for tokens in (estimate.tokens_in, estimate.tokens_out)
    )
    return (
        f"Sending the words of {posts}, without names, to {model.name} at {model.address}:"
        f" about {messages}, {WORDS.count(estimate.letters, 'character')} or {sent}, for"
        f" answers of at most {answered}{price}."
    )


def describe_helped(done: Mapping[str, Any] | Worded) -> None:
    """Print what models did."""
    rows: Mapping[str, Any] = {"wording": done} if isinstance(done, Worded) else done
    if "editing" in rows:
        _describe_edited(rows["editing"])
    if "wording" in rows:
        describe_worded(rows["wording"])


def describe_helped_recap(made: Mapping[str, Any]) -> None:
    """Print what a recap made, and what models did for it."""
    describe.describe_recap(made["recap"])
    say()
    describe_helped(made)


def describe_helped_update(made: Mapping[str, Any]) -> None:
    """Print what was made again, and what models did for it."""
    changes.describe_update(made["update"])
    describe_helped(made)


def _describe_edited(edited: Edited) -> None:
    """Print what an editor decided, how much of it stands, why the rest was dropped, the cost."""
    report = edited.report
    points, questions = (
        WORDS.count(report.points, "point"),
        WORDS.count(report.questions, "question"),
    )
    posts = WORDS.count(report.placed, "standing_post")
    if not report.asked and not report.estimate.requests:
        say("There was nothing to ask: the editor has been asked about all of it before.")
    say(f"By the editor\u2019s choice: {points} on {questions}, and where {posts}.")
    if report.asked:
        price = f", for {edited.cost:.4f} {edited.currency}" if edited.cost is not None else ""
        counted = "" if report.counted else " (a guess: the server did not count)"
        took = WORDS.count(report.tokens_in, "token")
        say(
            f"{report.model} answered {WORDS.count(report.asked, 'message')}: it took {took} and"
            f" gave {report.tokens_out:,}{counted}{price}."
        )
    for reason, number in report.dropped.items():
        say(f"Dropped {number:,}: {DROPPED[reason]}.", first="- ")
    if report.withheld:
        say(f"Not sent, as they speak to a machine: {WORDS.count(report.withheld, 'post')}.")
    describe_failures(report.failures)
