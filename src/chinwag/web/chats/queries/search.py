"""Searching entries to the word, on SQLite (FTS5) and PostgreSQL (tsvector) alike."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import F, FloatField, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.functional import cached_property

from chinwag.web.chats.models import Entry, EntryKind

MOST_WORDS = 12
MOST_FOUND = 1000  # results that are counted and can be turned to
_COMMON = 5000  # entries
_COUNT = (
    "SELECT COUNT(*) FROM"
    " (SELECT 1 FROM chats_entry_words WHERE chats_entry_words MATCH %s LIMIT %s)"
)
_AMONG_FEW = (
    "chats_entry.id IN (SELECT rowid FROM chats_entry_words WHERE chats_entry_words MATCH %s)"
)
_AMONG_COMMON = f"+{_AMONG_FEW}"
# A term as PostgreSQL's index has its words (migration 0013): as FTS5 reads them by itself.
_FOLDED = (
    "translate(regexp_replace(normalize(%s, NFKD), '[\u0300-\u036f]', '', 'g'),"
    " '!\"#$%%&''()*+,-./:;<=>?@[\\]^_`{|}~', repeat(' ', 32))"
)
_TERM = re.compile(r'"([^"]+)"|(\S+)')


class Search(NamedTuple):
    """What somebody looks for. `order` is "newest" or "best"."""

    words: str
    kind: str = ""
    series: str = ""
    person: str = ""
    question: str = ""
    since: date | None = None
    until: date | None = None
    order: str = "newest"


class FoundPages(Paginator):
    """What was found, a page at a time, up to MOST_FOUND.

    To count all that hold a word of every post would take the longer the larger the archive is.
    """

    def __init__(self, found: QuerySet[Entry], per_page: int) -> None:
        super().__init__(found, per_page)
        self._found = found

    @cached_property
    def count(self) -> int:
        """How many results can be turned to."""
        return min(self._counted, MOST_FOUND)

    @property
    def has_more(self) -> bool:
        """Whether there are more than can be turned to."""
        return self._counted > MOST_FOUND

    @cached_property
    def _counted(self) -> int:
        return int(self._found.order_by()[: MOST_FOUND + 1].count())

    def page(self, number: int | str) -> Page:
        """Return a page; only its own entries are read whole, and not what is sorted for it."""
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        end = min(start + self.per_page, self.count)
        keys = list(self._found.values_list("pk", flat=True)[start:end])
        entries = Entry.objects.select_related("chat__series").in_bulk(keys)
        return Page([entries[key] for key in keys if key in entries], number, self)


def search_entries(entries: QuerySet[Entry], search: Search) -> QuerySet[Entry]:
    """Return the entries that hold all the words and phrases, the newest or the best first."""
    found = _narrow(entries, search)
    terms = read_terms(search.words)
    if not terms:
        return found.order_by("-said_at", "-id")
    match = _match_postgresql if connection.vendor == "postgresql" else _match_sqlite
    return match(found, terms, search.order)


def read_terms(words: str) -> list[str]:
    """Return the words and "phrases" of a search, at most MOST_WORDS, without empty ones."""
    terms = (phrase or word for phrase, word in _TERM.findall(words.replace("\0", " ")))
    return [term for term in terms if re.search(r"\w", term)][:MOST_WORDS]


def _narrow(entries: QuerySet[Entry], search: Search) -> QuerySet[Entry]:
    kinds = [search.kind] if search.kind in EntryKind.values else list(EntryKind.values)
    entries = entries.filter(kind__in=kinds)
    if search.series:
        entries = entries.filter(chat__series__slug=search.series)
    if search.person:
        entries = entries.filter(author_key=search.person.removeprefix("@").casefold())
    if search.question:
        entries = entries.filter(question=search.question)
    # Moments, not their days, so that the index of moments serves.
    if search.since:
        entries = entries.filter(said_at__gte=datetime.combine(search.since, time.min, UTC))
    if search.until:
        entries = entries.filter(said_at__lte=datetime.combine(search.until, time.max, UTC))
    return entries


def _match_sqlite(entries: QuerySet[Entry], terms: list[str], order: str) -> QuerySet[Entry]:
    sought = " ".join('"' + term.replace('"', '""') + '"' for term in terms)
    if order != "best":
        # What many hold is met soon on the way back through time; what few hold is looked up.
        # The sign "+" keeps SQLite from looking up every row of a word that is everywhere.
        where = [_AMONG_COMMON if _is_common(sought) else _AMONG_FEW]
        return entries.extra(where=where, params=[sought]).order_by("-said_at", "-id")  # noqa: S610
    # One pass over the index of words: it ranks what it finds, as it finds it.
    ranked = entries.extra(
        select={"rank": "bm25(chats_entry_words)"},
        tables=["chats_entry_words"],
        where=["chats_entry_words.rowid = chats_entry.id", "chats_entry_words MATCH %s"],
        params=[sought],
    )
    return ranked.order_by("rank", "-said_at", "-id")


def _is_common(sought: str) -> bool:
    """Return whether more entries hold the words than are looked up one by one."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [sought, _COMMON + 1])
        return bool(cursor.fetchone()[0] > _COMMON)


def _match_postgresql(entries: QuerySet[Entry], terms: list[str], order: str) -> QuerySet[Entry]:
    query = " && ".join([f"phraseto_tsquery('simple', {_FOLDED})"] * len(terms))
    found = entries.extra(where=[f"chats_entry.words @@ ({query})"], params=terms)  # noqa: S610
    if order != "best":
        return found.order_by("-said_at", "-id")
    rank = RawSQL(  # noqa: S611 (parameters)
        f"ts_rank_cd(chats_entry.words, {query})", terms, output_field=FloatField()
    )
    return found.annotate(rank=rank).order_by(F("rank").desc(), "-said_at", "-id")
