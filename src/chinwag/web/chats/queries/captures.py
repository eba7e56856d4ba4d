"""How a capture stands: the same facts as the terminal's live view, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chinwag.web.chats.models import Capture, Chat, Entry, EntryKind, WorkState
from chinwag.web.chats.queries.posts import ShownPost, show_posts
from chinwag.web.chats.queries.problems import Problem, find_todo, tell_problem, word_notes

_SILENT = timedelta(seconds=15)  # after which a running capture that shows nothing is away


class RouteLine(NamedTuple):
    """How one route is doing; `words` say what is wrong, or what cannot be had this way."""

    name: str
    state: str
    received: int
    last: datetime | None
    is_wrong: bool
    words: str
    todo: str


class QuestionLine(NamedTuple):
    """How one question is doing."""

    label: str
    text: str
    is_asked: bool
    answers: int
    people: int
    last: datetime | None


class WaitingPost(NamedTuple):
    """A post that nobody has replied to, and why it should have a reply."""

    post: ShownPost
    why: str


class CaptureShown(NamedTuple):
    """A capture as its page shows it. `facts` are those of the library's view."""

    row: Capture
    is_active: bool
    is_away: bool
    is_ending: bool
    status: list[str]
    is_well: bool
    facts: Mapping[str, Any]
    closes: datetime | None
    routes: list[RouteLine]
    questions: list[QuestionLine]
    waiting: list[WaitingPost]
    problem: Problem | None


def show_capture(capture: Capture, language: str, now: datetime | None = None) -> CaptureShown:
    """Return a capture with everything that its page says."""
    now = now or timezone.now()
    view = capture.view
    is_active = capture.state in (WorkState.WANTED, WorkState.RUNNING)
    is_running = capture.state == WorkState.RUNNING
    heard = capture.seen_at or capture.made_at
    routes = [_show_route(route, language) for route in view.get("routes", ())]
    folder = tell_problem(view.get("problem") or {}, language)
    is_away = is_active and now - heard > _SILENT
    return CaptureShown(
        row=capture,
        is_active=is_active,
        is_away=is_away,
        is_ending=is_active and capture.stop_wanted,
        status=_tell_status(routes, folder) if is_running and view and not is_away else [],
        is_well=not folder and not any(route.is_wrong for route in routes),
        facts=view,
        closes=_read_moment(view.get("closes")),
        routes=routes,
        questions=[_show_question(one) for one in view.get("questions", ())],
        waiting=_show_waiting(capture.chat, view.get("in_need", ()), language),
        problem=tell_problem(capture.problem, language),
    )


def _tell_status(routes: Sequence[RouteLine], folder: Problem | None) -> list[str]:
    """Return in sentences that all is well, or what is wrong and what to do."""
    said = [f"{folder.words} {folder.todo}".strip()] if folder else []
    wrong = [route for route in routes if route.is_wrong]
    if wrong:
        words = ngettext(
            "%(wrong)d of %(routes)s does not work.",
            "%(wrong)d of %(routes)s do not work.",
            len(wrong),
        )
        number = ngettext("%(all)d route", "%(all)d routes", len(routes))
        said.append(words % {"wrong": len(wrong), "routes": number % {"all": len(routes)}})
        if any(route.state != "failed" for route in wrong):
            said.append(_("What breaks is tried again by itself, and nothing is lost."))
    if said:
        return said
    starting = sum(route.state == "starting" for route in routes)
    if not starting:
        return [_("All is well.")]
    words = ngettext(
        "All is well so far; %(starting)d route is still to answer.",
        "All is well so far; %(starting)d routes are still to answer.",
        starting,
    )
    return [words % {"starting": starting}]


def _show_route(route: Mapping[str, Any], language: str) -> RouteLine:
    states = {
        "starting": _("starting"),
        "running": _("running"),
        "waiting": _("trying again"),
        "ended": _("ended"),
        "failed": _("given up"),
    }
    note = route.get("note")
    return RouteLine(
        name=route["name"],
        state=states.get(route["state"], route["state"]),
        received=route["received"],
        last=_read_moment(route["last"]),
        is_wrong=route["is_wrong"],
        words=word_notes([note], language) if note else "",
        todo=find_todo(note["code"]) if note and route["is_wrong"] else "",
    )


def _show_question(one: Mapping[str, Any]) -> QuestionLine:
    return QuestionLine(
        label=one["label"],
        text=one["text"],
        is_asked=one["asked_at"] is not None,
        answers=one["answers"],
        people=one["people"],
        last=_read_moment(one["last"]),
    )


def _show_waiting(
    chat: Chat, waiting: Sequence[Mapping[str, Any]], language: str
) -> list[WaitingPost]:
    """Return the posts that need a reply most; one that has gone meanwhile is left out."""
    keys = [one["post"] for one in waiting]
    entries = Entry.objects.filter(chat=chat, kind=EntryKind.POST, key__in=keys)
    shown = {
        post.entry.key: post
        for post in show_posts(entries.select_related("chat__series"), language)
        if post.view.state != "deleted"
    }
    return [
        WaitingPost(shown[one["post"]], _tell_why(one)) for one in waiting if one["post"] in shown
    ]


def _tell_why(one: Mapping[str, Any]) -> str:
    said = []
    if one["asks"]:
        said.append(_("asks you") if one["is_to_host"] else _("asks"))
    if one["is_first"]:
        said.append(_("first post"))
    return ", ".join(said)


def _read_moment(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None
