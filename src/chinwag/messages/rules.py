"""The rules of a language for plurals, numbers, lists and dates, as Babel knows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal


class Rules:
    """The rules of one locale ("en_GB"). Raises UnknownLocaleError for one without rules."""

    def __init__(self, locale: str) -> None:
        self._locale = Locale.parse(locale)

    def choose_plural(self, number: int) -> str:
        """Return the plural category that a number takes: "one", "few", "other" ..."""
        return self._locale.plural_form(number)

    def write_number(self, number: float) -> str:
        """Return a number with the marks of the language: "1,204"."""
        return format_decimal(number, locale=self._locale)

    def write_date(self, day: date, pattern: str) -> str:
        """Return a date by a pattern of letters such as "d MMMM y"."""
        return format_date(day, pattern, locale=self._locale)

    def join_words(self, words: Sequence[str]) -> str:
        """Return words as a sentence lists them: "a, b and c"; "" for none."""
        return format_list(words, locale=self._locale) if words else ""
