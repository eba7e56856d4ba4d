"""Adding a network touches three places; whoever forgets one is told which."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from chinwag.cli.networks import Command, add_posting, add_reading
from chinwag.config import Settings, read_settings
from chinwag.errors import InputError, NetworkError
from chinwag.model import RawPost
from chinwag.networks import example
from chinwag.networks.contract import Announcement
from chinwag.networks.example.board import find_board
from chinwag.networks.registry import Networks, find_network, list_networks
from chinwag.records.live import convert_live
from chinwag.records.registry import CONVERTERS
from chinwag.setup.accounts import open_accounts
from chinwag.setup.routes import make_routes

SOURCE = Path(__file__).resolve().parents[2] / "src" / "chinwag"
NETWORKS: Networks = (*list_networks(), example.NETWORK)
QUESTION = Announcement(key="q1", text="Q1: What grows? #InkChat", hashtag="InkChat", lang="en")


def find_forgotten(source: Path, registry: Iterable[tuple[str, str]]) -> list[str]:
    """Return a sentence for each place that was forgotten.

    `registry` holds each network's name and the module in `records/` whose converter it names.
    """
    lines = dict(registry)
    folders = {path.parent.name for path in (source / "networks").glob("*/__init__.py")}
    readers = {
        path.stem
        for path in (source / "records").glob("*.py")
        if "\ndef convert_record(" in path.read_text("utf-8")
    }
    return [
        *(
            f"networks/{name}/ is there, and records/registry.py has no line for {name!r}."
            for name in sorted(folders - set(lines))
        ),
        *(
            f"records/registry.py has a line for {name!r}, and there is no folder networks/{name}/."
            for name in sorted(set(lines) - folders)
        ),
        *(
            f"records/{reader}.py converts records, and no line of records/registry.py names it."
            for reader in sorted(readers - set(lines.values()))
        ),
        *(
            f"records/registry.py names {reader} for {name!r}, and records/{reader}.py has no"
            " convert_record."
            for name, reader in sorted(lines.items())
            if reader not in readers
        ),
    ]


def test_no_place_of_a_network_was_forgotten() -> None:
    assert find_forgotten(SOURCE, CONVERTERS.items()) == []
    for name in CONVERTERS:
        assert find_network(name).name == name


def lay_out(root: Path, folders: Sequence[str], readers: Sequence[str]) -> Path:
    for folder in folders:
        (root / "networks" / folder).mkdir(parents=True)
        (root / "networks" / folder / "__init__.py").write_text("NETWORK = ...\n")
    (root / "records").mkdir()
    (root / "records" / "times.py").write_text("def parse_time() -> None: ...\n")
    for reader in readers:
        text = '"""A pebble."""\n\n\ndef convert_record(raw, options): ...\n'
        (root / "records" / f"{reader}.py").write_text(text)
    return root


@pytest.mark.parametrize(
    ("folders", "readers", "registry", "forgotten"),
    [
        (["pebble"], ["pebbles"], [("pebble", "pebbles")], []),
        (
            ["pebble"],
            ["pebbles"],
            [],
            [
                "networks/pebble/ is there, and records/registry.py has no line for 'pebble'.",
                "records/pebbles.py converts records, and no line of records/registry.py names it.",
            ],
        ),
        (
            [],
            ["pebbles"],
            [("pebble", "pebbles")],
            [
                "records/registry.py has a line for 'pebble', and there is no folder"
                " networks/pebble/."
            ],
        ),
        (
            ["pebble"],
            [],
            [("pebble", "pebbles")],
            [
                "records/registry.py names pebbles for 'pebble', and records/pebbles.py has no"
                " convert_record."
            ],
        ),
    ],
)
def test_each_forgotten_place_is_named(
    tmp_path: Path,
    folders: list[str],
    readers: list[str],
    registry: list[tuple[str, str]],
    forgotten: list[str],
) -> None:
    assert find_forgotten(lay_out(tmp_path, folders, readers), registry) == forgotten


def test_a_folder_that_declares_nothing_is_named() -> None:
    with pytest.raises(LookupError, match=r"^chinwag\.networks\.pebble declares no NETWORK: "):
        find_network("pebble")
    with pytest.raises(LookupError, match=r"^chinwag\.networks\.http declares no NETWORK: "):
        find_network("http")


# What the declaration of a network is good for: the example's is taken up by every door.


def test_a_declared_network_is_an_option_of_capture_and_announce() -> None:
    def show(what: str, named: dict[str, tuple[str, ...]]) -> None:
        click.echo(f"{what} {named}")

    def run(add: Callable[[Command, Networks], Command], *words: str) -> str:
        command = click.command(params=[click.Argument(["what"])])(add(show, NETWORKS))
        return CliRunner().invoke(command, ["hear", *words], catch_exceptions=False).output

    words = ("--example", "green", "--example", "mill", "--bluesky")
    assert run(add_reading, *words) == "hear {'bluesky': (), 'example': ('green', 'mill')}\n"
    assert run(add_posting, *words) == "hear {'bluesky': (), 'example': ('green', 'mill')}\n"
    assert run(add_reading) == "hear {}\n"
    assert "Only on that board." in run(add_posting, "--help")
    assert "A noticeboard to read; may be repeated." in run(add_reading, "--help")
    assert "--feed" not in run(add_posting, "--help")  # nothing can be posted on a feed


def test_a_declared_network_is_read_where_it_is_named() -> None:
    routes = make_routes(Settings(), {"example": ("green", "green", "mill")}, NETWORKS)
    assert [route.name for route in routes] == [
        "example:stream green",
        "example:poll green walker",
        "example:stream mill",
        "example:poll mill walker",
    ]


def test_where_nobody_names_a_network_those_are_read_that_declare_so() -> None:
    environ = {"CHINWAG_MASTODON_SERVERS": "glam.example", "CHINWAG_BLUESKY_RELAY": ""}
    routes = make_routes(read_settings(environ), {}, NETWORKS)
    assert [route.name for route in routes] == [
        "mastodon:poll glam.example",
        "mastodon:threads glam.example",
        "bluesky:jetstream jetstream.us-east.bsky.network",
        "bluesky:threads public.api.bsky.app",
    ]


def test_a_network_that_takes_files_is_given_their_texts(tmp_path: Path) -> None:
    (tmp_path / "copied.txt").write_text("Ana @ana@shelf.example\nA1: seeds\n")
    (route,) = make_routes(Settings(), {"paste": (str(tmp_path / "copied.txt"),)})
    assert route.name == "paste:text"
    with pytest.raises(InputError, match="cannot be read: No such file or directory"):
        make_routes(Settings(), {"paste": (str(tmp_path / "nowhere.txt"),)})


def test_a_host_posts_on_a_declared_network_and_a_shut_one_is_in_nobodys_way() -> None:
    settings = read_settings({"CHINWAG_EXAMPLE_NAME": "host"}, networks=NETWORKS)
    open_, shut = find_board("open"), find_board("shut")
    shut.shut()

    async def run() -> None:
        named = {"example": ("open", "shut")}
        async with open_accounts(settings, named, NETWORKS) as announcers:
            assert list(announcers) == ["example open", "example shut"]
            announced = await announcers["example open"].announce(QUESTION)
            assert announced.url == "board://open/1"
            closed = announcers["example shut"]
            reason = "The noticeboard board://shut is shut."
            assert closed.check(QUESTION) == f"Nothing would go out here: {reason}"
            with pytest.raises(NetworkError, match=reason):
                await closed.announce(QUESTION)
            with pytest.raises(NetworkError, match=reason):
                await closed.edit("board://shut/1", QUESTION)
            with pytest.raises(NetworkError, match=reason):
                await closed.delete("board://shut/1")

    asyncio.run(run())

    (note,) = open_.list_notes()
    raw = RawPost(
        route="example:stream", address="board://open", payload={"event": "pinned", "note": note}
    )
    (post,) = convert_live(raw)
    assert (post.id, getattr(post, "text", "")) == ("board://open/1", QUESTION.text)


def test_a_host_without_an_account_is_told_what_to_do() -> None:
    async def run(named: dict[str, tuple[str, ...]]) -> InputError:
        with pytest.raises(InputError) as raised:
            async with open_accounts(Settings(), named, NETWORKS):
                pass
        return raised.value

    told = asyncio.run(run({"example": ("green",)}))
    assert (told.code, told.fields) == ("no-account", {"ways": ["set example_name"]})
    told = asyncio.run(run({}))
    assert told.fields["ways"] == [one.posting.remedy for one in NETWORKS if one.posting]
