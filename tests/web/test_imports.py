"""Files brought in on the desk: looked at, shown, and kept only when somebody says so."""

from __future__ import annotations

import csv
import os
import shutil
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.web.conftest import EXAMPLES

from chinwag.stores.folder import ChatFolder
from chinwag.web.chats.actions.imports import name_files
from chinwag.web.chats.models import Chat, Import, LogEntry, Series
from chinwag.web.keeper import imports as imports_module
from chinwag.web.keeper.chats import take_up
from chinwag.web.keeper.found import describe_found
from chinwag.web.keeper.imports import run_import
from chinwag.web.keeper.loop import Keeper
from chinwag.web.site import Site

SAMPLE = sorted(EXAMPLES.glob("*.json"))
MARCH, APRIL = datetime(2026, 3, 5, 19, tzinfo=UTC), datetime(2026, 4, 2, 19, tzinfo=UTC)
SAID = (
    ("host", "Q1: What would you do with one empty room? #stackschat"),
    ("ann", "A1: fill it with chairs #stackschat"),
    ("ben", "A1: a quiet room for exams, and the keys with the students #stackschat"),
    ("host", "Q2: And with a second one? #stackschat"),
    ("cem", "A2: the same again, but warm #stackschat"),
    ("ann", "A2: a kitchen, for whoever works late #stackschat"),
)


def write_csv(*starts: datetime, spoilt: bool = False) -> bytes:
    """Return a file of a chat at each of these times; the rows that are spoilt have no time."""
    rows = StringIO()
    table = csv.writer(rows)
    table.writerow(("id", "created_at", "username", "text"))
    for start in starts:
        for number, (author, text) in enumerate(SAID):
            at = start + timedelta(minutes=5 * number)
            table.writerow((f"{at:%Y%m%d%H%M}", at.isoformat(), author, text))
    if spoilt:
        table.writerow(("77", "some day", "dee", "when was this? #stackschat"))
    return rows.getvalue().encode()


def bring(browser: Client, address: str, *files: tuple[str, bytes], **said: str) -> Import:
    """Return the import that comes of files, as the browser sends them."""
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    answer = browser.post(address, {"uploads": uploads, **said})
    brought = Import.objects.order_by("pk").last()
    assert brought is not None, answer.context["form"].errors
    assert answer["Location"] == reverse("import", args=["stackschat", brought.pk])
    return brought


def look(brought: Import, site: Site) -> Import:
    run_import(brought.pk, site)
    brought.refresh_from_db()
    return brought


def decide(browser: Client, brought: Import, **said: str) -> None:
    address = reverse("import", args=["stackschat", brought.pk])
    assert browser.post(address, said).status_code == 302


def read_page(browser: Client, brought: Import) -> str:
    return browser.get(reverse("import", args=["stackschat", brought.pk])).content.decode()


def list_posts(site: Site, chat: Chat) -> list[str]:
    return [post.id for post in ChatFolder.open(site.chats / str(chat.folder)).read_posts()]


@pytest.fixture
def imports(series: Series) -> str:
    return reverse("imports", args=[series.slug])


def test_files_are_shown_before_they_are_kept_and_kept_when_somebody_says_so(
    series: Series, site: Site, imports: str, helper: Client
) -> None:
    brought = bring(helper, imports, ("march.csv", write_csv(MARCH, spoilt=True)))
    assert (brought.state, brought.files) == ("looking", ["march.csv"])
    assert "The files are being looked at" in read_page(helper, brought)
    look(brought, site)
    assert brought.state == "found"
    page = read_page(helper, brought)
    for words in (
        "Thursday 5 March 2026, 19:00",
        "6 posts",
        "4 people",
        "What would you do with one empty room?",
        "march.csv, line 8:",
        "when was this?",
    ):
        assert words in page
    assert series.chats.count() == 1
    decide(helper, brought, do="keep", **{"into-0": "new"})
    look(brought, site)
    assert brought.state == "done"
    chat = series.chats.get(pk=brought.made[0])
    assert (chat.slug, chat.posts, chat.people, chat.state) == ("2026-03-05", 6, 4, "closed")
    assert len(list_posts(site, chat)) == 6
    assert helper.get(f"{chat.get_absolute_url()}story/").status_code == 200
    assert not (site.uploads / str(brought.pk)).exists()
    assert chat.get_absolute_url() in read_page(helper, brought)
    acts = LogEntry.objects.filter(series=series).order_by("pk").values_list("action", flat=True)
    assert list(acts) == [
        "brought files",
        "asked to keep files",
        "planned chat",
        "brought in files",
    ]


