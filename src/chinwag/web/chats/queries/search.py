"""Searching entries to the word, on SQLite (FTS5) and PostgreSQL (tsvector) alike."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.db.models import F, FloatField, QuerySet
from django.db.models.expressions import RawSQL

from chinwag.web.chats.models import Entry, EntryKind

MOST_WORDS = 12
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
    if search.since:
        entries = entries.filter(said_at__date__gte=search.since)
    if search.until:
        entries = entries.filter(said_at__date__lte=search.until)
    return entries


def _match_sqlite(entries: QuerySet[Entry], terms: list[str], order: str) -> QuerySet[Entry]:
    sought = " ".join('"' + term.replace('"', '""') + '"' for term in terms)
    if order != "best":
        rows = "SELECT rowid FROM chats_entry_words WHERE chats_entry_words MATCH %s"
        found = entries.filter(pk__in=RawSQL(rows, [sought]))  # noqa: S611 (a parameter)
        return found.order_by("-said_at", "-id")
    # One pass over the index of words: it ranks what it finds, as it finds it.
    ranked = entries.extra(
        select={"rank": "bm25(chats_entry_words)"},
        tables=["chats_entry_words"],
        where=["chats_entry_words.rowid = chats_entry.id", "chats_entry_words MATCH %s"],
        params=[sought],
    )
    return ranked.order_by("rank", "-said_at", "-id")


def _match_postgresql(entries: QuerySet[Entry], terms: list[str], order: str) -> QuerySet[Entry]:
    query = " && ".join([f"phraseto_tsquery('simple', {_FOLDED})"] * len(terms))
    found = entries.extra(where=[f"chats_entry.words @@ ({query})"], params=terms)  # noqa: S610
    if order != "best":
        return found.order_by("-said_at", "-id")
    rank = RawSQL(  # noqa: S611 (parameters)
        f"ts_rank_cd(chats_entry.words, {query})", terms, output_field=FloatField()
    )
    return found.annotate(rank=rank).order_by(F("rank").desc(), "-said_at", "-id")
