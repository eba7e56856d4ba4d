"""What cannot be done, as a code that a view puts into words."""

from __future__ import annotations


class Declined(Exception):
    """An action was refused, and nothing was changed. `code` says why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
