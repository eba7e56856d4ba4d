"""What a catalogue of one language holds."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class Language(msgspec.Struct, frozen=True, kw_only=True):
    """The sentences of one language.

    `code` is its BCP 47 tag for a page, `locale` the name under which Babel knows its rules for
    plurals, numbers, lists and dates. `texts` are the sentences of pages by key, with named places
    as `str.format` reads them. `counted` are the forms of counted things by noun and by Babel's
    plural category ("one", "other"), with `{n}` for the number. `notes` are the sentences for the
    codes of `Note`, with places as `templates` reads them. `dates` are Babel's patterns by name.
    """

    code: str
    locale: str
    texts: Mapping[str, str]
    counted: Mapping[str, Mapping[str, str]]
    notes: Mapping[str, str]
    dates: Mapping[str, str]
