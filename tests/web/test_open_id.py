"""Signing in by another site: a real OpenID Connect provider, in a process of its own."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx2
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from chinwag.errors import SettingsError
from chinwag.model import Secret
from chinwag.web.chats.actions.series import invite
from chinwag.web.chats.models import Membership, Role, Series, User
from chinwag.web.opening import open_site
from chinwag.web.settings import SITE
from chinwag.web.site import SIGN_IN_APP

ADDRESS = "new@example.org"
PERSON = {"sub": "person-7", "email": ADDRESS, "email_verified": True, "name": "Nia"}
_LONGEST = 120.0  # seconds in which the provider must answer on a busy machine


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """Give the address of a provider that knows one person."""
    if find_spec("oidc_provider_mock") is None:
        pytest.skip("No OpenID Connect provider is installed (oidc-provider-mock).")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = ["--port", str(port), "--user-claims", json.dumps(PERSON)]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", *told]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        address = f"http://localhost:{port}"
        try:
            wait_for(process, f"{address}/.well-known/openid-configuration")
            yield address
        finally:
            process.terminate()


def wait_for(process: subprocess.Popen[bytes], address: str) -> None:
    until = time.monotonic() + _LONGEST
    while True:
        assert process.poll() is None and time.monotonic() < until, "The provider does not answer."
        try:
            if httpx2.get(address, timeout=_LONGEST).status_code == 200:
                return
        except httpx2.TransportError:
            time.sleep(0.05)


@pytest.fixture
def site_with_provider(provider: str, settings: Settings) -> str:
    """Let the site offer the provider as its owner's setting does; return its name."""
    said = Secret(provider.replace("http://", "http://chinwag:secret@"))
    offered = SITE._replace(sign_in={"example": said}).describe_sign_in()
    settings.SOCIALACCOUNT_PROVIDERS = offered
    return "example"


def sign_in_there(browser: Client, name: str) -> str:
    """Go to the provider, say who one is, and come back; return where the site leads."""
    start = browser.post(reverse("openid_connect_login", args=[name]))
    assert start.status_code == 302, start.content
    asked = start["Location"]
    with httpx2.Client(timeout=_LONGEST) as there:
        page = there.get(asked)
        assert page.status_code == 200, page.text
        form = re.search(r'<form[^>]*action="([^"]*)"', page.text)
        target = urljoin(asked, form.group(1).replace("&amp;", "&")) if form else asked
        answered = there.post(target, data={"sub": PERSON["sub"]})
    back = urlsplit(answered.headers["location"])
    done = browser.get(f"{back.path}?{back.query}")
    assert done.status_code == 302, done.content
    return str(done["Location"])


@pytest.mark.django_db
def test_the_sign_in_page_offers_the_provider(site_with_provider: str) -> None:
    assert b"/account/oidc/example/login/" in Client().get(reverse("account_login")).content


def test_somebody_who_was_invited_joins_by_the_provider(
    site_with_provider: str, series: Series, people: dict[str, User]
) -> None:
    _, secret = invite(people["owner"], series, Role.HELPER)
    browser = Client()
    browser.get(reverse("join", args=[secret]))
    assert sign_in_there(browser, site_with_provider) == reverse("desk")
    joined = browser.post(reverse("join", args=[secret]), {"name": "Nia"})
    assert (joined.status_code, joined["Location"]) == (302, reverse("desk"))
    assert Membership.objects.get(series=series, user__email=ADDRESS).role == Role.HELPER
    again = Client()
    assert sign_in_there(again, site_with_provider) == reverse("desk")
    assert again.get(reverse("desk")).status_code == 200


def test_a_stranger_whom_nobody_invited_gets_no_account(
    site_with_provider: str, series: Series
) -> None:
    browser = Client()
    before = User.objects.count()
    sign_in_there_refused(browser, site_with_provider)
    assert User.objects.count() == before
    assert browser.get(reverse("desk")).status_code == 302


def sign_in_there_refused(browser: Client, name: str) -> None:
    start = browser.post(reverse("openid_connect_login", args=[name]))
    with httpx2.Client(timeout=_LONGEST) as there:
        answered = there.post(start["Location"], data={"sub": PERSON["sub"]})
    back = urlsplit(answered.headers["location"])
    refused = browser.get(f"{back.path}?{back.query}")
    assert b"By invitation" in refused.content


def test_a_site_that_lacks_what_another_site_needs_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHINWAG_SITE_SIGN_IN", "example=https://chinwag:secret@provider.example")
    monkeypatch.setenv("CHINWAG_SITE_FOLDER", str(tmp_path))
    assert open_site().list_sign_in_apps() == [SIGN_IN_APP]
    monkeypatch.setattr("chinwag.web.opening.find_spec", lambda _: None)
    with pytest.raises(SettingsError) as refused:
        open_site()
    assert refused.value.code == "sign-in-not-installed"
    monkeypatch.delenv("CHINWAG_SITE_SIGN_IN")
    assert open_site().list_sign_in_apps() == []
