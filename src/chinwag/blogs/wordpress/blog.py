"""A WordPress with an account that may write there: the promise of `contract.Blog`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from chinwag.blogs.contract import Article, Blog, File, Rights, Standing, Uploaded
from chinwag.blogs.wordpress.api import Api, open_client
from chinwag.blogs.wordpress.markup import write_blocks
from chinwag.blogs.wordpress.media import delete_file, upload_file
from chinwag.blogs.wordpress.terms import CATEGORIES, TAGS, find_terms
from chinwag.errors import NetworkError, Refused
from chinwag.http.clock import Clock
from chinwag.model import Secret

_GONE = ("trash", "auto-draft")


@asynccontextmanager
async def open_wordpress(
    address: str, user: str, password: Secret, operator: str, clock: Clock
) -> AsyncIterator[Blog]:
    """Open the WordPress of the settings. Raises InputError for settings that are not valid."""
    client, path = open_client(address, user, password, operator)
    async with client:
        yield WordPress(Api(client, clock, path))


class WordPress:
    """A blog by its REST API. `name` is "wordpress" and its address."""

    def __init__(self, api: Api) -> None:
        self.name = f"wordpress {api.base}"
        self._api = api

    async def test(self) -> Rights:
        """Return what the account may do. Raises NetworkError with the cause where it cannot."""
        await self._api.find()
        me = await self._api.get("/users/me", context="edit")
        able = me.get("capabilities") if isinstance(me, dict) else None
        if not isinstance(able, dict):
            able = {}
        if not able.get("edit_posts"):
            raise NetworkError(
                "The user {user} may write no posts on {host}.",
                code="wordpress-may-write-nothing",
                is_final=True,
                host=self._api.host,
                user=str(me.get("name", "")),
            )
        return Rights(
            user=str(me.get("name", "")),
            may_publish=bool(able.get("publish_posts")),
            may_upload=bool(able.get("upload_files")),
            may_make_categories=bool(able.get("manage_categories")),
        )

    async def find(self, id: str, slug: str) -> Standing | None:
        """Return the post of this id, or without an id that of this slug; None where it is gone."""
        if id:
            post = await self._api.find_one(f"/posts/{id}", context="edit")
        else:
            found = await self._api.get(
                "/posts", slug=slug, status="any", context="edit", per_page=1
            )
            post = found[0] if isinstance(found, list) and found else None
        if not isinstance(post, dict) or post.get("status") in _GONE:
            return None
        return self._read(post)

    async def create(self, article: Article, *, publish: bool) -> Standing:
        """Make the post: a draft, unless it is to be public at once."""
        said = {
            **await self._write(article),
            "slug": article.slug,
            "status": "publish" if publish else "draft",
        }
        return self._read(await self._api.post("/posts", said))

    async def change(self, before: Standing, article: Article, *, publish: bool) -> Standing:
        """Put other words into a post, and leave everything else that belongs to it."""
        said = await self._write(article, before)
        if publish and before.state != "publish":
            said["status"] = "publish"
        return self._read(await self._api.post(f"/posts/{before.id}", said))

    async def count_comments(self, id: str) -> int:
        """Return how many approved comments a post has; WordPress counts them in a header."""
        return await self._api.count("/comments", post=id, per_page=1, _fields="id")

    async def upload(self, file: File) -> Uploaded:
        """Upload a file, once."""
        return await upload_file(self._api, file)

    async def delete_upload(self, id: str) -> None:
        """Delete a file for good. It may be gone already."""
        await delete_file(self._api, id)

    async def forget_earlier(self, id: str) -> int:
        """Delete the revisions that WordPress keeps of a post, except the one that stands.

        Raises Refused where it lets nobody do so from outside, as WordPress 6 does.
        """
        kept = await self._api.get(f"/posts/{id}/revisions", per_page=100, _fields="id")
        revisions = kept if isinstance(kept, list) else []
        earlier = sorted((int(one["id"]) for one in revisions), reverse=True)[1:]
        for place, number in enumerate(earlier):
            try:
                await self._api.delete(f"/posts/{id}/revisions/{number}")
            except Refused as refused:
                raise self._explain_kept(refused, len(earlier) - place) from None
        return len(earlier)

    def _explain_kept(self, refused: Refused, number: int) -> Refused:
        if refused.status not in (401, 403):
            return refused
        return Refused(
            "{host} keeps earlier wordings of the post, {number} in all, for its editors alone.",
            code="wordpress-keeps-revisions",
            status=refused.status,
            is_final=True,
            host=self._api.host,
            number=number,
        )

    async def _write(self, article: Article, before: Standing | None = None) -> dict[str, Any]:
        """Return an article as it is sent; the post keeps the terms that it has already."""
        categories = await find_terms(self._api, CATEGORIES, article.categories)
        tags = await find_terms(self._api, TAGS, article.tags)
        said: dict[str, Any] = {
            "title": article.title,
            "content": write_blocks(article.html),
            "excerpt": article.excerpt,
        }
        for name, new, old in (
            ("categories", categories, before.categories if before else ()),
            ("tags", tags, before.tags if before else ()),
        ):
            if new:
                said[name] = list(dict.fromkeys((*old, *new)))
        return said

    def _read(self, post: Mapping[str, Any]) -> Standing:
        id_ = str(post["id"])
        return Standing(
            id=id_,
            url=str(post.get("link", "")),
            state=str(post.get("status", "")),
            title=_read_raw(post, "title"),
            html=_read_raw(post, "content"),
            excerpt=_read_raw(post, "excerpt"),
            edit_url=f"{self._api.base}/wp-admin/post.php?post={id_}&action=edit",
            changed=str(post.get("modified_gmt") or ""),
            categories=_read_ids(post, "categories"),
            tags=_read_ids(post, "tags"),
        )


def _read_raw(post: Mapping[str, Any], name: str) -> str:
    value = post.get(name)
    return str(value.get("raw", "")) if isinstance(value, dict) else ""


def _read_ids(post: Mapping[str, Any], name: str) -> Sequence[int]:
    value = post.get(name)
    return tuple(one for one in value if isinstance(one, int)) if isinstance(value, list) else ()
