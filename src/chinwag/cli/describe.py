"""The results of the commands, in words: what came in, where it went, what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from chinwag.cli.mending import word_mending
from chinwag.cli.notes import WARNINGS, WORDS, word_gaps, word_note, word_removed, word_warnings
from chinwag.cli.say import print_table, say
from chinwag.model import (
    AsideRow,
    CaptureRecord,
    Chat,
    Measures,
    Note,
    Post,
    QuestionSummary,
    Summary,
)
from chinwag.text.mentions import write_handle

if TYPE_CHECKING:  # a result is described by whoever made it: nothing else need be loaded
    from chinwag.workflows.capture_chat import CaptureReport
    from chinwag.workflows.check_folder import CheckReport
    from chinwag.workflows.import_files import ImportReport
    from chinwag.workflows.recap_each import EachReport
    from chinwag.workflows.recap_files import Recap
    from chinwag.workflows.show_folder import FolderView, PersonView, PlacedPost

METHODS = {
    "label": "by their label",
    "reply": "as replies",
    "time": "by time",
    "words": "by their words",
    "meaning": "by their meaning",
    "sequence": "by what their authors said before and after",
    "person": "by a person",
}


def describe_recap(made: Recap) -> None:
    """Print what a recap made, and where the story is."""
    _describe_files(made.imported)
    say()
    describe_placing({"chat": made.chat, "measures": made.imported.measures})
    say()
    describe_summary(made.summary)
    say()
    describe_story({"story": str(made.story)})
    if made.told:
        way = f"`chinwag edit {made.imported.folder}` goes on from there, and with --undo the draft"
        say(f"{WORDS.word_note(made.told)} {way} stands that Chinwag made.")
    _say_warnings(made.imported)
    _say_doubts(made.doubts)


def describe_each(report: EachReport) -> None:
    """List the chats that were written up, and those that were refused."""
    rows = [
        (one.folder.name, f"{one.posts:,}", f"{one.people:,}", f"{one.questions:,}")
        for one in report.made
    ]
    print_table(("Folder", "Posts", "People", "Questions"), rows, numbers=(1, 2, 3))
    for refused in report.refused:
        say(f"{refused.folder.name} was not made: {word_note(refused.why)}", first="- ")
    chats = WORDS.count(len(report.made), "chat")
    say(f"{chats} written up; {len(report.refused)} refused. Each story is in story/index.html.")


def describe_capture(report: CaptureReport) -> None:
    """Print what a capture brought, by which routes, what may be missing, and what to do next."""
    ledger = report.ledger
    posts = WORDS.count(report.measures.posts, "post")
    say(f"Kept {WORDS.count(report.kept, 'record')}; {report.folder} holds {posts}.")
    estimates = ledger.capture.completeness if ledger.capture else ()
    if ledger.capture:
        _describe_routes(ledger.capture)
    for missing in word_gaps(ledger, told=[estimate.said for estimate in estimates]):
        say(missing, first="- ")
    for route, note in report.failed.items():
        why = word_note(note)
        say(f"{route} was given up: {why} What came is kept; run the command again.", first="- ")
    if report.due is not None:
        due = report.due.astimezone(ZoneInfo(report.chat.time_zone))
        say(
            f"It was to follow the chat until {due:%d %B, %H:%M %Z}. To go on, run `chinwag capture"
            f" --into {report.folder}` again."
        )
    if report.measures.posts:
        say(f"Write it up with `chinwag recap --into {report.folder}`.")


def _describe_routes(capture: CaptureRecord) -> None:
    rows = [
        (
            route.name,
            f"{route.received:,}",
            f"{route.losses:,}",
            f"{route.refusals:,}",
            f"{route.longest_silence / 60:.0f} min",
        )
        for route in capture.routes
    ]
    print_table(("Route", "Records", "Breaks", "Refusals", "Silence"), rows, numbers=(1, 2, 3, 4))
    for estimate in capture.completeness:
        say(WORDS.word_notes((estimate.said, estimate.why)))


def describe_import(report: ImportReport) -> None:
    """Print what came in, what was folded, mended, kept aside, and what is missing."""
    _describe_files(report)
    _say_warnings(report)
    _say_doubts(report.doubts)


def _say_warnings(report: ImportReport) -> None:
    """Print what a host should not miss: the last lines are those that are read."""
    for warning in word_warnings(report.ledger, report.chat.time_zone):
        say(f"Please look: {warning}")
    zones = {file.time_zone for file in report.ledger.files} - {None}
    if report.chat.time_zone == "UTC" and not zones:
        say(
            "Times are in UTC, since nobody gave the chat's time zone: give it with `chinwag edit"
            f" {report.folder} --tz Europe/London`."
        )


def _say_doubts(doubts: Iterable[Note]) -> None:
    """Print what looks wrong in the agenda, and how to put it right."""
    said = [WORDS.word_note(note) for note in doubts]
    for one in said:
        say(f"Please look: {one}")
    if said:
        say("`chinwag question` changes a question or takes it out; --agenda FILE replaces all.")


def _describe_agenda(chat: Chat) -> None:
    """Print the questions of the agenda as they were read."""
    given = [question for question in chat.questions if question.by == "agenda"]
    if given:
        say("The agenda, as read:")
    for question in given:
        say(f"{question.label}. {question.text}", first="- ")


def _describe_files(report: ImportReport) -> None:
    ledger, chat = report.ledger, report.chat
    names = [
        f"{file.name} ({file.format}, {WORDS.count(file.rows, 'row')})" for file in ledger.files
    ]
    say(f"Read {WORDS.join_words(names)}.")
    say(f"Archived {_say_speech(report.measures)}{_say_window(chat)}.{_say_rest(report)}")
    repairs: Counter[str] = Counter()
    for file in ledger.files:
        repairs.update(file.repairs)
    if repairs:
        made = [f"{name} ({number:,})" for name, number in sorted(repairs.items())]
        say(f"Mended: {WORDS.join_words(made)}.")
    for note in (one for one in ledger.notes if one.code not in WARNINGS):
        say(word_note(note, chat.time_zone), first="- ")
    _describe_agenda(chat)
    if missing := tuple(word_gaps(ledger, zone=chat.time_zone)):
        say()
        say("What is missing:")
        for one in missing:
            say(one, first="- ")


def _say_speech(measures: Measures) -> str:
    people = WORDS.count(measures.people, "person")
    return f"{WORDS.count(measures.posts, 'post')} by {people}"


def _say_window(chat: Chat) -> str:
    if chat.window is None:
        return ""
    zone = ZoneInfo(chat.time_zone)
    start, end = chat.window.start.astimezone(zone), chat.window.end.astimezone(zone)
    if start.date() == end.date():
        return f", {_day(start)} from {start:%H:%M} to {end:%H:%M} ({chat.time_zone})"
    return f", from {_day(start)}, {start:%H:%M}, to {_day(end)}, {end:%H:%M} ({chat.time_zone})"


def _day(moment: datetime) -> str:
    return WORDS.write_date(moment.date(), "full")


def _say_rest(report: ImportReport) -> str:
    ledger = report.ledger
    measures = report.measures
    standing = ledger.archived - measures.posts - measures.deleted - measures.spam
    said = [
        (ledger.folded, f"{WORDS.count(ledger.folded, 'repost')} folded under the originals"),
        (standing, f"{WORDS.count(standing, 'repost')} standing for originals that are missing"),
        (ledger.merged, f"{WORDS.count(ledger.merged, 'record')} of posts seen before"),
        (
            ledger.outside,
            f"{WORDS.count(ledger.outside, 'post')} outside the chat, kept in the files alone",
        ),
        (measures.spam, WORDS.count(measures.spam, "spam_apart")),
        (
            ledger.deleted - ledger.removed,
            WORDS.count(ledger.deleted - ledger.removed, "honoured_deletion"),
        ),
        (ledger.removed, WORDS.count(ledger.removed, "taken_out")),
        (ledger.text_lost, f"{WORDS.count(ledger.text_lost, 'post')} whose own text is lost"),
    ]
    parts = [words for number, words in said if number]
    rest = f" Besides: {WORDS.join_words(parts)}." if parts else ""
    if report.aside:
        rest += (
            f" Kept aside {WORDS.count(report.aside, 'row')} that could not be read:"
            f" `chinwag show {report.folder} --aside` lists them."
        )
    return rest


def describe_placing(result: Mapping[str, Any]) -> None:
    """Print which questions were found, and how many of the story's posts were placed how."""
    chat: Chat = result["chat"]
    measures: Measures = result["measures"]
    say(_say_questions(chat))
    ways = Counter(measures.by_method)
    how = [f"{number:,} {METHODS.get(by, f'by {by}')}" for by, number in ways.most_common()]
    rest = measures.posts - measures.placed
    say(
        f"Placed {measures.placed:,} of {WORDS.count(measures.posts, 'post')}"
        f"{': ' + WORDS.join_words(how) if how else ''}."
        f" {WORDS.count(rest, 'post_apart')}"
    )


