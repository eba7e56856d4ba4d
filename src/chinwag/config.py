"""Settings of an installation: defaults, outranked by a file, outranked by the environment.

This is the only room that reads the environment. Every key is declared with its help: in
`Settings`, and by each network and each kind of blog, whose name comes before it. In the
environment a key is called CHINWAG_ and its name in capitals, and a secret may also be given as a
file that holds it alone, by the key's name with `_file` behind it.
"""

from __future__ import annotations

import difflib
import os
import stat
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, NamedTuple, get_args, get_type_hints

import msgspec

from chinwag.blogs.declaration import BlogKind
from chinwag.blogs.registry import list_blogs
from chinwag.errors import SettingsError
from chinwag.model import Secret
from chinwag.networks.declaration import Network, OwnSettings
from chinwag.networks.registry import Networks, list_networks

PREFIX = "CHINWAG_"
FILE_KEY = "CHINWAG_CONFIG"  # names another configuration file

_About = msgspec.Meta  # `_About(description=...)`: the help that `list_settings` gives


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Every setting. None of them makes Chinwag send anything: a command has to ask for that."""

    name: Annotated[
        str,
        _About(description="Who you are, as corrections and removals note it; else your login."),
    ] = ""

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

    site_folder: Annotated[
        str, _About(description="Where a site keeps its chats, its database and its uploads.")
    ] = "~/.local/share/chinwag"
    site_address: Annotated[
        str, _About(description="The site's public address, such as https://chats.example.org.")
    ] = "http://localhost:8000"
    site_database: Annotated[
        Secret,
        _About(
            description="postgresql://USER:PASSWORD@HOST/NAME; a file in its folder unless set."
        ),
    ] = Secret()
    site_mail: Annotated[
        Secret,
        _About(
            description="How a site sends mail: smtp://, smtp+tls:// or smtps://USER:PASSWORD@HOST;"
            " into its log unless set."
        ),
    ] = Secret()
    site_mail_from: Annotated[
        str, _About(description="The address that a site's mail comes from.")
    ] = ""
    site_proxies: Annotated[
        int, _About(description="How many proxies stand before a site.", ge=0)
    ] = 0
    site_sign_in: Annotated[
        Mapping[str, Secret],
        _About(
            description="Who else signs people in, as NAME=https://CLIENT:SECRET@SERVER: whatever"
            " speaks OpenID Connect. It needs the extra sign-in."
        ),
    ] = msgspec.field(default_factory=dict)

    site_model: Annotated[
        str,
        _About(
            description="The language model that a site's hosts may ask for suggestions; none"
            " unless set."
        ),
    ] = ""

    operator: Annotated[
        str,
        _About(
            description="Who runs this Chinwag: an address at which those who run a server that"
            " you read can reach you."
        ),
    ] = ""

    networks: Mapping[str, msgspec.Struct] = msgspec.field(  # by name: each network's own settings
        default_factory=lambda: {network.name: network.settings() for network in list_networks()}
    )

    blogs: Mapping[str, msgspec.Struct] = msgspec.field(  # by name: each kind's own settings
        default_factory=lambda: {kind.name: kind.settings() for kind in list_blogs()}
    )

    def find_own(self, owner: Network[OwnSettings] | BlogKind[OwnSettings]) -> OwnSettings:
        """Return the settings of a network or a kind of blog, defaults where nothing was read."""
        own = ({**self.networks, **self.blogs}).get(owner.name)
        return own if isinstance(own, owner.settings) else owner.settings()


class Setting(NamedTuple):
    """One key as it stands: `said_by` is "default", the file, or the environment's variable."""

    name: str
    help: str
    value: Any
    said_by: str


