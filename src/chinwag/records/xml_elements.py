"""Reading XML from strangers: elements and texts, and nothing that could fetch or expand.

A feed needs no document type, and without one there are no entities to expand ("billion laughs") or
to fetch from elsewhere (XXE). So a document that declares one is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from xml.parsers import expat

DEEPEST = 40  # elements within elements; a feed has five

Element = dict[str, Any]  # name; attributes, text and parts where there are any


class XmlFault(ValueError):
    """It is no XML, or must not be read; the message is a clause that says which."""


class Document(NamedTuple):
    """What was read of a document: all of it, or what stands before a fault.

    `lines` has the 1-based line on which an element begins, by the element's `id()`; `unclosed`
    has the elements that had not ended.
    """

    top: Element
    lines: Mapping[int, int]
    unclosed: tuple[Element, ...] = ()
    fault: str = ""


def read_xml(body: bytes) -> Element:
    """Return a document's outermost element: `name`, `attributes`, `text`, `parts` (elements).

    A name in a namespace is written "ADDRESS name". Raises XmlFault.
    """
    document = read_document(body)
    if document.fault:
        raise XmlFault(document.fault)
    return document.top


def read_document(body: bytes) -> Document:
    """Return a document's elements as `read_xml` does, those before a fault where it has one."""
    parser = expat.ParserCreate(namespace_separator=" ")
    reader = _Reader(parser)
    fault = ""
    try:
        parser.Parse(body, True)
    except expat.ExpatError as error:
        fault = f"it is no XML ({error})"
    except XmlFault as error:
        fault = str(error)
    return Document(reader.top, reader.lines, tuple(reader.unclosed), fault)


class _Reader:
    """Builds elements while the parser walks."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self.top: Element = {}
        self.lines: dict[int, int] = {}
        self.unclosed: list[Element] = []
        self._parser = parser
        parser.buffer_text = True
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.CharacterDataHandler = self._add
        parser.StartDoctypeDeclHandler = _refuse

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        element: Element = {"name": name}
        if attributes:
            element["attributes"] = attributes
        if len(self.unclosed) >= DEEPEST:
            raise XmlFault("it is nested beyond reason")
        if self.unclosed:
            self.unclosed[-1].setdefault("parts", []).append(element)
        else:
            self.top = element
        self.lines[id(element)] = self._parser.CurrentLineNumber
        self.unclosed.append(element)

    def _close(self, _name: str) -> None:
        self.unclosed.pop()

    def _add(self, text: str) -> None:
        if text.strip() or "text" in self.unclosed[-1]:
            self.unclosed[-1]["text"] = self.unclosed[-1].get("text", "") + text


def _refuse(*_: Any) -> None:
    raise XmlFault("it declares a document type, which no feed needs")