def _say_questions(chat: Chat) -> str:
    number = WORDS.count(len(chat.questions), "question")
    if not chat.numbered:
        groups = WORDS.count(len(chat.questions), "group")
        return f"Found no numbered questions: the posts stand in {groups} by time and topic."
    who = WORDS.join_words([write_handle(moderator.author) for moderator in chat.moderators])
    unasked = [question.label for question in chat.questions if question.asked_at is None]
    rest = f" Not asked: Q{WORDS.join_words(unasked)}." if unasked else ""
    return f"Found {number}{', asked by ' + who if who else ''}.{rest}"


def describe_summary(summary: Summary) -> None:
    """Show a table of the questions with what was said on each."""
    rows = [_summary_row(question) for question in summary.questions]
    head = ("Question", "", "Posts", "People", "Bullets", "Shared")
    print_table(head, rows, numbers=(2, 3, 4, 5))
    if not any(question.bullets for question in summary.questions):
        say("Nothing was said that could be a bullet.")


def _summary_row(question: QuestionSummary) -> tuple[str, ...]:
    shared = sum(bullet.kind == "shared" for bullet in question.bullets)
    figures = (question.posts, question.people, len(question.bullets), shared)
    return (
        f"Q{question.label}",
        question.text or "(wording not found)",
        *(f"{figure:,}" for figure in figures),
    )


