"""A blog in memory that keeps the promise of `contract.Blog`, and fails wherever a test wants it to.

It fails before a request counts, or after it: then the blog has done it, and nobody is told.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from chinwag.blogs.contract import Article, File, Rights, Standing, Uploaded
from chinwag.errors import NetworkError

Done = TypeVar("Done")


class MemoryBlog:
    """`posts` and `files` are what it holds; `fail_at` is the number of the request that fails."""

    name = "memory shelf.example"

    def __init__(self) -> None:
        self.posts: dict[str, tuple[str, Standing]] = {}  # id: slug, post
        self.files: dict[str, File] = {}
        self.earlier: dict[str, list[str]] = {}
        self.comments: dict[str, int] = {}
        self.requests: list[str] = []
        self.fail_at = 0
        self.fails_after = False
        self._next = 0

    def fail(self, at: int, *, after: bool) -> None:
        """Fail once, at the request of this number from now, counted from 1."""
        self.fail_at, self.fails_after = len(self.requests) + at, after

    async def test(self) -> Rights:
        rights = Rights(user="Ana", may_publish=True, may_upload=True, may_make_categories=True)
        return self._do("test", lambda: rights)

    async def find(self, id: str, slug: str) -> Standing | None:
        def act() -> Standing | None:
            for known, (known_slug, post) in self.posts.items():
                if known == id or (not id and known_slug == slug):
                    return post
            return None

        return self._do("find", act)

    async def create(self, article: Article, *, publish: bool) -> Standing:
        def act() -> Standing:
            id_ = self._make_id()
            state = "publish" if publish else "draft"
            post = Standing(
                id=id_, url=f"https://shelf.example/{id_}", state=state, **_say(article)
            )
            self.posts[id_] = (article.slug, post)
            self.earlier[id_] = []
            return post

        return self._do("create", act)

    async def change(self, before: Standing, article: Article, *, publish: bool) -> Standing:
        def act() -> Standing:
            slug, post = self.posts[before.id]
            self.earlier[before.id].append(post.html)
            state = "publish" if publish else post.state
            self.posts[before.id] = (
                slug,
                msgspec.structs.replace(post, state=state, **_say(article)),
            )
            return self.posts[before.id][1]

        return self._do("change", act)

    async def count_comments(self, id: str) -> int:
        return self._do("comments", lambda: self.comments[id])

    async def upload(self, file: File) -> Uploaded:
        def act() -> Uploaded:
            self.files[file.key] = file
            return Uploaded(id=file.key, url=f"https://shelf.example/{file.key}{file.ending}")

        return self._do("upload", act)

    async def delete_upload(self, id: str) -> None:
        self._do("delete", lambda: self.files.pop(id, None))

    async def forget_earlier(self, id: str) -> int:
        def act() -> int:
            forgotten, self.earlier[id] = self.earlier[id], []
            return len(forgotten)

        return self._do("forget", act)

    def edit(self, id: str, **words: str) -> None:
        """Change a post as a person does there."""
        slug, post = self.posts[id]
        self.posts[id] = (slug, msgspec.structs.replace(post, **words))

    @property
    def only(self) -> Standing:
        """The one post that is there."""
        ((_, post),) = self.posts.values()
        return post

    def _do(self, what: str, act: Callable[[], Done]) -> Done:
        self.requests.append(what)
        fails = len(self.requests) == self.fail_at
        if not fails or self.fails_after:
            done = act()
        if fails:
            raise NetworkError("It broke.", code="connection-broke", host="shelf", fault="a test")
        return done

    def _make_id(self) -> str:
        self._next += 1
        return str(self._next)


def _say(article: Article) -> dict[str, Any]:
    return {"title": article.title, "html": article.html, "excerpt": article.excerpt}
