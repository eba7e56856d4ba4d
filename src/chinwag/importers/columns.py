"""Which column of a file holds which field, by its name in several languages, or as a person says.

Names compare without case, blanks and punctuation: "Created At" is `created_at`. Each field takes
the first of its names that the file has, and no column is taken twice.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from chinwag.errors import InputError, UnknownFormat

# The fields that a person may map with `--column FIELD=NAME`; some of them only help to read.
_TABLE = """
text: text full_text fulltext raw_content tweet_text tweet tweet_content post_text post content
  content_text message body status_text status note comment texte contenu nachricht inhalt beitrag
  texto contenido mensaje conteudo mensagem testo messaggio tekst bericht metin mesaj 本文 正文 what
author: author author_username author_handle user_screen_name user_username screen_name from_user
  username user_name user handle user_handle twitter_handle account_acct account_username acct
  account nick nickname sender poster participant speaker from who author_screen_name auteur
  utilisateur pseudo von benutzer benutzername nutzer autor usuario usuário autore utente kullanici
  kullanıcı yazar sender_full_name vertex_1 author_name name nom nombre nome display_name
created_at: created_at createdat created_time created timestamp datetime date_time date_created
  created_date post_date tweet_date published_at published posted_at posted sent_at sent utc_time
  local_time time_utc date_utc tweet_date_utc pub_date indexed_at zeitstempel zeitpunkt horodatage
  fecha_hora data_hora when
date: date day datum jour fecha data dia giorno tarih 日付
time: time zeit uhrzeit heure hora ora saat tijd klokkeslett 時刻
epoch: timestamp_utc date_unixtime unix_timestamp unix_time timestamp_unix timestamp_ms epoch
  created_at_unix created_utc ts
id: id id_str tweet_id status_id twitter_id post_id message_id imported_id uri guid
url: url permalink link tweet_url twitter_url twitter_page_for_tweet tweet_link status_url post_url
  post_link permanent_link tweet_permalink lien enlace adresse
author_name: author_name display_name author_display_name user_display_name full_name
  user_full_name account_display_name real_name name
author_id: author_id user_id user_id_str from_user_id_str from_user_id
reply_to: reply_to_id in_reply_to_status_id_str in_reply_to_status_id in_reply_to_tweet_id
  in_reply_to_id in_reply_to reply_to_status_id reply_to_tweet_id reply_to_post_id replied_to_id
  in_reply_to_status to_tweetid to_tweet_id reply_to_message_id replying_to replied_to_post
  reference_message_id replied_to_status_id reply_to parent_id parent antwort_auf réponse_à
reply_to_author: reply_to_user reply_to_author in_reply_to_screen_name in_reply_to_user_username
  in_reply_to_username to_username in_reply_to_user reply_to_screen_name reply_to_username to_user
  reply_to_user_id in_reply_to_user_id_str in_reply_to_user_id
thread: conversation_id thread_root thread_id thread root_id
lang: lang language sprache langue idioma lingua dil
hashtags: hashtags hashtag
repost_of: repost_of retweeted_status_id_str retweeted_status_id retweeted_tweet_id retweeted_id
  retweet_of is_rt is_retweet is_repost retweet
