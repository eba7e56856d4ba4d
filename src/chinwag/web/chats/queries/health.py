"""How the site is: what works, and what its owner should put right."""

from __future__ import annotations

import shutil
import sqlite3
import time
from pathlib import Path
from typing import NamedTuple

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chinwag.web.chats.models import Capture, Import, WorkState

BEAT = "keeper.beat"  # touched by the keeper in every round
_SILENT = 30.0  # seconds after which the keeper counts as away
_FEWEST_FREE = 1_000_000_000  # bytes of disk
_FIXED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))  # versions of SQLite without its log's bug


class Line(NamedTuple):
    """One sentence about the site's health."""

    is_well: bool
    words: str


def list_health(folder: Path) -> list[Line]:
    """Return what there is to say about the site that keeps everything in this folder."""
    return [_tell_keeper(folder), _tell_disk(folder), *_tell_database(), *_tell_failures()]


def _tell_keeper(folder: Path) -> Line:
    beat = folder / BEAT
    age = time.time() - beat.stat().st_mtime if beat.exists() else None
    if age is not None and age < _SILENT:
        return Line(True, _("The keeper works: imports, captures and changes are carried out."))
    return Line(
        False,
        _("The keeper is away: nothing is imported, captured or written. Start the site again."),
    )


def _tell_disk(folder: Path) -> Line:
    free = shutil.disk_usage(folder).free
    size = f"{free / 1e9:.1f}"
    if free > _FEWEST_FREE:
        return Line(True, _("%(size)s GB of the disk are free.") % {"size": size})
    return Line(False, _("Only %(size)s GB of the disk are free. Make room.") % {"size": size})


def _tell_database() -> list[Line]:
    if connection.vendor != "sqlite":
        return [Line(True, _("The database is PostgreSQL."))]
    version = sqlite3.sqlite_version_info
    is_fixed = any(version[:2] == fixed[:2] and version >= fixed for fixed in _FIXED)
    if is_fixed or version >= _FIXED[0]:
        return [Line(True, _("The database is SQLite."))]
    words = _(
        "The database is SQLite %(version)s, which has a rare bug in its log. The site works"
        " around it; PostgreSQL or a newer SQLite is better for several series."
    )
    return [Line(True, words % {"version": sqlite3.sqlite_version})]


def _tell_failures() -> list[Line]:
    failed = sum(
        model.objects.filter(state=WorkState.FAILED).count() for model in (Import, Capture)
    )
    if not failed:
        return [Line(True, _("No import and no capture has failed."))]
    words = ngettext(
        "%(failed)d import or capture has failed: its page says why.",
        "%(failed)d imports or captures have failed: their pages say why.",
        failed,
    )
    return [Line(False, words % {"failed": failed})]
