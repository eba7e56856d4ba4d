"""A secret: a key, a token or a password, which no print, log, error or JSON file ever shows."""

from __future__ import annotations

import re
from base64 import b64encode
from urllib.parse import quote

HIDDEN = "(secret)"
SHORTEST = 12  # characters of a secret that is looked for; real ones have 40 and more
PART = 8  # characters of a secret by which a part of it is known

_FOR_ADDRESSES = bytes.maketrans(b"+/", b"-_")


class Secret:
    """A value that shows itself only to whoever asks for it by `reveal()`.

    `str`, `repr` and formatting give "(secret)", and msgspec refuses to write it. It is true where
    there is one, false where it is empty.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str = "") -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the value itself: for the one line that sends it."""
        return self._value

    def hide_in(self, data: bytes, *, shortest: int = SHORTEST) -> bytes:
        """Return data that somebody sent, with (secret) in the place of a secret that it repeats.

        It is found as it is, percent-encoded, in Base64 and in hexadecimal digits. A secret of
        fewer characters than `shortest` stays: it could be part of people's words.
        """
        value = self._value.encode()
        if len(value) < max(1, shortest):
            return data
        for form in _list_forms(value):
            data = data.replace(form, HIDDEN.encode())
        return data

    def hide_parts_in(self, data: bytes) -> bytes:
        """Return data to show in an error, without the secret, however short, and parts of it."""
        data = self.hide_in(data, shortest=1)
        value = self._value.encode()
        parts = {value[at : at + PART] for at in range(len(value) - PART + 1)}
        if not parts:
            return data
        starts = [found.start() for found in re.finditer(_any_of(parts), data)]
        shown: list[bytes] = []
        at = 0
        for start in starts:
            if start > at or not at:
                shown += [data[at:start], HIDDEN.encode()]
            at = start + PART
        return b"".join((*shown, data[at:]))

    def __bool__(self) -> bool:
        return bool(self._value)

    def __repr__(self) -> str:
        return HIDDEN

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)


def _list_forms(value: bytes) -> list[bytes]:
    """Return the forms in which a secret may be repeated; for a short one only its own."""
    if len(value) < SHORTEST:
        return [value]
    forms = [value, quote(value, safe="").encode(), value.hex().encode()]
    for lead in range(3):  # bytes of what stands before it, beside which Base64 differs
        coded = b64encode(bytes(lead) + value)[-(-lead * 8 // 6) : (lead + len(value)) * 8 // 6]
        forms += [coded, coded.translate(_FOR_ADDRESSES)]
    return list(dict.fromkeys(forms))


def _any_of(parts: set[bytes]) -> bytes:
    """Return a pattern that finds where any of the parts begins, overlapping ones too."""
    return b"(?=" + b"|".join(map(re.escape, sorted(parts))) + b")"
