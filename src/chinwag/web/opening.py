"""Opening a site: its folder, its settings, and its database as this version needs it."""

from __future__ import annotations

import time
from importlib.util import find_spec
from pathlib import Path

import django

from chinwag.config import read_settings
from chinwag.errors import FolderError, SettingsError
from chinwag.web.environment import name_settings, use_folder
from chinwag.web.sentences import lay_out_sentences
from chinwag.web.site import UNFINISHED, Site, prepare_folder

_LOOK_AGAIN = 1.0  # seconds between two looks whether the keeper has prepared the database


def open_site(folder: Path | None = None) -> Site:
    """Return the site of a folder, of the settings where none is given, with Django set up for it.

    Its database may be of an earlier version still: see `prepare_database`. Raises SettingsError
    for settings that cannot be, or want what is not installed, and OSError where the folder cannot
    be written.
    """
    if folder is not None:
        use_folder(folder)
    site = Site.of(read_settings())
    if site.sign_in and find_spec("requests") is None:
        raise SettingsError(
            "The packages for signing in by another site are not installed.",
            code="sign-in-not-installed",
        )
    prepare_folder(site)
    name_settings()
    django.setup()
    return site


def prepare_database(site: Site) -> None:
    """Make the open site's database as this version needs it; what it knew is kept in a dump.

    Raises FolderError where the site was restored in part only, and what the database says where
    it is not there.
    """
    from django.core.management import call_command  # noqa: PLC0415 (Django must be set up)

    from chinwag.web.backup.dumps import dump_before_migration  # noqa: PLC0415

    if (site.folder / UNFINISHED).exists():
        raise FolderError(
            "{folder} is restored in part only.",
            code="restore-unfinished",
            folder=site.folder,
        )
    dump_before_migration(site.dumps)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def prepare_styles() -> None:
    """Lay out the style sheets, scripts and sentences of the open site as this version has them."""
    from django.conf import settings  # noqa: PLC0415 (Django must be set up)
    from django.core.management import call_command  # noqa: PLC0415

    lay_out_sentences(settings.SITE.locale)
    call_command("collectstatic", verbosity=0, interactive=False)


def is_prepared() -> bool:
    """Return whether the open site is as this version needs it."""
    return _has_database() and _has_styles()


def wait_until_prepared() -> None:
    """Return once another process has prepared the open site."""
    while not is_prepared():
        time.sleep(_LOOK_AGAIN)


def _has_database() -> bool:
    from django.db import DatabaseError, connection  # noqa: PLC0415 (Django must be set up)
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    try:
        executor = MigrationExecutor(connection)
        wanted = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False
    finally:
        connection.close()
    return not wanted


def _has_styles() -> bool:
    from django.conf import settings  # noqa: PLC0415 (Django must be set up)

    return (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file()
