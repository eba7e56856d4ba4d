"""From an earlier format of the chat folder to this one, without loss.

Format 1 kept sentences where format 2 keeps notes (a code and its parts). A sentence of format 1
becomes a note of the code "said", shown as it stands until the next run makes it again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from chinwag.model import quote_note
from chinwag.stores.folder import layout

Values = dict[str, Any]


def upgrade_file(name: str, content: bytes) -> bytes:
    """Return the content of a file of format 1, of a name in UPGRADES, as this format has it.

    What cannot be read stays as it is: whoever reads the file reports it.
    """
    if not name.endswith(".jsonl"):
        return _upgrade(name, content)
    return b"".join(_upgrade(name, line) + b"\n" for line in content.splitlines())


def _upgrade(name: str, document: bytes) -> bytes:
    try:
        values = msgspec.json.decode(document, type=Values)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return document
    return msgspec.json.encode(UPGRADES[name](values))


def upgrade_placement(row: Values) -> Values:
    """Return a placement of format 1 as format 2 has it."""
    by = "words" if row.get("by") == "wording" else row.get("by")
    return {**row, "reason": _quote(row.get("reason")), "by": by}


def upgrade_aside(row: Values) -> Values:
    """Return a row kept aside of format 1 as format 2 has it."""
    return {**row, "reason": _quote(row.get("reason"))}


def upgrade_ledger(ledger: Values) -> Values:
    """Return the ledger of format 1 as format 2 has it."""
    upgraded = {
        **ledger,
        "gaps": _each(ledger, "gaps", lambda gap: _quote_fields(gap, "what", "why")),
        "notes": _each(ledger, "notes", _quote),
    }
    capture = ledger.get("capture")
    if isinstance(capture, dict):
        upgraded["capture"] = {
            **capture,
            "routes": _each(capture, "routes", _upgrade_route),
            "completeness": _each(
                capture, "completeness", lambda estimate: _quote_fields(estimate, "said", "why")
            ),
        }
    return upgraded


def _upgrade_route(route: Any) -> Any:
    if not isinstance(route, dict):
        return route
    notices = _each(route, "notices", lambda notice: _quote_fields(notice, "what", "todo"))
    return {**route, "notices": notices}


def upgrade_summary(summary: Values) -> Values:
    """Return the summary of format 1 as format 2 has it."""
    return {
        **summary,
        "lead": _quote_lead(summary.get("lead", "")),
        "questions": _each(summary, "questions", _upgrade_question),
    }


def _upgrade_question(question: Any) -> Any:
    if not isinstance(question, dict):
        return question
    return {
        **question,
        "lead": _quote_lead(question.get("lead", "")),
        "bullets": _each(question, "bullets", _upgrade_bullet),
    }


def _upgrade_bullet(bullet: Any) -> Any:
    """Return a bullet with `origin` for what format 1 called `wording`."""
    if not isinstance(bullet, dict) or "wording" not in bullet:
        return bullet
    others = {name: value for name, value in bullet.items() if name != "wording"}
    return {**others, "origin": bullet["wording"]}


def _quote_lead(text: Any) -> Any:
    return [_quote(text)] if text else []


UPGRADES: Mapping[str, Callable[[Values], Values]] = {
    layout.PLACEMENTS: upgrade_placement,
    layout.ASIDE: upgrade_aside,
    layout.CORRECTIONS: upgrade_placement,
    layout.LEDGER: upgrade_ledger,
    layout.SUMMARY: upgrade_summary,
}


def _each(row: Values, name: str, upgrade: Callable[[Any], Any]) -> Any:
    """Return a list of a row with each of its values upgraded; what is no list stays as it is."""
    values = row.get(name, [])
    return [upgrade(value) for value in values] if isinstance(values, list) else values


def _quote_fields(row: Any, *names: str) -> Any:
    """Return a row whose sentences of those names are notes; an empty one is left out."""
    if not isinstance(row, dict):
        return row
    quoted = {name: _quote(row[name]) for name in names if row.get(name)}
    return {name: value for name, value in row.items() if name not in names} | quoted


def _quote(text: Any) -> Any:
    """Return a sentence as a note; anything else as it is, for the decoder to judge."""
    return msgspec.to_builtins(quote_note(text)) if isinstance(text, str) else text