def describe_story(result: Mapping[str, str]) -> None:
    """Print where the story is."""
    say(f"The story is at {result['story']} (open it in a browser).")


def describe_export(result: Mapping[str, str]) -> None:
    """Print where the write-up was written."""
    say(f"The write-up is in {result['file']}.")


def describe_formats(known: Sequence[Mapping[str, str]]) -> None:
    """List the formats with one sentence each."""
    for one in known:
        say(f"{one['name']}: {one['title']}.")
        say(f"{one['about']}", first="    ")


def describe_settings(listed: Sequence[Mapping[str, str]]) -> None:
    """List the settings, those that are set first: name, value, who said it, what it is for."""
    for one in sorted(listed, key=lambda one: one["said_by"] == "default"):
        where = "" if one["said_by"] == "default" else f" (set by {one['said_by']})"
        say(f"{one['name']} = {one['value'] or '(not set)'}{where}")
        say(one["help"], first="    ")


def describe_folder(view: FolderView) -> None:
    """Show what a folder holds."""
    chat = view.chat
    say(f"{chat.title}: {_say_speech(view.measures)}{_say_window(chat)}.")
    if view.placements:
        describe_placing({"chat": chat, "measures": view.measures})
    if view.summary:
        describe_summary(view.summary)
    _say_doubts(view.doubts)
    for told in word_removed(view.ledger):
        say(told)
    if view.ledger.capture:
        _describe_routes(view.ledger.capture)
    if view.aside:
        say(f"{WORDS.count(len(view.aside), 'row')} could not be read: add --aside to list them.")


def describe_posts(placed: Sequence[PlacedPost], zone: str) -> None:
    """List posts with where they stand and why; times are of `zone`, an IANA name."""
    for one in placed:
        describe_post(one, zone)
    say(f"{WORDS.count(len(placed), 'post')} in all{_say_apart(placed)}.")


