"""Settings: what outranks what, what is refused and how it is said, and that secrets stay secret."""

from __future__ import annotations

import re
from base64 import b64encode, urlsafe_b64encode
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
import pytest

from chinwag.blogs.declaration import BlogKind
from chinwag.blogs.registry import find_blog, list_blogs
from chinwag.blogs.wordpress import WordPressSettings
from chinwag.cli.remedies import find_remedy
from chinwag.config import Settings, list_settings, read_settings
from chinwag.errors import SettingsError
from chinwag.model import Secret
from chinwag.networks import example
from chinwag.networks.declaration import Network
from chinwag.networks.mastodon import MastodonSettings
from chinwag.networks.registry import list_networks

SOURCE = Path(__file__).resolve().parents[1] / "src" / "chinwag"


def write(path: Path, text: str, mode: int = 0o600) -> Path:
    path.write_text(text)
    path.chmod(mode)
    return path


def on_mastodon(**said: Any) -> dict[str, msgspec.Struct]:
    """Return the settings of every network, those of Mastodon as said."""
    return {**Settings().networks, "mastodon": MastodonSettings(**said)}


def test_without_a_file_or_a_variable_the_defaults_stand() -> None:
    assert read_settings({}) == Settings()


def test_the_environment_outranks_the_file_and_the_file_the_defaults(tmp_path: Path) -> None:
    file = write(
        tmp_path / "config.toml",
        'model_address = "http://127.0.0.1:8080/v1"\nmodel_timeout = 30\n'
        'mastodon_servers = ["glammr.us"]\n',
    )
    environ = {"CHINWAG_CONFIG": str(file), "CHINWAG_MODEL_TIMEOUT": "7.5"}
    assert read_settings(environ) == Settings(
        model_address="http://127.0.0.1:8080/v1",
        model_timeout=7.5,
        networks=on_mastodon(servers=("glammr.us",)),
    )


