"""Categories and tags: found by their names, made where they are not there yet."""

from __future__ import annotations

import html
from collections.abc import Iterable

from chinwag.blogs.wordpress.api import Api
from chinwag.errors import Refused

CATEGORIES, TAGS = "/categories", "/tags"


async def find_terms(api: Api, path: str, names: Iterable[str]) -> tuple[int, ...]:
    """Return the ids of terms by their names, each made if it is absent.

    Raises Refused where one is absent and the account may make none.
    """
    wanted = [name for said in names if (name := " ".join(said.split()))]
    ids = [await _find_or_make(api, path, name) for name in dict.fromkeys(wanted)]
    return tuple(dict.fromkeys(ids))


async def _find_or_make(api: Api, path: str, name: str) -> int:
    known = await api.get(path, search=name, per_page=100, context="view")
    for term in known if isinstance(known, list) else ():
        if html.unescape(str(term.get("name", ""))).casefold() == name.casefold():
            return int(term["id"])
    try:
        return int((await api.post(path, {"name": name}))["id"])
    except Refused as refused:
        return _find_existing(refused)


def _find_existing(refused: Refused) -> int:
    """Return the id of a term that is there under another spelling, or raise the refusal."""
    data = refused.told.get("data")
    if refused.told.get("code") == "term_exists" and isinstance(data, dict) and "term_id" in data:
        return int(data["term_id"])
    raise refused
