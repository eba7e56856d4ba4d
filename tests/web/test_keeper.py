"""What the keeper does in a round: it finds folders, follows their changes, and tidies up."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from chinwag.web.chats.actions.chats import plan_chat
from chinwag.web.chats.models import Capture, Chat, Event, Import, Series
from chinwag.web.keeper.holding import TwoKeepers, hold_site
from chinwag.web.keeper.kinds import KINDS
from chinwag.web.keeper.loop import Keeper
from chinwag.web.site import Site
from chinwag.workflows.edit_chat import Particulars, edit_chat, set_particulars


def test_a_folder_put_in_its_place_is_found_and_followed(
    series: Series, site: Site, sample_folder: Path
) -> None:
    start = datetime(2027, 2, 2, 19, tzinfo=UTC)
    plan = Chat(series=series, title="To come", starts_at=start, ends_at=start + timedelta(hours=1))
    chat = plan_chat(None, plan)
    keeper = Keeper(site)
    keeper.do_round()
    chat.refresh_from_db()
    assert (chat.folder, chat.posts, chat.state) == (None, 0, "planned")

    root = site.chats / "stackschat" / "2027-02-02"
    shutil.copytree(sample_folder, root)
    keeper.do_round()
    chat.refresh_from_db()
    assert (chat.folder, chat.posts, chat.state) == ("stackschat/2027-02-02", 355, "closed")
    assert (site.stories / "stackschat" / "2027-02-02" / "story.md").is_file()

    titled = Particulars(title="Held at last")
    edit_chat(root, lambda before: set_particulars(before, titled), at=start)
    keeper.do_round()
    chat.refresh_from_db()
    assert chat.title == "Held at last"


def test_a_damaged_folder_leaves_what_is_shown(chat: Chat, site: Site) -> None:
    keeper = Keeper(site)
    keeper.do_round()
    (site.chats / str(chat.folder) / "chat.toml").write_text("title = ")
    keeper.do_round()
    chat.refresh_from_db()
    assert (chat.title, chat.posts) == ("Libraries after dark", 355)


def test_old_events_go(chat: Chat, site: Site) -> None:
    Event.objects.update(at=timezone.now() - timedelta(days=8))
    Keeper(site).do_round()
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("hour", "is_stopped", "state"),
    [(-3, False, "failed"), (0, True, "failed"), (0, False, "running")],
    ids=["long over", "to be ended", "in its hour"],
)
def test_work_that_failed_too_often_is_given_up_but_for_a_capture_in_its_hour(
    hour: int, is_stopped: bool, state: str, chat: Chat
) -> None:
    chat.starts_at = timezone.now() + timedelta(hours=hour)
    chat.ends_at = chat.starts_at + timedelta(hours=1)
    chat.save()
    row = Capture.objects.create(chat=chat, tries=5, state="running", stop_wanted=is_stopped)
    due = list(KINDS["capture"].list_due())
    row.refresh_from_db()
    assert (row.state, due) == (state, [row.pk] if state == "running" else [])
    problem = {"code": "gave-up", "parts": {"tries": 5}}
    assert row.problem == (problem if state == "failed" else {})


def test_an_import_that_failed_too_often_is_given_up(chat: Chat) -> None:
    row = Import.objects.create(series=chat.series, state="looking", tries=5)
    assert list(KINDS["import"].list_due()) == []
    row.refresh_from_db()
    assert (row.state, row.problem["code"]) == ("failed", "gave-up")


def test_what_an_earlier_keeper_held_is_taken_up_by_the_next(chat: Chat) -> None:
    rows = KINDS["import"].rows
    assert rows is not None
    row = Import.objects.create(series=chat.series, state="looking")
    rows.lease([row.pk])
    assert rows.list_due() == []
    rows.release_all()
    assert rows.list_due() == [row.pk]


def test_a_child_that_fails_leaves_its_row_for_later(chat: Chat) -> None:
    rows = KINDS["import"].rows
    assert rows is not None
    row = Import.objects.create(series=chat.series, state="looking", tries=3)
    rows.note_end(row.pk, 1)
    row.refresh_from_db()
    assert row.tries == 4
    assert rows.list_due() == []
    rows.note_end(row.pk, 0)
    assert rows.list_due() == [row.pk]


def test_a_site_has_one_keeper(site: Site) -> None:
    with hold_site(site.folder), pytest.raises(TwoKeepers), hold_site(site.folder):
        pass
