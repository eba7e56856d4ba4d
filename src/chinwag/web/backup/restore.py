"""A site made of a copy: its folders, people and plans, without what was taken out since."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from chinwag.errors import BusyFolder, ChinwagError, FolderError
from chinwag.web.backup.dumps import ENDING
from chinwag.web.backup.manifest import (
    CHATS,
    KEYS,
    REMOVALS,
    ROWS,
    UPLOADS,
    Manifest,
    check_copy,
    find_copy,
)
from chinwag.web.backup.rows import has_rows, read_rows
from chinwag.web.chats.models import Chat
from chinwag.web.keeper.chats import take_up
from chinwag.web.keeper.holding import TwoKeepers, hold_site
from chinwag.web.keeper.removals import add_to_log, keep_removals, read_log
from chinwag.web.sealing import Seal
from chinwag.web.site import KEYS as KEY_FILES
from chinwag.web.site import UNFINISHED, Site
from chinwag.workflows.progress import Progress


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """A site that was restored.

    `repeated` is how many requests to be left out were carried out again, `second_steps` how many
    authenticators were dropped because their key is not there, and `failed` names the folders that
    cannot be read, with the reason.
    """

    copy: Path
    manifest: Manifest | None
    rows: int
    chats: int
    repeated: int
    second_steps: int
    failed: tuple[tuple[str, str], ...] = ()


def restore_site(site: Site, path: Path, progress: Progress) -> Restored:
    """Make the open site, which is empty, as a copy has it; `path` names the copy, or its place.

    A dump of the database alone may be given, too: the chat folders then stay as they are. What was
    taken out of the site after the copy was made is taken out again, before anything is shown. If
    anything stops it half-way, it can be run again. Raises FolderError where the site is not empty
    or the copy is damaged; nothing is changed then.
    """
    is_dump = path.is_file() and path.name.endswith(ENDING)
    copy = path if is_dump else find_copy(path)
    manifest = None if is_dump else check_copy(copy, progress)
    with _hold(site):
        _refuse_unless_empty(site, with_folders=not is_dump)
        (site.folder / UNFINISHED).touch()
        _forget_database()
        if not is_dump:
            _copy_files(site, copy)
        rows = read_rows(copy if is_dump else copy / ROWS)
        lost = _forget_sealed()
        chats, repeated, failed = _take_up_all(site, progress)
        (site.folder / UNFINISHED).unlink()
    return Restored(
        copy=copy,
        manifest=manifest,
        rows=rows,
        chats=chats,
        repeated=repeated,
        second_steps=lost,
        failed=failed,
    )


@contextmanager
def _hold(site: Site) -> Iterator[None]:
    try:
        with hold_site(site.folder):
            yield
    except TwoKeepers as fault:
        raise BusyFolder(
            "The site in {folder} is running.", code="site-runs", folder=site.folder
        ) from fault


def _refuse_unless_empty(site: Site, *, with_folders: bool) -> None:
    if (site.folder / UNFINISHED).exists():
        return
    has_folders = with_folders and any(site.chats.iterdir())
    if has_folders or has_rows():
        raise FolderError(
            "{folder} holds a site already.", code="site-not-empty", folder=site.folder
        )


def _forget_database() -> None:
    """Empty the database, which holds nobody, or what an unfinished restore has put there."""
    if connection.vendor != "sqlite":
        if has_rows():
            call_command("flush", interactive=False, verbosity=0)
        return
    name = str(connection.settings_dict["NAME"])
    connection.close()
    for ending in ("", "-wal", "-shm"):
        Path(name + ending).unlink(missing_ok=True)


def _copy_files(site: Site, copy: Path) -> None:
    """Put folders, uploads and keys of a copy into the site, and join the logs of removals."""
    for name, to in ((CHATS, site.chats), (UPLOADS, site.uploads)):
        shutil.rmtree(to)
        to.mkdir(mode=0o700)
        if (copy / name).is_dir():
            shutil.copytree(copy / name, to, dirs_exist_ok=True)
    for name in KEY_FILES:
        if (copy / KEYS / name).is_file():
            shutil.copy2(copy / KEYS / name, site.folder / name)
    settings.SEAL = Seal(site.read_sealing_keys())
    add_to_log(site.removals, read_log(copy.parent / REMOVALS))


def _forget_sealed() -> int:
    """Take away second steps whose secret no key opens any more; return how many."""
    secrets = ("secret", "seed")
    lost = [
        one.pk
        for one in Authenticator.objects.all()
        if any(settings.SEAL.open(one.data[name]) is None for name in secrets if name in one.data)
    ]
    Authenticator.objects.filter(pk__in=lost).delete()
    return len(lost)


def _take_up_all(site: Site, progress: Progress) -> tuple[int, int, tuple[tuple[str, str], ...]]:
    """Take out what was taken out, and index every folder.

    Returns how many folders there are, how many requests were carried out again, and which folders
    cannot be read, and why.
    """
    Chat.objects.update(indexed_as="")
    chats = list(Chat.objects.exclude(folder=None).select_related("series"))
    repeated, failed = 0, []
    for number, chat in enumerate(chats):
        progress("Reading the folders", number, len(chats))
        name = str(chat.folder)
        try:
            repeated += keep_removals(name, site.chats / name, site.removals)
            take_up(chat, site)
        except ChinwagError as error:
            failed.append((name, str(error)))
    return len(chats), repeated, tuple(failed)
