"""Errors say what happened as data: every code has one meaning, its remedy and its place."""

from __future__ import annotations

import ast
import os
import re
import string
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import chinwag
from chinwag.cli.remedies import REMEDIES, find_remedy, say_kept, word_remedy
from chinwag.errors import (
    BusyFolder,
    ChinwagError,
    CodedError,
    InputError,
    Kept,
    NetworkError,
    Refused,
)
from chinwag.records.contract import RowError

SOURCE = Path(chinwag.__file__).parent
TABLE = Path(__file__).parents[1] / "docs" / "developers" / "errors.md"
NOTICES = {"make_notice": 1, "make_worded_note": 0}  # where the message stands among the arguments
OF_CALL = {"code", "kept", "is_final", "wait"}  # what is said beside the fields of the message
_CODE = re.compile(r"[a-z]+(-[a-z]+)*")
_REMEDY = re.compile(r"--\w|`|[Rr]un the command|\bpip install\b")


class Made(NamedTuple):
    """An error or a notice as the library makes it."""

    where: str
    of: str
    code: str
    message: str
    fields: frozenset[str]


def list_family(base: type[CodedError]) -> set[str]:
    below = [list_family(one) for one in base.__subclasses__()]
    return {base.__name__}.union(*below)


FAMILY = list_family(ChinwagError)
ROWS = list_family(RowError) | {"make_reason"}  # why a row is kept aside


def list_made() -> list[Made]:
    return [made for path in sorted(SOURCE.rglob("*.py")) for made in read_made(path)]


def read_made(path: Path) -> Iterator[Made]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            of = call.func.id
            if of in FAMILY | ROWS | NOTICES.keys() and not is_forwarded(call):
                yield read_call(f"{path.relative_to(SOURCE)}:{call.lineno}", of, call, named)


def is_forwarded(call: ast.Call) -> bool:
    """Return whether a function hands on the message and the code that it was given."""
    codes = [one.value for one in call.keywords if one.arg == "code"]
    return any(isinstance(code, ast.Name | ast.Attribute) for code in codes)


def read_call(where: str, of: str, call: ast.Call, named: dict[str, ast.expr]) -> Made:
    place = NOTICES.get(of, 0)
    message = call.args[place]
    if isinstance(message, ast.Name):
        message = named[message.id]
    given = {one.arg: one.value for one in call.keywords}
    code = given["code"]
    fields = frozenset(name for name in given.keys() - OF_CALL if name)
    return Made(where, of, read_text(code, where), read_text(message, where), fields)


def read_text(node: ast.expr, where: str) -> str:
    text = node.value if isinstance(node, ast.Constant) else None
    assert isinstance(text, str), f"{where}: the message and the code stand as plain text"
    return text


MADE = list_made()


def test_a_code_is_short_and_in_small_letters() -> None:
    assert [made for made in MADE if not _CODE.fullmatch(made.code)] == []


def test_a_code_has_one_meaning() -> None:
    meanings: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for made in MADE:
        if not made.where.startswith("cli/"):
            of = "a row" if made.of in ROWS else made.of
            meanings[made.code].add((of, made.message))
    assert {code: told for code, told in meanings.items() if len(told) > 1} == {}


def test_every_place_of_a_message_has_its_field() -> None:
    def list_places(message: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(message) if name}

    assert [made for made in MADE if not list_places(made.message) <= made.fields] == []


def test_no_message_of_the_library_names_a_command_or_an_option() -> None:
    below = [made for made in MADE if not made.where.startswith("cli/")]
    assert len(below) > 150
    assert [made for made in below if _REMEDY.search(made.message)] == []


def test_every_code_has_its_remedy_or_says_that_there_is_none() -> None:
    codes = {made.code for made in MADE if made.of not in ROWS}
    of_one_network = {made.code for made in MADE if re.match("networks/\\w+/", made.where)}
    assert codes - of_one_network - REMEDIES.keys() == set()
    assert REMEDIES.keys() - codes == set()


def test_a_remedy_in_words_names_fields_that_its_error_has() -> None:
    fields = {made.code: made.fields for made in MADE if made.of not in ROWS}
    for code, remedy in REMEDIES.items():
        if isinstance(remedy, str):
            assert word_remedy(code, dict.fromkeys(fields[code], "x")) == remedy.format_map(
                dict.fromkeys(fields[code], "x")
            )


def test_the_table_of_codes_is_the_librarys() -> None:
    made = sorted({(one.code, one.of, one.message) for one in MADE if one.of in FAMILY | ROWS})
    rows = [f"| `{code}` | {of} | {message} |" for code, of, message in made]
    page = TABLE.read_text(encoding="utf-8")
    if os.environ.get("CHINWAG_WRITE_ERRORS"):
        page = page[: page.index("| `")] + "".join(f"{row}\n" for row in rows)
        TABLE.write_text(page, encoding="utf-8")
    found = [line for line in page.splitlines() if line.startswith("| `")]
    assert [row for row in rows if row not in found] == [], "write it with CHINWAG_WRITE_ERRORS=1"
    assert found == rows


def test_an_error_is_its_message_with_the_fields_put_in() -> None:
    error = InputError("{path} has {number:,} rows.", code="full", path=Path("a{b}"), number=1200)
    assert str(error) == "a{b} has 1,200 rows."
    assert (error.code, error.fields) == ("full", {"path": Path("a{b}"), "number": 1200})


def test_a_refusal_keeps_the_servers_words_and_its_status() -> None:
    refused = Refused("{host} said {said}", code="no", status=429, wait=3.0, host="a", said="Busy")
    assert (str(refused), refused.said, refused.status, refused.wait) == (
        "a said Busy",
        "Busy",
        429,
        3.0,
    )
    assert Refused("No.", code="no", status=403).said == ""


@pytest.mark.parametrize(
    ("error", "remedy"),
    [
        (InputError("?", code="window-crossed"), "Correct --from or --to."),
        (InputError("?", code="no-such-code"), ""),
        (BusyFolder("?", code="no-such-code"), "Wait until it has ended and run it again."),
        (Refused("?", code="no-such-code", status=500), "Run the command again later."),
        (NetworkError("?", code="connection-broke"), ""),
    ],
)
def test_a_remedy_is_found_by_the_code_else_by_the_class(error: ChinwagError, remedy: str) -> None:
    assert find_remedy(error) == remedy


def test_what_still_stands_is_said_by_the_door() -> None:
    assert say_kept(InputError("?", code="x", kept=Kept.UNCHANGED)) == (
        "Nothing in the folder was changed."
    )
    assert all(say_kept(InputError("?", code="x", kept=kept)) for kept in Kept)
    assert say_kept(InputError("?", code="x")) == ""