def _say_apart(placed: Sequence[PlacedPost]) -> str:
    """Return how many of the posts listed the story counts, where that is not all of them."""
    alive = [one for one in placed if not one.post.deleted]
    spam = sum(one.placement is not None and one.placement.kind == "spam" for one in alive)
    reposts = sum(bool(one.post.repost_of) for one in alive)
    apart = [
        (len(placed) - len(alive), "deleted"),
        (spam, "like spam"),
        (reposts, "passed on"),
    ]
    told = [f"{number:,} {what}" for number, what in apart if number]
    counted = len(alive) - spam - reposts
    return f"; the story counts {counted:,} ({', '.join(told)})" if told else ""


def describe_post(placed: PlacedPost, zone: str) -> None:
    """Show one post, and why it stands where it does; its time is of `zone`, an IANA name."""
    post = placed.post
    if post.removed:
        say(f"{post.id}  {_say_text(post)}")
        return
    at = post.created_at.astimezone(ZoneInfo(zone))
    address = "" if post.url == post.id else post.url
    # Of what was deleted nobody is told.
    who = f"{write_handle(post.author)}  " if post.author else ""
    say(f"{post.id}  {who}{at:%Y-%m-%d %H:%M} ({zone})  {address}".rstrip())
    say(f"{_say_text(post)}", first="    ")
    if placed.placement is not None:
        place = placed.placement
        where = "no question" if place.question is None else f"Q{place.question}"
        sure = f"confidence {place.confidence:.2f}"
        say(
            f"-> {where} ({place.kind}): {WORDS.word_note(place.reason)}; {sure}, by {place.by}.",
            first="    ",
        )


def _say_text(post: Post) -> str:
    if post.removed:
        return "(taken out)"
    if post.deleted:
        return "(deleted by its author)"
    return " ".join(post.text.split()) + (" (not its own text)" if post.text_lost else "")


def describe_people(people: Sequence[PersonView]) -> None:
    """Show a table of who wrote how much on which questions."""
    rows = [
        (
            write_handle(one.author) + (f" ({one.name})" if one.name else ""),
            f"{one.posts:,}",
            f"{one.placed:,}",
            " ".join(f"Q{label}" for label in one.questions),
        )
        for one in people
    ]
    print_table(("Person", "Posts", "On questions", ""), rows, numbers=(1, 2))
    say(f"{WORDS.count(len(people), 'person')} in all.")


def describe_aside(rows: Sequence[AsideRow]) -> None:
    """List the rows that were kept aside, and why."""
    for row in rows:
        reason = WORDS.word_note(row.reason).rstrip(".")
        say(f"{row.file}, line {row.line}: {reason}.")
        if row.text:
            say(f"{' '.join(row.text.split())[:200]}", first="    ")
    say(f"{WORDS.count(len(rows), 'row')} in all.")


def describe_accepted(names: Sequence[str]) -> None:
    """Print which files were taken as they are."""
    say(f"Taken as it is now: {WORDS.join_words(list(names))}.")


# What is checked, and how it is counted; posts.jsonl has more than the posts that a story counts.
_LOOKED_AT = {"files": "file", "posts": "record", "bullets": "point"}


def describe_check(report: CheckReport) -> None:
    """Print whether everything is there, unchanged, in agreement and traceable, and what to do."""
    for fault in report.faults:
        say(f"Wrong: {fault}", then="    ")
    for note in (*report.notes, *report.removed):
        say(f"Note: {note}", then="    ")
    counted = [WORDS.count(number, _LOOKED_AT[name]) for name, number in report.checked.items()]
    looked = WORDS.join_words(counted)
    if not report.faults:
        say(
            f"Looked at {looked}: all is there, unchanged, the files agree with each other, and"
            " every point can be traced."
        )
        return
    if looked:
        say(f"Looked at {looked}; {WORDS.count(len(report.faults), 'fault')}")
    say()
    say("What to do:")
    for todo in word_mending(report):
        say(todo, first="- ")
