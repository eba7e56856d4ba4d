"""Writing: the draft as blocks, each changed by a form, and what was left out beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chinwag.web.chats import access
from chinwag.web.chats.actions import files as file_actions
from chinwag.web.chats.actions import write as write_actions
from chinwag.web.chats.actions.declined import Declined
from chinwag.web.chats.forms.files import ACCEPTED_PICTURES, PictureForm
from chinwag.web.chats.forms.write import (
    BlockForm,
    EditionForm,
    NewBlockForm,
    PersonForm,
    SpareForm,
    WordsForm,
)
from chinwag.web.chats.models import AdviceTask, Block, Chat, Draft, User
from chinwag.web.chats.queries import write as write_queries
from chinwag.web.chats.queries.files import list_not_kept
from chinwag.web.chats.queries.marks import find_marks
from chinwag.web.chats.queries.suggest import count_decided, place_suggestions
from chinwag.web.chats.views.frame import find_user, frame_desk
from chinwag.web.chats.views.words import tell_declined
from chinwag.web.live.tell import tell_of


@require_safe
@login_required
def show_write(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Show the draft, block by block, with what was left out of it."""
    chat = access.find_chat_to_help(request.user, series, day)
    shown = frame_desk(chat, "write")
    if access.has_draft(chat):
        page = write_queries.DraftPage(chat, get_language() or "en")
        suggested = list(access.list_suggestions(request.user, chat, AdviceTask.POINTS))
        at_block = place_suggestions(page, suggested)
        shown |= {
            "draft": page.draft,
            "marks": find_marks(chat),
            "blocks": [
                one._replace(suggestions=at_block.get(one.row.pk, ())) for one in page.list_blocks()
            ],
            "suggested": count_decided(suggested),
            "may_ask": bool(settings.SITE.model) and access.may_host(request.user, chat),
            "beside": page.list_beside(),
            "pictures": page.list_spare_pictures(),
            "may_host": access.may_host(request.user, chat),
            "accepted": ACCEPTED_PICTURES,
            "failed": list_not_kept(chat, get_language() or "en")[:1],
            "headings": [one for one in page.blocks if getattr(one, "question", "")],
            "person": PersonForm(),
            "editions": chat.editions.all()[:20],
            "present": write_queries.list_present(chat, find_user(request)),
        }
    return render(request, "desk/write.html", shown)


@require_POST
@login_required
def change_block(request: HttpRequest, series: str, day: str, block_id: int) -> HttpResponse:
    """Move, leave out, word, join or part a block."""
    chat = access.find_chat_to_help(request.user, series, day)
    block = access.find_block(request.user, chat, block_id)

    def act(user: User, said: dict) -> int:
        _BLOCK_ACTS[said["do"]](user, block, said)
        return block_id

    forms = (BlockForm(request.POST), WordsForm(request.POST))
    return _carry_out(request, chat, forms, act, block_id)


