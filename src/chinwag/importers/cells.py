"""What one cell of a table says: a text, a handle, the id of another post, yes or no."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from chinwag.records.contract import RowError
from chinwag.records.repairs import undress_id
from chinwag.text.hashtags import find_hashtags, join_hashtags
from chinwag.text.mentions import bare_handle

_TRUE = frozenset({"true", "1", "1.0", "yes", "y", "t", "wahr", "ja", "oui", "vrai", "sí", "si"})
_FLAGS = frozenset({"true", "false"})
# What tools write where there is nothing, in any case.
_NOTHING = frozenset(
    {
        *("", "false", "0", "0.0", "no", "n", "f", "none", "null", "nan", "na", "n/a", "#n/a"),
        *("falsch", "nil", "undefined", "<na>", "nat", "\\n", "-1", "-1.0", "[]", "{}", "()"),
        *("[none]", "[null]", "['']", '[""]', '""', "''", "-", "–", "—", "."),
    }
)
_PAGE = re.compile(
    r"https?://(?:\w+\.)?(?:(?:x|twitter)\.com/(?=\w+/status)|bsky\.app/profile/|[^/\s]+/(?=@))"
    r"@?([\w.@-]+)/(?:status(?:es)?/|post/)?\w+"
)
_STATUS = re.compile(r"/status(?:es)?/(\d+)")
_PROFILE = re.compile(r"https?://[^/\s]+/(?:profile/)?@?([^/?#\s]+)/?\Z")
_NAME = re.compile(r"[\w.:/#-]+")  # an id in letters, and no handle with `@`
_TWEET = re.compile(r"\d+(?:[.,]\d+)?(?:[eE]\+?\d+)?")
_LINE_END = re.compile(r"[\r\n]")
_DIGIT = re.compile(r"\d")
_JSON = {"null": "None", "true": "True", "false": "False"}
_JSON_WORDS = re.compile(r"\b(?:null|true|false)\b(?=\s*[,\]}])")
_BETWEEN_TAGS = re.compile(r"[\s,;|\[\]'\"]+")
_NAMES = ("screen_name", "username", "userName", "handle", "acct", "name")
# Where the texts of many editors and messengers keep their words, the likeliest first.
_INNER = (
    *("text", "plain_text", "insert", "value", "content", "children", "blocks", "ops", "runs"),
    *("elements", "parts", "rich_text", "root", "document", "attrs", "label"),
)
# Kinds of part after which a line ends, as ProseMirror, Slate, Lexical and Draft name them.
_BLOCKS = frozenset(
    {
        *("paragraph", "heading", "listItem", "list_item", "list-item", "listitem", "blockquote"),
        *("block", "quote", "hardBreak", "hard_break", "linebreak", "unstyled"),
        *("unordered-list-item", "ordered-list-item", "rich_text_section"),
    }
)
_DEEPEST = 20  # texts inside texts


def say_cell(value: object) -> str:
    """Return a cell as text; what is neither text nor a number says nothing."""
    if isinstance(value, str):
        return value.strip()
    if value is None or isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return str(value)


def say_text(value: object) -> str:
    """Return the words of a post: a cell's text, or the texts inside a list or an object, joined.

    Raises RowError where there is no text, or none in a list or an object that is not empty.
    """
    if value is None:
        raise RowError("it has no text", code="no-text")
    if not isinstance(value, list | dict):
        return _join_written(say_cell(value))
    words = "".join(_join_texts(value, 0)).strip()
    if value and not words:
        raise RowError(
            "its text is a list or an object in which no words are found", code="text-not-found"
        )
    return words


def _join_written(said: str) -> str:
    """Return the words of a list in parts that a table holds as JSON or as Python writes it.

    A person may well type brackets: any other text stays as it is.
    """
    parts = _read_list(said) if said.endswith("]") else None
    is_text = parts and all(isinstance(part, str) or _is_part(part) for part in parts)
    has_objects = any(map(_is_part, parts or ()))
    return "".join(_join_texts(parts, 0)).strip() if is_text and has_objects else said


def _is_part(value: object) -> bool:
    """Return whether a value is an object that holds a stretch of a text."""
    return isinstance(value, dict) and isinstance(value.get("text"), str)


def _join_texts(value: object, depth: int) -> Iterator[str]:
    """Yield the texts inside a value, with a line end after each paragraph."""
    if isinstance(value, str):
        yield value
        return
    parts = value if isinstance(value, list) else [_open_text(value)]
    if depth < _DEEPEST:
        for part in filter(None, parts):
            yield from _join_texts(part, depth + 1)
    if isinstance(value, dict) and value.get("type") in _BLOCKS:
        yield "\n"


def _open_text(value: object) -> object:
    """Return what an object holds of a text, None where it holds none."""
    known = value if isinstance(value, dict) else {}
    inside = (known.get(key) for key in _INNER)
    return next(filter(None, inside), None)


def is_rich_text(value: object, depth: int = 0) -> bool:
    """Return whether an object is a text in parts, such as an editor keeps it."""
    if not isinstance(value, dict) or depth > _DEEPEST:
        return False
    inside = [value.get(key) for key in _INNER]
    return any(isinstance(one, list) or is_rich_text(one, depth + 1) for one in inside)


def is_true(value: object) -> bool:
    """Return whether a cell says yes, in one of the ways in which tools say it."""
    return value is True or (bool(value) and say_cell(value).casefold() in _TRUE)


def find_author(address: str) -> str:
    """Return the handle in the address of a post's page, "" for any other address."""
    found = _PAGE.match(address)
    return found[1] if found and found[1] != "i" else ""


