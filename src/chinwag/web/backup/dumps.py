"""Dumps of what the database alone knows, kept before each migration."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from chinwag.web.backup.rows import write_rows

KEPT = 14
ENDING = ".jsonl.gz"
STAMP = "%Y-%m-%dT%H-%M-%SZ"


def dump_before_migration(folder: Path) -> Path | None:
    """Keep a dump where the open site's database is about to be changed by a new version.

    Returns where it lies, None where nothing is about to change, or nothing is there yet.
    """
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan or not executor.loader.applied_migrations:
        return None
    return dump_database(folder)


def dump_database(folder: Path) -> Path:
    """Write a dump into a folder, where the latest KEPT stay; return where it lies."""
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{datetime.now(UTC):{STAMP}}{ENDING}"
    part = path.with_name(f".{path.name}.part")
    part.touch(mode=0o600)
    write_rows(part)
    part.replace(path)
    for old in sorted(folder.glob(f"*{ENDING}"))[:-KEPT]:
        old.unlink()
    return path
