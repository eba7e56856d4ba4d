"""How somebody becomes the owner, is invited, joins, changes roles and leaves."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from chinwag.web.chats.actions.series import make_first_code
from chinwag.web.chats.models import Invitation, LogEntry, Membership, Series, User

ADDRESS = "new@example.org"


def read_code() -> str:
    """Return the code of the latest mail."""
    found = re.search(r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})*)\s*$", str(mail.outbox[-1].body), re.M)
    assert found, mail.outbox[-1].body
    return found.group(1)


def sign_in(address: str) -> Client:
    """Return a browser in which somebody signed in by a code that came by mail."""
    browser = Client()
    browser.post(reverse("account_request_login_code"), {"email": address})
    done = browser.post(reverse("account_confirm_login_code"), {"code": read_code()})
    assert (done.status_code, done["Location"]) == (302, reverse("desk"))
    return browser


@pytest.mark.django_db
def test_the_code_of_the_terminal_makes_the_owner_once() -> None:
    Series.objects.all().delete()  # the sample's, which other tests have made
    code = make_first_code()
    browser = Client()
    assert 'href="/site/first/"' in browser.get("/").content.decode()
    wrong = browser.post("/site/first/", {"code": "AAAA", "email": ADDRESS, "name": "Ada"})
    assert (wrong.status_code, User.objects.count()) == (200, 0)
    spoken = code.lower().replace("-", " ")
    done = browser.post("/site/first/", {"code": spoken, "email": ADDRESS, "name": "Ada"})
    assert (done.status_code, done["Location"]) == (302, reverse("new_series"))
    assert User.objects.values_list("email", "is_site_owner").get() == (ADDRESS, True)
    assert browser.get("/site/").status_code == 200
    assert Client().get("/site/first/").status_code == 404
    assert sign_in(ADDRESS).get("/site/").status_code == 200


@pytest.mark.django_db
def test_an_earlier_code_of_the_terminal_ends_with_the_next() -> None:
    before, now = make_first_code(), make_first_code()
    fields = {"email": ADDRESS, "name": "Ada"}
    assert Client().post("/site/first/", {"code": before, **fields}).status_code == 200
    assert Client().post("/site/first/", {"code": now, **fields}).status_code == 302


def test_an_owner_who_has_lost_their_passkey_comes_in_by_a_code(people: dict[str, User]) -> None:
    owner = people["site-owner"]
    Authenticator.objects.create(user=owner, type=Authenticator.Type.WEBAUTHN, data={})
    fields = {"code": make_first_code(), "email": owner.email.upper(), "name": "Somebody"}
    browser = Client()
    assert browser.post("/site/first/", fields)["Location"] == "/desk/"
    assert browser.get("/site/").status_code == 200
    assert not Authenticator.objects.filter(user=owner).exists()
    assert User.objects.filter(is_site_owner=True).values_list("email", "name").get() == (
        owner.email,
        owner.name,
    )
    assert Client().post("/site/first/", fields).status_code == 404


def test_a_series_and_its_first_chat_are_made_in_a_few_fields(as_role: dict[str, Client]) -> None:
    owner = as_role["site-owner"]
    assert 'href="/site/series"' in owner.get("/desk/").content.decode()
    offered = owner.get("/site/series").content.decode()
    zones = {zone: f'value="{zone}"' in offered for zone in ("UTC", "Asia/Tokyo", "Factory")}
    assert zones == {"UTC": True, "Asia/Tokyo": True, "Factory": False}
    fields = {"name": "Shelf chat", "slug": "shelfchat", "hashtag": "shelfchat", "language": "en"}
    taken = owner.post("/site/series", {**fields, "slug": "desk", "time_zone": "UTC"})
    assert b"The site itself uses this address." in taken.content
    made = owner.post("/site/series", {**fields, "time_zone": "Europe/London"})
    assert made["Location"] == "/desk/shelfchat/new"
    chat = {"title": "Weeding", "topic": "", "starts_at": "2027-07-01T19:00", "minutes": 90}
    planned = owner.post("/desk/shelfchat/new", chat)
    assert planned["Location"] == "/shelfchat/2027-07-01/"
    second = owner.post("/desk/shelfchat/new", chat)
    assert second["Location"] == "/shelfchat/2027-07-01-2/"
    page = owner.get("/shelfchat/2027-07-01/").content.decode()
    assert "Thursday 1 July 2027, 19:00" in page
    assert "BST" in page


def invite(owner: Client, series: Series, role: str = "host", until: str = "") -> str:
    """Return the address that the owner is shown."""
    page = owner.post(f"/desk/{series.slug}/team", {"role": role, "words": "Bo", "until": until})
    found = re.search(r'value="http://testserver(/account/join/[^"]+)"', page.content.decode())
    assert found
    return found.group(1)


def test_an_invitation_lets_one_person_in_once(
    as_role: dict[str, Client], people: dict[str, User], series: Series
) -> None:
    address = invite(as_role["owner"], series)
    again = as_role["owner"].get(f"/desk/{series.slug}/team").content.decode()
    assert address not in again
    joined = as_role["visitor"].post(address)
    assert (joined.status_code, joined["Location"]) == (302, reverse("desk"))
    role = Membership.objects.get(series=series, user=people["visitor"]).role
    assert role == "host"
    assert as_role["outsider"].get(address).status_code == 404
    actions = LogEntry.objects.filter(series=series).values_list("action", "object", "user__name")
    assert list(actions) == [("joined", "host", "Visitor"), ("invited", "host", "Owner")]


def test_a_stranger_joins_with_a_new_account_and_nobody_else_gets_one(
    as_role: dict[str, Client], series: Series
) -> None:
    address = invite(as_role["owner"], series, "helper")
    closed = Client().post(reverse("account_signup"), {"email": ADDRESS})
    assert b"By invitation" in closed.content
    browser = Client()
    assert browser.get(address).status_code == 200
    browser.post(f"{reverse('account_signup')}?next={address}", {"email": ADDRESS})
    browser.post(reverse("account_email_verification_sent"), {"code": read_code()})
    for said in ({}, {"name": " "}):
        nameless = browser.post(address, said)
        assert (nameless.status_code, b'name="name"' in nameless.content) == (200, True)
    assert browser.post(address, {"name": "Bo"})["Location"] == reverse("desk")
    member = Membership.objects.get(user__email=ADDRESS)
    assert (member.role, member.user.name) == ("helper", "Bo")
    told = LogEntry.objects.filter(action="joined").values_list("user__name", flat=True)
    assert list(told) == ["Bo"]
    second = invite(as_role["owner"], series, "host")
    assert b'name="name"' not in browser.get(second).content
    assert browser.post(second, {"name": "Somebody else"})["Location"] == reverse("desk")
    assert User.objects.get(email=ADDRESS).name == "Bo"


def test_an_invitation_that_is_over_or_withdrawn_is_unknown(
    as_role: dict[str, Client], series: Series
) -> None:
    over, withdrawn = invite(as_role["owner"], series), invite(as_role["owner"], series)
    first, second = Invitation.objects.filter(series=series).order_by("pk")
    first.expires_at = timezone.now() - timedelta(seconds=1)
    first.save()
    as_role["owner"].post(f"/desk/{series.slug}/invitations/{second.pk}")
    statuses = [as_role["visitor"].post(address).status_code for address in (over, withdrawn)]
    assert statuses == [404, 404]


def test_a_host_for_a_day_is_one_until_the_moment(
    as_role: dict[str, Client], people: dict[str, User], series: Series
) -> None:
    until = (timezone.now() + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    as_role["visitor"].post(invite(as_role["owner"], series, until=until))
    assert as_role["visitor"].get(f"/desk/{series.slug}/new").status_code == 200
    Membership.objects.filter(user=people["visitor"]).update(until=timezone.now())
    assert as_role["visitor"].get(f"/desk/{series.slug}/new").status_code == 404


def test_a_series_never_loses_its_last_owner(
    as_role: dict[str, Client], people: dict[str, User], series: Series
) -> None:
    team = f"/desk/{series.slug}/team"
    own, host = people["owner"].pk, people["host"].pk
    for do in ("remove", "change"):
        as_role["owner"].post(f"{team}/{own}", {"role": "helper", "do": do})
    assert Membership.objects.get(series=series, user=own).role == "owner"
    as_role["owner"].post(f"{team}/{host}", {"role": "owner", "do": "change"})
    as_role["owner"].post(f"{team}/{own}", {"role": "owner", "do": "remove"})
    assert list(series.memberships.filter(role="owner").values_list("user", flat=True)) == [host]


def test_settings_are_kept_and_an_address_that_changes_leads_to_the_new_one(
    as_role: dict[str, Client], series: Series
) -> None:
    fields = {
        "name": "Stacks, renamed",
        "slug": "another",
        "hashtag": "#stacks",
        "time_zone": "Europe/Paris",
        "language": "en",
        "about": "",
        "contact": "",
    }
    kept = as_role["owner"].post(f"/desk/{series.slug}/settings", fields)
    assert kept.status_code == 302, kept.context["form"].errors
    series.refresh_from_db()
    assert (series.slug, series.name, series.hashtag, series.is_public) == (
        "another",
        "Stacks, renamed",
        "stacks",
        False,
    )
    line = LogEntry.objects.filter(series=series).first()
    assert line is not None
    assert line.data == {"settings": ["name", "slug", "hashtag", "time_zone", "is_public"]}
    moved = as_role["owner"].get("/stackschat/chats?page=2")
    assert (moved.status_code, moved["Location"]) == (301, "/another/chats?page=2")
    assert as_role["owner"].get("/desk/stackschat/team")["Location"] == "/desk/another/team"


@pytest.mark.parametrize(
    "name",
    ["account_email", "account_logout", "mfa_index", "usersessions_list", "account_login"],
)
def test_the_pages_of_an_account_stand_in_the_sites_frame(
    name: str, as_role: dict[str, Client]
) -> None:
    who = "stranger" if name == "account_login" else "helper"
    page = as_role[who].get(reverse(name))
    assert (page.status_code, page.content.count(b"<h1>")) == (200, 1)
    assert b"chats/site.css" in page.content
