"""Every sentence that counts something counts one of it rightly: "1 post", never "1 posts".

What is counted goes through the catalogue (`count`, or a form in the place of a note), which knows
the singular; the site's sentences go through gettext's plurals. A number that stands before a
plural noun in any other sentence is found here, unless it is never one.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import chinwag
from chinwag.messages import LANGUAGES, open_catalogue

SOURCE = Path(chinwag.__file__).parent
UNCOUNTED = ("bytes", "days", "hours", "lines", "megabytes", "pixels", "seconds", "steps", "texts")
OTHERS = ("more", "other", "such", "different", "last", "first", "new")  # between number and noun
NEVER_ONE = frozenset(
    {
        "posts a minute",  # with a decimal: "1.0 posts a minute"
        "bytes: a zip bomb",  # and so many MB unpacked
        "columns, or a quotation mark",  # a table has two at least
        "characters, and what follows was not read",  # a constant
        "characters are read for questions",  # a constant
        "files in",  # of a zip of several
        "files.",  # of a zip of several
        "days: this may be no chat",
        "characters: ",  # of the most that a network takes
        "characters and",  # more than the most that a network takes
        "characters; ",  # more than the most that a network takes
        "bytes; ",  # more than the most that a network takes
        "bytes and",  # the most that a picture may have
        "pixels at most",
        "posts lie from",  # more than a chat can hold
        "posts end in",  # several answer to one name
        "files called",  # several have one name
        "pages.",  # a constant
        "results; the first",  # a thousand
        "characters.",  # of all that a message to a model holds
        "tokens, for answers",  # of all that a message to a model holds
        "tokens in all",  # of all that a model was sent
    }
)


def list_nouns() -> set[str]:
    """Return the plurals of what the English catalogue counts in a word, and of a few others."""
    counted = LANGUAGES["en"].counted.values()
    words = (forms["other"].removeprefix("{n} ") for forms in counted if forms["one"][0] == "{")
    return {word for word in words if re.fullmatch(r"[a-z]+", word)}.union(UNCOUNTED)


NOUNS = "|".join(sorted(list_nouns() - {"agreed", "stand"}))
COUNTS = re.compile(rf"#(?: (?:{'|'.join(OTHERS)}))* (?=((?:{NOUNS})\b[^#]*))")


def read_strings(path: Path) -> Iterator[str]:
    """Yield the texts of a file, its docstrings apart, with `#` in each place that is filled."""
    tree = ast.parse(path.read_text("utf-8"))
    said = [call for call in ast.walk(tree) if _names(call, "ngettext")]
    apart = {id(part) for call in said for part in ast.walk(call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            apart.update(map(id, node.values))
        if isinstance(node, ast.Expr):
            apart.add(id(node.value))
        if id(node) in apart:
            continue
        if isinstance(node, ast.JoinedStr):
            yield "".join(_read_part(part) for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.sub(r"\{\w[^{}]*\}|%\(\w+\)[ds]", "#", node.value)


def _names(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


def _read_part(part: ast.expr) -> str:
    """Return a part of an f-string; what was counted already is no number any more."""
    if isinstance(part, ast.Constant):
        return str(part.value)
    return "…" if ".count(" in ast.unparse(part) else "#"


def read_template(path: Path) -> Iterator[str]:
    """Yield what a page of the site says that has no plural of its own."""
    said = path.read_text("utf-8")
    block = r"\{% blocktrans( count)?[^%]*%\}(.*?)\{% endblocktrans"
    for found in re.finditer(block, said, re.DOTALL):
        if not found[1]:
            yield re.sub(r"\{\{[^}]*\}\}", "#", found[2])
    yield re.sub(r"\{\{[^}]*\}\}", "#", re.sub(block, "", said, flags=re.DOTALL))


def find_uncounted(sentence: str) -> list[str]:
    """Return what a sentence counts in the plural alone, from the noun on."""
    found = COUNTS.findall(" ".join(sentence.split()))
    return [rest for rest in found if not any(map(rest.startswith, NEVER_ONE))]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("ledger.json counts # reposts, and", ["reposts, and"]),
        ("# more posts stand", ["posts stand"]),
        ("# of the # routes", ["routes"]),
        ("… reposts", []),
        ("#, which lies outside", []),
        ("# posts a minute", []),
    ],
)
def test_what_is_found(sentence: str, found: list[str]) -> None:
    assert find_uncounted(sentence) == found


def test_code_counts_one_rightly() -> None:
    paths = [path for path in SOURCE.rglob("*.py") if path.name != "counted.py"]
    assert len(paths) > 500
    assert [
        (path.relative_to(SOURCE).as_posix(), rest)
        for path in paths
        for sentence in read_strings(path)
        for rest in find_uncounted(sentence)
    ] == []


def test_pages_count_one_rightly() -> None:
    paths = list((SOURCE / "web").rglob("templates/**/*.html"))
    assert len(paths) > 50
    assert [
        (path.name, rest)
        for path in paths
        for sentence in read_template(path)
        for rest in find_uncounted(sentence)
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_counted_has_its_own_form_for_one(language: str) -> None:
    words = open_catalogue(language)
    invariant = {"agreed", "may", "repeat"}  # in one of the languages
    same = {noun for noun in words.language.counted if _is_same(words.language.counted[noun])}
    assert same <= invariant


def _is_same(forms: object) -> bool:
    return isinstance(forms, dict) and forms["one"] == forms["other"]
