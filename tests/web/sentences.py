"""Every sentence that the site says, read from its code and its templates.

`python -m tests.web.sentences` brings `locale/fr.po` into step: what is new stands there empty,
what nobody says any more is gone.
"""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeGuard

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import chinwag.web

ROOT = Path(chinwag.web.__file__).parent
FRENCH = ROOT / "locale" / "fr.po"
ONE_SENTENCE = ("_", "gettext", "gettext_lazy")

HEAD = """# The site in French. `python -m tests.web.sentences` brings it into step with the code.
msgid ""
msgstr ""
"Language: fr\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"
"""

Sentence = str | tuple[str, str]  # a singular with its plural


def list_sentences() -> dict[Sentence, str]:
    """Return every sentence with the file that says it first."""
    said: dict[Sentence, str] = {}
    for path in sorted(ROOT.rglob("*.py")):
        for sentence in _read_code(path):
            said.setdefault(sentence, str(path.relative_to(ROOT)))
    for path in sorted(ROOT.rglob("templates/**/*.html")):
        for sentence in _read_template(path):
            said.setdefault(sentence, str(path.relative_to(ROOT)))
    return said


def _read_code(path: Path) -> Iterator[Sentence]:
    """Yield what code says: by gettext, and what the log says of an act (`note`)."""
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            continue
        words = [
            [part.value for part in ast.walk(given) if _is_text(part)] for given in call.args[:2]
        ]
        if call.func.id == "ngettext":
            (singular,), (plural,) = words
            yield (str(singular), str(plural))
        elif call.func.id in ONE_SENTENCE:
            yield from map(str, words[0])
        elif call.func.id == "note" and len(words) == 2:
            yield from map(str, words[1])  # one, or a choice of two


def _is_text(part: ast.AST) -> TypeGuard[ast.Constant]:
    return isinstance(part, ast.Constant) and isinstance(part.value, str)


def _read_template(path: Path) -> Iterator[Sentence]:
    from django.template import engines

    engine: Any = engines["django"]
    template = engine.from_string(path.read_text("utf-8")).template
    yield from _read_nodes(template.nodelist)


def _read_nodes(nodes: Any) -> Iterator[Sentence]:
    from django.template.base import Variable
    from django.templatetags.i18n import BlockTranslateNode, TranslateNode

    for node in nodes:
        if isinstance(node, TranslateNode):
            var = node.filter_expression.var
            said = var.literal if isinstance(var, Variable) else str(var)
            if said:
                yield str(said)
        elif isinstance(node, BlockTranslateNode):
            singular = node.render_token_list(node.singular)[0]
            plural = node.render_token_list(node.plural)[0] if node.plural else ""
            yield (singular, plural) if plural else singular
        for name in getattr(node, "child_nodelists", ()):
            yield from _read_nodes(getattr(node, name, None) or ())
        if hasattr(node, "conditions_nodelists"):
            for _condition, inside in node.conditions_nodelists:
                yield from _read_nodes(inside)


def read_french() -> Catalog:
    with FRENCH.open("rb") as file:
        return read_po(file, locale="fr")


def bring_into_step() -> int:
    """Write the French catalogue with every sentence; return how many of them are empty."""
    before = read_french() if FRENCH.exists() else Catalog(locale="fr")
    entries, empty = [HEAD], 0
    for sentence, place in sorted(list_sentences().items(), key=lambda one: (one[1], str(one[0]))):
        single, *plural = (sentence,) if isinstance(sentence, str) else sentence
        known = before.get(single)
        strings = list_strings(known) if known else ("",)
        empty += not all(strings)
        entries.append(_write_entry(place, single, plural, strings))
    FRENCH.write_text("\n".join(entries), encoding="utf-8")
    return empty


def list_strings(message: Any) -> tuple[str, ...]:
    said = message.string
    return tuple(said) if isinstance(said, list | tuple) else (said or "",)


def _write_entry(place: str, single: str, plural: Sequence[str], strings: Sequence[str]) -> str:
    """Return an entry of a catalogue: where it is said, what, and what is said instead."""
    lines = [f"#: {place}", f"msgid {_quote(single)}"]
    if plural:
        lines.append(f"msgid_plural {_quote(plural[0])}")
        both = (*strings, "")[:2]
        lines += [f"msgstr[{number}] {_quote(said)}" for number, said in enumerate(both)]
    else:
        lines.append(f"msgstr {_quote(strings[0])}")
    return "\n".join(lines) + "\n"


def _quote(text: str) -> str:
    marks = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
    return '"' + "".join(marks.get(sign, sign) for sign in text) + '"'


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.web.settings")
    import django

    django.setup()
    sys.stdout.write(f"{bring_into_step()} sentences are empty in {FRENCH.name}.\n")
