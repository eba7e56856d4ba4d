"""Sorting: shown at once, in the folder soon after, once whatever is killed, and taken back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.web.conftest import address

from chinwag.model import Correction
from chinwag.stores.folder import ChatFolder
from chinwag.web.chats.actions.marks import mark_post
from chinwag.web.chats.models import Change, Chat, Entry, EntryKind, Event, User
from chinwag.web.keeper.changes import QUIET, follow_changes, list_quiet_chats, note_changes
from chinwag.web.keeper.drafts import take_up_draft
from chinwag.web.keeper.index import index_folder
from chinwag.web.keeper.loop import Keeper
from chinwag.web.site import Site
from chinwag.workflows.remove_posts import remove_posts


def list_doubtful(chat: Chat) -> list[Entry]:
    posts = chat.entries.filter(kind=EntryKind.POST, confidence__lt=0.9)
    return list(posts.exclude(placed_by="person").exclude(text="").order_by("confidence", "id"))


def decide(browser: Client, chat: Chat, entry: Entry, question: str, kind: str = "") -> Change:
    said = {"posts": [entry.public], "question": question, "kind": kind}
    answer = browser.post(address(chat, "correct"), said, headers={"accept": "application/json"})
    assert answer.status_code == 200, answer.content
    change = Change.objects.latest("id")
    assert answer.json() == {
        "said": "1 post is placed.",
        "take_back": address(chat, "take_back", change.pk),
    }
    return change


def tell(entry: Entry) -> tuple[object, ...]:
    entry = Entry.objects.get(public=entry.public)  # an index that is made anew has other rows
    return entry.question, entry.placed_by, entry.confidence, entry.post_kind


def read_corrections(site: Site, chat: Chat) -> tuple[Correction, ...]:
    return ChatFolder.open(site.chats / str(chat.folder)).read_corrections()


def follow(site: Site, chat: Chat) -> None:
    assert note_changes(site) == set()
    follow_changes(chat.pk, site)


def test_the_least_sure_stand_first_with_what_was_said_around_them(
    helper: Client, chat: Chat
) -> None:
    page = helper.get(address(chat, "sort"))
    shown = [item.post.entry.pk for item in page.context["items"]]
    assert shown == [entry.pk for entry in list_doubtful(chat)][:25]
    first = page.context["items"][0]
    order = list(
        chat.entries.filter(kind=EntryKind.POST).exclude(text="").order_by("said_at", "id")
    )
    at = [entry.pk for entry in order].index(first.post.entry.pk)
    told = [entry.body["post"]["text"] for entry in (*order[max(0, at - 2) : at], order[at + 1])]
    assert [one.words for one in (*first.before, *first.after)] == told


def test_a_decision_shows_at_once_and_stands_in_the_folder_soon(
    helper: Client, chat: Chat, site: Site, people: dict[str, User]
) -> None:
    entry = list_doubtful(chat)[0]
    change = decide(helper, chat, entry, "2")
    assert tell(entry) == ("2", "person", 1.0, entry.post_kind)
    assert Event.objects.filter(kind="placed", entry_key=entry.key).count() == 1
    assert "Q2" in helper.get(reverse("entry", args=[entry.public])).content.decode()
    assert read_corrections(site, chat) == ()

    assert note_changes(site) == set()
    (noted,) = read_corrections(site, chat)
    assert (noted.post, noted.question, noted.who, noted.at) == (
        entry.key,
        "2",
        people["helper"].name,
        change.made_at,
    )
    follow_changes(chat.pk, site)
    change.refresh_from_db()
    assert (change.state, tell(entry)[:3]) == ("done", ("2", "person", 1.0))
    folder = ChatFolder.open(site.chats / str(chat.folder))
    assert {one.post: one.question for one in folder.read_placements()}[entry.key] == "2"
    assert folder.find_outdated() == {}


def test_what_was_noted_before_a_kill_is_noted_once(helper: Client, chat: Chat, site: Site) -> None:
    change = decide(helper, chat, list_doubtful(chat)[0], "2")
    note_changes(site)
    Change.objects.filter(pk=change.pk).update(state="wanted")  # as if it had ended in between
    note_changes(site)
    assert len(read_corrections(site, chat)) == 1


def test_a_new_index_shows_what_the_folder_does_not_say_yet(
    helper: Client, chat: Chat, site: Site
) -> None:
    entry = list_doubtful(chat)[0]
    decide(helper, chat, entry, "-", "thanks")
    chat.indexed_as = ""
    assert index_folder(chat, site.chats / str(chat.folder))
    assert tell(entry) == ("", "person", 1.0, "thanks")


def test_what_follows_waits_until_nobody_goes_on(helper: Client, chat: Chat, site: Site) -> None:
    decide(helper, chat, list_doubtful(chat)[0], "2")
    note_changes(site)
    assert list_quiet_chats() == []
    Change.objects.update(made_at=timezone.now() - 2 * QUIET)
    assert list_quiet_chats() == [chat.pk]
    follow_changes(chat.pk, site)
    assert list_quiet_chats() == []


def test_what_ends_its_process_too_often_is_given_up(
    helper: Client, chat: Chat, site: Site
) -> None:
    change = decide(helper, chat, list_doubtful(chat)[0], "2")
    note_changes(site)
    Change.objects.update(made_at=timezone.now() - timedelta(minutes=1), tries=5)
    assert list_quiet_chats() == []
    change.refresh_from_db()
    assert (change.state, change.problem["code"]) == ("failed", "gave-up")


def test_a_decision_is_taken_back(helper: Client, chat: Chat, site: Site) -> None:
    entry = list_doubtful(chat)[0]
    before = tell(entry)
    change = decide(helper, chat, entry, "2")
    follow(site, chat)
    back = helper.post(address(chat, "take_back", change.pk))
    assert (back.status_code, tell(entry)) == (302, before)
    follow(site, chat)
    assert read_corrections(site, chat) == ()
    assert tell(entry) == before

    again = helper.post(
        address(chat, "take_back", change.pk), headers={"accept": "application/json"}
    )
    assert (again.status_code, again.json()) == (
        409,
        {"said": "It has been taken back already."},
    )


def test_only_the_latest_decision_on_a_post_is_taken_back(helper: Client, chat: Chat) -> None:
    entry = list_doubtful(chat)[0]
    first = decide(helper, chat, entry, "2")
    second = decide(helper, chat, entry, "3")
    helper.post(address(chat, "take_back", first.pk))
    assert tell(entry)[0] == "3"
    helper.post(address(chat, "take_back", second.pk))
    assert tell(entry)[0] == "2"
    helper.post(address(chat, "take_back", first.pk))
    assert tell(entry)[1] != "person"


def test_several_posts_are_placed_at_once_or_left_where_they_stand(
    helper: Client, chat: Chat, site: Site
) -> None:
    some = list_doubtful(chat)[:4]
    stood = [entry.question for entry in some]
    helper.post(address(chat, "correct"), {"posts": [one.public for one in some], "question": "="})
    assert [tell(one)[:2] for one in some] == [(question, "person") for question in stood]
    follow(site, chat)
    assert {one.post: one.question or "" for one in read_corrections(site, chat)} == dict(
        zip((one.key for one in some), stood, strict=True)
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"question": "2"}, "Choose a post, and where it belongs."),
        ({"posts": "0", "question": "2"}, "Choose a post, and where it belongs."),
        ({"posts": "first", "question": "99"}, "Choose a post, and where it belongs."),
        (
            {"posts": "first", "question": "2", "kind": "poem"},
            "Choose a post, and where it belongs.",
        ),
    ],
)
def test_what_cannot_be_understood_changes_nothing(
    helper: Client, chat: Chat, said: dict[str, str], told: str
) -> None:
    entry = list_doubtful(chat)[0]
    before = tell(entry)
    said = {name: entry.public if value == "first" else value for name, value in said.items()}
    page = helper.post(address(chat, "correct"), said, follow=True)
    assert [str(one) for one in page.context["messages"]] == [told]
    assert (tell(entry), Change.objects.count()) == (before, 0)


def test_questions_are_worded_added_parted_merged_and_dropped(
    helper: Client, chat: Chat, site: Site
) -> None:
    def list_questions() -> dict[str, str]:
        asked = chat.entries.filter(kind=EntryKind.QUESTION)
        return dict(asked.values_list("key", "text"))

    before = list_questions()
    words = address(chat, "questions")
    helper.post(words, {"label": "2", "text": "Who  looks after the keys?"})
    helper.post(words, {"label": "2.2", "text": "And who pays them?"})
    wanted = before | {"2": "Who looks after the keys?", "2.2": "And who pays them?"}
    assert list_questions() == wanted
    moved = set(
        chat.entries.filter(kind=EntryKind.POST, question="1").values_list("key", flat=True)
    )
    helper.post(address(chat, "drop_question"), {"label": "1", "into": "3"})
    del wanted["1"]
    assert list_questions() == wanted
    follow(site, chat)
    assert list_questions() == wanted
    folder = ChatFolder.open(site.chats / str(chat.folder))
    assert {one.label: one.text for one in folder.read_chat().questions} == wanted
    assert moved <= {one.post for one in folder.read_placements() if one.question == "3"}


def test_a_number_that_is_none_is_told_at_its_field(helper: Client, chat: Chat) -> None:
    page = helper.post(address(chat, "questions"), {"label": "four", "text": "Who?"})
    assert page.context["form"].errors == {
        "label": ["A number such as 4, or 4.2 for the second part of Q4."]
    }


def test_the_keeper_carries_out_what_waits(helper: Client, chat: Chat, site: Site) -> None:
    keeper = Keeper(site)
    keeper.do_round()
    decide(helper, chat, list_doubtful(chat)[0], "2")
    keeper.do_round()
    assert len(read_corrections(site, chat)) == 1


def test_a_change_that_cannot_be_carried_out_shows_the_folder_again(
    helper: Client, chat: Chat, site: Site
) -> None:
    entry = list_doubtful(chat)[0]
    before = tell(entry)
    keeper = Keeper(site)
    keeper.do_round()
    change = decide(helper, chat, entry, "2")
    Change.objects.filter(pk=change.pk).update(
        what={"posts": [entry.key], "question": "99", "kind": ""}
    )
    keeper.do_round()
    change.refresh_from_db()
    assert (change.state, change.problem["code"]) == ("failed", "question-unknown")
    assert tell(entry) == before


def test_nothing_stays_of_changes_to_posts_that_are_gone(
    helper: Client, chat: Chat, site: Site
) -> None:
    entry = list_doubtful(chat)[0]
    decide(helper, chat, entry, "2")
    follow(site, chat)
    root: Path = site.chats / str(chat.folder)
    remove_posts(root, [entry.key], at=timezone.now())
    assert index_folder(Chat.objects.get(pk=chat.pk), root)
    assert not Change.objects.exists()


def hide(browser: Client, chat: Chat, site: Site, *handles: str) -> None:
    """Keep names out of the story, and let the site show it so."""
    take_up_draft(Chat.objects.get(pk=chat.pk), site.chats / str(chat.folder))
    for handle in handles:
        browser.post(address(chat, "name_person"), {"handle": handle, "hide": "on"})
    Change.objects.update(made_at=timezone.now() - 2 * QUIET)
    follow(site, chat)


def test_the_post_of_somebody_hidden_is_corrected_and_still_tells_nobody(
    helper: Client, chat: Chat, site: Site
) -> None:
    entry = list_doubtful(chat)[0]
    author, own = entry.author, entry.key
    text = entry.body["post"]["text"]
    hide(helper, chat, site, author)
    (hidden,) = (one for one in list_doubtful(chat) if one.body["post"]["text"] == text)
    assert (hidden.author, hidden.key == own) == ("name-hidden-1", False)

    before = tell(hidden)
    change = decide(helper, chat, hidden, "2")
    assert tell(hidden)[:2] == ("2", "person")
    follow(site, chat)
    assert [(one.post, one.question) for one in read_corrections(site, chat)] == [(own, "2")]
    assert tell(hidden)[:2] == ("2", "person")
    events = Event.objects.filter(kind="placed")
    assert set(events.values_list("entry_key", flat=True)) == {hidden.key}
    mark_post(User.objects.get(name="Helper"), hidden, "idea")
    pages = [address(chat, name) for name in ("archive", "marks")]
    pages += [f"{address(chat, 'sort')}?question=2", reverse("entry", args=[hidden.public])]
    for page in pages:
        said = helper.get(page).content.decode()
        assert [own in said, f"@{author}" in said] == [False, False], page

    helper.post(address(chat, "take_back", change.pk))
    assert tell(hidden) == before
    follow(site, chat)
    assert (read_corrections(site, chat), tell(hidden)) == ((), before)


def test_a_correction_finds_its_post_whoever_is_hidden_meanwhile(
    helper: Client, chat: Chat, site: Site
) -> None:
    first, second = list_doubtful(chat)[0], list_doubtful(chat)[-1]
    assert first.author != second.author
    hide(helper, chat, site, first.author)
    change = decide(helper, chat, chat.entries.get(body__own_id=first.key), "2")
    hide(helper, chat, site, second.author)  # the posts of both are counted anew
    (noted,) = read_corrections(site, chat)
    assert noted.post == first.key
    now = chat.entries.get(body__own_id=first.key)
    assert tell(now)[:2] == ("2", "person")
    helper.post(address(chat, "take_back", change.pk))
    now.refresh_from_db()
    assert now.body["placement"]["post"] == now.key


def test_where_posts_stand_by_now_is_told(helper: Client, host: Client, chat: Chat) -> None:
    first, second, third = list_doubtful(chat)[:3]
    decide(host, chat, first, "2")
    decide(host, chat, second, "-")
    Entry.objects.filter(pk=third.pk).update(text="")
    sought = {"posts": [first.public, second.public, third.public, "nobody"]}
    told = helper.get(address(chat, "standing"), sought).json()
    assert told == {"posts": {first.key: ["2", "person"], second.key: ["", "person"]}}


@pytest.mark.parametrize(("change", "named"), [("a1b2-c3", {"change": "a1b2-c3"}), ("<b>", {})])
def test_an_event_names_the_change_of_the_page_that_made_it(
    helper: Client, chat: Chat, change: str, named: dict[str, str]
) -> None:
    entry = list_doubtful(chat)[0]
    said = {"posts": [entry.public], "question": "2", "change": change}
    helper.post(address(chat, "correct"), said)
    assert Event.objects.get(kind="placed").payload == {"question": "2", **named}
    decide(helper, chat, entry, "3")
    assert Event.objects.filter(kind="placed").latest("seq").payload == {"question": "3"}
