"""Every format there is, and which one a file is in."""

from __future__ import annotations

import re

from chinwag.errors import InputError, UnknownFormat
from chinwag.importers.contract import Importer, Teller
from chinwag.importers.formats import (
    bluesky_json,
    capture_jsonl,
    feed_xml,
    generic_csv,
    generic_jsonl,
    irc_log,
    mastodon_json,
    mastodon_outbox,
    pasted_posts,
    saved_chat,
    slack_json,
    storify_csv,
    storify_json,
    story_csv,
    tags_csv,
    transcript_markdown,
    transcript_tchat,
    twarc_v1_csv,
    twarc_v1_jsonl,
    twarc_v2_csv,
    twitter_archive,
    twitter_v2_jsonl,
    twitter_v2_users,
    x_graphql_json,
)
from chinwag.importers.source import Source

# In any order: the surest one reads the file.
IMPORTERS: tuple[Importer, ...] = (
    bluesky_json.IMPORTER,
    capture_jsonl.IMPORTER,
    feed_xml.IMPORTER,
    generic_csv.IMPORTER,
    generic_jsonl.IMPORTER,
    irc_log.IMPORTER,
    mastodon_json.IMPORTER,
    mastodon_outbox.IMPORTER,
    pasted_posts.IMPORTER,
    saved_chat.IMPORTER,
    slack_json.IMPORTER,
    storify_csv.IMPORTER,
    storify_json.IMPORTER,
    story_csv.IMPORTER,
    tags_csv.IMPORTER,
    transcript_markdown.IMPORTER,
    transcript_tchat.IMPORTER,
    twarc_v1_csv.IMPORTER,
    twarc_v1_jsonl.IMPORTER,
    twarc_v2_csv.IMPORTER,
    twitter_archive.IMPORTER,
    twitter_v2_jsonl.IMPORTER,
    twitter_v2_users.IMPORTER,
    x_graphql_json.IMPORTER,
)

SURE = 0.9  # from this on, a file is of the format even where no row of it can be read
_WEB_PAGE = re.compile(r"\s*+(?:<\?xml[^>]*+>\s*+)?<(?:!doctype html|html)\b", re.IGNORECASE)
FEWEST = 0.2  # below this, an importer is only guessing


def list_formats() -> tuple[Importer, ...]:
    """Return every importer, by name."""
    return tuple(sorted(IMPORTERS, key=lambda importer: importer.name))


def tells_stories(formats: str) -> bool:
    """Return whether files of a format, or of one of several with commas, tell stories of posts."""
    tellers = {importer.name for importer in IMPORTERS if isinstance(importer, Teller)}
    return not tellers.isdisjoint(formats.split(", "))


def choose_format(source: Source, name: str | None = None) -> Importer:
    """Return the importer of that name, or the one that is surest of the file.

    Raises InputError for an unknown name, UnknownFormat where none is sure or two are equally so.
    """
    return list_candidates(source, name)[0]


def list_candidates(source: Source, name: str | None = None) -> list[Importer]:
    """Return the importers that may read a file, the one of `choose_format` first.

    The others are tried where that one reads no row. Raises what `choose_format` does.
    """
    if name is not None:
        return [_find_named(name)]
    scores = {importer.name: importer.sniff(source) for importer in IMPORTERS}
    likely = [importer for importer in IMPORTERS if scores[importer.name] >= FEWEST]
    likely.sort(key=lambda importer: -scores[importer.name])
    surest = max(scores.values())
    best = [importer for importer in likely if scores[importer.name] == surest]
    if len(best) != 1:
        raise _refuse(source.name, source.peek(), best)
    return best if surest >= SURE else likely


def _refuse(file: str, head: str, best: list[Importer]) -> UnknownFormat:
    """Return the error for a file of which no importer is sure, or several equally so."""
    if not best and _WEB_PAGE.match(head):
        return UnknownFormat(
            "{file} is a web page, which says for no program where its posts begin and end.",
            code="web-page-without-posts",
            file=file,
        )
    if not best:
        return UnknownFormat(
            "{file} is in no known format.",
            code="format-unrecognised",
            file=file,
            known=_name_formats(),
        )
    return UnknownFormat(
        "{file} could be {names}.",
        code="format-ambiguous",
        file=file,
        names=" or ".join(importer.name for importer in best),
        known=_name_formats(),
    )


def _find_named(name: str) -> Importer:
    by_name = {importer.name: importer for importer in IMPORTERS}
    if importer := by_name.get(name.strip().lower()):
        return importer
    raise InputError(
        "There is no format called {name!r}.",
        code="format-unknown",
        name=name,
        known=_name_formats(),
    )


def _name_formats() -> list[str]:
    return [importer.name for importer in list_formats()]