text_lost: text_lost
tz: tz time_zone timezone
"""
NAMES: dict[str, tuple[str, ...]] = {
    field: tuple(names.split())
    for field, names in re.findall(r"^(\w+):((?:.+\n?(?!\w+:))*.+)$", _TABLE, re.MULTILINE)
}
# An object inside the object: {"sender": {"handle": "ana"}} is a column "sender.handle".
_PEOPLE = (
    "author",
    "user",
    "account",
    "sender",
    "from",
    "from_user",
    "user_profile",
    "poster",
    "profile",
)
for _field, _keys in (
    ("author", ("handle", "username", "screen_name", "acct", "nick", "name")),
    ("author_name", ("display_name", "full_name", "real_name", "name")),
    ("author_id", ("id", "id_str", "uuid")),
):
    _more = (f"{person}_{key}" for key in _keys for person in _PEOPLE)
    NAMES[_field] = tuple(dict.fromkeys((*NAMES[_field], *_more)))
_MOST_NAMES = 30  # columns that a message lists
TIMES = ("created_at", "date", "time", "epoch")


def map_columns(
    names: Iterable[str], given: Mapping[str, str], *, may_lack: bool = False
) -> Mapping[str, str]:
    """Return the column of each field that the file has; what a person gave comes first.

    `given` maps fields to columns. Raises InputError for an unknown field and, unless columns
    `may_lack` (in a short row, in an object without a key), for an unknown column.
    """
    said = tuple(sorted(given.items())) if given else ()
    return _map_columns(tuple(names), said, may_lack)


@lru_cache(maxsize=512)
def _map_columns(
    names: tuple[str, ...], given: tuple[tuple[str, str], ...], may_lack: bool
) -> Mapping[str, str]:
    found = _map_given(names, given, may_lack)
    by_name = {fold_name(name): name for name in reversed(names)}  # the first of a name counts
    settled = {field for field, _ in given}
    if not settled.isdisjoint(TIMES):
        settled.update(TIMES)
    for field in NAMES:
        column = "" if field in settled else _find_column(field, by_name, found.values())
        if column:
            found[field] = column
    return MappingProxyType(found)


def _find_column(field: str, by_name: Mapping[str, str], taken: Collection[str]) -> str:
    """Return the first column under a name of the field that no other field has, else ""."""
    columns = [by_name.get(fold_name(name), "") for name in NAMES[field]]
    free = (column for column in columns if column not in taken)
    return next(filter(None, free), "")


def _map_given(
    names: tuple[str, ...], given: tuple[tuple[str, str], ...], may_lack: bool
) -> dict[str, str]:
    """Return the columns that a person named; raises InputError as `map_columns` does."""
    found: dict[str, str] = {}
    for field, column in given:
        if named := _find_given(field, column, names):
            found[field] = named
        elif not may_lack:
            raise InputError(
                "There is no column called {name!r}; the file has: {found}.",
                code="column-unknown",
                name=column,
                found=list_names(names),
            )
    return found


def _find_given(field: str, column: str, names: tuple[str, ...]) -> str:
    if field not in NAMES:
        raise InputError(
            "There is no field called {name!r}.",
            code="field-unknown",
            name=field,
            known=list(NAMES),
        )
    if column in names:
        return column
    if column.isdecimal() and 0 < int(column) <= len(names):
        return names[int(column) - 1]
    same = (name for name in names if fold_name(name) == fold_name(column))
    return next(same, "")


def find_missing(columns: Mapping[str, str]) -> list[str]:
    """Return which of the fields that every post needs have no column.

    The address of a post may name its author.
    """
    missing = [] if "text" in columns else ["text"]
    if "author" not in columns and "url" not in columns:
        missing.append("author")
    if columns.keys().isdisjoint(TIMES):
        missing.append("time")
    return missing


def explain_columns(file: str, names: Iterable[str], columns: Mapping[str, str]) -> UnknownFormat:
    """Return the error that says what was found, what is missing and how to map it."""
    missing = find_missing(columns)
    return UnknownFormat(
        "{file} looks like a table, but nothing in it is called {names}; it has: {found}.",
        code="columns-missing",
        file=file,
        names=" or ".join(missing),
        missing=missing,
        found=list_names(names),
    )


def list_names(names: Iterable[str]) -> str:
    """Return the names of columns as a message lists them; one without a name by its number."""
    listed = list(names)
    while listed and not listed[-1]:
        listed.pop()
    shown = [name[:60] or f"(column {place})" for place, name in enumerate(listed, start=1)]
    if not shown:
        return "no names"
    more = len(shown) - _MOST_NAMES
    told = ", ".join(shown[:_MOST_NAMES])
    return f"{told} and {more} more" if more > 0 else told


@lru_cache(maxsize=4096)
def fold_name(name: str) -> str:
    """Return a name as names compare: without case, blanks and punctuation."""
    return re.sub(r"[\W_]+", "", name.casefold())
