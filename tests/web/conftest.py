"""A site for tests: an invented series with its team, and the sample chat in its folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from tests.browser.conftest import browser  # noqa: F401 (a fixture of these tests, too)
from tests.web.processes import OwnSite, lend_database, make_own_site

from chinwag.web.chats.models import Chat, Membership, Role, Series, User
from chinwag.web.keeper.chats import lay_out_story, read_made
from chinwag.web.keeper.drafts import take_up_draft
from chinwag.web.keeper.index import index_folder
from chinwag.web.site import Site, prepare_folder
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.recap_files import recap_files

EXAMPLES = Path(__file__).parents[2] / "examples" / "stackschat"
DAY = "2026-10-13"
ROLES = ("stranger", "visitor", "helper", "host", "owner", "outsider", "site-owner")


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the sample chat, made once. Copy it before you change it."""
    root = tmp_path_factory.mktemp("sample") / "chat"
    details = ChatDetails(title="Libraries after dark", time_zone="Europe/London")
    recap_files(sorted(EXAMPLES.glob("*.json")), root, details)
    return root


@pytest.fixture
def site() -> Site:
    """Return the site, with an empty folder."""
    site: Site = settings.SITE
    shutil.rmtree(site.chats, ignore_errors=True)
    shutil.rmtree(site.uploads, ignore_errors=True)
    shutil.rmtree(site.stories, ignore_errors=True)
    site.removals.unlink(missing_ok=True)
    prepare_folder(site)
    return site


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[OwnSite]:
    """Return a site that runs in processes of its own, empty."""
    with lend_database(os.environ.get("CHINWAG_SITE_DATABASE", "")) as database:
        yield make_own_site(tmp_path / "site", database)


@pytest.fixture(scope="session")
def sample_rows(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, sample_folder: Path
) -> None:
    """Index the sample chat once for all tests: each has the database back as it was."""
    with django_db_blocker.unblock():
        _make_sample(sample_folder)


@pytest.fixture
def series(chat: Chat) -> Series:
    return chat.series


@pytest.fixture
def chat(sample_rows: None, db: None, site: Site, sample_folder: Path) -> Chat:
    """Return the sample chat, indexed and published, with a folder that a test may change."""
    chat = Chat.objects.filter(slug=DAY).first() or _make_sample(sample_folder)
    shutil.copytree(sample_folder, site.chats / str(chat.folder))
    lay_out_story(read_made(sample_folder / "story"), site.stories / str(chat.folder))
    return chat


def _make_sample(folder: Path) -> Chat:
    series = Series.objects.create(
        slug="stackschat", name="Stacks chat", hashtag="stackschat", time_zone="Europe/London"
    )
    now = timezone.now()
    chat = Chat.objects.create(
        series=series,
        slug=DAY,
        title="To be read from the folder",
        starts_at=now,
        ends_at=now + timedelta(hours=1),
        folder=f"{series.slug}/{DAY}",
        is_published=True,
    )
    index_folder(chat, folder)
    return chat


def make_person(name: str) -> User:
    return User.objects.create_user(f"{name}@example.org", name=name.capitalize())


@pytest.fixture
def people(series: Series) -> dict[str, User]:
    """Return a person of each kind: of no team, of this one in each role, of another, the owner."""
    other = Series.objects.create(slug="otherchat", name="Other chat", hashtag="otherchat")
    people = {role: make_person(role) for role in ROLES if role != "stranger"}
    for role in (Role.HELPER, Role.HOST, Role.OWNER):
        Membership.objects.create(series=series, user=people[role], role=role)
    Membership.objects.create(series=other, user=people["outsider"], role=Role.OWNER)
    people["site-owner"].is_site_owner = True
    people["site-owner"].save()
    return people


@pytest.fixture
def as_role(people: dict[str, User]) -> dict[str, Client]:
    """Return a browser for each kind of person, signed in but for the stranger's."""
    clients = {role: Client() for role in ROLES}
    for role, person in people.items():
        clients[role].force_login(
            person, backend="allauth.account.auth_backends.AuthenticationBackend"
        )
    return clients


@pytest.fixture
def helper(as_role: dict[str, Client]) -> Client:
    return as_role["helper"]


@pytest.fixture
def host(as_role: dict[str, Client]) -> Client:
    return as_role["host"]


@pytest.fixture
def draft(chat: Chat, site: Site) -> Chat:
    """Return the sample chat with its draft taken up."""
    take_up_draft(chat, site.chats / str(chat.folder))
    return Chat.objects.get(pk=chat.pk)


def address(chat: Chat, name: str, *more: object) -> str:
    """Return an address of a chat, by the name of its door."""
    return reverse(name, args=[chat.series.slug, chat.slug, *more])
