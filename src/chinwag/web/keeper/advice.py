"""Advice: counting what would be sent to a language model, asking it, and what it suggests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from django.db import transaction
from django.utils import timezone

from chinwag.config import read_settings
from chinwag.errors import ChinwagError
from chinwag.model import Decision, HeadingBlock, Placement, PointBlock, Post, note_error
from chinwag.model import Suggestion as StorySuggestion
from chinwag.setup.models import find_cost, open_model
from chinwag.steps.deciding import Estimate, keep_decisions, put_in
from chinwag.web.chats.models import (
    Advice,
    AdviceTask,
    Chat,
    Draft,
    Entry,
    EntryKind,
    Suggestion,
    SuggestionState,
    WorkState,
)
from chinwag.web.chats.queries.write import DraftPage
from chinwag.web.live.tell import tell
from chinwag.web.site import Site
from chinwag.workflows.advise_host import (
    AdviceReport,
    ask_advice,
    count_advice,
    draw_places,
    draw_suggestions,
)


def run_advice(advice_id: int, site: Site) -> None:
    """Count what asking for advice would send; or, once somebody agreed, ask."""
    advice = Advice.objects.select_related("chat__series").get(pk=advice_id)
    root = site.chats / str(advice.chat.folder)
    try:
        if advice.state == WorkState.LOOKING:
            _count(advice, root)
        else:
            _ask(advice, root)
    except ChinwagError as error:
        _settle(advice, WorkState.FAILED, problem=_note(error))


def forget_gone(chat: Chat, posts: Sequence[Post]) -> None:
    """Take out of a chat's advice what rests on posts that are gone. Call it in a transaction."""
    there = {post.id for post in posts if not (post.deleted or post.text_lost)}
    for advice in chat.advices.exclude(decisions=[]):
        decided = _read_decisions(advice)
        kept = keep_decisions(decided, posts)
        if kept != decided:
            Advice.objects.filter(pk=advice.pk).update(decisions=msgspec.to_builtins(kept))
    for row in Suggestion.objects.filter(advice__chat=chat, state=SuggestionState.OPEN):
        if not there.issuperset(_list_posts(row.body)):
            row.state, row.why, row.body = SuggestionState.STALE, "suggestion-gone", {}
            row.save(update_fields=["state", "why", "body"])


def _count(advice: Advice, root: Path) -> None:
    estimate = count_advice(root, advice.model, _read_decisions(advice), task=advice.task)
    settings = read_settings()
    told = {
        **msgspec.to_builtins(estimate),
        "address": settings.model_address,
        "cost": find_cost(estimate.tokens_in, estimate.tokens_out, settings),
        "currency": settings.model_currency,
    }
    _settle(advice, WorkState.FOUND, estimate=told)


def _ask(advice: Advice, root: Path) -> None:
    settings = read_settings()
    report = ask_advice(
        root,
        open_model(settings, advice.model),
        msgspec.convert(advice.estimate, Estimate),
        partial(_keep, advice),
        kept=_read_decisions(advice),
        task=advice.task,
    )
    cost = find_cost(report.tokens_in, report.tokens_out, settings)
    told = {
        "asked": report.asked,
        "dropped": sum(report.dropped.values()),
        "tokens": report.tokens_in + report.tokens_out,
        "cost": cost,
        "currency": settings.model_currency,
    }
    with transaction.atomic():
        _fill(advice, root)
        _settle(advice, _find_state(report), report=told, problem=_find_problem(report))


def _keep(advice: Advice, decision: Decision, current: Sequence[str]) -> None:
    """Keep an answer at once, so that the next try goes on after it."""
    with transaction.atomic():
        row = Advice.objects.select_for_update().get(pk=advice.pk)
        kept = put_in(_read_decisions(row), decision, current)
        Advice.objects.filter(pk=row.pk).update(decisions=msgspec.to_builtins(kept))


