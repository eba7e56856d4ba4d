"""What can be done where a chat, its agenda, its questions or its posts are not as asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from chinwag.cli.remedies.extras import word_install
from chinwag.messages import open_catalogue

WORDS = open_catalogue()
_STRANGE = (
    "Name another folder with --into. If it is of this chat after all, run it again with --anyway."
)


def _word_known_questions(fields: Mapping[str, Any]) -> str:
    if not fields["known"]:
        return "It has no questions."
    return f"It has {', '.join(fields['known'])}."


def _word_questions_with_words(fields: Mapping[str, Any]) -> str:
    if not fields["known"]:
        return "Give them with `--agenda`, or in chat.toml."
    return f"It has {', '.join(fields['known'])}."


def _word_hours(fields: Mapping[str, Any]) -> str:
    hours = "; ".join(
        f"--from {hour['start']} --to {hour['end']}"
        f" ({WORDS.count(hour['posts'], 'post')} by {WORDS.count(hour['people'], 'person')})"
        for hour in fields["hours"]
    )
    return f"Say when the chat was. The hours with most people: {hours}."


def _word_near(fields: Mapping[str, Any]) -> str:
    """Return which handles begin like one that nobody has, and where all are listed."""
    near = " or ".join(fields["near"])
    meant = f"Did you mean {near}? " if near else ""
    return f"{meant}`chinwag show DIR --people` lists the handles of all."


def _word_sheet(fields: Mapping[str, Any]) -> str:
    """Return what to do about a sheet: line 0 is none, but the edition that it was made from."""
    if not any(fields["lines"]):
        return "Write a new one with `chinwag edit DIR --export FILE`, and carry your changes over."
    return "Correct those lines and apply the sheet again. `chinwag edit --export` gives its marks."


CHATS: dict[str, str | Callable[[Mapping[str, Any]], str]] = {
    "nothing-to-import": "Give the files that hold it, or capture it: `chinwag capture`.",
    "files-without-posts": "Look at the rows kept aside, or name the format with --format.",
    "no-post-in-files": "Check that it is the file you meant.",
    "no-row-readable": (
        "Put that right in the file, or check that it is the file you meant. --format names another"
        " format."
    ),
    "no-post-in-window": "Correct --from or --to.",
    "file-of-other-day": _STRANGE,
    "file-of-other-hashtag": _STRANGE,
    "file-without-chat": _STRANGE,
    "window-too-full": _word_hours,
    "window-crossed": "Correct --from or --to.",
    "sheet-mistaken": _word_sheet,
    "sheet-file-there": "Name another file, or apply that one: `chinwag edit --apply`.",
    "sheet-not-written": "Name a file in a folder that you may write to.",
    "edition-none": "Edit it: `chinwag edit`.",
    "edition-unknown": "`editions.jsonl` in the folder lists those there are.",
    "file-name-taken": "Give it another name.",
    "pillow-not-installed": lambda _fields: f"Install it with: {word_install('web')}",
    "picture-too-large": "Make it smaller.",
    "story-picture-undescribed": ("Say with --shows what it shows, for those who do not see it."),
    "story-question-unknown": _word_known_questions,
    "picture-not-kept": "`files.jsonl` in the folder lists the pictures that it keeps.",
    "edition-untraceable": (
        "Go back one edition with `chinwag edit --undo`, or export its sheet and correct it."
    ),
    "bullet-limits-crossed": "Let --fewest be no more than --most, and neither below 0.",
    "rehearsal-without-chat": "Name one: chinwag rehearse '#mychat'.",
    "hashtag-missing": (
        "Name it, in quotes: chinwag capture '#mychat'. Without quotes a shell takes what follows a"
        " # for a comment."
    ),
    "folder-of-other-chat": "Name another folder with --into.",
    "chat-zone-unknown": (
        "Give its IANA name, for example Europe/London, as time_zone in chat.toml."
    ),
    "post-unknown": (
        "Copy the post's id or its address from the story, or list posts:"
        " `chinwag show DIR --question 1`."
    ),
    "post-ambiguous": "Give more of the id.",
    "author-unknown": _word_near,
    "question-unknown": _word_known_questions,
    "kind-unknown": lambda fields: f"Choose one of {', '.join(fields['known'])}.",
    "question-wordless": "Write its words behind the number, in quotation marks.",
    "label-invalid": "Give the number: 3, or 9.2 for the second part of Q9.",
    "moderator-unknown": lambda fields: f"Moderators are {', '.join(fields['known']) or 'none'}.",
    "account-alone": "Give two handles of one person.",
    "handle-missing": "Give a handle as `chinwag show DIR --people` has it.",
    "window-half-open": "Give both --from and --to.",
    "file-not-in-chat": lambda fields: f"It holds {', '.join(fields['known']) or 'none'}.",
    "file-name-ambiguous": lambda fields: f"Say which: {', '.join(fields['known'])}.",
    "file-is-journal": "`chinwag remove` takes out posts and people.",
    "file-is-the-only-one": "Delete the folder if you do not want it.",
    "file-forgotten": "Give it again with `chinwag import` if you want it back.",
    "nothing-to-undo": "`chinwag show --changes` lists what people changed.",
    "removal-carried-out": (
        "Name a post to undo what was said of it; `chinwag show --changes` lists all."
    ),
    "question-without-words": _word_questions_with_words,
    "announcement-unknown": "outbox.jsonl in the folder lists what is.",
    "bullet-untraceable": "Summarise the chat again from its posts: `chinwag summarise`.",
    "agenda-not-text": "Give it as plain text, Markdown or TOML.",
    "agenda-empty": "Write one question a line, numbered: “1. What ...?”",
    "agenda-question-without-words": "Write the question behind its number.",
    "agenda-number-twice": "Give each question a number of its own.",
    "agenda-not-toml": "Correct it there.",
    "agenda-not-list": 'Write questions = ["...", "..."].',
    "agenda-entry-invalid": 'Write [[questions]] with label = "1" and text = "...".',
}
