"""The catalogue of one language: it finds sentences and fills their places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from chinwag.messages.english import ENGLISH
from chinwag.messages.french import FRENCH
from chinwag.messages.language import Language
from chinwag.messages.templates import Place, list_parts, read_template
from chinwag.model import Note

if TYPE_CHECKING:
    from chinwag.messages.rules import Rules

LANGUAGES: Mapping[str, Language] = {"en": ENGLISH, "fr": FRENCH}
_MINUTE = 60


@lru_cache(maxsize=len(LANGUAGES))
def open_catalogue(language: str = "en") -> Catalogue:
    """Return the catalogue of a language, by its key in LANGUAGES. Raises KeyError for others."""
    return Catalogue(LANGUAGES[language])


class Catalogue:
    """Says in one language what the library holds as values.

    Numbers, plurals, lists and dates follow Babel's rules for the language.
    """

    def __init__(self, language: Language, zone: str = "UTC") -> None:
        self.language = language
        self._zone = ZoneInfo(zone)

    def in_zone(self, zone: str) -> Catalogue:
        """Return the catalogue that writes the moments of notes in a time zone, an IANA name."""
        return Catalogue(self.language, zone)

    @cached_property
    def _rules(self) -> Rules:
        # Babel takes as long to load as a small command, which may need no words.
        from chinwag.messages.rules import Rules  # noqa: PLC0415

        return Rules(self.language.locale)

    def say(self, key: str, **values: object) -> str:
        """Return a sentence of a page as plain text, with its places filled."""
        return self.language.texts[key].format(**values)

    def has_text(self, key: str) -> bool:
        """Return whether there is a sentence of that key."""
        return key in self.language.texts

    def count(self, number: int, noun: str) -> str:
        """Return a number with its noun in the right form: "1 post", "2 people", "1,204 posts"."""
        return self.find_form(number, noun).format(n=self.write_number(number))

    def find_form(self, number: int, noun: str) -> str:
        """Return the form of a noun that a number takes, with `{n}` where the number stands."""
        forms = self.language.counted[noun]
        return forms.get(self._rules.choose_plural(number), forms["other"])

    def write_number(self, number: float) -> str:
        """Return a number as the language writes it: "1,204"."""
        return self._rules.write_number(number)

    def write_date(self, day: date, form: str) -> str:
        """Return a date in one of the language's forms: "weekday", "full" or "short"."""
        return self._rules.write_date(day, self.language.dates[form])

    def join_words(self, words: Sequence[str]) -> str:
        """Return words as a sentence lists them: "a, b and c"."""
        return self._rules.join_words(words)

    def name_question(self, label: str, *, numbered: bool, form: str = "label") -> str:
        """Return how a question is called: "Q3", "Q9 part 2", or "Part 2" in an un-numbered chat.

        `form` is "label", "label_spoken" ("Question 3"), "label_short" ("Q9.2") or "label_inside",
        as in a sentence.
        """
        number, _, part = label.partition(".")
        if not numbered:
            return self.say(f"{form}_group", number=label)
        if part:
            return self.say(f"{form}_part", number=number, part=part)
        return self.say(form, number=number)

    def word_note(self, note: Note) -> str:
        """Return the sentence or clause for a note.

        A code that this catalogue does not know, such as a later version's, is shown in English
        where the note brings its message, else as it is with its parts, so that nothing is lost.
        """
        template = self.language.notes.get(note.code)
        if template is None or not list_parts(template) <= note.parts.keys():
            return _show_unknown(note)
        places = read_template(template)
        return "".join(place.before + self._fill(place, note) for place in places)

    def word_notes(self, notes: Iterable[Note | None]) -> str:
        """Return the sentences for several notes, one after the other; None says nothing."""
        return " ".join(self.word_note(note) for note in notes if note is not None)

    def _fill(self, place: Place, note: Note) -> str:
        """Return what stands in one place of a note's sentence."""
        if not place.part:
            return ""
        part: Any = note.parts[place.part]
        other: Any = note.parts[place.other] if place.other else None
        if place.form in self.language.counted:
            return self.count(part, place.form)
        match place.form:
            case "capitalised":
                return str(part).capitalize()
            case "duration":
                return self._write_duration(part)
            case "hour":
                return f"{self._read_moment(part):%H:%M}"
            case "zone":
                return "UTC" if self._zone.key == "UTC" else f"({self._zone.key})"
            case "list":
                return self.join_words(part)
            case "moment":
                return self._write_moment(part, other)
            case "naming":
                return self._list_naming(part)
            case "label":
                return self.name_question(part, numbered=other, form="label_inside")
        return part if isinstance(part, str) else self.write_number(part)

    def _write_duration(self, seconds: int) -> str:
        if seconds < _MINUTE:
            return self.say("under_a_minute")
        return self.count(round(seconds / _MINUTE), "spelt_minute")

    def _list_naming(self, words: Mapping[str, int]) -> str:
        named = [
            self.say("named_by", word=word, people=self.count(people, "person"))
            for word, people in words.items()
        ]
        return self.join_words(named)

    def _read_moment(self, moment: str) -> datetime:
        return datetime.fromisoformat(moment).astimezone(self._zone)

    def _write_moment(self, moment: str, same_day_as: str | None) -> str:
        """Return a moment, the hour alone where the other moment gives the day."""
        at = self._read_moment(moment)
        if same_day_as and self._read_moment(same_day_as).date() == at.date():
            return f"{at:%H:%M}"
        return f"{at:%Y-%m-%d %H:%M}"


def _show_unknown(note: Note) -> str:
    message = note.parts.get("message")
    if isinstance(message, str):
        return message.format_map(note.parts)
    parts = ", ".join(f"{name} {part}" for name, part in note.parts.items())
    return f"{note.code} ({parts})" if parts else note.code
