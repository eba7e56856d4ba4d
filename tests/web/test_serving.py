"""A site as a person runs it: in processes of its own, whole or in parts."""

from __future__ import annotations

import os
import re
import shutil
import signal
from datetime import UTC, datetime
from pathlib import Path

from tests.web.processes import OwnSite

from chinwag.stores.folder import ChatFolder
from chinwag.web.chats.queries.downloads import NAMES
from chinwag.workflows.edit_chat import note_edit, word_question

AT = datetime(2026, 10, 20, 9, tzinfo=UTC)
CHAT = "/stackschat/2026-10-13/"
STATIC = Path(__file__).parents[2] / "src" / "chinwag" / "web" / "chats" / "static"


def test_a_folder_is_added_once_and_served(own_site: OwnSite, sample_folder: Path) -> None:
    added = own_site.run("admin", "add", str(sample_folder), "--publish")
    assert added == [{"path": CHAT, "is_new": True}]
    again = own_site.run("admin", "add", str(sample_folder), "--publish")
    assert again == [{"path": CHAT, "is_new": False}]
    with own_site.serve("--port", "0") as served:
        assert "#stackschat" in served.fetch("/")[1]
        assert "<details" in served.fetch(f"{CHAT}story/")[1]
        assert "Libraries after dark" in served.fetch(f"{CHAT}archive/")[1]
        assert "<mark>" in served.fetch("/search?q=library")[1]
        assert served.fetch("/ready") == (200, '{"ready": true}')
        assert served.fetch("/site/first/")[0] == 200
        assert len(served.wait_for(r"give: (\S+)").split("-")) == 4


def test_a_chat_that_was_edited_on_the_site_is_not_added_again(
    own_site: OwnSite, sample_folder: Path
) -> None:
    own_site.run("admin", "add", str(sample_folder), "--publish")
    copy = own_site.folder / "chats" / "stackschat" / "2026-10-13"
    note_edit(copy, lambda chat: word_question(chat, "1", "When do you close?"), at=AT)
    again = own_site.run("admin", "add", str(sample_folder), "--publish")
    assert again == [{"path": CHAT, "is_new": False}]
    assert [one.number for one in ChatFolder.open(copy).read_editions()] == [1]
    shown = own_site.folder / "stories" / "stackschat" / "2026-10-13"
    assert {one.name for one in shown.iterdir()} >= NAMES.keys()


def test_style_sheets_and_scripts_are_handed_out_whole(own_site: OwnSite) -> None:
    with own_site.serve("--port", "0") as served:
        named = re.findall(r'href="(/static/chats/site\.\w+\.css)"', served.fetch("/")[1])
        status, sheet = served.fetch(named[0])
        assert (len(named), status) == (1, 200)
        assert sheet == (STATIC / "chats" / "site.css").read_text()


def test_a_taken_port_gives_way_to_the_next(own_site: OwnSite) -> None:
    with own_site.serve("--port", "0") as first:
        taken = int(first.find_address().rpartition(":")[2])
        with own_site.serve("--port", str(taken), "--only", "web") as second:
            assert taken < int(second.find_address().rpartition(":")[2]) < taken + 20
            assert second.fetch("/health") == (200, "well\n")


def test_the_parts_of_a_site_are_served_apart(own_site: OwnSite, sample_folder: Path) -> None:
    with own_site.serve("--port", "0", "--only", "web") as web:
        with own_site.serve("--only", "keeper") as keeper:
            code = keeper.wait_for(r"give: (\S+)")
            assert web.fetch("/ready")[0] == 200
        assert web.fetch("/")[0] == 200
        assert code not in web.read_log()


def test_a_killed_web_process_is_started_again(own_site: OwnSite) -> None:
    with own_site.serve("--port", "0") as served:
        assert served.fetch("/health")[0] == 200
        children = Path(f"/proc/{served.process.pid}/task/{served.process.pid}/children")
        for child in children.read_text().split():
            if b"\0web\0" in Path(f"/proc/{child}/cmdline").read_bytes():
                os.kill(int(child), signal.SIGKILL)
        served.wait_for("The (web) process ended; it is started again")
        assert served.fetch("/health") == (200, "well\n")


def test_the_index_is_compared_with_the_folders_and_made_anew(
    own_site: OwnSite, sample_folder: Path
) -> None:
    own_site.run("admin", "add", str(sample_folder))
    assert own_site.run("admin", "check") == []
    chats = own_site.folder / "chats"
    shutil.copytree(sample_folder, chats / "stackschat" / "left-over")
    (chats / "stackschat" / "2026-10-13" / "SHA256SUMS").touch()
    unknown = {"folder": "stackschat/left-over", "code": "unknown", "why": ""}
    assert own_site.run("admin", "check", status=3) == [unknown]
    assert own_site.run("admin", "reindex") == {"indexed": 1, "failed": []}
    (chats / "stackschat" / "2026-10-13" / "chat.toml").write_text("title = ")
    changed = {"folder": "stackschat/2026-10-13", "code": "changed", "why": ""}
    assert own_site.run("admin", "check", status=3) == [changed, unknown]
    failed = own_site.run("admin", "reindex", status=3)
    assert [one["code"] for one in failed["failed"]] == ["unreadable"]
    shutil.rmtree(chats / "stackschat" / "2026-10-13")
    missing = changed | {"code": "missing"}
    assert own_site.run("admin", "check", status=3) == [missing, unknown]


def test_a_code_makes_another_owner_at_any_time(own_site: OwnSite) -> None:
    first, second = own_site.run("admin", "owner-code"), own_site.run("admin", "owner-code")
    assert first["address"] == "http://localhost:8000/site/first/"
    assert first["code"] != second["code"]
