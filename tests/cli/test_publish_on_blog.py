"""`chinwag publish --to`, and what a removal says of copies on blogs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result

from chinwag.model import Publication
from chinwag.stores.folder import ChatFolder

Chinwag = Callable[..., Result]


@pytest.fixture
def snug(tmp_path: Path, chat_csv: Path, chinwag: Chinwag, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of the small chat, on a machine where no blog is set."""
    monkeypatch.setenv("CHINWAG_CONFIG", str(tmp_path / "none.toml"))
    (tmp_path / "none.toml").touch()
    for name in ("ADDRESS", "USER", "PASSWORD"):
        monkeypatch.delenv(f"CHINWAG_WORDPRESS_{name}", raising=False)
    assert chinwag("recap", chat_csv, "--into", tmp_path / "snug").exit_code == 0
    return tmp_path / "snug"


def read_words(result: Result) -> str:
    return re.sub(r"\s+", " ", result.output)


@pytest.mark.parametrize("more", [("--test",), ("FOLDER",)])
def test_without_settings_it_says_which_are_missing(
    snug: Path, chinwag: Chinwag, more: tuple[str, ...]
) -> None:
    words = [snug if word == "FOLDER" else word for word in more]
    refused = chinwag("publish", *words, "--to", "wordpress")
    assert refused.exit_code == 2
    said = read_words(refused)
    assert "wordpress_address and wordpress_user and wordpress_password must be set." in said
    assert "CHINWAG_WORDPRESS_ADDRESS" in said
    assert ChatFolder.open(snug).read_published() == ()


def test_options_that_mean_nothing_without_another_are_refused(
    snug: Path, chinwag: Chinwag
) -> None:
    for words, said in (
        (("--as", "html", "--to", "wordpress"), "Give --as or --to, not both."),
        (("--category", "Chats"), "Say with --to on which blog (categories)."),
        (("--publish",), "Say with --to on which blog (publish)."),
    ):
        refused = chinwag("publish", snug, *words)
        assert (refused.exit_code, said in read_words(refused)) == (2, True)
    assert chinwag("publish").exit_code == 2


def test_a_picture_without_words_is_refused(snug: Path, chinwag: Chinwag) -> None:
    (snug.parent / "room.png").write_bytes(b"\x89PNG")
    refused = chinwag(
        "publish", snug, "--to", "wordpress", "--picture", snug.parent / "room.png", " "
    )
    assert (refused.exit_code, "has no description" in refused.output) == (2, True)


def test_a_removal_says_that_a_copy_is_still_there(snug: Path, chinwag: Chinwag) -> None:
    out = Publication(
        blog="wordpress https://blog.example",
        slug="snugchat",
        state="out",
        at=datetime(2026, 10, 14, tzinfo=UTC),
        id="5",
        url="https://blog.example/snugchat",
    )
    with ChatFolder.open(snug).change() as change:
        change.write_published([out])
    removed = chinwag("remove", snug, "8")
    assert removed.exit_code == 0
    said = read_words(removed)
    assert "The copy at https://blog.example/snugchat still shows it: wordpress_address" in said
    assert f"Run `chinwag publish {snug} --to wordpress` once that is mended." in said
    (told,) = json.loads(chinwag("remove", snug, "9", "--json").output)["published"]
    assert told.startswith("The copy at https://blog.example/snugchat still shows it")
    assert ChatFolder.open(snug).read_published() == (out,)