def test_posts_under_another_hashtag_are_asked_about_before_they_are_kept(
    site: Site, imports: str, helper: Client
) -> None:
    asked = "is #inkchat, and this series has #stackschat"
    own = look(bring(helper, imports, ("march.csv", write_csv(MARCH))), site)
    strange = write_csv(APRIL).replace(b"#stackschat", b"#inkchat")
    other = look(bring(helper, imports, ("april.csv", strange)), site)
    assert [asked in read_page(helper, one) for one in (own, other)] == [False, True]


def test_every_chat_of_a_file_becomes_a_chat(
    series: Series, site: Site, imports: str, helper: Client
) -> None:
    file = ("year.csv", write_csv(MARCH, APRIL))
    brought = look(bring(helper, imports, file, each="on"), site)
    assert [one["posts"] for one in brought.found] == [6, 6]
    decide(helper, brought, do="keep", **{"into-0": "new", "into-1": "new"})
    look(brought, site)
    made = series.chats.filter(pk__in=brought.made).order_by("starts_at")
    assert [(chat.slug, chat.posts) for chat in made] == [("2026-03-05", 6), ("2026-04-02", 6)]


def test_a_chat_of_several_can_be_left_out(
    series: Series, site: Site, imports: str, helper: Client
) -> None:
    file = ("year.csv", write_csv(MARCH, APRIL))
    brought = look(bring(helper, imports, file, each="on"), site)
    decide(helper, brought, do="keep", **{"into-0": "leave", "into-1": "new"})
    look(brought, site)
    assert series.chats.filter(slug__startswith="2026-0").values_list("slug", flat=True).get() == (
        "2026-04-02"
    )
    assert brought.made[0] is None


def test_the_same_file_again_doubles_nothing(
    chat: Chat, site: Site, imports: str, helper: Client
) -> None:
    before = list_posts(site, chat)
    files = [(path.name, path.read_bytes()) for path in SAMPLE]
    brought = look(bring(helper, imports, *files), site)
    assert "was held at that time" in read_page(helper, brought)
    decide(helper, brought, do="keep", **{"into-0": str(chat.pk)})
    look(brought, site)
    assert (brought.state, brought.made) == ("done", [chat.pk])
    assert list_posts(site, chat) == before
    assert chat.series.chats.count() == 1


def test_a_file_of_another_chat_is_refused_in_a_sentence_unless_it_is_wanted_anyway(
    chat: Chat, site: Site, helper: Client
) -> None:
    address = reverse("chat_import", args=[chat.series.slug, chat.slug])
    before = list_posts(site, chat)
    brought = look(bring(helper, address, ("march.csv", write_csv(MARCH))), site)
    assert brought.state == "failed"
    page = read_page(helper, brought)
    assert "it holds nothing of your chat." in page
    assert "If it belongs to this chat after all" in page
    assert list_posts(site, chat) == before
    decide(helper, brought, do="again", **{"look-anyway": "on"})
    look(brought, site)
    assert brought.state == "found", brought.problem
    decide(helper, brought, do="keep", **{"into-0": str(chat.pk)})
    look(brought, site)
    assert brought.state == "done", brought.problem
    assert set(before) <= set(list_posts(site, chat))


def test_files_of_a_planned_chat_take_its_place(series: Series, site: Site, helper: Client) -> None:
    planned = Chat.objects.create(
        series=series,
        slug="2026-04-02",
        title="Rooms",
        starts_at=APRIL,
        ends_at=APRIL + timedelta(hours=1),
    )
    address = reverse("chat_import", args=[series.slug, planned.slug])
    brought = look(bring(helper, address, ("all.csv", write_csv(MARCH, APRIL))), site)
    assert brought.found[0]["start"].startswith("2026-04-02")
    decide(helper, brought, do="keep", **{"into-0": str(planned.pk)})
    look(brought, site)
    planned.refresh_from_db()
    assert (planned.title, planned.posts, planned.state) == ("Rooms", 6, "closed")


