"""The site as its owner set it up: where it keeps things, its address, its database, its mail."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from chinwag.config import Settings
from chinwag.errors import SettingsError
from chinwag.model import Secret
from chinwag.web.sealing import make_key

COOKIE_KEY = "secret-key"  # signs cookies
SEALING_KEYS = "sealing-keys"  # seal secrets: see `sealing`
UNFINISHED = ".restoring"  # while a restore is not done
KEYS = (COOKIE_KEY, SEALING_KEYS)
SIGN_IN_APP = "allauth.socialaccount.providers.openid_connect"
LOCAL_NAMES = ("127.0.0.1", "localhost", "[::1]")


class Site(NamedTuple):
    """What an installation's settings say of its site."""

    folder: Path
    address: str
    database: str
    mail: str
    mail_from: str
    proxies: int
    sign_in: Mapping[str, Secret]
    model: str = ""

    @classmethod
    def of(cls, settings: Settings) -> Site:
        """Return the site of these settings. Raises SettingsError for one that cannot be."""
        parts = urlsplit(settings.site_address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise SettingsError(
                "{key} is not a web address.", code="site-address-invalid", key="site_address"
            )
        return cls(
            folder=Path(settings.site_folder).expanduser().resolve(),
            address=f"{parts.scheme}://{parts.netloc}",
            database=settings.site_database.reveal(),
            mail=settings.site_mail.reveal(),
            mail_from=settings.site_mail_from or f"chinwag@{parts.hostname}",
            proxies=settings.site_proxies,
            sign_in=settings.site_sign_in,
            model=settings.site_model if settings.model_address else "",
        )

    @property
    def chats(self) -> Path:
        """Where the chat folders lie, a folder a series."""
        return self.folder / "chats"

    @property
    def stories(self) -> Path:
        """Where the files of each story lie for the web process to hand out."""
        return self.folder / "stories"

    @property
    def uploads(self) -> Path:
        """Where brought files lie until they are taken in."""
        return self.folder / "uploads"

    @property
    def removals(self) -> Path:
        """The log of what was taken out, which no backup replaces."""
        return self.folder / "removals.log"

    @property
    def dumps(self) -> Path:
        """Where the database's own dumps lie, the latest ones."""
        return self.folder / "dumps"

    @property
    def is_local(self) -> bool:
        """Whether the site is for this machine alone."""
        host = urlsplit(self.address).hostname or ""
        return host in LOCAL_NAMES or f"[{host}]" in LOCAL_NAMES

    @property
    def locale(self) -> Path:
        """Where the site's sentences lie as Django reads them."""
        return self.folder / "locale"

    def read_secret_key(self) -> str:
        """Return the key by which cookies are signed, one for this process where none is kept."""
        path = self.folder / COOKIE_KEY
        return path.read_text("ascii").strip() if path.is_file() else secrets.token_urlsafe(48)

    def read_sealing_keys(self) -> list[str]:
        """Return the keys that seal secrets, the newest first; where none is kept, one for now."""
        path = self.folder / SEALING_KEYS
        return path.read_text("ascii").split() if path.is_file() else [make_key()]

    def list_hosts(self) -> list[str]:
        """Return the names under which the site answers."""
        return list(LOCAL_NAMES) if self.is_local else [urlsplit(self.address).hostname or ""]

    def describe_database(self) -> dict[str, Any]:
        """Return Django's description of the database. Raises SettingsError for an unknown kind."""
        if not self.database:
            return _describe_sqlite(self.folder / "site.sqlite3")
        parts = urlsplit(self.database)
        if parts.scheme not in ("postgres", "postgresql"):
            raise SettingsError(
                "{key} is not the address of a PostgreSQL database.",
                code="site-database-invalid",
                key="site_database",
            )
        return _describe_postgresql(parts)

    def describe_mail(self) -> tuple[str, dict[str, Any]]:
        """Return Django's mail backend and its settings: the terminal where none is set."""
        if not self.mail:
            return "django.core.mail.backends.console.EmailBackend", {}
        parts = urlsplit(self.mail)
        return "django.core.mail.backends.smtp.EmailBackend", {
            "EMAIL_HOST": parts.hostname or "localhost",
            "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_SSL": parts.scheme == "smtps",
            "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
            "EMAIL_TIMEOUT": 20,
        }

    def list_sign_in_apps(self) -> list[str]:
        """Return what Django needs so that another site signs people in, [] where none does."""
        return [SIGN_IN_APP] if self.sign_in else []

    def describe_sign_in(self) -> dict[str, Any]:
        """Return allauth's providers: whatever speaks OpenID Connect, by `site_sign_in`."""
        apps = [_describe_provider(name, said.reveal()) for name, said in self.sign_in.items()]
        return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps}}

    def find_story_style(self) -> str:
        """Return the folder of the story's own style sheets, which the site's pages share."""
        return str(files("chinwag.steps.publish").joinpath("static"))


def prepare_folder(site: Site) -> None:
    """Make the site's folder, for its owner's eyes alone, and its keys. Raises OSError."""
    for folder in (site.folder, site.chats, site.uploads):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _keep_key(site.folder / COOKIE_KEY, secrets.token_urlsafe(48))
    _keep_key(site.folder / SEALING_KEYS, make_key())


def _keep_key(path: Path, new: str) -> None:
    """Keep a new key in a file for its owner's eyes alone, where there is none.

    Processes of the site that start at the same moment keep the same one.
    """
    if path.exists() and path.stat().st_size:
        return
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not file.read():
            file.write(new)
            file.flush()
            os.fsync(file.fileno())


def _describe_provider(name: str, said: str) -> dict[str, Any]:
    parts = urlsplit(said)
    server = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    return {
        "provider_id": name,
        "name": name,
        "client_id": unquote(parts.username or ""),
        "secret": unquote(parts.password or ""),
        "settings": {"server_url": server},
    }


def _describe_sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            "timeout": 5,
            "transaction_mode": "IMMEDIATE",  # a reader that starts to write would be refused
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }


def _describe_postgresql(parts: SplitResult) -> dict[str, Any]:
    asked = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or asked.get("host", ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"min_size": 0, "max_size": 8}},
    }
