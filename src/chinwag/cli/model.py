"""Asking a language model from the command line: what is sent, and what it costs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import click
import msgspec

from chinwag.cli.notes import WORDS
from chinwag.cli.remedies import find_remedy
from chinwag.cli.say import clean, say
from chinwag.config import Settings, read_settings
from chinwag.engines.language_model import LanguageModel
from chinwag.errors import EngineError
from chinwag.setup.models import find_cost
from chinwag.steps.rewording import OTHER_REASONS, Estimate
from chinwag.steps.tracing.claims import REASONS
from chinwag.workflows.encoders import FindEncoder, find_encoder
from chinwag.workflows.reword_summary import Failure, RewordingReport, reword_summary


class Tokens(Protocol):
    """How many tokens asking would take and give."""

    @property
    def tokens_in(self) -> int:
        """Return how many it would take."""
        ...

    @property
    def tokens_out(self) -> int:
        """Return how many it would give."""
        ...


class Asked(Protocol):
    """What asking models came to, with what could not be had."""

    @property
    def failures(self) -> Sequence[Failure]:
        """Return what could not be had."""
        ...


class Worded(msgspec.Struct, frozen=True, kw_only=True):
    """What asking came to, and what it cost by the prices in the settings (None without prices)."""

    report: RewordingReport
    cost: float | None
    currency: str

    @property
    def failures(self) -> Sequence[Failure]:
        """What could not be had."""
        return self.report.failures


def ask_model(
    folder: Path, model: LanguageModel, *, yes: bool, encoder: FindEncoder = find_encoder
) -> Worded:
    """Let the model word the summary of a folder, after saying what that sends and costs."""
    settings = read_settings()

    def approve(estimate: Estimate) -> bool:
        click.echo(clean(tell_estimate(estimate, model, settings)), err=True)
        return yes or is_small(estimate, settings) or confirm()

    report = reword_summary(
        folder, model, approve, follow, most_points=settings.model_points, encoder=encoder
    )
    cost = find_cost(report.tokens_in, report.tokens_out, settings)
    return Worded(report=report, cost=cost, currency=settings.model_currency)


def follow(doing: str, done: int, total: int) -> None:
    """Print which question is being asked about, as a bar would stand in the way of a prompt."""
    if sys.stderr.isatty() and done < total:
        click.echo(clean(f"{doing}: question {done + 1} of {total} ..."), err=True)


def tell_estimate(estimate: Estimate, model: LanguageModel, settings: Settings) -> str:
    """Return a sentence on what is about to be sent where, and about what it costs."""
    cost = find_cost(estimate.tokens_in, estimate.tokens_out, settings)
    price = f", at most about {cost:.2f} {settings.model_currency}" if cost is not None else ""
    points, posts = WORDS.count(estimate.points, "point"), WORDS.count(estimate.posts, "post")
    messages = WORDS.count(estimate.requests, "message")
    sent, answered = (
        WORDS.count(tokens, "token") for tokens in (estimate.tokens_in, estimate.tokens_out)
    )
    return (
        f"Sending {points} with the words of {posts}, without names, to {model.name} at"
        f" {model.address}: {messages}, about {sent}, for answers of at most"
        f" {answered}{price}."
    )


def is_small(estimate: Tokens, settings: Settings) -> bool:
    """Return whether asking takes less than the limits in the settings."""
    cost = find_cost(estimate.tokens_in, estimate.tokens_out, settings) or 0.0
    tokens = estimate.tokens_in + estimate.tokens_out
    return cost < settings.model_limit_cost and tokens < settings.model_limit_tokens


def confirm() -> bool:
    """Ask whether to send; where nobody can answer, say how to agree beforehand."""
    if sys.stdin.isatty():
        return click.confirm("That is over the limit in the settings. Send it?", err=True)
    click.echo("That is over the limit in the settings, so nothing was sent: add --yes.", err=True)
    return False


def describe_worded(worded: Worded) -> None:
    """Print what a model offered, how much of it stands, the reasons for the rest, and the cost."""
    report = worded.report
    if report.asked:
        price = f", for {worded.cost:.4f} {worded.currency}" if worded.cost is not None else ""
        counted = "" if report.counted else " (a guess: the server did not count)"
        took = WORDS.count(report.tokens_in, "token")
        say(
            f"{report.model} offered {WORDS.count(len(report.judged), 'sentence')};"
            f" {WORDS.count(report.accepted, 'standing')}. It took {took} and gave"
            f" {report.tokens_out:,}{counted}{price}."
        )
    elif not report.estimate.requests:
        say("There was nothing to ask: every point has been asked about before.")
    for reason, number in report.refused.items():
        say(f"Refused {number:,}: {(REASONS | OTHER_REASONS)[reason]}.", first="- ")
    if report.missing:
        say(f"No sentence for {WORDS.count(report.missing, 'point')}.", first="- ")
    if report.withheld:
        say(f"Not sent, as they speak to a machine: {WORDS.count(report.withheld, 'post')}.")
    say(f"{WORDS.count(report.machine, 'reworded_point')}, {report.own:,} in the posts' own.")
    describe_failures(report.failures)


def describe_failures(failures: Sequence[Failure]) -> None:
    """Print what could not be had of a model, and what can be done about it."""
    for failure in failures:
        where = f"Q{failure.question}" if failure.question else "Posts in doubt"
        told = f"{where}: {failure.error} {find_remedy(failure.error)}"
        say(f"Failed: {told.rstrip()}")


def end_with(asked: Asked) -> None:
    """End the command with an EngineError's status where a model failed: the write-up stands."""
    if asked.failures:
        sys.exit(EngineError.exit_status)
