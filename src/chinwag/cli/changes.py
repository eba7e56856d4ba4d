"""What people changed in a chat folder, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from chinwag.cli.notes import WORDS, word_note
from chinwag.cli.say import say
from chinwag.model import SAID, SPAM, Correction, Edit, Removal

if TYPE_CHECKING:
    from chinwag.workflows.correct_placement import CorrectionReport
    from chinwag.workflows.edit_chat import EditReport
    from chinwag.workflows.forget_file import ForgetReport
    from chinwag.workflows.make_again import Remade
    from chinwag.workflows.remove_posts import RemovalReport
    from chinwag.workflows.show_folder import Changes
    from chinwag.workflows.undo import Undone, UndoReport

NOTED = "It is noted. Run `chinwag update` to make the rest again."
BY_OTHER = "Another command is making the rest again, and takes it in."


def describe_corrections(report: CorrectionReport) -> None:
    """Print what was corrected, and whether the rest has been made again."""
    _say_corrections(report.corrections)
    if report.remade.by_other:
        say(BY_OTHER)
    else:
        say("The other posts have been placed again, since this may show where they belong, too.")


def describe_noted_corrections(noted: Sequence[Correction]) -> None:
    """Print what was corrected, where nothing has been made again."""
    _say_corrections(noted)
    say(NOTED)


def _say_corrections(corrections: Sequence[Correction]) -> None:
    for one in corrections:
        where = "no question" if one.question is None else f"Q{one.question}"
        say(f"{one.post} now belongs to {where} ({one.kind}). {_word_reason(one)}")


def describe_removal(report: RemovalReport) -> None:
    """Print what was taken out, or will be."""
    what = f"{WORDS.count(report.posts, 'post')} and {WORDS.count(report.reposts, 'repost')}"
    if report.is_noted:
        say(f"{what} will be taken out by the next `chinwag update`.")
        return
    files = WORDS.count(report.files, "file")
    say(f"Took out {what}, and wrote {files} under raw/ again without them.")
    if report.while_captured:
        say("The running capture clears its own journal within seconds, and keeps them out.")
    say("Replace what you have published elsewhere: other copies are out of reach from here.")


def describe_forgotten(report: ForgetReport) -> None:
    """Print what taking a file out left, and what has been made again after it."""
    posts = WORDS.count(report.imported.measures.posts, "post")
    say(f"Took {report.file.name} out. {report.imported.chat.title} holds {posts} now.")
    say_remade(report.remade)


def describe_update(made: Remade) -> None:
    """Print what was made again."""
    if made.made:
        say(f"Made again: {WORDS.join_words(list(dict.fromkeys(made.made)))}.")
    elif not made.left:
        say("Everything is up to date.")
    if made.by_other:
        say(BY_OTHER)
    elif made.left:
        say(f"Still out of date: {WORDS.join_words(list(made.left))}. Run `chinwag update` again.")


def describe_edit(report: EditReport) -> None:
    """Print what an edit changed, and what has been made again."""
    _say_edit(report.edit)
    if report.edit is not None:
        say_remade(report.remade)


def describe_noted_edit(noted: Edit | None) -> None:
    """Print what an edit changed, where nothing has been made again."""
    _say_edit(noted)
    if noted is not None:
        say(NOTED)


def _say_edit(edit: Edit | None) -> None:
    if edit is None:
        say("The chat says so already.")
        return
    for line in _list_facts(edit.before, edit.after):
        say(line)


def describe_undo(report: UndoReport) -> None:
    """Print what was taken back, and what has been made again."""
    _say_undone(report.undone)
    say_remade(report.remade)


def describe_noted_undo(undone: Undone) -> None:
    """Print what was taken back, where nothing has been made again."""
    _say_undone(undone)
    say(NOTED)


def _say_undone(undone: Undone) -> None:
    for correction in undone.corrections:
        say(f"Took back: {_word_correction(correction)}")
    if undone.removals:
        say(f"Took back: {_word_removals(undone.removals)}")
    for edition in undone.editions:
        say(f"Took back: edition {edition.number} of the story.")
    for edit in undone.edits:
        for line in _list_facts(edit.after, edit.before):
            say(f"Put back: {line}")


def say_remade(remade: Remade) -> None:
    """Print what was made again."""
    if remade.by_other:
        say(BY_OTHER)
    elif remade.made:
        say(f"Made again: {WORDS.join_words(list(dict.fromkeys(remade.made)))}.")


def describe_changes(changed: Changes, zone: str) -> None:
    """List what people changed, the latest last; times are of `zone`, an IANA name."""
    lines = [(one.at, one.who, _word_correction(one)) for one in changed.corrections]
    lines += [(one.at, one.who, _word_removals([one])) for one in changed.removals]
    lines += [(one.at, one.who, f"edition {one.number} of the story.") for one in changed.editions]
    for edit in changed.edits:
        facts = _list_facts(edit.before, edit.after)
        lines += [(edit.at, edit.who, fact) for fact in facts]
    for at, who, what in sorted(lines, key=lambda line: line[0].timestamp() if line[0] else 0.0):
        when = (
            f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} ({zone})"
            if at
            else "(when is not known)"
        )
        say(f"{when}, {who or '(nobody named)'}: {what}", then="    ")
    if not lines:
        say("Nobody has changed anything.")


def _word_correction(one: Correction) -> str:
    where = "no question" if one.question is None else f"Q{one.question}"
    return f"{one.post} belongs to {where} ({one.kind}). {_word_reason(one)}"


def _word_reason(one: Correction) -> str:
    """Return why a person corrected a post; what they wrote stands in quotation marks."""
    said = word_note(one.reason)
    return f"The reason given: “{said}”" if one.reason.code == SAID else f"{said}."


def _word_removals(removals: Sequence[Removal]) -> str:
    people = sum(one.is_of_person for one in removals)
    spam = sum(one.why == SPAM for one in removals)
    posts = sum(one.of == "post" and not one.is_of_person for one in removals)
    parts = [
        (posts, WORDS.count(posts, "post")),
        (people, f"everything by {WORDS.count(people, 'person')}"),
    ]
    what = WORDS.join_words([words for number, words in parts if number])
    return f"a removal of {what or 'names'}{', as spam' if spam else ''}."


def _list_facts(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return a line for each field that differs: what it says after, and what it said before."""
    if "files" in before:
        return [f"{WORDS.join_words(before['files'])} was taken out of the chat."]
    return [
        f"{name.replace('_', ' ')}: {_word_fact(after[name])} (before: {_word_fact(before[name])})."
        for name in before
    ]


def _word_fact(fact: Any) -> str:
    if isinstance(fact, Mapping):
        if "label" in fact:
            return f"Q{fact['label']} {fact['text']}"
        return f"{fact['start']} to {fact['end']}"
    if isinstance(fact, list | tuple):
        between = "; " if fact and isinstance(fact[0], list | tuple | Mapping) else ", "
        return between.join(map(_word_fact, fact)) or "none given"
    return str(fact) if fact else "none given"