def read_settings(
    environ: Mapping[str, str] | None = None,
    file: Path | None = None,
    networks: Networks | None = None,
) -> Settings:
    """Return the settings: what the environment says, else the file, else the default.

    `environ` is this process's environment unless given; `file` is what CHINWAG_CONFIG names, else
    `chinwag/config.toml` in the folder for configurations, which may be missing; `networks` are
    those that people can name. Raises SettingsError, naming the key and where it stands, for an
    unknown key, a value that is not valid, and a secret in a file that others on the machine can
    read.
    """
    networks = list_networks() if networks is None else networks
    keys = _list_keys(networks)
    said = _gather(keys, os.environ if environ is None else environ, file)
    values: dict[str, dict[str, Any]] = {key.owner: {} for key in keys.values()}
    for name, (value, _) in said.items():
        values[keys[name].owner][keys[name].field] = value
    own = {owner.name: owner.settings(**values.get(owner.name, {})) for owner in networks}
    blogs = {kind.name: kind.settings(**values.get(kind.name, {})) for kind in list_blogs()}
    return Settings(networks=own, blogs=blogs, **values[""])


def list_settings(
    environ: Mapping[str, str] | None = None,
    file: Path | None = None,
    networks: Networks | None = None,
) -> tuple[Setting, ...]:
    """Return every key with its help, its value and who said it.

    Raises what `read_settings` does.
    """
    keys = _list_keys(list_networks() if networks is None else networks)
    said = _gather(keys, os.environ if environ is None else environ, file)
    return tuple(
        Setting(name, key.help, *said.get(name, (key.default, "default")))
        for name, key in keys.items()
    )


class _Key(NamedTuple):
    """A key: the network or blog that declares it, "" for none, its field, what it may hold."""

    owner: str
    field: str
    kind: Any  # the type of its value
    hint: Any  # that type with its bounds
    help: str  # one sentence
    default: Any

    @property
    def is_secret(self) -> bool:
        return self.kind in (Secret, Mapping[str, Secret])


_CONFIGURATION = "the configuration"
_Keys = Mapping[str, _Key]
_Said = dict[str, tuple[Any, str]]  # key: its value, and who said it


def _list_keys(networks: Networks) -> _Keys:
    """Return every key, those of the networks and the blogs after the others."""
    keys = dict(_list_own_keys("", Settings))
    owners: tuple[Network[Any] | BlogKind[Any], ...] = (*networks, *list_blogs())
    for owner in owners:
        keys |= _list_own_keys(owner.name, owner.settings)
    return keys


def _list_own_keys(owner: str, struct: type[msgspec.Struct]) -> Iterator[tuple[str, _Key]]:
    kinds, hints = get_type_hints(struct), get_type_hints(struct, include_extras=True)
    default = struct()
    for field in struct.__struct_fields__:
        if field in ("networks", "blogs"):
            continue
        (about,) = get_args(hints[field])[1:]
        name = f"{owner}_{field}" if owner else field
        value = getattr(default, field)
        yield (
            name,
            _Key(owner, field, kinds[field], hints[field], str(about.description), value),
        )


def _gather(keys: _Keys, environ: Mapping[str, str], file: Path | None) -> _Said:
    said: _Said = {}
    path, must_be = _find_file(environ, file)
    if path is not None and (must_be or path.exists()):
        said |= _read_file(keys, path)
    for variable, value in sorted(environ.items()):
        name = variable.removeprefix(PREFIX).lower()
        if variable.startswith(PREFIX) and (_is_key(keys, name) or _find_nearest(keys, name)):
            said |= _read_one(keys, name, value, variable, Path())
    return said  # a variable unlike every key belongs to somebody else


def _is_key(keys: _Keys, name: str) -> bool:
    return name in keys or _holds_secret(keys, name)


def _holds_secret(keys: _Keys, name: str) -> bool:
    """Return whether a key names a file with a secret in it."""
    key = keys.get(name.removesuffix("_file"))
    return name not in keys and key is not None and key.is_secret


def _find_nearest(keys: _Keys, name: str) -> str:
    """Return the key that was probably meant, or ""."""
    return next(iter(difflib.get_close_matches(name, keys, n=1, cutoff=0.8)), "")


def _find_file(environ: Mapping[str, str], file: Path | None) -> tuple[Path | None, bool]:
    """Return the configuration file, and whether it must exist because somebody named it."""
    if file is not None:
        return file, True
    if environ.get(FILE_KEY):
        return Path(environ[FILE_KEY]), True
    if environ.get("XDG_CONFIG_HOME"):
        return Path(environ["XDG_CONFIG_HOME"], "chinwag", "config.toml"), False
    if environ.get("HOME"):
        return Path(environ["HOME"], ".config", "chinwag", "config.toml"), False
    return None, False


