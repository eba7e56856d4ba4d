"""What the database alone knows, as lines of JSON that any supported database can take in.

Its index of the folders is left out, since it is made from them again, and so are sessions: people
sign in again. Models are those of the database's own migrations, so that a database of an earlier
version is written as it was, and read into this version.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from django.apps.registry import Apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from chinwag.errors import FolderError
from chinwag.version import __version__
from chinwag.web.backup.manifest import make_damaged_error, make_newer_error

FORMAT = 1
_MADE_AGAIN = ("chats.Entry", "chats.StoryPage", "chats.Event")  # of the folders
_PASSING = ("sessions.Session", "usersessions.UserSession", "account.EmailConfirmation")
_DJANGOS_OWN = ("contenttypes.ContentType", "auth.Permission")
_LEFT_OUT = frozenset((*_MADE_AGAIN, *_PASSING, *_DJANGOS_OWN))
_BATCH = 500


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """The first line: of which format the others are, and which migrations the database had."""

    format: int = FORMAT
    made_with: str = __version__
    made_at: datetime
    migrations: Mapping[str, str]  # the last one of each app


class Row(msgspec.Struct, frozen=True, array_like=True):
    """One row of one table: the model's name, and its values by column."""

    model: str
    values: dict[str, Any]


def write_rows(path: Path) -> int:
    """Write what the open site's database alone knows; return how many rows.

    All of it is of one moment. Raises FolderError where the database is of a newer version.
    """
    number = 0
    with transaction.atomic(), gzip.open(path, "wb", compresslevel=6) as file:
        if connection.vendor == "postgresql":
            connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        loader = MigrationLoader(connection)
        header = Header(made_at=datetime.now(UTC), migrations=_list_applied(loader))
        file.write(msgspec.json.encode(header) + b"\n")
        for row in _read_database(_find_apps(loader, header.migrations)):
            file.write(msgspec.json.encode(row) + b"\n")
            number += 1
    return number


def has_rows() -> bool:
    """Return whether the open site's database holds a person or a series already."""
    loader = MigrationLoader(connection)
    applied = _list_applied(loader)
    if "chats" not in applied:
        return False
    apps = _find_apps(loader, applied)
    return any(apps.get_model("chats", name).objects.exists() for name in ("User", "Series"))


def read_rows(path: Path) -> int:
    """Take rows into the open site's database, which has none; return how many.

    The database is then as this version needs it, without the index. Raises FolderError where the
    rows are of a newer version, or the file cannot be read.
    """
    with gzip.open(path, "rb") as file:
        header = _read_header(file.readline(), path)
        loader = _migrate_to(header.migrations)
        with transaction.atomic():
            number = _write_database(_find_apps(loader, header.migrations), _decode(file, path))
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    return number


def _list_applied(loader: MigrationLoader) -> dict[str, str]:
    """Return the last applied migration of each app. Raises FolderError for unknown ones."""
    applied: dict[str, str] = {}
    for app, name in sorted(loader.applied_migrations):
        if app in loader.migrated_apps and (app, name) not in loader.disk_migrations:
            raise make_newer_error(f"{app} {name}")
        if app in loader.migrated_apps:
            applied[app] = name
    return applied


def _find_apps(loader: MigrationLoader, migrations: Mapping[str, str]) -> Apps:
    """Return the models as they were after these migrations."""
    return loader.project_state(list(migrations.items())).apps


def _list_models(apps: Apps) -> list[type[models.Model]]:
    """Return the models that are kept: none that is left out, or points to one that is."""
    known = apps.get_models(include_auto_created=True)
    return [model for model in known if not _LEFT_OUT & {_name(model), *_list_targets(model)}]


def _list_targets(model: type[models.Model]) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        if field.related_model:
            yield _name(field.related_model)


def _name(model: Any) -> str:
    return f"{model._meta.app_label}.{model._meta.object_name}"


def _read_database(apps: Apps) -> Iterator[Row]:
    for model in _list_models(apps):
        for one in model._base_manager.order_by("pk").iterator(chunk_size=_BATCH):
            yield Row(_name(model), {field.attname: _dump(field, one) for field in _columns(model)})


def _dump(field: Any, one: models.Model) -> Any:
    value = field.value_from_object(one)
    plain = str | int | float | bool | dict | list | datetime | None
    return value if isinstance(value, plain) else field.value_to_string(one)


def _columns(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not field.generated]


def _write_database(apps: Apps, rows: Iterator[Row]) -> int:
    kept = {_name(model): model for model in _list_models(apps)}
    waiting: dict[str, list[models.Model]] = {name: [] for name in kept}
    number = 0
    for row in rows:
        waiting[row.model].append(_make(kept[row.model], row.values))
        number += 1
        if len(waiting[row.model]) == _BATCH:
            kept[row.model]._base_manager.bulk_create(waiting[row.model])
            waiting[row.model] = []
    for name, model in kept.items():
        model._base_manager.bulk_create(waiting[name])
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(kept.values())):
            cursor.execute(statement)
    return number


def _make(model: type[models.Model], values: Mapping[str, Any]) -> models.Model:
    fields = {field.attname: field for field in _columns(model)}
    return model(**{name: _find_plain(fields[name]).to_python(values[name]) for name in values})


def _find_plain(field: Any) -> Any:
    """Return the field by which a column's value is read: of a foreign key the one it points to."""
    return _find_plain(field.target_field) if field.remote_field else field


def _read_header(line: bytes, path: Path) -> Header:
    try:
        header = msgspec.json.decode(line, type=Header)
    except msgspec.DecodeError as fault:
        raise make_damaged_error(path) from fault
    if header.format > FORMAT:
        raise make_newer_error(header.made_with)
    return header


def _decode(file: Any, path: Path) -> Iterator[Row]:
    decoder = msgspec.json.Decoder(Row)
    try:
        for line in file:
            yield decoder.decode(line)
    except (msgspec.DecodeError, EOFError, OSError) as fault:
        raise make_damaged_error(path) from fault


def _migrate_to(migrations: Mapping[str, str]) -> MigrationLoader:
    """Give the database the tables that it had when the rows were written."""
    executor = MigrationExecutor(connection)
    known = executor.loader.disk_migrations
    for app, name in migrations.items():
        if (app, name) not in known:
            raise make_newer_error(f"{app} {name}")
    applied = _list_applied(executor.loader)
    if applied and applied != migrations:
        raise FolderError("The database has tables already.", code="database-not-empty")
    executor.migrate(list(migrations.items()))
    return MigrationLoader(connection)
