"""A site is copied and made again, page by page, and never with what was taken out of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from difflib import unified_diff
from pathlib import Path

import pytest
from tests.web.processes import OwnSite, lend_database, make_own_site

from chinwag.stores.folder import ChatFolder
from chinwag.web.backup.dumps import STAMP
from chinwag.workflows.check_folder import check_folder
from chinwag.workflows.remove_posts import remove_posts
from chinwag.workflows.repeat_removals import repeat_removals

pytestmark = pytest.mark.slow
CHAT = "stackschat/2026-10-13"
SERVER = os.environ.get("CHINWAG_SITE_DATABASE", "")
AT = datetime(2026, 10, 20, 9, tzinfo=UTC)


def do(own: OwnSite, doing: str, *words: str) -> dict[str, str]:
    """Let a process of the site's own do something, by `own_site_acts.py`."""
    command = [sys.executable, str(Path(__file__).with_name("own_site_acts.py")), doing, *words]
    environment = own.environment | {"CHINWAG_SITE_FOLDER": str(own.folder)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    said: dict[str, str] = json.loads(done.stdout)
    return said


@pytest.fixture(scope="module")
def made_site(
    tmp_path_factory: pytest.TempPathFactory, sample_folder: Path
) -> Iterator[tuple[OwnSite, str]]:
    """Return a site with the sample chat, its team, a plan, a file brought, and secrets."""
    with lend_database(SERVER) as database:
        made = make_own_site(tmp_path_factory.mktemp("made") / "site", database)
        made.run("admin", "add", str(sample_folder), "--publish")
        do(made, "fill")
        yield made, database


@pytest.fixture
def full_site(made_site: tuple[OwnSite, str], tmp_path: Path) -> Iterator[OwnSite]:
    """Return a copy of that site, which a test may change."""
    made, database = made_site
    with lend_database(SERVER, like=database) as own:
        shutil.copytree(made.folder, tmp_path / "site")
        yield make_own_site(tmp_path / "site", own)


def find_differences(shown: dict[str, str], before: dict[str, str]) -> list[str]:
    """Return the lines in which two sites differ, page by page."""
    found = [f"{path} is in one alone" for path in sorted(shown.keys() ^ before.keys())]
    for path in sorted(shown.keys() & before.keys()):
        lines = unified_diff(before[path].splitlines(), shown[path].splitlines(), path, n=0)
        found += list(lines)
    return found


def show_all_but_health(own: OwnSite) -> dict[str, str]:
    """Return every page of a site but the one that says how its own database does."""
    shown = do(own, "show")
    del shown["/site/"]
    return shown


def list_files(copy: Path) -> dict[str, int]:
    """Return the files of a copy, with the number that the disk knows each by."""
    files = [path for path in sorted(copy.rglob("*")) if path.is_file()]
    return {str(path.relative_to(copy)): path.stat().st_ino for path in files}


def test_a_restored_site_is_the_site_page_by_page(full_site: OwnSite, tmp_path: Path) -> None:
    place = tmp_path / "place"
    made = full_site.run("backup", str(place), "--with-keys")
    assert (made["manifest"]["folders"], made["manifest"]["has_keys"]) == (1, True)
    shown = do(full_site, "show")
    assert len(shown) > 12
    with lend_database(SERVER) as database:
        other = make_own_site(tmp_path / "other", database)
        restored = other.run("restore", str(place))
        assert {
            name: restored[name] for name in ("chats", "repeated", "second_steps", "failed")
        } == {
            "chats": 1,
            "repeated": 0,
            "second_steps": 0,
            "failed": [],
        }
        assert restored["rows"] == made["manifest"]["rows"]
        assert find_differences(do(other, "show"), shown) == []
        assert other.run("admin", "check") == []
        assert other.run("restore", str(place), status=3)["code"] == "site-not-empty"
        assert find_differences(do(other, "show"), shown) == []


@pytest.mark.skipif(not SERVER, reason="There is no PostgreSQL (scripts/test-postgresql).")
def test_a_site_moves_between_the_databases_page_by_page(
    full_site: OwnSite, tmp_path: Path
) -> None:
    shown = show_all_but_health(full_site)
    assert full_site.environment["CHINWAG_SITE_DATABASE"]
    full_site.run("backup", str(tmp_path / "first"), "--with-keys")
    on_sqlite = make_own_site(tmp_path / "file")
    on_sqlite.run("restore", str(tmp_path / "first"))
    assert (on_sqlite.folder / "site.sqlite3").is_file()
    assert find_differences(show_all_but_health(on_sqlite), shown) == []
    on_sqlite.run("backup", str(tmp_path / "second"), "--with-keys")
    with lend_database(SERVER) as database:
        back = make_own_site(tmp_path / "back", database)
        back.run("restore", str(tmp_path / "second"))
        assert not (back.folder / "site.sqlite3").exists()
        assert find_differences(show_all_but_health(back), shown) == []
        assert (back.run("admin", "check"), on_sqlite.run("admin", "check")) == ([], [])


def test_what_did_not_change_is_linked(full_site: OwnSite, tmp_path: Path) -> None:
    place = tmp_path / "place"
    first = Path(full_site.run("backup", str(place))["path"])
    (full_site.folder / "chats" / CHAT / "story" / "story.md").write_text("Changed by hand")
    made = full_site.run("backup", str(place))
    before, after = list_files(first), list_files(Path(made["path"]))
    new = {"rows.jsonl.gz", "manifest.json", "SHA256SUMS", f"chats/{CHAT}/story/story.md"}
    assert before.keys() == after.keys()
    assert {name for name in after if after[name] != before[name]} == new
    assert made["new_files"] == 2
    third = full_site.run("backup", str(place), "--keep", "2")
    assert [Path(one) for one in third["dropped"]] == [first]
    kept = sorted(path.name for path in place.iterdir())
    assert kept == sorted([Path(made["path"]).name, Path(third["path"]).name, "removals.log"])


def test_a_second_backup_of_one_second_stands_beside_the_first(
    full_site: OwnSite, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    for seconds in range(600):
        (tmp_path / "place" / f"{now + timedelta(seconds=seconds):{STAMP}}").mkdir(parents=True)
    made = full_site.run("backup", str(tmp_path / "place"))
    assert Path(made["path"]).name.endswith("Z-02")


def test_the_words_of_a_removal_do_not_come_back(
    full_site: OwnSite, sample_folder: Path, tmp_path: Path
) -> None:
    place = tmp_path / "place"
    full_site.run("backup", str(place))
    root = full_site.folder / "chats" / CHAT
    post = ChatFolder.open(root).read_posts()[40]
    words = post.text[:60]
    assert words in do(full_site, "show")[f"/{CHAT}/story/"]
    remove_posts(root, [post.id], at=AT)
    full_site.run("admin", "reindex")
    shown = do(full_site, "show")
    log = (full_site.folder / "removals.log").read_text()
    assert words not in "".join(shown.values()) and post.author not in log

    with lend_database(SERVER) as database:
        other = make_own_site(tmp_path / "other", database)
        other.folder.mkdir()
        shutil.copy(full_site.folder / "removals.log", other.folder)
        restored = other.run("restore", str(place))
        assert (restored["repeated"], restored["second_steps"]) == (1, 1)
        again = do(other, "show")
        assert words not in "".join(again.values())
        assert shown.keys() - again.keys() == {"totp"}  # the key to it is not in the backup
        assert words not in "".join(
            path.read_text(errors="replace") for path in other.folder.rglob("*.json*")
        )
        assert check_folder(other.folder / "chats" / CHAT).faults == ()


def test_a_copy_knows_what_was_taken_out_before_it(full_site: OwnSite, tmp_path: Path) -> None:
    """The log lies beside the copies, so that an older one of them heeds it, too."""
    place = tmp_path / "place"
    first = Path(full_site.run("backup", str(place))["path"])
    root = full_site.folder / "chats" / CHAT
    post = ChatFolder.open(root).read_posts()[40]
    remove_posts(root, [post.id], at=AT)
    full_site.run("admin", "reindex")
    full_site.run("backup", str(place))
    with lend_database(SERVER) as database:
        other = make_own_site(tmp_path / "other", database)
        assert other.run("restore", str(first))["repeated"] == 1
        assert post.text[:60] not in "".join(do(other, "show").values())


def test_a_damaged_copy_is_refused_and_nothing_is_changed(
    full_site: OwnSite, tmp_path: Path
) -> None:
    place = tmp_path / "place"
    copy = Path(full_site.run("backup", str(place))["path"])
    damaged = copy / "chats" / CHAT / "posts.jsonl"
    damaged.write_bytes(damaged.read_bytes()[:-20])
    with lend_database(SERVER) as database:
        other = make_own_site(tmp_path / "other", database)
        refused = other.run("restore", str(place), status=3)
        assert (refused["code"], refused["fields"]) == ("backup-damaged", {"path": str(damaged)})
        assert list((other.folder / "chats").iterdir()) == []
        assert other.run("restore", str(tmp_path), status=3)["code"] == "no-backup"


def test_an_unfinished_restore_is_never_served_and_can_be_run_again(
    full_site: OwnSite, tmp_path: Path
) -> None:
    place = tmp_path / "place"
    full_site.run("backup", str(place), "--with-keys")
    shown = do(full_site, "show")
    (full_site.folder / ".restoring").touch()
    shutil.rmtree(full_site.folder / "chats" / "stackschat")
    assert full_site.run("admin", "check", status=3)["code"] == "restore-unfinished"
    full_site.run("restore", str(place))
    assert find_differences(do(full_site, "show"), shown) == []


def test_the_database_is_dumped_before_it_is_migrated(full_site: OwnSite) -> None:
    dumps = full_site.folder / "dumps"
    assert not dumps.exists()
    before = do(full_site, "show")
    for _ in range(2):
        do(full_site, "go-back")
        full_site.run("admin", "check")
    assert len(list(dumps.iterdir())) in (1, 2)  # two of one second are one
    assert do(full_site, "show").keys() == before.keys()


def test_a_folder_of_an_earlier_day_forgets_what_was_taken_out_since(
    sample_folder: Path, tmp_path: Path
) -> None:
    now, earlier = tmp_path / "now", tmp_path / "earlier"
    shutil.copytree(sample_folder, now)
    shutil.copytree(sample_folder, earlier)
    author = ChatFolder.open(now).read_posts()[12].author
    remove_posts(now, [], author, at=AT)
    asked, key = ChatFolder.open(now).read_removals(), ChatFolder.open(now).read_removal_key()
    assert repeat_removals(earlier, asked, key) == len(asked)
    assert repeat_removals(earlier, asked, key) == 0
    posts = [ChatFolder.open(root).read_posts() for root in (now, earlier)]
    assert posts[0] == posts[1]
    assert all(post.author != author for post in posts[1])
