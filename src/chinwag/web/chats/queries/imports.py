"""What was found in files, as it is shown before it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from chinwag.web.chats.models import Chat, Import, Series, WorkState
from chinwag.web.chats.queries.problems import Problem, tell_problem, word_notes

Choices = list[tuple[str, str]]
_DAY = timedelta(days=1)


class FoundChat(NamedTuple):
    """One chat that was found: `facts` as the keeper described it, and what to say of it.

    `choices` are where it can be kept, the likeliest first; none where it was refused. `beside` is
    the chat that was held at that time, `is_of_other_day` whether it was held on another day than
    the chat to which the files were brought, `is_of_other_series` whether under another hashtag
    than that of the series.
    """

    number: int
    facts: Mapping[str, Any]
    start: datetime
    end: datetime
    notes: list[str]
    rows: list[tuple[Mapping[str, Any], str]]
    doubts: list[str]
    problem: Problem | None
    choices: Choices
    beside: Chat | None
    is_of_other_day: bool
    is_of_other_series: bool


def list_found(brought: Import, language: str) -> list[FoundChat]:
    """Return what was found in the files of an import, in the order of its row."""
    ends = [(_read_moment(one, "start"), _read_moment(one, "end")) for one in brought.found]
    chats = _list_chats_beside(brought, ends)
    return [
        _show_found(brought, number, one, chats, language)
        for number, one in enumerate(brought.found)
    ]


def list_made(brought: Import) -> QuerySet[Chat]:
    """Return the chats that were kept of an import."""
    kept = [id_ for id_ in brought.made if id_]
    return Chat.objects.filter(pk__in=kept).select_related("series").order_by("starts_at")


def is_going(brought: Import) -> bool:
    """Return whether the keeper has it in hand, so that the page changes by itself."""
    return brought.state in (WorkState.LOOKING, WorkState.WANTED)


def _show_found(
    brought: Import, number: int, one: Mapping[str, Any], chats: Sequence[Chat], language: str
) -> FoundChat:
    start, end = _read_moment(one, "start"), _read_moment(one, "end")
    beside = next((chat for chat in chats if chat.starts_at <= end and chat.ends_at >= start), None)
    target = brought.chat or beside
    zone = str(one.get("time_zone", brought.series.time_zone))

    def word(notes: Sequence[Mapping[str, Any]]) -> str:
        return word_notes(notes, language, zone)

    problem = tell_problem(one.get("problem", {}), language)
    return FoundChat(
        number=number,
        facts=one,
        start=start,
        end=end,
        notes=[word(notes) for notes in one.get("notes", ())],
        rows=[(row, word([row["reason"]])) for row in one.get("rows", ())],
        doubts=[word([note]) for note in one.get("doubts", ())],
        problem=problem,
        choices=[] if problem else _list_choices(target, is_given=bool(brought.chat)),
        beside=beside,
        is_of_other_day=_is_of_other_day(brought.chat, start),
        is_of_other_series=_is_of_other_series(brought.series, str(one.get("hashtag", ""))),
    )


def _is_of_other_day(chat: Chat | None, start: datetime) -> bool:
    return chat is not None and abs(start - chat.starts_at) >= _DAY


def _is_of_other_series(series: Series, hashtag: str) -> bool:
    return bool(hashtag) and hashtag.casefold() != series.hashtag.casefold()


def _list_choices(target: Chat | None, *, is_given: bool) -> Choices:
    own = ("new", _("A chat of its own"))
    leave = ("leave", _("Leave it out"))
    if target is None:
        return [own, leave]
    into = (str(target.pk), _("Add it to “%(title)s”") % {"title": target.title})
    return [into] if is_given else [into, own, leave]


def _list_chats_beside(
    brought: Import, ends: Sequence[tuple[datetime, datetime]]
) -> Sequence[Chat]:
    """Return the series' chats that may have been held at one of these times."""
    if not ends:
        return ()
    first, last = min(start for start, _ in ends), max(end for _, end in ends)
    return list(brought.series.chats.filter(starts_at__lte=last, ends_at__gte=first))


def _read_moment(one: Mapping[str, Any], name: str) -> datetime:
    return datetime.fromisoformat(one[name])
