"""What a host reads at the command line of the notes that a page words without remedies."""

from __future__ import annotations

from datetime import UTC, datetime

from chinwag.cli.notes import REMEDIES, word_gaps, word_note
from chinwag.messages import open_catalogue
from chinwag.model import (
    CaptureRecord,
    Gap,
    Ledger,
    RouteNotice,
    RouteRecord,
    make_note,
    quote_note,
)

EIGHT = datetime(2026, 10, 13, 20, 0, tzinfo=UTC)
SHUT = quote_note("social.example shows its tag pages to members alone.")
LEDGER = Ledger(
    files=(),
    archived=3,
    folded=0,
    merged=0,
    outside=0,
    deleted=1,
    text_lost=0,
    gaps=(
        Gap(what=make_note("posts-deleted", posts=1), why=make_note("taken-back"), posts=("3",)),
        Gap(what=SHUT),
    ),
    capture=CaptureRecord(
        runs=1,
        routes=(
            RouteRecord(
                name="mastodon:poll social.example",
                network="mastodon",
                kind="poll",
                origin="social.example",
                notices=(
                    RouteNotice(
                        kind="lacking",
                        what=SHUT,
                        times=1,
                        first=EIGHT,
                        last=EIGHT,
                        todo=quote_note("Give it a token."),
                    ),
                ),
            ),
        ),
    ),
)


def test_another_chat_is_told_with_the_options_that_take_it() -> None:
    other = make_note(
        "stretch", posts=1200, people=20, start=EIGHT, end=EIGHT.replace(minute=59, second=42)
    )
    assert word_note(other) == (
        "1,200 posts by 20 people: 2026-10-13 20:00 to 20:59 UTC."
        " --from 2026-10-13T20:00Z --to 2026-10-13T21:00Z"
    )


def test_an_end_on_the_minute_is_not_rounded_up() -> None:
    other = make_note("stretch", posts=2, people=2, start=EIGHT, end=EIGHT.replace(hour=21))
    assert word_note(other).endswith("--from 2026-10-13T20:00Z --to 2026-10-13T21:00Z")


def test_what_a_host_can_do_stands_behind_what_is_so() -> None:
    assert word_note(make_note("hashtag-none")) == (
        "The files name no hashtag, so all their posts are taken for the chat's."
        " Give one with --hashtag if the chat had one."
    )


def test_a_gap_is_told_with_what_its_route_says_can_be_done() -> None:
    assert list(word_gaps(LEDGER)) == [
        "1 post was deleted. What an author takes back is not shown: nothing but its place stands"
        " in the chat.",
        "social.example shows its tag pages to members alone. Give it a token.",
    ]
    assert list(word_gaps(LEDGER, told=[LEDGER.gaps[0].what])) == list(word_gaps(LEDGER))[1:]


def test_every_remedy_is_of_a_note_and_no_note_names_an_option() -> None:
    notes = open_catalogue().language.notes
    assert REMEDIES.keys() <= notes.keys()
    assert [code for code, words in notes.items() if "--" in words or "`" in words] == []
