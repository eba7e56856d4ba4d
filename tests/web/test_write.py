"""Writing: a block at a time, two people at once, kept as editions of the folder, and back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.web.conftest import address

from chinwag.model import PointBlock
from chinwag.stores.folder import ChatFolder
from chinwag.web.chats.models import Block, Change, Chat
from chinwag.web.chats.queries.write import DraftPage, mark_words, read_block
from chinwag.web.keeper.changes import QUIET, follow_changes, note_changes
from chinwag.web.keeper.drafts import take_up_draft
from chinwag.web.site import Site
from chinwag.workflows.edit_story import apply_sheet, export_sheet
from chinwag.workflows.remove_posts import remove_posts

JSON = {"accept": "application/json"}


def list_rows(chat: Chat) -> list[Block]:
    return list(Block.objects.filter(draft__chat=chat))


def list_points(chat: Chat, question: str) -> list[Block]:
    """Return the points under a question, in order."""
    found, inside = [], False
    for row in list_rows(chat):
        if row.body["type"] == "heading" and row.body.get("level", 2) == 2:
            inside = row.body.get("question") == question
        elif inside and row.body["type"] == "point":
            found.append(row)
    return found


def tell_texts(chat: Chat, question: str) -> list[str]:
    return [row.body["bullet"]["text"] for row in list_points(chat, question)]


def change(browser: Client, chat: Chat, row: Block, do: str, **more: object) -> Any:
    said = {"do": do, "revision": row.revision, **more}
    return browser.post(address(chat, "change_block", row.pk), said, headers=JSON)


def keep(site: Site, chat: Chat) -> None:
    """Let the keeper do what it does once nobody has written for a while."""
    Change.objects.update(made_at=timezone.now() - 2 * QUIET)
    assert note_changes(site) == set()
    follow_changes(chat.pk, site)


def read_edition(site: Site, chat: Chat) -> Any:
    return ChatFolder.open(site.chats / str(chat.folder)).read_edition()


def test_the_draft_is_the_story_block_by_block(helper: Client, draft: Chat) -> None:
    page = helper.get(address(draft, "write"))
    shown = [(block.kind, block.text) for block in page.context["blocks"]]
    summary = draft.draft.summary["questions"]
    wanted: list[tuple[str, str]] = []
    for question in summary:
        wanted.append(("heading", question["text"]))
        wanted += [("point", bullet["text"]) for bullet in question["bullets"]]
        wanted += [("link", "") for _ in question["links"]]
    assert shown == wanted
    assert [one.label for one in page.context["beside"]] == [
        question["label"]
        for question in summary
        if DraftPage(draft, "en").material.unused[question["label"]]
    ]


def test_a_block_that_did_not_change_is_as_it_was_seen(
    helper: Client, draft: Chat, site: Site
) -> None:
    before = [(row.pk, row.revision) for row in list_rows(draft)]
    change(helper, draft, list_points(draft, "2")[0], "word", text="Other words")
    keep(site, draft)
    after = [(row.pk, row.revision) for row in list_rows(draft)]
    worded = list_points(draft, "2")[0].pk
    assert after == [(pk, seen + (pk == worded)) for pk, seen in before]


def test_blocks_are_moved_left_out_and_taken_again(helper: Client, draft: Chat, site: Site) -> None:
    first, second, third = list_points(draft, "2")[:3]
    texts = tell_texts(draft, "2")
    change(helper, draft, first, "down")
    assert tell_texts(draft, "2")[:3] == [texts[1], texts[0], texts[2]]
    change(helper, draft, third, "before", before=second.pk)
    assert tell_texts(draft, "2")[:3] == [texts[2], texts[1], texts[0]]
    change(helper, draft, second, "out")
    assert texts[1] not in tell_texts(draft, "2")
    change(helper, draft, first, "to", question="3")
    assert tell_texts(draft, "3")[-1] == texts[0]

    spare = {"quoted": second.body["bullet"]["quoted"], "question": "2"}
    helper.post(address(draft, "take_spare"), spare)
    assert tell_texts(draft, "2")[-1] == texts[1]
    keep(site, draft)
    kept = [block.bullet.text for block in read_edition(site, draft).blocks if
            isinstance(block, PointBlock)]  # fmt: skip
    assert [one for one in kept if one in texts[:3]] == [texts[2], texts[1], texts[0]]


def test_words_are_a_quotation_while_they_stand_in_the_post(
    helper: Client, draft: Chat, site: Site
) -> None:
    row = list_points(draft, "2")[0]
    words = row.body["bullet"]["text"].split()
    shorter = " ".join([*words[:3], "[…]", *words[-3:]])
    change(helper, draft, row, "word", text=shorter)
    row.refresh_from_db()
    bullet = read_block(row).bullet  # type: ignore[union-attr]
    assert (bullet.text, bullet.origin, row.revision) == (shorter, "quoted", 2)
    change(helper, draft, row, "word", text="Nobody ever said it like this")
    row.refresh_from_db()
    assert row.body["bullet"]["origin"] == "person"
    page = helper.get(address(draft, "write"))
    block = next(one for one in page.context["blocks"] if one.row.pk == row.pk)
    assert "".join(word.mark for word in block.said) != ""
    keep(site, draft)
    assert "Nobody ever said it like this" in str(read_edition(site, draft).blocks)


def test_points_are_joined_and_parted(helper: Client, draft: Chat) -> None:
    first, second = list_points(draft, "2")[:2]
    texts = tell_texts(draft, "2")
    change(helper, draft, first, "join")
    joined = list_points(draft, "2")[0]
    assert tell_texts(draft, "2") == [texts[0], *texts[2:]]
    assert [one["quoted"] for one in joined.body["voices"]] == [
        first.body["bullet"]["quoted"],
        second.body["bullet"]["quoted"],
    ]
    change(helper, draft, joined, "part")
    assert tell_texts(draft, "2") == texts


@pytest.mark.parametrize(
    ("kind", "words", "body"),
    [
        ("paragraph", {"text": "We *met*."}, {"type": "paragraph", "text": "We *met*."}),
        ("heading", {"text": "Money"}, {"type": "heading", "text": "Money", "level": 3}),
        ("rule", {}, {"type": "rule"}),
        (
            "link",
            {"text": "Slides", "address": "https://slides.example/1"},
            {"type": "link", "url": "https://slides.example/1", "words": "Slides"},
        ),
        (
            "picture",
            {"text": "A shed", "address": "https://pictures.example/1.png"},
            {
                "type": "picture",
                "address": "https://pictures.example/1.png",
                "description": "A shed",
            },
        ),
    ],
)
def test_blocks_of_every_kind_are_written(
    helper: Client, draft: Chat, site: Site, kind: str, words: dict[str, str], body: dict[str, Any]
) -> None:
    after = list_points(draft, "2")[0]
    helper.post(address(draft, "add_block"), {"kind": kind, "after": after.pk, **words})
    rows = list_rows(draft)
    at = [row.pk for row in rows].index(after.pk)
    assert rows[at + 1].body == body
    keep(site, draft)
    take_up_draft(draft, site.chats / str(draft.folder))
    assert body in [row.body for row in list_rows(draft)]


@pytest.mark.parametrize(
    ("kind", "words", "told"),
    [
        ("paragraph", {"text": " "}, "Write some words first, and an address where one belongs."),
        ("picture", {"text": "", "address": "https://x.example/"}, "Write some words first,"),
        ("link", {"text": "x", "address": "javascript:alert(1)"}, "A web address, beginning"),
        ("link", {"text": "x", "address": "ftp://x.example/"}, "A web address, beginning"),
        ("poem", {"text": "x"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_written_is_told_and_changes_nothing(
    helper: Client, draft: Chat, kind: str, words: dict[str, str], told: str
) -> None:
    before = [row.body for row in list_rows(draft)]
    page = helper.post(address(draft, "add_block"), {"kind": kind, **words}, follow=True)
    assert [str(one).startswith(told) for one in page.context["messages"]] == [True]
    assert [row.body for row in list_rows(draft)] == before
    assert not Change.objects.exists()


def test_the_later_of_two_people_sees_both_texts(helper: Client, host: Client, draft: Chat) -> None:
    row = list_points(draft, "2")[0]
    change(helper, draft, row, "word", text="The helper’s words")
    late = change(host, draft, row, "word", text="The host’s words")
    assert (late.status_code, late.json()) == (
        409,
        {
            "said": "Somebody changed it meanwhile. Nothing of yours was put in its place.",
            "theirs": "The helper’s words",
            "revision": 2,
            "who": "Helper",
        },
    )
    said = {"do": "word", "revision": row.revision, "text": "The host’s words"}
    page = host.post(address(draft, "change_block", row.pk), said)
    assert page.status_code == 409
    assert (page.context["mine"], page.context["theirs"]) == (
        "The host’s words",
        "The helper’s words",
    )
    assert change(host, draft, row, "out").status_code == 409
    row.refresh_from_db()
    assert change(host, draft, row, "word", text="The host’s words").json() == {"revision": 3}


def test_two_people_in_two_blocks_do_not_meet(helper: Client, host: Client, draft: Chat) -> None:
    one, other = list_points(draft, "2")[:2]
    assert change(helper, draft, one, "word", text="One thing").json() == {"revision": 2}
    assert change(host, draft, other, "word", text="Another thing").json() == {"revision": 2}
    assert tell_texts(draft, "2")[:2] == ["One thing", "Another thing"]


def test_names_are_hidden_and_given(helper: Client, draft: Chat, site: Site) -> None:
    author = list_points(draft, "2")[0].body["bullet"]["author"]
    helper.post(address(draft, "name_person"), {"handle": f"@{author}", "hide": "on"})
    other = next(
        row.body["bullet"]["author"]
        for row in list_points(draft, "3")
        if row.body["bullet"]["author"] != author
    )
    helper.post(address(draft, "name_person"), {"handle": other, "name": "A reader"})
    keep(site, draft)
    edition = read_edition(site, draft)
    assert (edition.hidden, edition.names) == ((author,), {other: "A reader"})
    page = helper.post(address(draft, "name_person"), {"handle": "nobody_here"}, follow=True)
    assert [str(one) for one in page.context["messages"]] == [
        "Nobody in this chat has that handle."
    ]


def test_what_is_written_while_it_is_being_kept_is_kept_as_well(
    helper: Client, draft: Chat, site: Site
) -> None:
    row = list_points(draft, "2")[0]
    change(helper, draft, row, "word", text="First words")
    Change.objects.update(made_at=timezone.now() - 2 * QUIET)
    waiting = Change.objects.get()
    row.refresh_from_db()
    change(helper, draft, row, "word", text="Second words")  # asks anew, in the same row
    assert Change.objects.get().made_at > waiting.made_at
    keep(site, draft)
    assert "Second words" in str(read_edition(site, draft).blocks)


def test_editing_goes_on_at_the_command_line_and_back(
    helper: Client, draft: Chat, site: Site
) -> None:
    root = site.chats / str(draft.folder)
    helper.post(address(draft, "add_block"), {"kind": "paragraph", "text": "From the browser."})
    keep(site, draft)
    sheet = export_sheet(root)
    assert "From the browser." in sheet
    sheet = sheet.replace("From the browser.", "From the command line.")
    apply_sheet(root, sheet, at=timezone.now())
    take_up_draft(draft, root)
    assert list_rows(draft)[0].body == {"type": "paragraph", "text": "From the command line."}


def test_an_edit_from_elsewhere_loses_nothing_of_what_is_being_written(
    helper: Client, draft: Chat, site: Site
) -> None:
    root = site.chats / str(draft.folder)
    helper.post(address(draft, "add_block"), {"kind": "paragraph", "text": "From the browser."})
    sheet = export_sheet(root)
    sheet = sheet.replace("edition: 0\n", "edition: 0\n\nFrom elsewhere.\n")
    apply_sheet(root, sheet, at=timezone.now())
    keep(site, draft)
    draft = Chat.objects.get(pk=draft.pk)
    assert (draft.draft.edition, draft.draft.set_aside) == (1, 2)
    assert "From the browser." not in str(read_edition(site, draft).blocks)

    helper.post(address(draft, "stand_again"), {"number": "2"})
    keep(site, draft)
    assert "From the browser." in str(read_edition(site, draft).blocks)


def test_the_first_draft_stands_again(helper: Client, draft: Chat, site: Site) -> None:
    before = [row.body for row in list_rows(draft)]
    change(helper, draft, list_points(draft, "2")[0], "out")
    keep(site, draft)
    helper.post(address(draft, "stand_again"), {"number": "0"})
    keep(site, draft)
    assert (read_edition(site, draft), [row.body for row in list_rows(draft)]) == (None, before)


def test_an_edition_is_shown_against_the_draft(helper: Client, draft: Chat, site: Site) -> None:
    row = list_points(draft, "2")[0]
    said = row.body["bullet"]["text"]
    change(helper, draft, row, "word", text="Other words")
    keep(site, draft)
    row.refresh_from_db()
    change(helper, draft, row, "word", text="Other words again")
    page = helper.get(address(draft, "edition", 1))
    changed = [line for line in page.context["lines"] if line[0] != "same"]
    assert changed == [("changed", "Other words", mark_words("Other words", "Other words again"))]
    assert said not in str(changed)


def test_nothing_of_a_removed_post_stays_in_the_draft(
    helper: Client, draft: Chat, site: Site
) -> None:
    root = site.chats / str(draft.folder)
    row = list_points(draft, "2")[0]
    said = row.body["bullet"]["text"]
    helper.post(address(draft, "add_block"), {"kind": "paragraph", "text": "Waiting."})
    remove_posts(root, [row.body["bullet"]["quoted"]], at=timezone.now() - timedelta(seconds=1))
    take_up_draft(draft, root)
    held = [*Block.objects.values_list("body"), *draft.editions.values_list("blocks")]
    draft.draft.refresh_from_db()
    written = str([held, draft.draft.summary, draft.draft.candidates])
    assert said not in written
    assert "Waiting." in written


def test_who_is_here_is_told(helper: Client, host: Client, draft: Chat) -> None:
    row = list_rows(draft)[0]
    helper.post(address(draft, "presence"), {"block": row.pk})
    told = host.post(address(draft, "presence"), {"block": ""})
    assert told.json() == {"others": [{"name": "Helper", "block": row.pk}]}
