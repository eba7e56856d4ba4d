"""What an installation is told once, by defaults, then a file, then the environment.

This is the only room that reads the environment. Every key of `Settings` stands with its help; in
the environment it is called CHINWAG_ and its name in capitals, and a secret may also be given as a
file that holds it alone, by the key's name with `_file` behind it.
"""

from __future__ import annotations

import difflib
import os
import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, NamedTuple, get_args, get_type_hints

import msgspec

from chinwag.errors import SettingsError
from chinwag.model import Secret

PREFIX = "CHINWAG_"
FILE_KEY = "CHINWAG_CONFIG"  # names another configuration file

_About = msgspec.Meta  # `_About(description=...)`: the help that `list_settings` gives


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Every setting. None of them makes Chinwag send anything: a command has to ask for that."""

    model_address: Annotated[
        str,
        _About(description="Where the language model answers, such as http://127.0.0.1:8080/v1."),
    ] = ""
    model_key: Annotated[Secret, _About(description="The key for that address.")] = Secret()
    model_timeout: Annotated[
        float, _About(description="Seconds that the language model may take to answer.", gt=0)
    ] = 120.0
    model_points: Annotated[
        int, _About(description="Points in one message to it; small models do better with 1.", ge=1)
    ] = 8
    model_price_in: Annotated[
        float, _About(description="What a million tokens sent to it cost.", ge=0)
    ] = 0.0
    model_price_out: Annotated[
        float, _About(description="What a million tokens of its answers cost.", ge=0)
    ] = 0.0
    model_currency: Annotated[str, _About(description="The currency of those prices.")] = "USD"
    model_limit_cost: Annotated[
        float, _About(description="From this cost on a command asks before it sends.", ge=0)
    ] = 0.25
    model_limit_tokens: Annotated[
        int, _About(description="From so many tokens on a command asks before it sends.", ge=0)
    ] = 100_000

    embeddings_address: Annotated[
        str, _About(description="Where the encoder answers, such as http://127.0.0.1:8081/v1.")
    ] = ""
    embeddings_model: Annotated[str, _About(description="What the encoder is called there.")] = ""
    embeddings_key: Annotated[Secret, _About(description="The key for that address.")] = Secret()

    contact: Annotated[
        str,
        _About(
            description="Where the keepers of a server that you read can reach you: an address."
        ),
    ] = ""

    mastodon_servers: Annotated[
        tuple[str, ...],
        _About(description="Mastodon servers to read, such as glammr.us mastodon.social."),
    ] = ()
    mastodon_tokens: Annotated[
        Mapping[str, Secret],
        _About(description="An access token for each server that wants one: SERVER=TOKEN."),
    ] = msgspec.field(default_factory=dict)

    bluesky_jetstreams: Annotated[
        tuple[str, ...],
        _About(description="Where Bluesky's posts are read as they come, tried in turn."),
    ] = ("https://jetstream.us-east.bsky.network", "https://jetstream.us-west.bsky.network")
    bluesky_relay: Annotated[
        str,
        _About(description="A relay to read instead of Jetstream, such as https://bsky.network."),
    ] = ""
    bluesky_app_view: Annotated[
        str, _About(description="Where Bluesky's threads and profiles are read.")
    ] = "https://public.api.bsky.app"
    bluesky_address: Annotated[str, _About(description="The server of your Bluesky account.")] = (
        "https://bsky.social"
    )
    bluesky_handle: Annotated[str, _About(description="Your Bluesky handle.")] = ""
    bluesky_password: Annotated[
        Secret, _About(description="An app password of that account, never its own password.")
    ] = Secret()

    x_token: Annotated[
        Secret,
        _About(description="The bearer token of your own app on X. Every post read costs you."),
    ] = Secret()
    x_price: Annotated[
        float,
        _About(description="What a post read on X costs, as your console there says.", ge=0),
    ] = 0.0
    x_limit: Annotated[
        int, _About(description="After so many posts of a chat nothing more is read on X.", gt=0)
    ] = 2_000


class Setting(NamedTuple):
    """One key as it stands: `said_by` is "default", the file, or the environment's variable."""

    name: str
    help: str
    value: Any
    said_by: str


def read_settings(environ: Mapping[str, str] | None = None, file: Path | None = None) -> Settings:
    """Give the settings: what the environment says, else the file, else the default.

    `environ` is this process's environment unless given; `file` is what CHINWAG_CONFIG names, else
    `chinwag/config.toml` in the folder for configurations, which may be missing. Raises
    SettingsError, naming the key and where it stands, for a key that there is not, a value that
    cannot be, and a secret in a file that others on the machine can read.
    """
    said = _gather(os.environ if environ is None else environ, file)
    return Settings(**{name: value for name, (value, _) in said.items()})


def list_settings(
    environ: Mapping[str, str] | None = None, file: Path | None = None
) -> tuple[Setting, ...]:
    """Give every key with its help, its value and who said it. Raises what `read_settings` does."""
    said = _gather(os.environ if environ is None else environ, file)
    default = Settings()
    return tuple(
        Setting(name, help_of(name), *said.get(name, (getattr(default, name), "default")))
        for name in _TYPES
    )


