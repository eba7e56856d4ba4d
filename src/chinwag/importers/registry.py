"""Every format there is, and which one a file is in.

An importer is loaded when a file that begins as its own do is looked at, so that reading a file
does not wait for the patterns and records of every other format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import import_module

from chinwag.errors import InputError, UnknownFormat
from chinwag.importers.contract import Importer, Teller
from chinwag.importers.source import Source

# A format is called as its file in `formats/`. In any order: the surest one reads the file.
OF_JSON = (  # a file of these begins with a brace or a square bracket
    "bluesky-json",
    "capture-jsonl",
    "generic-jsonl",
    "mastodon-outbox",
    "slack-json",
    "storify-json",
    "twarc-v1-jsonl",
    "twitter-v2-jsonl",
    "twitter-v2-users",
    "x-graphql-json",
)
OF_TEXT = (  # a file of these does not begin with an object of JSON
    "feed-xml",
    "generic-csv",
    "irc-log",
    "pasted-posts",
    "saved-chat",
    "storify-csv",
    "story-csv",
    "tags-csv",
    "transcript-markdown",
    "transcript-tchat",
    "twarc-v1-csv",
    "twarc-v2-csv",
)
OF_ANY = ("mastodon-json", "twitter-archive")
FORMATS = tuple(sorted((*OF_JSON, *OF_TEXT, *OF_ANY)))

SURE = 0.9  # from this on, a file is of the format even where no row of it can be read
_JSON = re.compile(r"[\s\ufeff]*+[{\[]")
_OBJECT = re.compile(r'[\s\ufeff\[]*+\{\s*+"')  # at the beginning, or within a list of lists
_MAIL_FIELDS = frozenset({"date", "message-id", "mime-version", "received", "subject"})
_WEB_PAGE = re.compile(r"\s*+(?:<\?xml[^>]*+>\s*+)?<(?:!doctype html|html)\b", re.IGNORECASE)
FAIRLY_SURE = 0.5  # from this on, an object of JSON is shown to no importer of other files
FEWEST = 0.2  # below this, an importer is only guessing


def list_formats() -> tuple[Importer, ...]:
    """Return every importer, by name."""
    return tuple(map(_load, FORMATS))


def tells_stories(formats: str) -> bool:
    """Return whether files of a format, or of one of several with commas, tell stories of posts."""
    named = (name for name in formats.split(", ") if name in FORMATS)
    return any(isinstance(_load(name), Teller) for name in named)


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
    likely = _list_likely(source)
    surest = max(likely.values(), default=0.0)
    best = [name for name, score in likely.items() if score == surest]
    if len(best) != 1:
        raise _refuse(source.name, source.peek(), best)
    return list(map(_load, best if surest >= SURE else likely))


def _list_likely(source: Source) -> dict[str, float]:
    """Return how sure the importers are that may read a file that begins so, the surest first."""
    head = source.peek()
    if not _JSON.match(head):
        return _ask(source, (*OF_ANY, *OF_TEXT))
    likely = _ask(source, (*OF_ANY, *OF_JSON))
    is_json = _OBJECT.match(head) is not None and max(likely.values(), default=0.0) >= FAIRLY_SURE
    return likely if is_json else _ask(source, FORMATS)


def _ask(source: Source, names: Iterable[str]) -> dict[str, float]:
    """Return how sure each of these importers is of a file, the surest first.

    One that is only guessing is left out.
    """
    scores = {name: _load(name).sniff(source) for name in sorted(names)}
    likely = [name for name, score in scores.items() if score >= FEWEST]
    return {name: scores[name] for name in sorted(likely, key=lambda name: -scores[name])}


def _load(name: str) -> Importer:
    place = f"chinwag.importers.formats.{name.replace('-', '_')}"
    importer: Importer = import_module(place).IMPORTER
    return importer


def _refuse(file: str, head: str, best: list[str]) -> UnknownFormat:
    """Return the error for a file of which no importer is sure, or several equally so."""
    if not best and _WEB_PAGE.match(head):
        return UnknownFormat(
            "{file} is a web page, which says for no program where its posts begin and end.",
            code="web-page-without-posts",
            file=file,
        )
    if not best and _is_mail(head):
        return UnknownFormat("{file} is an e-mail.", code="file-is-mail", file=file)
    if not best:
        return UnknownFormat(
            "{file} is in no known format.",
            code="format-unrecognised",
            file=file,
            known=list(FORMATS),
        )
    return UnknownFormat(
        "{file} could be {names}.",
        code="format-ambiguous",
        file=file,
        names=" or ".join(best),
        known=list(FORMATS),
    )


def _is_mail(head: str) -> bool:
    """Return whether a file begins as a saved e-mail does: with lines that say from whom it is."""
    names = set()
    for line in head.splitlines():
        name, colon, _said = line.partition(":")
        if not line or not (colon or line[0] in " \t"):
            break
        names.add(name.casefold())
    return "from" in names and bool(names & _MAIL_FIELDS)


def _find_named(name: str) -> Importer:
    known = name.strip().lower()
    if known in FORMATS:
        return _load(known)
    raise InputError(
        "There is no format called {name!r}.",
        code="format-unknown",
        name=name,
        known=list(FORMATS),
    )
