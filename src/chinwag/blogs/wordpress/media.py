"""Files in WordPress's library: each is there once, known by its key."""

from __future__ import annotations

from typing import Any

from chinwag.blogs.contract import File, Uploaded
from chinwag.blogs.wordpress.api import Api
from chinwag.errors import Refused

_REFUSALS = ("rest_upload_sideload_error", "rest_upload_unknown_error", "rest_upload_file_too_big")


async def upload_file(api: Api, file: File) -> Uploaded:
    """Upload a file, or find the one that an earlier try uploaded; give it its description.

    Raises Refused where the account may upload nothing, or WordPress takes no such file.
    """
    found = await api.get("/media", slug=_name(file), context="edit", per_page=1)
    if isinstance(found, list) and found:
        media = dict(found[0])
    else:
        media = await _send(api, file)
    if _is_described(media, file):
        return _read(media)
    told = {"alt_text": file.alt, "title": file.title, "slug": _name(file)}
    return _read(await api.post(f"/media/{media['id']}", told))


async def delete_file(api: Api, id: str) -> None:
    """Delete a file for good; it may be gone already."""
    await api.delete(f"/media/{id}")


async def _send(api: Api, file: File) -> dict[str, Any]:
    name = f"{_name(file)}{file.ending}"
    try:
        return await api.post_file("/media", name, file.media_type, file.data)
    except Refused as refused:
        if refused.told.get("code") not in _REFUSALS and refused.status != 413:
            raise
        raise Refused(
            "{host} takes no file such as {title}: {said}.",
            code="wordpress-takes-no-file",
            status=refused.status,
            is_final=True,
            host=api.host,
            title=file.title,
            said=refused.said or "it said nothing",
        ) from None


def _name(file: File) -> str:
    return f"chinwag-{file.key}"


def _is_described(media: dict[str, Any], file: File) -> bool:
    title = media.get("title")
    raw = title.get("raw") if isinstance(title, dict) else ""
    return media.get("alt_text", "") == file.alt and raw == file.title


def _read(media: dict[str, Any]) -> Uploaded:
    return Uploaded(id=str(media["id"]), url=str(media.get("source_url", "")))