def _fill(advice: Advice, root: Path) -> None:
    """Give the chat the suggestions of this advice, in place of any others on its task."""
    advice.refresh_from_db(fields=["decisions"])
    if advice.task == AdviceTask.PLACES:
        _fill_places(advice, root)
    else:
        _fill_points(advice, root)


def _fill_places(advice: Advice, root: Path) -> None:
    chat = advice.chat
    known = {one.own_key: one for one in chat.entries.filter(kind=EntryKind.POST).exclude(text="")}
    drawn = [one for one in draw_places(root, _read_decisions(advice)) if one.post in known]
    Suggestion.objects.filter(advice__chat=chat, advice__task=advice.task).delete()
    Suggestion.objects.bulk_create(
        Suggestion(
            advice=advice,
            place=place,
            kind=advice.task,
            body=_tell_move(one, known[one.post]),
            seen={"question": known[one.post].question, "by": known[one.post].placed_by},
        )
        for place, one in enumerate(drawn)
        if known[one.post].placed_by != "person"
    )


def _tell_move(placed: Placement, entry: Entry) -> dict[str, Any]:
    """Return a library's Move: its kind only where that would be another."""
    kind = placed.kind if placed.kind != entry.post_kind else ""
    return {"post": placed.post, "question": placed.question, "kind": kind}


def _fill_points(advice: Advice, root: Path) -> None:
    chat = advice.chat
    draft = Draft.objects.select_for_update().filter(chat=chat).first()
    if draft is None:
        return
    page = DraftPage(Chat.objects.get(pk=chat.pk), "en")
    drawn = draw_suggestions(root, _read_decisions(advice), page.blocks)
    Suggestion.objects.filter(advice__chat=chat, advice__task=advice.task).delete()
    Suggestion.objects.bulk_create(
        Suggestion(
            advice=advice,
            place=place,
            kind=one.kind,
            body=msgspec.to_builtins(one),
            seen=_tell_seen(one, page),
        )
        for place, one in enumerate(drawn)
    )
    tell(chat, "draft")


def _tell_seen(suggestion: StorySuggestion, page: DraftPage) -> dict[str, Any]:
    """Return how the blocks stood that a suggestion concerns."""
    revisions: dict[str, int] = {}
    order: list[int] = []
    homes: dict[str, str] = {}
    label = ""
    for row, block in zip(page.rows, page.blocks, strict=True):
        if isinstance(block, HeadingBlock) and block.level == 2:
            label = block.question
        elif isinstance(block, PointBlock) and block.voices[0].quoted in suggestion.points:
            revisions[str(row.pk)] = row.revision
            order.append(row.pk)
            homes[block.voices[0].quoted] = label
    home = homes.get(suggestion.points[0], suggestion.question)
    return {"revisions": revisions, "order": order, "home": home}


def _find_state(report: AdviceReport) -> str:
    """Return whether anything came of it: some of the questions are better than none."""
    is_lost = report.failures and report.asked == len(report.failures)
    return WorkState.FAILED if is_lost else WorkState.DONE


def _find_problem(report: AdviceReport) -> Mapping[str, Any]:
    return _note(report.failures[0].error) if report.failures else {}


def _note(error: ChinwagError) -> dict[str, Any]:
    noted: dict[str, Any] = msgspec.to_builtins(note_error(error))
    return noted


def _settle(advice: Advice, state: str, **fields: Any) -> None:
    """Note how far it is, unless somebody has stopped it meanwhile."""
    fields = {"problem": {}, **fields}
    with transaction.atomic():
        still = Advice.objects.filter(pk=advice.pk, state=advice.state)
        still.update(state=state, done_at=timezone.now(), leased_until=None, **fields)


def _read_decisions(advice: Advice) -> tuple[Decision, ...]:
    return msgspec.convert(advice.decisions, tuple[Decision, ...])


def _list_posts(body: Mapping[str, Any]) -> set[str]:
    """Return the ids of the posts on which a suggestion rests."""
    if "post" in body:
        return {body["post"]}
    return {*body.get("points", ()), *body.get("bullet", {}).get("posts", ())}
