"""Cells that a spreadsheet would take for formulas, and the mark that keeps them from running.

A spreadsheet runs a cell that begins with `=`, `+` or `-`, full width or not, or with a tab or a
line break before one. `@` began a function in Lotus 1-2-3, and Excel still takes `@SUM(1)` for one;
"@ines So true" it shows as it stands, which is how many posts begin. So `@` is marked only where it
could call something: no plain mention follows, or a bracket or a bar comes somewhere after.

After OWASP's "CSV Injection", which marks every `@`.
"""

from __future__ import annotations

import re

MARK = "'"
_SIGNS = "=+\\-@\\t\\r\\n＝＋－＠"
_FORMULA = re.compile(rf"[{_SIGNS}]")
# "@ines", "@ines@glam.example", "@ines.example", several of them, and then words or the end.
_MENTION = re.compile(r"@\w[\w.-]*(?:@[\w.-]+)?(?=[\s,:;!?…)’'\"]|\Z)")
_CALLS = re.compile(r"\||\w\(|\A@[\w.@-]+\s*\(")
_MARKED = re.compile(rf"{MARK}(?={MARK}*[{_SIGNS}])")


def guard_cell(cell: str) -> str:
    """Return a cell that no spreadsheet runs: "'" before what it could take for a formula.

    A cell in which such a sign follows "'" gets one more, so that `free_cell` gives back exactly
    what was there.
    """
    return MARK + cell if _MARKED.match(cell) or _is_run(cell) else cell


def free_cell(cell: str) -> str:
    """Return what a cell was before `guard_cell`."""
    return cell[len(MARK) :] if _MARKED.match(cell) else cell


def _is_run(cell: str) -> bool:
    """Return whether a spreadsheet could take a cell for a formula."""
    if not _FORMULA.match(cell):
        return False
    return _MENTION.match(cell) is None or _CALLS.search(cell) is not None
