"""Names of people in running text, found as whole words in whatever case."""

from __future__ import annotations

import re
from collections.abc import Iterable


def compile_names(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern that finds any of these names as a whole word, the longest first.

    None where there are none. A handle with "@" in front is found with it alone.
    """
    forms = sorted({name.strip() for name in names if name.strip("@ ")}, key=lambda one: -len(one))
    if not forms:
        return None
    listed = "|".join(map(re.escape, forms))
    return re.compile(rf"(?<![\w@])(?:{listed})(?![\w])", re.IGNORECASE)
