"""What can be done about a file that cannot be read, or is in no known format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from chinwag.cli.remedies.extras import word_install
from chinwag.cli.remedies.zones import word_zone

_AGAIN = "Download or copy it again."
_TEXT = "Give the file in which the posts stand as text, such as a CSV or JSON export."
_BY_KIND = {
    "archive": "Unpack it and give the files inside.",
    "document": "Save its sheet or text as CSV (UTF-8) and give that.",
    "table": "Export it as CSV or JSON lines.",
    "database": "Export the table of posts as CSV.",
}


def _word_kind(fields: Mapping[str, Any]) -> str:
    return _BY_KIND.get(fields["kind"], _TEXT)


def _word_formats(fields: Mapping[str, Any]) -> str:
    names = ", ".join(fields["known"])
    return f"Force one with `--format NAME`; `chinwag formats` explains them: {names}."


def _word_columns(fields: Mapping[str, Any]) -> str:
    example = " ".join(f"--column {field}=NAME" for field in fields["missing"])
    return f"Say which is which, such as `{example}`."


def _word_misspelt(fields: Mapping[str, Any]) -> str:
    options = " ".join(f"--column '{column}'" for column in fields["columns"])
    return f"If so, say it with `{options}`; if not, name the right column in its place."


def _word_fields(fields: Mapping[str, Any]) -> str:
    return f"Fields are: {', '.join(fields['known'])}."


FILES: dict[str, str | Callable[[Mapping[str, Any]], str]] = {
    "file-missing": "Check the name and the folder.",
    "file-is-address": (
        "Save what it shows and give the file; `chinwag capture` fetches posts from servers."
    ),
    "file-forbidden": "Try `chmod u+r {path}`.",
    "file-not-opened": "Check the name and the disk.",
    "file-unreadable": "Check the disk.",
    "file-is-folder": "Name the files inside it.",
    "file-not-regular": "Save it to a file first.",
    "file-empty": "Export it again.",
    "file-not-unpacked": _AGAIN,
    "file-compressed-twice": "Unpack it once and give what is inside.",
    "zip-damaged": _AGAIN,
    "zip-empty": "Export it again.",
    "zip-encrypted": "Unpack it with its password and give the files inside.",
    "zip-of-several": "Give one of the files inside.",
    "zip-unrecognised": "Unpack it and give the file that holds the posts.",
    "zip-bomb": "Decompress it yourself if you trust it, and give the file inside.",
    "zstandard-not-installed": lambda _fields: (
        f"Run `{word_install('zstd')}`, or decompress the file with `zstd -d` first."
    ),
    "workbooks-not-installed": lambda _fields: (
        f"Run `{word_install('xlsx')}`, or save its sheet as CSV (UTF-8) and give that."
    ),
    "workbook-damaged": "Open it in a spreadsheet program, save it as CSV (UTF-8) and give that.",
    "workbook-too-large": "Save its sheet as CSV (UTF-8) and give that.",
    "not-an-export": _word_kind,
    "web-page-without-posts": (
        "Give the data behind it, which its site may export as CSV or JSON; or copy the posts from"
        " the page into a text file, with names, times and addresses as it shows them."
    ),
    "file-is-mail": (
        "Save the file attached to it and give that, or copy its posts into a text file."
    ),
    "format-unrecognised": _word_formats,
    "format-ambiguous": _word_formats,
    "format-unknown": _word_formats,
    "columns-missing": _word_columns,
    "columns-misspelt": _word_misspelt,
    "names-too-few": "Put the names right in the first line, one for each column.",
    "columns-unnamed": (
        "Number the columns, such as `--column time=1 --column author=2 --column text=3`."
    ),
    "column-unknown": "Name one of those: --column text=NAME.",
    "field-unknown": _word_fields,
    "archive-without-owner": (
        "Give the whole archive (the zip), or put its account.js beside the file."
    ),
    "date-invalid": "Give it as `--date 2020-05-01`.",
    "day-missing": "Say on which day it began, such as `--date 2020-05-01`.",
    "no-time-zone": "Say in which zone the times were written, such as `--tz Europe/London`.",
    "zone-unknown": word_zone,
}
