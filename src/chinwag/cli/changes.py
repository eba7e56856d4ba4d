"""What people changed in a chat folder, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chinwag.cli.notes import WORDS, word_note
from chinwag.cli.say import count, say
from chinwag.model import Correction

if TYPE_CHECKING:
    from chinwag.workflows.correct_placement import CorrectionReport
    from chinwag.workflows.make_again import Remade
    from chinwag.workflows.remove_posts import RemovalReport

NOTED = "It is noted. Run `chinwag update` to make the rest again."
BY_OTHER = "Another command is making the rest again, and takes it in."


def describe_corrections(report: CorrectionReport) -> None:
    """Say what was corrected, and whether the rest has been made again."""
    _say_corrections(report.corrections)
    if report.remade.by_other:
        say(BY_OTHER)
    else:
        say("The other posts have been placed again in its light.")


def describe_noted_corrections(noted: Sequence[Correction]) -> None:
    """Say what was corrected, where nothing has been made again."""
    _say_corrections(noted)
    say(NOTED)


def _say_corrections(corrections: Sequence[Correction]) -> None:
    for one in corrections:
        where = "no question" if one.question is None else f"Q{one.question}"
        say(f"{one.post} now belongs to {where} ({one.kind}). {word_note(one.reason)}.")


def describe_removal(report: RemovalReport) -> None:
    """Say what was taken out, or will be."""
    what = f"{count(report.posts, 'post')} and {count(report.reposts, 'repost')}"
    if report.is_noted:
        say(f"{what} will be taken out by the next `chinwag update`.")
        return
    if report.while_captured:
        say(f"The running capture takes out {what} within seconds, and keeps them out.")
    else:
        files = count(report.files, "file")
        say(f"Took out {what}, and wrote {files} under raw/ anew without them.")
    say("Replace what you have published elsewhere: other copies are out of reach from here.")


def describe_update(made: Remade) -> None:
    """Say what was made again."""
    if made.made:
        say(f"Made again: {WORDS.join_words(list(dict.fromkeys(made.made)))}.")
    elif not made.left:
        say("Everything is up to date.")
    if made.by_other:
        say(BY_OTHER)
    elif made.left:
        say(f"Still out of date: {WORDS.join_words(list(made.left))}. Run `chinwag update` again.")