@require_POST
@login_required
def add_block(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Write a new block."""
    chat, draft = _find_draft(request, series, day)

    def act(user: User, said: dict) -> int:
        after = access.find_block(user, chat, said["after"]) if said["after"] else None
        return write_actions.add_block(user, draft, said["kind"], said, after).pk

    return _carry_out(request, chat, (NewBlockForm(request.POST),), act)


@require_POST
@login_required
def add_picture(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Keep a picture, and put it into the draft."""
    chat, draft = _find_draft(request, series, day)
    form = PictureForm(request.POST, request.FILES)

    def act(user: User, said: dict) -> int:
        after = access.find_block(user, chat, said["after"]) if said["after"] else None
        name = file_actions.keep_picture(user, chat, form.read_brought(), settings.SITE.uploads)
        return write_actions.add_picture(user, draft, name, said["text"], after).pk

    return _carry_out(request, chat, (form,), act)


@require_POST
@login_required
def show_again(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Put a picture that is kept into the draft again."""
    chat, draft = _find_draft(request, series, day)
    file = access.find_file(request.user, chat, request.POST.get("name", ""))
    if not file.is_picture:
        raise Http404

    def act(user: User, _said: dict) -> int:
        return write_actions.add_picture(user, draft, file.name, file.words, None).pk

    return _carry_out(request, chat, (), act)


@require_POST
@login_required
def take_out_picture(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Take a picture out of everything that is kept of the chat."""
    chat, _draft = _find_draft(request, series, day)
    file = access.find_picture_to_take_out(request.user, chat, request.POST.get("name", ""))
    file_actions.take_out_file(find_user(request), file)
    return _tell(request, chat)


@require_POST
@login_required
def take_spare(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Take a point into the story that was left out, or has come since."""
    chat, draft = _find_draft(request, series, day)

    def act(user: User, said: dict) -> int:
        return write_actions.take_spare(user, draft, said["quoted"], said["question"]).pk

    return _carry_out(request, chat, (SpareForm(request.POST),), act)


@require_POST
@login_required
def name_person(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Hide a person's name in the story, or show another."""
    chat, draft = _find_draft(request, series, day)

    def act(user: User, said: dict) -> None:
        write_actions.name_person(user, draft, said["handle"], name=said["name"], hide=said["hide"])

    return _carry_out(request, chat, (PersonForm(request.POST),), act)


@require_POST
@login_required
def stand_again(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Let an earlier edition stand again, or Chinwag's own draft."""
    chat, draft = _find_draft(request, series, day)
    numbers = [0, *chat.editions.values_list("number", flat=True)]
    form = EditionForm(request.POST, numbers=numbers)
    if not form.is_valid():
        return _refuse(request, chat, _("There is no such edition."))
    with tell_of(request.POST.get("change", "")):
        write_actions.stand_again(find_user(request), draft, int(form.cleaned_data["number"]))
    messages.success(request, _("It stands again in a few seconds."))
    return redirect("write", series, day)


@require_safe
@login_required
def show_edition(request: HttpRequest, series: str, day: str, number: int) -> HttpResponse:
    """Show how the draft differs from an edition, block by block."""
    chat, draft = _find_draft(request, series, day)
    edition = access.find_edition(request.user, chat, number)
    lines = write_queries.compare_blocks(
        edition.blocks, draft.blocks.values_list("body", flat=True)
    )
    shown = frame_desk(chat, "write") | {
        "edition": edition,
        "lines": [
            (kind, before, write_queries.mark_words(before, after)) for kind, before, after in lines
        ],
    }
    return render(request, "desk/edition.html", shown)


@require_POST
@login_required
def tell_presence(request: HttpRequest, series: str, day: str) -> HttpResponse:
    """Say that somebody is here, and hear who else is."""
    chat = access.find_chat_to_help(request.user, series, day)
    at = request.POST.get("block", "")
    user = find_user(request)
    write_actions.be_here(user, chat, int(at) if at.isdecimal() and len(at) < 19 else None)
    others = write_queries.list_present(chat, user)
    return JsonResponse({"others": [{"name": str(one.user), "block": one.block} for one in others]})


def _find_draft(request: HttpRequest, series: str, day: str) -> tuple[Chat, Draft]:
    chat = access.find_chat_to_help(request.user, series, day)
    if not access.has_draft(chat):
        raise Http404
    return chat, chat.draft


def _move(by: int) -> Callable[[User, Block, dict], None]:
    return lambda user, block, _said: write_actions.move_block(user, block, by)


def _put_before(user: User, block: Block, said: dict) -> None:
    before = block.draft.blocks.filter(pk=said["before"]).first() if said["before"] else None
    write_actions.place_block(user, block, before)


_BLOCK_ACTS: dict[str, Callable[[User, Block, dict], object]] = {
    "up": _move(-1),
    "down": _move(1),
    "to": lambda user, block, said: write_actions.put_under(user, block, said["question"]),
    "before": _put_before,
    "out": lambda user, block, said: write_actions.leave_out(user, block, said["revision"]),
    "word": lambda user, block, said: write_actions.word_block(user, block, said["revision"], said),
    "join": lambda user, block, _said: write_actions.join_next(user, block),
    "part": lambda user, block, _said: write_actions.part_block(user, block),
}


def _carry_out(
    request: HttpRequest,
    chat: Chat,
    forms: Sequence[Form],
    act: Callable[[User, dict], int | None],
    back: int | None = None,
) -> HttpResponse:
    """Do what the forms say, and tell what became of it.

    `act` returns the block to go to; `back` is the one to go back to where the forms are refused.
    """
    if not all(form.is_valid() for form in forms):
        return _refuse(request, chat, _tell_errors(*forms), back)
    said = {name: value for form in forms for name, value in form.cleaned_data.items()}
    try:
        with tell_of(request.POST.get("change", "")):
            block_id = act(find_user(request), said)
    except Declined as declined:
        return _decline(request, chat, declined, said)
    return _tell(request, chat, block_id)


def _tell(request: HttpRequest, chat: Chat, block_id: int | None = None) -> HttpResponse:
    """Return to the block on the page; as JSON, tell its revision."""
    if request.accepts("text/html"):
        anchor = f"#b-{block_id}" if block_id else ""
        return redirect(reverse("write", args=[chat.series.slug, chat.slug]) + anchor)
    row = access.find_block(request.user, chat, block_id) if block_id else None
    return JsonResponse({"revision": row.revision if row else None})


def _refuse(
    request: HttpRequest, chat: Chat, why: str, block_id: int | None = None
) -> HttpResponse:
    if request.accepts("text/html"):
        messages.error(request, why)
        return _tell(request, chat, block_id)
    return JsonResponse({"said": why}, status=HTTPStatus.BAD_REQUEST)


def _decline(request: HttpRequest, chat: Chat, declined: Declined, said: dict) -> HttpResponse:
    """Show why nothing was changed; where somebody else changed the block, both texts."""
    row = cast("Block | None", declined.values.get("block"))
    theirs = write_queries.read_text(write_queries.read_block(row)) if row else ""
    if not request.accepts("text/html"):
        told: dict[str, object] = {"said": tell_declined(declined), "theirs": theirs}
        if row:
            told |= {"revision": row.revision, "who": str(row.edited_by or "–")}
        return JsonResponse(told, status=HTTPStatus.CONFLICT)
    if row and said.get("do") == "word":
        shown = frame_desk(chat, "write") | {"row": row, "mine": said["text"], "theirs": theirs}
        return render(request, "desk/both.html", shown, status=HTTPStatus.CONFLICT)
    messages.error(request, tell_declined(declined))
    return _tell(request, chat)


def _tell_errors(*forms) -> str:
    found = (error for form in forms for errors in form.errors.values() for error in errors)
    return " ".join(dict.fromkeys(str(error) for error in found))
