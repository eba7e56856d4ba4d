"""What scripts/setup installs is locked by version and digest, and is what pyproject.toml asks for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCKS = {"run": ("meaning",), "test": ("test", "zstd"), "benchmark": ("benchmark",)}
_PIN = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+)((?:[^\n]*\\\n)*[^\n]*)", re.MULTILINE)
_NAME = re.compile(r"[A-Za-z0-9_.-]+")


def read_pins(name: str) -> dict[str, tuple[str, str]]:
    """Return the version and the rest of each entry of a lock, by the package's name."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    return {fold(found[1]): (found[2], found[3]) for found in _PIN.finditer(text)}


def fold(name: str) -> str:
    return re.sub("[-_.]+", "-", name).lower()


def read_project() -> dict[str, list[str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {"": project["dependencies"], **project["optional-dependencies"]}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_every_package_that_is_asked_for(name: str) -> None:
    wanted = [line for extra in ("", *LOCKS[name]) for line in read_project()[extra]]
    names = {fold(found[0]) for line in wanted if (found := _NAME.match(line))}
    assert names <= read_pins(name).keys(), "Run scripts/lock."


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_of_a_lock_has_its_digests(name: str) -> None:
    without = [
        package for package, (_, rest) in read_pins(name).items() if "--hash=sha256:" not in rest
    ]
    assert without == []


def test_the_locks_agree_with_each_other_and_with_the_constraints() -> None:
    constraints = {
        fold(package): version
        for line in (ROOT / "constraints.txt").read_text().splitlines()
        if "==" in line
        for package, version in [line.split("==")]
    }
    found = {
        package: {version} for name in LOCKS for package, (version, _) in read_pins(name).items()
    }
    for name in LOCKS:
        for package, (version, _) in read_pins(name).items():
            found[package] |= {version, constraints.get(package, version)}
    assert {package: versions for package, versions in found.items() if len(versions) > 1} == {}


def test_a_lock_names_no_place_where_packages_lie() -> None:
    for name in LOCKS:
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        assert "://" not in text
        assert "--index" not in text
