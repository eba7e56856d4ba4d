"""Reading XML from strangers: elements and texts, and nothing that could fetch or expand.

A feed needs no document type, and without one there are no entities to expand ("billion laughs") or
to fetch from elsewhere (XXE). So a document that declares one is refused.
"""

from __future__ import annotations

from typing import Any
from xml.parsers import expat

DEEPEST = 40  # elements within elements; a feed has five

Element = dict[str, Any]  # name; attributes, text and parts where there are any


class XmlFault(ValueError):
    """It is no XML, or must not be read; the message is a clause that says which."""


def read_xml(body: bytes) -> Element:
    """Return a document's outermost element: `name`, `attributes`, `text`, `parts` (elements).

    A name in a namespace is written "ADDRESS name". Raises XmlFault.
    """
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.open
    parser.EndElementHandler = reader.close
    parser.CharacterDataHandler = reader.add
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(body, True)
    except expat.ExpatError as fault:
        raise XmlFault(f"it is no XML ({fault})") from None
    return reader.top


class _Reader:
    """Builds elements while the parser walks."""

    def __init__(self) -> None:
        self.top: Element = {}
        self._open: list[Element] = []

    def open(self, name: str, attributes: dict[str, str]) -> None:
        element: Element = {"name": name}
        if attributes:
            element["attributes"] = attributes
        if len(self._open) >= DEEPEST:
            raise XmlFault("it is nested beyond reason")
        if self._open:
            self._open[-1].setdefault("parts", []).append(element)
        else:
            self.top = element
        self._open.append(element)

    def close(self, _name: str) -> None:
        self._open.pop()

    def add(self, text: str) -> None:
        if text.strip() or "text" in self._open[-1]:
            self._open[-1]["text"] = self._open[-1].get("text", "") + text


def _refuse(*_: Any) -> None:
    raise XmlFault("it declares a document type, which no feed needs")