def help_of(name: str) -> str:
    """Give the help of a key: one sentence."""
    (about,) = get_args(_HINTS[name])[1:]
    return str(about.description)


_HINTS = get_type_hints(Settings, include_extras=True)
_TYPES: dict[str, Any] = get_type_hints(Settings)
_SECRET = {name for name, kind in _TYPES.items() if kind in (Secret, Mapping[str, Secret])}

_Said = dict[str, tuple[Any, str]]  # key: its value, and who said it


def _gather(environ: Mapping[str, str], file: Path | None) -> _Said:
    said: _Said = {}
    path, must_be = _find_file(environ, file)
    if path is not None and (must_be or path.exists()):
        said |= _read_file(path)
    for variable, value in sorted(environ.items()):
        name = variable.removeprefix(PREFIX).lower()
        if variable.startswith(PREFIX) and (_is_key(name) or _find_nearest(name)):
            said |= _read_one(name, value, variable, Path())
    return said  # a variable that is like no key belongs to somebody else


def _is_key(name: str) -> bool:
    return name in _TYPES or name.removesuffix("_file") in _SECRET


def _find_nearest(name: str) -> str:
    """Give the key that somebody may have meant, or ""."""
    return next(iter(difflib.get_close_matches(name, _TYPES, n=1, cutoff=0.8)), "")


def _find_file(environ: Mapping[str, str], file: Path | None) -> tuple[Path | None, bool]:
    """Give the configuration file, and whether somebody named it, so that it has to be there."""
    if file is not None:
        return file, True
    if environ.get(FILE_KEY):
        return Path(environ[FILE_KEY]), True
    if environ.get("XDG_CONFIG_HOME"):
        return Path(environ["XDG_CONFIG_HOME"], "chinwag", "config.toml"), False
    if environ.get("HOME"):
        return Path(environ["HOME"], ".config", "chinwag", "config.toml"), False
    return None, False


def _read_file(path: Path) -> _Said:
    text, mode = _read_text(path, "The configuration")
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise SettingsError(
            f"The configuration {path} is not valid TOML: {fault}.", todo="Mend that line."
        ) from None
    said: _Said = {}
    for name, value in document.items():
        said |= _read_one(name, value, str(path), path.parent)
        if name in _SECRET:
            _refuse_loose(path, mode, name)
    return said


def _read_one(name: str, value: Any, where: str, beside: Path) -> _Said:
    """Read one key; one that ends in `_file` names a file with the secret in it."""
    key = name.removesuffix("_file")
    if name not in _TYPES and key in _SECRET and isinstance(value, str):
        path = beside / Path(value).expanduser()
        text, mode = _read_text(path, f"The file that {where} names for {key}")
        _refuse_loose(path, mode, key)
        return {key: (_convert(key, text.strip(), str(path)), where)}
    if name not in _TYPES:
        near = _find_nearest(name)
        raise SettingsError(
            f"{where} sets {name}, which is no setting.",
            todo=f"Did you mean {near}?" if near else f"There are {', '.join(_TYPES)}.",
        )
    return {name: (_convert(name, value, where), where)}


def _convert(name: str, value: Any, where: str) -> Any:
    kind = _TYPES[name]
    if isinstance(value, str) and kind == tuple[str, ...]:
        value = value.replace(",", " ").split()
    elif isinstance(value, str) and kind == Mapping[str, Secret]:
        value = dict(_split_pair(name, pair, where) for pair in value.replace(",", " ").split())
    try:
        return msgspec.convert(value, _HINTS[name], strict=False, dec_hook=_make_secret)
    except msgspec.ValidationError as fault:
        shown = "" if name in _SECRET else f" to {value!r}"
        raise SettingsError(
            f"{where} sets {name}{shown}, which cannot be: {fault}.", todo=help_of(name)
        ) from None


def _split_pair(name: str, pair: str, where: str) -> tuple[str, str]:
    server, equals, secret = pair.partition("=")
    if not equals or not server or not secret:
        raise SettingsError(
            f"{where} does not say which of {name} belongs to which server.",
            todo="Write SERVER=TOKEN for each, with a space between them.",
        )
    return server, secret


def _make_secret(kind: type, value: Any) -> Any:
    if kind is Secret and isinstance(value, str):
        return Secret(value.strip())
    raise ValueError("only text can be a secret")


def _read_text(path: Path, what: str) -> tuple[str, int]:
    """Give a file's text, and its mode as it was when it was read."""
    try:
        with path.open(encoding="utf-8") as handle:
            return handle.read(), stat.S_IMODE(os.fstat(handle.fileno()).st_mode)
    except UnicodeDecodeError:
        reason = "it is not UTF-8 text"
    except OSError as failure:
        reason = failure.strerror or "it cannot be opened"
    raise SettingsError(f"{what}, {path}, cannot be read: {reason}.", todo="Mend or remove it.")


def _refuse_loose(path: Path, mode: int, key: str) -> None:
    if mode & 0o077:
        raise SettingsError(
            f"{path} holds {key}, and others on this machine can open it (its mode is {mode:o}).",
            todo=f"Run `chmod 600 {path}`, and change that secret if others may have read it.",
        )
