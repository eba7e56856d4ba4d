"""Secrets are sealed in the database, and the log holds nobody's words."""

from __future__ import annotations

import logging
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import msgspec
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import models
from django.test import Client
from pytest_django import Settings

from chinwag.model import Secret
from chinwag.web.chats.models import Chat, Entry, EntryKind, User
from chinwag.web.chats.models.sealed import SealedField
from chinwag.web.log_lines import LineFormatter
from chinwag.web.sealing import Seal, make_key
from chinwag.web.site import Site, prepare_folder

WORD = Secret("s3cret-pass-word")


def test_a_secret_is_opened_by_every_key_of_the_site_and_by_no_other() -> None:
    old, new, other = make_key(), make_key(), make_key()
    sealed = Seal([old]).seal(WORD)
    assert WORD.reveal() not in sealed
    assert Seal([new, old]).open(sealed) == WORD
    assert Seal([other]).open(sealed) is None
    renewed = Seal([new, old]).renew(sealed)
    assert Seal([new]).open(renewed) == WORD
    assert Seal([old]).open(renewed) is None
    assert (Seal([old]).seal(Secret()), Seal([old]).open("")) == ("", Secret())
    assert Seal([other]).renew(sealed) == ""


def test_a_field_holds_a_secret_sealed(settings: Settings) -> None:
    field = SealedField()
    held = field.get_prep_value(WORD)
    assert WORD.reveal() not in held
    assert field.from_db_value(held, None, None) == WORD
    assert field.get_prep_value(None) == field.get_prep_value(Secret()) == ""
    with pytest.raises(TypeError):
        field.get_prep_value("in the open")
    settings.SEAL = Seal([make_key()])
    assert field.from_db_value(held, None, None) is None
    assert isinstance(field, models.TextField)


def test_a_second_step_is_kept_sealed(people: dict[str, User], settings: Settings) -> None:
    secret = "JBSWY3DPEHPK3PXP"
    activated = TOTP.activate(people["owner"], secret).instance
    held = Authenticator.objects.get(pk=activated.pk).data["secret"]
    assert secret not in held
    assert settings.SEAL.open(held) == Secret(secret)
    settings.SEAL = Seal([make_key()])
    assert not TOTP(Authenticator.objects.get(pk=activated.pk)).validate_code("000000")


def test_the_keys_are_for_the_owner_of_the_folder_alone(site: Site) -> None:
    for name in ("secret-key", "sealing-keys"):
        path = site.folder / name
        before = path.read_text()
        prepare_folder(site)
        assert (path.read_text(), path.stat().st_mode & 0o777) == (before, 0o600)


def test_processes_that_start_together_keep_the_same_keys(site: Site) -> None:
    keys = [site.folder / name for name in ("secret-key", "sealing-keys")]
    together = Barrier(8)

    def start() -> list[str]:
        together.wait()
        prepare_folder(site)
        return [path.read_text() for path in keys]

    for _ in range(20):
        for path in keys:
            path.unlink()
        with ThreadPoolExecutor(8) as threads:
            read = [one.result() for one in [threads.submit(start) for _ in range(8)]]
        assert read == [[path.read_text() for path in keys]] * 8


def test_a_line_of_the_log_is_json() -> None:
    record = logging.LogRecord("chinwag.web", logging.WARNING, "", 1, "%s left.", ("one",), None)
    line = msgspec.json.decode(LineFormatter().format(record))
    assert {name: line[name] for name in ("level", "by", "what")} == {
        "level": "warning",
        "by": "chinwag.web",
        "what": "one left.",
    }


def test_what_an_error_says_is_not_in_the_log() -> None:
    try:
        try:
            raise ValueError("what Ada wrote")
        except ValueError as fault:
            raise KeyError("and what Zoë wrote") from fault
    except KeyError:
        record = logging.LogRecord("web", logging.ERROR, "", 1, "It failed.", (), sys.exc_info())
    line = LineFormatter().format(record)
    assert "wrote" not in line
    where = "test_what_an_error_says_is_not_in_the_log"
    trace = [one.rpartition(" ")[2] for one in msgspec.json.decode(line)["trace"]]
    assert trace == [where, "KeyError", where, "ValueError"]


def test_the_log_holds_nobodys_words(
    chat: Chat, as_role: dict[str, Client], caplog: pytest.LogCaptureFixture
) -> None:
    """Neither where pages are shown and searched, nor where one of them breaks."""
    post = chat.entries.filter(kind=EntryKind.POST).exclude(text="").order_by("-said_at")[0]
    words = post.body["post"]["text"]
    owner = as_role["owner"]
    owner.raise_request_exception = False
    caplog.set_level(logging.DEBUG)
    assert owner.get(f"/p/{post.public}").status_code == 200
    assert owner.get("/search", {"q": words[:80]}).status_code == 200
    assert owner.get(f"/{chat.series.slug}/{chat.slug}/archive/").status_code == 200
    Entry.objects.filter(pk=post.pk).update(body={"post": {"text": words, "id": 5}})
    broken = owner.get(f"/p/{post.public}")
    assert broken.status_code == 500
    written = [
        LineFormatter().format(record)
        for record in caplog.records
        if record.levelno >= logging.INFO
    ]
    assert written
    stretches = [words[at : at + 20] for at in range(0, len(words) - 20, 10)]
    assert [line for line in written if any(one in line for one in stretches)] == []
