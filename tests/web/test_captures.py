"""A capture on the site: asked for and watched on the desk, and told to open pages as it comes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from tests.networks.fake_server import START
from tests.workflows.evening import Ear, Evening

from chinwag.capture.state import ChatState as FolderState
from chinwag.config import read_settings
from chinwag.errors import InputError
from chinwag.model import Window
from chinwag.stores.folder import ChatFolder
from chinwag.web.chats.models import Block, Capture, Chat, Entry, Event, Membership, Series, User
from chinwag.web.keeper.captures import SiteListener, describe_view, keep_hour, refuse_inside
from chinwag.web.keeper.chats import take_up
from chinwag.web.keeper.following import IndexFollower
from chinwag.web.site import Site
from chinwag.web.sources import Source, open_routes
from chinwag.workflows.capture_chat import open_folder
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.edit_blocks import read_blocks
from chinwag.workflows.edit_story import apply_sheet, export_sheet
from chinwag.workflows.recap_files import recap_files
from chinwag.workflows.remove_posts import remove_posts

DAY = "2026-03-05"
BIN = "board://green/4"


@pytest.fixture
def inkchat(db: None, site: Site) -> Chat:
    series = Series.objects.create(
        slug="inkchat", name="Ink", hashtag="inkchat", time_zone="Europe/London"
    )
    return Chat.objects.create(
        series=series,
        slug=DAY,
        title="Rooms",
        starts_at=START,
        ends_at=START + timedelta(hours=1),
        folder=f"inkchat/{DAY}",
    )


@pytest.fixture
def evening(inkchat: Chat, site: Site) -> Iterator[Evening]:
    made = Evening(site.chats / str(inkchat.folder))
    yield made
    made.close()


@pytest.fixture
def host(inkchat: Chat) -> Client:
    user = User.objects.create_user("host@example.org", name="Host")
    Membership.objects.create(series=inkchat.series, user=user, role="host")
    browser = Client()
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def capture(
    evening: Evening, is_as_wanted: Callable[[FolderState], bool] = lambda _: True
) -> FolderState:
    """Capture until all that the noticeboard has is placed; return what the folder says then."""
    evening.ear = Ear()
    evening.stop = asyncio.Event()

    def is_written() -> bool:
        state = evening.ear.written
        if state is None or len(state.posts) < len(evening.board.list_notes()):
            return False
        waiting = [one for one in state.placements if one.reason.code == "not-placed-yet"]
        return not waiting and is_as_wanted(state)

    evening.run(evening.capture_while(lambda: evening.until(is_written)))
    written: FolderState | None = evening.ear.written
    assert written is not None
    return written


def find_text(state: FolderState, id_: str) -> str:
    return next((post.text for post in state.posts if post.id == id_), "")


def list_told(chat: Chat, after: int = 0) -> list[tuple[str, str, str]]:
    told = Event.objects.filter(chat=chat, seq__gt=after).order_by("seq")
    return [(one.kind, one.entry_key, one.payload.get("question", "")) for one in told]


def list_entries(chat: Chat) -> list[dict[str, Any]]:
    posts = Entry.objects.filter(chat=chat, kind="post").order_by("key")
    return [dict(row) for row in posts.values("key", "author", "text", "speaker", "body")]


def list_words(chat: Chat) -> dict[str, str]:
    posts = Entry.objects.filter(chat=chat, kind="post")
    return {entry.key: entry.body["post"]["text"] for entry in posts}


def count_events(chat: Chat) -> int:
    chat.refresh_from_db()
    return chat.last_seq


def test_what_comes_stands_in_the_index_and_is_told_once(
    inkchat: Chat, evening: Evening, site: Site
) -> None:
    evening.pin_all()
    state = capture(evening)
    follower = IndexFollower(inkchat, site)
    follower.follow(state)
    assert list_words(inkchat) == evening.read_texts()
    posts = [f"board://green/{number}" for number in range(1, 5)]
    assert list_told(inkchat) == [("post", post, "1") for post in posts] + [("question", "1", "")]
    last = count_events(inkchat)
    follower.follow(state)
    IndexFollower(inkchat, site).follow(state)  # as after a kill
    assert count_events(inkchat) == last


def test_what_has_changed_is_told_as_changed(inkchat: Chat, evening: Evening, site: Site) -> None:
    evening.pin_all()
    IndexFollower(inkchat, site).follow(capture(evening))
    last = count_events(inkchat)
    evening.board.amend(4, "A1 a quiet room for everybody #inkchat", evening.clock.now())
    evening.board.pin("dee", "A1 keep it empty #inkchat", START + timedelta(minutes=6), 1)
    state = capture(evening, lambda state: "everybody" in find_text(state, BIN))
    IndexFollower(inkchat, site).follow(state)
    assert sorted(list_told(inkchat, last)) == [
        ("changed", BIN, "1"),
        ("post", "board://green/5", "1"),
    ]
    assert list_words(inkchat) == evening.read_texts()


def test_people_whom_the_story_hides_stay_hidden_while_it_is_captured_again(
    inkchat: Chat, evening: Evening, site: Site
) -> None:
    evening.pin_all()
    capture(evening)
    recap_files([], evening.root)
    sheet = export_sheet(evening.root)
    apply_sheet(evening.root, f"hide: @ben\n{sheet}", at=START)
    take_up(inkchat, site)
    follower = IndexFollower(inkchat, site)
    follower.follow(capture(evening))
    evening.board.pin("ben", "A1 and lamps, with care #inkchat", START + timedelta(minutes=6), 1)
    follower.follow(capture(evening))
    now = list_entries(inkchat)
    assert [one for one in now if "ben" in f"{one['text']} {one['author']} {one['body']}"] == []
    hidden = [one["key"] for one in now if one["author"] == "name-hidden-1"]
    assert hidden == ["post-hidden-1", "post-hidden-2"]
    take_up(inkchat, site)
    assert list_entries(inkchat) == now


def test_what_was_deleted_or_taken_out_leaves_no_words_and_is_told_as_gone(
    inkchat: Chat, evening: Evening, site: Site
) -> None:
    evening.pin_all()
    IndexFollower(inkchat, site).follow(capture(evening))
    recap_files([], evening.root)
    take_up(inkchat, site)
    assert inkchat.story_pages.exists()
    last = count_events(inkchat)
    evening.board.take_down(4)
    remove_posts(evening.root, [], "ben", at=datetime(2026, 3, 6, tzinfo=UTC))
    state = capture(evening, lambda state: not find_text(state, BIN))
    IndexFollower(inkchat, site).follow(state)
    kinds = [kind for kind, _, _ in list_told(inkchat, last)]
    assert kinds.count("gone") >= 2
    held = [*Entry.objects.values_list("text", "body"), *inkchat.story_pages.values_list("html")]
    for words in ("quiet room for exams", "nobody has to pay"):
        assert words not in str(held)
        assert words not in str(list(Event.objects.values_list("payload")))


def test_a_database_that_is_away_is_written_afterwards(
    inkchat: Chat, evening: Evening, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chinwag.web.keeper.captures.connection.close", lambda: None)
    row = Capture.objects.create(chat=inkchat)
    listener = SiteListener(row, site)
    evening.pin_all()
    state = capture(evening)
    with monkeypatch.context() as patched:
        patched.setattr(IndexFollower, "follow", refuse)
        listener.hear_written(state)
    assert list_words(inkchat) == {}
    listener.hear_written(state)
    assert list_words(inkchat) == evening.read_texts()


def refuse(*_: object) -> None:
    raise OperationalError("the database is away")


def test_the_story_is_made_at_the_end(inkchat: Chat, evening: Evening, site: Site) -> None:
    evening.pin_all()
    evening.run(evening.capture(writes_up=True))
    take_up(inkchat, site)
    inkchat.refresh_from_db()
    assert (inkchat.posts, inkchat.people) == (4, 4)
    assert inkchat.story_pages.count() > 0
    assert ChatFolder.open(evening.root).has("summary.json")


def test_the_draft_can_be_edited_before_the_story_is_made(
    inkchat: Chat, evening: Evening, site: Site, host: Client
) -> None:
    write = reverse("write", args=["inkchat", DAY])
    assert "Nothing has been summarised yet." in host.get(write).content.decode()
    evening.pin_all()
    follower = IndexFollower(inkchat, site)
    follower.follow(capture(evening))
    Chat.objects.update(facts={})
    evening.run(evening.capture(writes_up=True))
    last = count_events(inkchat)
    (material,) = evening.drafts
    follower.show_draft(material)
    assert list_told(inkchat, last)[-1] == ("draft", "", "")
    assert not inkchat.story_pages.exists()
    page = host.get(write)
    shown = [one.text for one in page.context["blocks"]]
    assert "a quiet room for exams" in shown
    blocks = list_blocks(inkchat)
    take_up(inkchat, site)
    assert inkchat.story_pages.exists()
    assert list_blocks(inkchat) == blocks
    assert [one.text for one in host.get(write).context["blocks"]] == shown


def test_a_draft_in_which_somebody_is_hidden_waits_until_they_are_hidden_everywhere(
    inkchat: Chat, evening: Evening, site: Site
) -> None:
    evening.pin_all()
    capture(evening)
    recap_files([], evening.root)
    apply_sheet(evening.root, f"hide: @ben\n{export_sheet(evening.root)}", at=START)
    IndexFollower(inkchat, site).show_draft(read_blocks(evening.root))
    assert list_blocks(inkchat) == []
    take_up(inkchat, site)
    assert list_blocks(inkchat) != []


def list_blocks(chat: Chat) -> list[tuple[int, int, dict[str, Any]]]:
    rows = Block.objects.filter(draft__chat=chat).order_by("position")
    return [(row.pk, row.revision, row.body) for row in rows]


def test_a_chat_without_a_post_ends_without_a_story(
    inkchat: Chat, evening: Evening, site: Site
) -> None:
    evening.run(evening.capture(writes_up=True))
    take_up(inkchat, site)
    assert not inkchat.story_pages.exists()


def watch(browser: Client) -> str:
    return browser.get(reverse("capture", args=["inkchat", DAY])).content.decode()


def test_a_host_starts_and_ends_a_capture_on_the_desk(inkchat: Chat, host: Client) -> None:
    assert "Start the capture" in watch(host)
    start = reverse("start_capture", args=["inkchat", DAY])
    nothing = host.post(start, {"grace": "30"})
    assert "Name at least one place" in nothing.content.decode()
    said = {"read-bluesky": "on", "more-mastodon": "glam.example\n\nshelf.example\n", "grace": "20"}
    assert host.post(start, said)["Location"] == reverse("capture", args=["inkchat", DAY])
    row = Capture.objects.get(chat=inkchat)
    assert (row.state, row.grace, row.sources) == (
        "wanted",
        20,
        {"mastodon": ["glam.example", "shelf.example"], "bluesky": [""]},
    )
    again = host.post(start, said, follow=True)
    assert "This chat is being captured already." in again.content.decode()
    Capture.objects.update(state="running")
    host.post(reverse("stop_capture", args=["inkchat", DAY]))
    row.refresh_from_db()
    assert (row.state, row.stop_wanted) == ("running", True)
    assert "The capture is ending" in watch(host)


def test_an_hour_that_is_moved_on_the_desk_reaches_the_folder_of_the_capture(
    inkchat: Chat, host: Client, site: Site
) -> None:
    root = site.chats / str(inkchat.folder)
    end = START + timedelta(hours=1)
    open_folder(root, ChatDetails(hashtag="inkchat", start=START, end=end))
    Chat.objects.filter(pk=inkchat.pk).update(state="live", indexed_as="a digest")
    captured = Chat.objects.get(pk=inkchat.pk)
    keep_hour(captured, root)
    assert ChatFolder.open(root).read_edits() == ()

    address = reverse("describe_chat", args=["inkchat", DAY])
    shown = host.get(address).context["form"]
    assert [name for name in ("title", "starts_at", "minutes") if name in shown.fields] == [
        "starts_at",
        "minutes",
    ]
    said = {"topic": "", "tags": "", "starts_at": "2026-03-05T19:00", "minutes": "80"}
    assert host.post(address, said).status_code == 302
    keep_hour(captured, root)
    window = ChatFolder.open(root).read_chat().window
    assert window == Window(start=START, end=START + timedelta(minutes=80), by="person")
    keep_hour(captured, root)
    assert len(ChatFolder.open(root).read_edits()) == 1

    Chat.objects.update(state="closed")
    assert "minutes" not in host.get(address).context["form"].fields


def test_a_capture_that_has_not_begun_is_stopped_at_once(inkchat: Chat, host: Client) -> None:
    host.post(reverse("start_capture", args=["inkchat", DAY]), {"read-bluesky": "on", "grace": "0"})
    host.post(reverse("stop_capture", args=["inkchat", DAY]))
    assert Capture.objects.get(chat=inkchat).state == "stopped"
    assert "Start the capture" in watch(host)


def test_the_desk_shows_what_the_terminal_shows(
    inkchat: Chat, evening: Evening, site: Site, host: Client
) -> None:
    def has_shown(state: FolderState) -> bool:
        view = evening.ear.view
        return view is not None and view.posts == 4 and len(view.questions) == 1

    evening.pin_all()
    IndexFollower(inkchat, site).follow(capture(evening, has_shown))
    view = evening.ear.view
    assert view is not None
    row = Capture.objects.create(chat=inkchat, state="running", view=describe_view(view))
    row.seen_at = row.made_at
    row.save()
    page = watch(host)
    for words in ("What would you do with one empty room?", "green", "All is well", "Received"):
        assert words in page
    for post in view.in_need:
        assert post.post.text[:20] in page
    row.refresh_from_db()
    routes = row.view["routes"]
    routes[0] |= {
        "state": "waiting",
        "is_wrong": True,
        "note": {"code": "mastodon-stream-closed", "parts": {"host": "glam.example"}},
    }
    row.save()
    page = watch(host)
    assert "1 of 2 routes does not work." in page
    assert "Whoever runs the site can give it a new token for that server." in page
    Capture.objects.update(seen_at=row.made_at - timedelta(minutes=1))
    assert "The capture is away for a moment." in watch(host)


def test_why_a_capture_failed_is_said_in_a_sentence(inkchat: Chat, host: Client) -> None:
    problem = {"code": "gave-up", "parts": {"tries": 5}}
    Capture.objects.create(chat=inkchat, state="failed", problem=problem)
    page = watch(host)
    assert "The site has tried five times" in page
    assert "Start the capture" in page


@pytest.mark.parametrize(
    "place", ["127.0.0.1", "http://localhost:9200", "[::1]", "10.0.0.1", "http://169.254.169.254"]
)
def test_nobody_reaches_a_private_network_through_a_capture(place: str) -> None:
    with pytest.raises(InputError, match="is in a private network"):
        asyncio.run(refuse_inside({"mastodon": [place]}, []))


def test_what_the_settings_name_may_be_anywhere() -> None:
    known = [Source("mastodon", "SERVER", ("127.0.0.1:3000",))]
    asyncio.run(refuse_inside({"mastodon": ["", "127.0.0.1:3000"]}, known))


def test_a_server_that_is_named_twice_is_read_once() -> None:
    settings = read_settings({"CHINWAG_MASTODON_SERVERS": "glam.example"})
    own = open_routes(settings, {"mastodon": [""]})
    both = open_routes(settings, {"mastodon": ["", "glam.example", "shelf.example"]})
    assert [route.name for route in own] == [route.name for route in both][: len(own)]
    assert len(both) == 2 * len(own)
