"""The catalogues: every number takes its right form, and every note has its sentence."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import chinwag
from chinwag.errors import InputError
from chinwag.messages import LANGUAGES, Language, open_catalogue
from chinwag.messages.templates import FORMS, list_parts, read_template
from chinwag.model import Note, make_note, make_worded_note, note_error, quote_note

SOURCE = Path(chinwag.__file__).parent
WORDS = open_catalogue("en")
NAMES = ("english", "french")  # the folders of the catalogues
ROOMS = ("steps/publish", "steps/tracing", "messages", "workflows", "cli")
EACH_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)


@pytest.mark.parametrize(
    ("number", "noun", "words"),
    [
        (0, "post", "0 posts"),
        (1, "post", "1 post"),
        (2, "post", "2 posts"),
        (1, "person", "1 person"),
        (4, "person", "4 people"),
        (1, "time", "once"),
        (3, "time", "3 times"),
        (1204, "post", "1,204 posts"),
        (1, "outside", "1 post in the files lies outside the hours of this chat and is not shown."),
    ],
)
def test_plural_forms(number: int, noun: str, words: str) -> None:
    assert WORDS.count(number, noun) == words


def test_lists() -> None:
    assert [WORDS.join_words(one) for one in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


@pytest.mark.parametrize(
    ("note", "words"),
    [
        (make_note("asks", question="3", numbered=True), "asks Q3"),
        (make_note("asks", question="9.2", numbered=True), "asks Q9 part 2"),
        (make_note("asks", question="3", numbered=False), "asks part 3"),
        (
            make_note("came-after", question="3", numbered=True, seconds=59),
            "came less than a minute after Q3 was asked",
        ),
        (
            make_note("came-after", question="3", numbered=True, seconds=60),
            "came a minute after Q3 was asked",
        ),
        (
            make_note("came-after", question="3", numbered=True, seconds=150),
            "came 2 minutes after Q3 was asked",
        ),
        (quote_note("It is {about} money"), "It is {about} money"),
    ],
)
def test_words_of_a_note(note: Note, words: str) -> None:
    assert WORDS.word_note(note) == words


def test_a_moment_is_kept_in_utc() -> None:
    summer = datetime(2026, 7, 1, 20, 0, tzinfo=ZoneInfo("Europe/London"))
    assert make_note("silence", minutes=12, start=summer).parts == {
        "minutes": 12,
        "start": "2026-07-01T19:00:00Z",
    }


def test_a_note_of_a_later_version_is_shown_as_it_is() -> None:
    assert WORDS.word_note(Note(code="moon-was-full", parts={"moons": 2})) == (
        "moon-was-full (moons 2)"
    )
    assert WORDS.word_note(Note(code="asks", parts={"number": 2})) == "asks (number 2)"


def test_a_note_that_brings_its_message_is_shown_in_it() -> None:
    error = InputError(
        "{path} holds {number:,} rows.", code="full", path=Path("a.csv"), number=1200, known=["a"]
    )
    note = note_error(error)
    assert note == make_worded_note(
        "{path} holds {number:,} rows.", code="full", path="a.csv", number=1200, known=("a",)
    )
    assert WORDS.word_note(note) == str(error) == "a.csv holds 1,200 rows."


# Leads of summaries that an earlier Chinwag wrote: folders keep them until they are summed up again.
EARLIER = {"most-say", "more-shared", "passed-on-most"}


def list_made_notes() -> dict[str, set[frozenset[str]]]:
    """Return every code that the library makes a note of, with the names of the parts it gives."""
    made: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
    for path in SOURCE.rglob("*.py"):
        for call in list_calls(path, "make_note"):
            (code,) = call.args
            said = code.value if isinstance(code, ast.Constant) else None
            assert isinstance(said, str), f"{path}:{call.lineno}: the code is no text"
            made[said].add(frozenset(keyword.arg or "**" for keyword in call.keywords))
    made["said"].add(frozenset(quote_note("").parts))
    return made


def list_calls(path: Path, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


@EACH_LANGUAGE
def test_every_note_has_one_sentence_that_shows_all_its_parts_and_none_is_left_over(
    language: Language,
) -> None:
    shown = {code: {list_parts(template)} for code, template in language.notes.items()}
    made = list_made_notes()
    assert made.keys().isdisjoint(EARLIER)
    assert {code: parts for code, parts in shown.items() if code not in EARLIER} == made
    assert shown.keys() >= EARLIER


@EACH_LANGUAGE
def test_every_form_of_a_place_is_known(language: Language) -> None:
    forms = {
        place.form
        for template in language.notes.values()
        for place in read_template(template)
        if place.form
    }
    assert forms - FORMS - language.counted.keys() == set()
    assert FORMS & language.counted.keys() == set()


@EACH_LANGUAGE
def test_no_sentence_is_left_over(language: Language) -> None:
    rooms = [SOURCE / name for name in ROOMS]
    sources = [path for room in rooms for path in room.rglob("*") if path.parent.name not in NAMES]
    code = "\n".join(path.read_text() for path in sources if path.suffix in (".py", ".jinja"))
    said = set(re.findall(r"[\"'](\w+)[\"']", code))
    built = {key for key in language.texts if key.startswith(("method_", "worded_", "label_"))}
    counted = {
        place.form
        for spoken in LANGUAGES.values()
        for template in spoken.notes.values()
        for place in read_template(template)
    }
    assert language.texts.keys() - built - said == set()
    assert language.counted.keys() - said - counted == set()


@EACH_LANGUAGE
def test_every_catalogue_has_what_english_has(language: Language) -> None:
    english = LANGUAGES["en"]
    assert language.texts.keys() == english.texts.keys()
    assert language.counted.keys() == english.counted.keys()
    assert language.notes.keys() == english.notes.keys()
    assert language.dates.keys() == english.dates.keys()
    assert all("other" in forms for forms in language.counted.values())
