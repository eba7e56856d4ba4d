"""What can be done about the configuration, the environment and a command's options."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from chinwag.cli.remedies.extras import word_install


def _word_unknown_setting(fields: Mapping[str, Any]) -> str:
    if fields["nearest"]:
        return f"Did you mean {fields['nearest']}?"
    return f"There are {', '.join(fields['known'])}."


def _word_missing_account(fields: Mapping[str, Any]) -> str:
    ways = "; or ".join(fields["ways"])
    return f"{ways[:1].upper()}{ways[1:]}. `chinwag settings` lists what is set."


def _word_unreadable_text(fields: Mapping[str, Any]) -> str:
    if fields["purpose"] == "agenda":
        return "Give a text file with one numbered question a line."
    return "Save what you copied as a text file."


SETTINGS: dict[str, str | Callable[[Mapping[str, Any]], str]] = {
    "configuration-not-toml": "Correct that line.",
    "settings-file-unreadable": "Correct or remove it.",
    "setting-unknown": _word_unknown_setting,
    "setting-invalid": "{help}",
    "setting-pair-invalid": "Write SERVER=TOKEN for each, with a space between them.",
    "secret-readable-by-others": (
        "Run `chmod 600 {path}`, and change that secret if others may have read it."
    ),
    "no-account": _word_missing_account,
    "site-address-invalid": "Write it as https://chats.example.org.",
    "site-database-invalid": "Write it as postgresql://USER:PASSWORD@HOST/NAME.",
    "web-missing": lambda _fields: (
        f"Run `{word_install('web')}`, or serve one story: `chinwag serve DIR`."
    ),
    "sign-in-not-installed": lambda _fields: (
        f"Run `{word_install('sign-in')}`, or take site_sign_in out of the settings."
    ),
    "text-file-unreadable": _word_unreadable_text,
    "option-no-moment": (
        "Write it as {option} 2026-10-13T19:00 (with --tz), or 2026-10-13T18:00Z."
    ),
    "option-no-column": "Write it as --column text=Message.",
    "hashtag-invalid": (
        "Write it in quotes, of letters and digits alone: chinwag capture '#mychat'."
    ),
    "no-free-port": "Choose another with --port.",
}
