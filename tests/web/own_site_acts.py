"""What a test does inside a site that runs in processes of its own: `own_site_acts.py DOING`."""

from __future__ import annotations

import json
import re
import sys
from datetime import UTC, datetime, timedelta

from chinwag.web.opening import open_site

SITE = open_site()

from allauth.mfa.models import Authenticator  # noqa: E402 (Django must be set up)
from allauth.mfa.totp.internal.auth import TOTP  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client, override_settings  # noqa: E402

from chinwag.web.chats.actions.chats import plan_chat  # noqa: E402
from chinwag.web.chats.models import (  # noqa: E402
    Capture,
    Chat,
    Import,
    Membership,
    Series,
    User,
    WorkState,
)

_PASSING = (
    (r'name="csrfmiddlewaretoken" value="[^"]+"', "csrf"),
    (r'(live\?after=|data-after=")\d+', "live"),  # how often something has changed
    (r"DTSTAMP:\w+", "DTSTAMP"),
    (r"\d+[.,]\d GB|\d+[.,]\d\xa0GB", "GB"),
)


def fill() -> dict[str, str]:
    """Put a team, a plan, a file brought and a second step into the site."""
    series = Series.objects.get()
    owner = User.objects.create_user("owner@example.org", name="Ada", is_site_owner=True)
    helper = User.objects.create_user("helper@example.org", name="Zoë")
    Membership.objects.create(series=series, user=helper, role="helper")
    start = datetime(2027, 3, 2, 19, tzinfo=UTC)
    chat = Chat(series=series, title="To come", starts_at=start, ends_at=start + timedelta(hours=1))
    plan_chat(owner, chat)
    Capture.objects.create(chat=chat, sources={"example": ["here"]}, state=WorkState.STOPPED)
    brought = Import.objects.create(series=series, files=["old.csv"], state=WorkState.FOUND)
    kept = SITE.uploads / str(brought.pk) / "files"
    kept.mkdir(parents=True)
    (kept / "old.csv").write_text("text,time\n")
    TOTP.activate(owner, "JBSWY3DPEHPK3PXP")
    return {}


def show() -> dict[str, str]:
    """Return every page that the site's map and its desk lead to, by its address."""
    browser = Client()
    owner = User.objects.get(is_site_owner=True)
    with override_settings(ALLOWED_HOSTS=["testserver"], STORAGES=_find_plain_storages()):
        seen: dict[str, str] = {}
        waiting = ["/", "/sitemap.xml", "/search?q=library", "/stackschat/feed.atom"]
        _walk(browser, waiting, seen)
        browser.force_login(owner, "allauth.account.auth_backends.AuthenticationBackend")
        _walk(browser, ["/desk/", "/site/"], seen)
    totp = Authenticator.objects.filter(user=owner, type=Authenticator.Type.TOTP).first()
    if totp:
        seen["totp"] = str(TOTP(totp).validate_code("000000"))
    seen["uploads"] = ",".join(sorted(str(one.name) for one in SITE.uploads.rglob("*.csv")))
    return seen


def _walk(browser: Client, waiting: list[str], seen: dict[str, str]) -> None:
    while waiting:
        path = waiting.pop(0)
        if path in seen or path.startswith(("/account", "/static", "/p/")) or len(seen) > 150:
            continue
        answer = browser.get(path)
        page = b"".join(answer) if answer.streaming else answer.content
        text = page.decode("utf-8", "replace")
        for pattern, instead in _PASSING:
            text = re.sub(pattern, instead, text)
        seen[path] = f"{answer.status_code} {text}"
        found = re.findall(r'(?:href="|<loc>)(?:http://127\.0\.0\.1:8000)?(/[^"#<?]*)', text)
        waiting += [one for one in found if one not in seen]


def _find_plain_storages() -> dict[str, dict[str, str]]:
    return {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def go_back() -> dict[str, str]:
    """Take a migration back, as before an upgrade."""
    call_command("migrate", "usersessions", "zero", verbosity=0)
    return {}


if __name__ == "__main__":
    doing = {"fill": fill, "show": show, "go-back": go_back}[sys.argv[1]]
    sys.stdout.write(json.dumps(doing()))