def test_the_file_is_found_in_the_folder_for_configurations(tmp_path: Path) -> None:
    (tmp_path / "chinwag").mkdir()
    write(tmp_path / "chinwag" / "config.toml", 'model_currency = "EUR"\n')
    (tmp_path / ".config").mkdir()
    (tmp_path / ".config" / "chinwag").mkdir()
    write(tmp_path / ".config" / "chinwag" / "config.toml", 'model_currency = "GBP"\n')
    there = {"XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path)}
    assert read_settings(there) == Settings(model_currency="EUR")
    assert read_settings({"HOME": str(tmp_path)}) == Settings(model_currency="GBP")


def test_lists_and_tokens_are_given_in_one_variable() -> None:
    environ = {
        "CHINWAG_MASTODON_SERVERS": "glammr.us, mastodon.social",
        "CHINWAG_MASTODON_TOKENS": "glammr.us=abc= mastodon.social=def",
    }
    assert read_settings(environ) == Settings(
        networks=on_mastodon(
            servers=("glammr.us", "mastodon.social"),
            tokens={"glammr.us": Secret("abc="), "mastodon.social": Secret("def")},
        )
    )


def test_a_secret_may_stand_in_a_file_of_its_own(tmp_path: Path) -> None:
    write(tmp_path / "key", "sk-1\n")
    file = write(tmp_path / "config.toml", 'model_key_file = "key"\n', 0o644)
    assert read_settings({}, file) == Settings(model_key=Secret("sk-1"))
    named = {"CHINWAG_MODEL_KEY_FILE": str(tmp_path / "key")}
    assert read_settings(named) == Settings(model_key=Secret("sk-1"))


def test_a_file_with_a_secret_that_others_can_open_is_refused(tmp_path: Path) -> None:
    loose = write(tmp_path / "config.toml", 'model_key = "sk-1"\n', 0o640)
    with pytest.raises(SettingsError) as raised:
        read_settings({}, loose)
    assert f"{raised.value} {find_remedy(raised.value)}" == (
        f"{loose} holds model_key, and others on this machine can open it (its mode is 640)."
        f" Run `chmod 600 {loose}`, and change that secret if others may have read it."
    )
    loose.chmod(0o600)
    assert read_settings({}, loose) == Settings(model_key=Secret("sk-1"))


def test_a_loose_file_of_its_own_is_refused_too(tmp_path: Path) -> None:
    key = write(tmp_path / "key", "sk-1", 0o604)
    with pytest.raises(SettingsError, match=f"{key} holds model_key, and others"):
        read_settings({"CHINWAG_MODEL_KEY_FILE": str(key)})


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        (
            {"CHINWAG_MODEL_TIMEOUT": "soon"},
            "CHINWAG_MODEL_TIMEOUT sets model_timeout to 'soon', which is not valid: Expected `float`,"
            " got `str`. Seconds that the language model may take to answer.",
        ),
        (
            {"CHINWAG_MODEL_ADRESS": "http://127.0.0.1"},
            "CHINWAG_MODEL_ADRESS sets model_adress, which is not a setting."
            " Did you mean model_address?",
        ),
        (
            {"CHINWAG_MASTODON_TOKENS": "sesame"},
            "CHINWAG_MASTODON_TOKENS does not say which of mastodon_tokens belongs to which server."
            " Write SERVER=TOKEN for each, with a space between them.",
        ),
        (
            {"CHINWAG_CONFIG": "/nowhere/config.toml"},
            "/nowhere/config.toml, the configuration, cannot be read: No such file or directory."
            " Correct or remove it.",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(environ: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError) as raised:
        read_settings(environ)
    assert f"{raised.value} {find_remedy(raised.value)}" == said


def test_a_variable_like_no_setting_is_left_alone() -> None:
    assert read_settings({"CHINWAG_TEST_PROFILE": "quick", "PATH": "/bin"}) == Settings()


def test_an_error_about_a_secret_does_not_show_it(tmp_path: Path) -> None:
    file = write(tmp_path / "config.toml", "model_key = 987654321\n")
    with pytest.raises(SettingsError) as raised:
        read_settings({}, file)
    assert "987654321" not in str(raised.value)


def test_a_secret_is_shown_by_nothing() -> None:
    networks = on_mastodon(tokens={"glammr.us": Secret("abc")})
    settings = Settings(model_key=Secret("sk-1"), networks=networks)
    shown = f"{settings} {settings!r} {settings.model_key} {settings.networks['mastodon']}"
    assert "sk-1" not in shown
    assert "abc" not in shown
    assert msgspec.json.encode(settings.model_key, enc_hook=str) == b'"(secret)"'
    with pytest.raises(TypeError):
        msgspec.json.encode(settings)
    assert settings.model_key.reveal() == "sk-1"


def test_every_key_has_its_help_and_says_who_set_it(tmp_path: Path) -> None:
    file = write(tmp_path / "config.toml", 'model_currency = "EUR"\n')
    listed = list_settings({"CHINWAG_MODEL_LIMIT_COST": "1"}, file)
    declared: list[Network[Any] | BlogKind[Any]] = [*list_networks(), *list_blogs()]
    of_others = [
        f"{owner.name}_{field}" for owner in declared for field in owner.settings.__struct_fields__
    ]
    own = [name for name in Settings.__struct_fields__ if name not in ("networks", "blogs")]
    assert [one.name for one in listed] == [*own, *of_others]
    assert all(one.help.endswith(".") for one in listed)
    said = {one.name: (one.value, one.said_by) for one in listed}
    assert said["model_currency"] == ("EUR", str(file))
    assert said["model_limit_cost"] == (1.0, "CHINWAG_MODEL_LIMIT_COST")
    assert said["model_timeout"] == (120.0, "default")


def test_no_other_room_reads_the_environment() -> None:
    reads = re.compile(r"\bos\.(?:environ|getenv)|from os import .*\b(?:environ|getenv)|envvar")
    found = [path for path in SOURCE.rglob("*.py") if reads.search(path.read_text("utf-8"))]
    # The site only writes it, for Django and for its own processes.
    assert sorted(found) == [SOURCE / "config.py", SOURCE / "web" / "environment.py"]


def test_the_document_lists_every_key_with_its_help() -> None:
    document = (SOURCE.parents[1] / "docs" / "hosts" / "settings.md").read_text("utf-8")
    rows = [line for line in document.splitlines() if line.startswith("| `")]
    assert rows == [f"| `{one.name}` | {one.help} |" for one in list_settings({})]


def test_the_settings_of_a_blog_are_read_and_its_password_is_never_shown() -> None:
    settings = read_settings(
        {
            "CHINWAG_WORDPRESS_ADDRESS": "https://blog.example",
            "CHINWAG_WORDPRESS_USER": "ana",
            "CHINWAG_WORDPRESS_PASSWORD": "abcd efgh ijkl mnop",
        }
    )
    assert settings.find_own(find_blog("wordpress")) == WordPressSettings(
        address="https://blog.example", user="ana", password=Secret("abcd efgh ijkl mnop")
    )
    assert "abcd" not in repr(settings)


def test_the_settings_that_a_network_declares_are_read_and_listed() -> None:
    networks = (*list_networks(), example.NETWORK)
    settings = read_settings({"CHINWAG_EXAMPLE_NAME": "Ana"}, networks=networks)
    assert settings.networks["example"] == example.ExampleSettings(name="Ana")
    listed = list_settings({"CHINWAG_EXAMPLE_NAME": "Ana"}, networks=networks)
    (own,) = [one for one in listed if one.name == "example_name"]
    assert own == (
        "example_name",
        "As whom you pin notes on the board.",
        "Ana",
        "CHINWAG_EXAMPLE_NAME",
    )
    assert read_settings({"CHINWAG_EXAMPLE_NAME": "Ana"}) == Settings()  # no command offers it


@pytest.mark.parametrize("before", ["", "B", "Be", "Bearer "])
def test_a_secret_that_somebody_repeats_in_another_form_is_hidden(before: str) -> None:
    value = "TOk/s+cret?9f8e7d6c5b4a"
    whole = f"{before}{value} it was".encode()
    forms = [
        whole,
        quote(whole, safe="").encode(),
        whole.hex().encode(),
        b64encode(whole),
        urlsafe_b64encode(whole),
    ]
    for form in forms:
        shown = Secret(value).hide_in(b"you sent " + form)
        assert b"(secret)" in shown
        assert len(shown) <= len(b"you sent (secret)") + len(form) - len(value)
    assert Secret("short").hide_in(b64encode(b"short")) == b64encode(b"short")