def _read_file(keys: _Keys, path: Path) -> _Said:
    text, mode = _read_text(path, _CONFIGURATION)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise SettingsError(
            "The configuration {path} is not valid TOML: {fault}.",
            code="configuration-not-toml",
            path=path,
            fault=str(fault),
        ) from None
    said: _Said = {}
    for name, value in document.items():
        said |= _read_one(keys, name, value, str(path), path.parent)
        if name in keys and keys[name].is_secret:
            _refuse_loose(path, mode, name)
    return said


def _read_one(keys: _Keys, name: str, value: Any, where: str, beside: Path) -> _Said:
    """Read one key; one that ends in `_file` names a file with the secret in it."""
    if _holds_secret(keys, name) and isinstance(value, str):
        key = name.removesuffix("_file")
        path = beside / Path(value).expanduser()
        text, mode = _read_text(path, f"the file that {where} names for {key}")
        _refuse_loose(path, mode, key)
        return {key: (_convert(key, keys[key], text.strip(), str(path)), where)}
    if name not in keys:
        raise SettingsError(
            "{where} sets {name}, which is not a setting.",
            code="setting-unknown",
            where=where,
            name=name,
            nearest=_find_nearest(keys, name),
            known=tuple(keys),
        )
    return {name: (_convert(name, keys[name], value, where), where)}


def _convert(name: str, key: _Key, value: Any, where: str) -> Any:
    if isinstance(value, str) and key.kind == tuple[str, ...]:
        value = value.replace(",", " ").split()
    elif isinstance(value, str) and key.kind == Mapping[str, Secret]:
        value = dict(_split_pair(name, pair, where) for pair in value.replace(",", " ").split())
    try:
        return msgspec.convert(value, key.hint, strict=False, dec_hook=_make_secret)
    except msgspec.ValidationError as fault:
        shown = name if key.is_secret else f"{name} to {value!r}"
        raise SettingsError(
            "{where} sets {shown}, which is not valid: {fault}.",
            code="setting-invalid",
            where=where,
            name=name,
            shown=shown,
            fault=str(fault),
            help=key.help,
        ) from None


def _split_pair(name: str, pair: str, where: str) -> tuple[str, str]:
    server, equals, secret = pair.partition("=")
    if not equals or not server or not secret:
        raise SettingsError(
            "{where} does not say which of {name} belongs to which server.",
            code="setting-pair-invalid",
            where=where,
            name=name,
        )
    return server, secret


def _make_secret(kind: type, value: Any) -> Any:
    if kind is Secret and isinstance(value, str):
        return Secret(value.strip())
    raise ValueError("only text can be a secret")


def _read_text(path: Path, what: str) -> tuple[str, int]:
    """Return a file's text, and the mode that it had when it was read."""
    try:
        with path.open(encoding="utf-8") as handle:
            return handle.read(), stat.S_IMODE(os.fstat(handle.fileno()).st_mode)
    except UnicodeDecodeError:
        reason = "it is not UTF-8 text"
    except OSError as failure:
        reason = failure.strerror or "it cannot be opened"
    raise SettingsError(
        "{path}, {what}, cannot be read: {reason}.",
        code="settings-file-unreadable",
        path=path,
        what=what,
        reason=reason,
    )


def _refuse_loose(path: Path, mode: int, key: str) -> None:
    if mode & 0o077:
        raise SettingsError(
            "{path} holds {name}, and others on this machine can open it (its mode is {mode:o}).",
            code="secret-readable-by-others",
            path=path,
            name=key,
            mode=mode,
        )


def find_editor(environ: Mapping[str, str] | None = None) -> str:
    """Return the editor that a person has chosen, as every program finds it; "" for none."""
    said = os.environ if environ is None else environ
    return said.get("VISUAL") or said.get("EDITOR") or ""