def find_status(address: str) -> str:
    """Return the id in the address of a post on X, "" for any other text."""
    found = _STATUS.search(address) if "/status" in address else None
    return found[1] if found else ""


def refuse_misplaced() -> RowError:
    """Return the refusal of a row whose cells stand in the wrong columns."""
    return RowError(
        "what stands for its author or its text belongs to another column",
        code="cells-misplaced",
    )


def refuse_shifted(author: str, text: str, *others: str) -> None:
    """Raise RowError where a flag stands for the author, or one of the other cells for the text.

    So it does where the author holds a line end or half a pair of quotation marks: then it is more
    than one cell.
    The `others` are the row's own address, id and time: nobody's words, but those of a row whose
    cells stand in the wrong columns.
    """
    is_broken = _LINE_END.search(author) is not None or author.count('"') % 2 == 1
    if is_broken or author.casefold() in _FLAGS or (text and text in others):
        raise refuse_misplaced()


def read_handle(value: object) -> str:
    """Return a handle without `@`, out of the address of a profile where that is what there is."""
    said = say_cell(value)
    profile = _PROFILE.fullmatch(said) if "/" in said else None
    return bare_handle(profile[1] if profile else said)


def read_person(value: object) -> str:
    """Return the handle that a cell names, the first where it holds a list of people."""
    if not value:
        return ""
    people = value if isinstance(value, list) else _read_list(say_cell(value))
    if people is None:
        return read_handle(read_reference(value))
    first = next(iter(people), "")
    return read_handle(read_reference(_name_person(first)))


def _name_person(person: object) -> object:
    known = person if isinstance(person, dict) else {}
    names = (known.get(name) for name in _NAMES)
    return next(filter(None, names), person)


def _read_list(said: str) -> list[object] | None:
    """Return the list that a cell holds as JSON or as Python writes it, None for other text."""
    if not said.startswith("["):
        return None
    said = _JSON_WORDS.sub(lambda found: _JSON[found[0]], said)
    try:
        found = ast.literal_eval(said)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return []
    return found if isinstance(found, list) else []


def read_reference(value: object) -> str:
    """Return the id that a cell names, "" for the many ways to say that there is none."""
    said = say_cell(value) if value else ""
    if not said or said.casefold() in _NOTHING:
        return ""
    if found := find_status(said):
        return found
    said, _ = undress_id(said)
    return said.removesuffix(".0") if said[0].isdigit() else said


def read_parent(value: object, own_id: str) -> str:
    """Return the id of the post that a row answers, "" where the cell names none.

    Some tools write there the person who is answered, or a list of people. `own_id` is the row's
    own id, "" where it has none: the id of another post looks like it.
    """
    said = read_reference(value)
    if not said or said.isdecimal() or "://" in said:
        return said
    is_plain = own_id != "" and not own_id.isdecimal() and "://" not in own_id
    if not is_plain or not _NAME.fullmatch(said):
        return ""
    has_digit = _DIGIT.search(said) is not None
    is_like_own = has_digit == (_DIGIT.search(own_id) is not None)
    return said if is_like_own else ""


def read_tweet_parent(value: object) -> str:
    """Return the id of the tweet that a row answers, "" where the cell names none.

    An id that a spreadsheet rounded stays as it is: other rows of the file may hold the whole one.
    """
    said = read_reference(value)
    return said if _TWEET.fullmatch(said) else ""


def list_hashtags(value: object, text: str) -> tuple[str, ...]:
    """Return the tags as written in the text, then those that only the column has."""
    if not value:
        return find_hashtags(text)
    listed = value if isinstance(value, list) else _BETWEEN_TAGS.split(say_cell(value))
    names = map(_name_tag, listed)
    return join_hashtags(text, (name for name in names if isinstance(name, str)))


def _name_tag(tag: object) -> object:
    if isinstance(tag, dict):
        return tag.get("text") or tag.get("tag")
    return tag