def test_what_is_set_aside_is_deleted_and_nothing_is_kept(
    series: Series, site: Site, imports: str, helper: Client
) -> None:
    brought = look(bring(helper, imports, ("march.csv", write_csv(MARCH))), site)
    decide(helper, brought, do="aside")
    Keeper(site).do_round()
    assert not (site.uploads / str(brought.pk)).exists()
    assert series.chats.count() == 1
    decide(helper, brought, do="keep", **{"into-0": "new"})
    brought.refresh_from_db()
    assert brought.state == "stopped"


def test_what_was_set_aside_while_it_was_looked_at_stays_so(
    site: Site, imports: str, helper: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought = bring(helper, imports, ("march.csv", write_csv(MARCH)))

    def decide_first(*given: object) -> object:
        decide(helper, brought, do="aside")
        return describe_found(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(imports_module, "describe_found", decide_first)
    assert look(brought, site).state == "stopped"


@pytest.mark.parametrize("after", ["planned", "moved", "indexed"])
def test_a_kill_while_it_is_kept_neither_loses_nor_doubles(
    after: str,
    series: Series,
    site: Site,
    imports: str,
    helper: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    brought = look(bring(helper, imports, ("march.csv", write_csv(MARCH))), site)
    decide(helper, brought, do="keep", **{"into-0": "new"})

    def be_killed(*given: object) -> None:
        if after == "indexed":
            take_up(*given)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        if after == "planned":
            patched.setattr(Path, "rename", be_killed)
        else:
            patched.setattr(imports_module, "take_up", be_killed)
        with pytest.raises(KeyboardInterrupt):
            look(brought, site)
    look(brought, site)
    assert (brought.state, len(brought.made)) == ("done", 1)
    chat = series.chats.get(slug__startswith="2026-03-05")
    assert (chat.posts, len(list_posts(site, chat))) == (6, 6)
    assert chat.entries.filter(kind="post").count() == 6


def test_a_file_that_cannot_be_read_says_why_and_stays_for_another_try(
    site: Site, imports: str, helper: Client
) -> None:
    brought = look(bring(helper, imports, ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(200))), site)
    assert brought.state == "failed"
    assert brought.problem["code"] in ("not-an-export", "format-unrecognised")
    assert (site.uploads / str(brought.pk) / "files" / "photo.png").is_file()
    assert "Look again" in read_page(helper, brought)


def test_empty_and_missing_files_are_refused_on_the_form(imports: str, helper: Client) -> None:
    nothing = helper.post(imports, {})
    assert nothing.context["form"].errors["uploads"]
    many = [SimpleUploadedFile(f"{number}.csv", b"x") for number in range(21)]
    assert "at most 20 files" in str(helper.post(imports, {"uploads": many}).content)
    assert not Import.objects.exists()


def test_an_hour_that_ends_before_it_begins_is_refused_on_the_form(
    imports: str, helper: Client
) -> None:
    said = {"start": "2026-03-05T20:00", "end": "2026-03-05T19:00"}
    file = SimpleUploadedFile("march.csv", write_csv(MARCH))
    page = helper.post(imports, {"uploads": [file], **said})
    assert "The chat ends before it begins." in page.content.decode()


def test_names_of_files_are_plain_and_differ() -> None:
    names = ["a.csv", "A.csv", "../../etc/passwd", "x\ny.tar.gz", ".hidden", "", "n" * 300 + ".csv"]
    names.append("\u5cf6" * 90 + ".csv")
    assert name_files(names) == [
        "a.csv",
        "A-2.csv",
        "passwd",
        "xy.tar.gz",
        "hidden",
        "file",
        f"{'n' * 150}.csv",
        "\u5cf6" * 50 + ".csv",
    ]


def test_uploads_that_nobody_asks_for_any_more_go(site: Site, imports: str, helper: Client) -> None:
    waiting = look(bring(helper, imports, ("march.csv", write_csv(MARCH))), site)
    old, young = site.uploads / ".part-old", site.uploads / ".part-young"
    for folder in (old, young):
        folder.mkdir()
    days_ago = (timezone.now() - timedelta(days=2)).timestamp()
    os.utime(old, (days_ago, days_ago))
    Keeper(site).do_round()
    assert sorted(path.name for path in site.uploads.iterdir()) == [
        ".part-young",
        str(waiting.pk),
    ]
    Import.objects.update(made_at=timezone.now() - timedelta(days=15))
    keeper = Keeper(site)
    keeper.do_round()
    keeper.do_round()
    waiting.refresh_from_db()
    assert waiting.state == "stopped"
    assert not (site.uploads / str(waiting.pk)).exists()
    shutil.rmtree(young)
